//! Connections: accepted, served, and at the signal to stop served to their end.

use super::{
    app::App,
    routes,
    timed::{LAST, Timed},
};
use axum::Router;
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use std::{
    io,
    sync::{Arc, atomic::Ordering},
    time::Duration,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{Instant, sleep, timeout},
};

/// How often to look whether all connections have ended.
const LOOK: Duration = Duration::from_millis(20);

/// Most bytes that a connection has of a request's head, or of requests that were sent before their turn.
const BUFFER: usize = 64 << 10;

/// Serves until `stop` is done. Then no connection is accepted but those that wait already, every request that has come or is on its way
/// is answered, and connections close after their answer.
///
/// # Errors
/// When connections cannot be accepted at all.
pub async fn serve(listener: TcpListener, app: Arc<App>, stop: impl Future<Output = ()>) -> io::Result<()> {
    let server = Server {
        router: routes::router(&app),
        connections: Arc::new(Semaphore::new(app.settings.max_connections)),
        graceful: GracefulShutdown::new(),
        app,
    };
    tokio::pin!(stop);
    loop {
        let connection = tokio::select! {
            () = &mut stop => break,
            connection = server.accept(&listener) => connection,
        };
        match connection {
            Ok((stream, place)) => server.start(stream, Some(place)),
            // Out of file handles, or a client that went away at once: both pass.
            Err(error) => {
                tracing::warn!(%error, "a connection was not accepted");
                sleep(Duration::from_millis(50)).await;
            }
        }
    }
    server.app.stopping.store(true, Ordering::Relaxed);
    tracing::info!(connections = server.graceful.count(), "stopping");
    // Connections that were made and wait to be accepted, without waiting for further ones.
    // Whatever fails here, requests under way are answered.
    if let Ok(listener) = listener.into_std() {
        while let Ok((stream, _)) = listener.accept() {
            match stream.set_nonblocking(true).and_then(|()| TcpStream::from_std(stream)) {
                Ok(stream) => server.start(stream, None),
                Err(error) => tracing::warn!(%error, "a connection was not accepted"),
            }
        }
    }
    server.finish().await;
    Ok(())
}

/// Waits until no request has been in work for as long as its answer may take to be taken.
async fn nothing_to_do(app: &App) {
    let mut idle = Instant::now();
    while idle.elapsed() < LAST + 2 * LOOK {
        sleep(LOOK).await;
        if app.is_busy() {
            idle = Instant::now();
        }
    }
}

struct Server {
    router: Router,
    connections: Arc<Semaphore>,
    graceful: GracefulShutdown,
    app: Arc<App>,
}

impl Server {
    async fn accept(&self, listener: &TcpListener) -> io::Result<(TcpStream, OwnedSemaphorePermit)> {
        let place = self.connections.clone().acquire_owned().await.map_err(io::Error::other)?;
        let (stream, _) = listener.accept().await?;
        Ok((stream, place))
    }

    fn start(&self, stream: TcpStream, place: Option<OwnedSemaphorePermit>) {
        let _ = stream.set_nodelay(true);
        let service = TowerToHyperService::new(self.router.clone());
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.app.settings.read_timeout)
            // What is read ahead of a request in work, and what answers wait to be taken.
            .max_buf_size(BUFFER)
            .serve_connection(TokioIo::new(Timed::new(stream, self.app.clone())), service);
        let connection = self.graceful.watch(connection);
        tokio::spawn(async move {
            let _place = place;
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended early");
            }
        });
    }

    /// Waits until all connections have ended.
    async fn finish(self) {
        let settings = &self.app.settings;
        let lingering = async {
            while self.graceful.count() > 0 {
                sleep(LOOK).await;
            }
        };
        let _ = timeout(settings.linger, lingering).await;
        let (left, app) = (self.graceful.count(), self.app.clone());
        let ended = async {
            tokio::select! {
                () = self.graceful.shutdown() => {}
                () = nothing_to_do(&app) => tracing::warn!("closed connections whose clients neither send nor read"),
            }
        };
        if timeout(settings.grace, ended).await.is_err() {
            tracing::error!(left, "gave up on requests that took longer than the grace");
        }
        tracing::info!("stopped");
    }
}
