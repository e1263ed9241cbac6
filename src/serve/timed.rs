//! A connection whose answers have to be taken: a client that asks and never reads would hold its place, and the server up when it stops.

use super::app::App;
use std::{
    io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Instant, Sleep, sleep},
};

/// How long an answer may still take once the server is stopping.
pub(super) const LAST: Duration = Duration::from_secs(5);
/// How often to look at the clock while nothing can be written.
const LOOK: Duration = Duration::from_millis(500);

/// A stream with a limit on how long all of an answer may wait to be taken.
pub(super) struct Timed<S> {
    stream: S,
    app: Arc<App>,
    /// When the answer at hand was first not taken.
    since: Option<Instant>,
    look: Pin<Box<Sleep>>,
}

impl<S> Timed<S> {
    pub(super) fn new(stream: S, app: Arc<App>) -> Self {
        Self { stream, app, since: None, look: Box::pin(sleep(LOOK)) }
    }

    /// Waits, but not for ever.
    fn wait<T>(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<T>> {
        let since = match self.since {
            Some(since) => since,
            None => {
                self.look.as_mut().reset(Instant::now() + LOOK);
                *self.since.insert(Instant::now())
            }
        };
        loop {
            ready!(self.look.as_mut().poll(cx));
            let limit = self.app.settings.write_timeout;
            let limit = if self.app.is_stopping() { limit.min(LAST) } else { limit };
            if since.elapsed() >= limit {
                return Poll::Ready(Err(io::Error::new(
                    io::ErrorKind::TimedOut,
                    "the client does not take its answer",
                )));
            }
            self.look.as_mut().reset(Instant::now() + LOOK);
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Timed<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Timed<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        match Pin::new(&mut self.stream).poll_write(cx, bytes) {
            Poll::Pending => self.wait(cx),
            done => done,
        }
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        match Pin::new(&mut self.stream).poll_write_vectored(cx, bytes) {
            Poll::Pending => self.wait(cx),
            done => done,
        }
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    /// Called when all has been written.
    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match Pin::new(&mut self.stream).poll_flush(cx) {
            Poll::Pending => self.wait(cx),
            done => {
                self.since = None;
                done
            }
        }
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
