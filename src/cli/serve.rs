//! `fullmarks serve`

use super::{Common, Exit, inputs, terminal};
use crate::serve::{App, Settings, Token, serve};
use std::{
    fs,
    io::{self, Write},
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};

/// Holds the token where no file does.
const VARIABLE: &str = "FULLMARKS_TOKEN";

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Task specs; each is served under its name
    #[arg(required = true, value_name = "SPEC")]
    specs: Vec<PathBuf>,
    /// Prompts, in place of those the spec names; for a single spec
    #[arg(long, value_name = "FILE")]
    prompts: Option<PathBuf>,
    /// Address to listen on; port 0 takes a free one. Beyond this machine a token is needed
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8000")]
    listen: SocketAddr,
    /// File with the bearer token that requests must bring; without it FULLMARKS_TOKEN has the token, if it is set
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// Listen beyond this machine without a token: whoever reaches the port can run code in the sandbox
    #[arg(long)]
    allow_anyone: bool,
    /// Largest body of a request
    #[arg(long, value_name = "SIZE", default_value = "16MiB", value_parser = inputs::size)]
    max_body: usize,
    /// Most memory that the values of a request may take, once they are read
    #[arg(long, value_name = "SIZE", default_value = "64MiB", value_parser = inputs::size)]
    max_values: usize,
    /// Most completions of a request
    #[arg(long, value_name = "N", default_value_t = Settings::default().max_batch)]
    max_batch: usize,
    /// Requests judged at once; twice the cores by default
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=65536))]
    max_running: Option<u32>,
    /// Requests that may wait for their turn
    #[arg(long, value_name = "N", default_value_t = Settings::default().max_waiting)]
    max_waiting: usize,
    /// How long a request may wait for its turn
    #[arg(long, value_name = "TIME", default_value = "60s", value_parser = humantime::parse_duration)]
    max_wait: Duration,
    /// How long a client may take to send a request
    #[arg(long, value_name = "TIME", default_value = "20s", value_parser = humantime::parse_duration)]
    read_timeout: Duration,
    /// How long a client may take to take an answer
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = humantime::parse_duration)]
    write_timeout: Duration,
    /// How long requests under way may take after the signal to stop
    #[arg(long, value_name = "TIME", default_value = "2m", value_parser = humantime::parse_duration)]
    grace: Duration,
    #[command(flatten)]
    unscored: inputs::Unscored,
    #[command(flatten)]
    common: Common,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Exit> {
    let token = token(arguments.token_file.as_deref())?;
    if token.is_none() && !arguments.listen.ip().is_loopback() && !arguments.allow_anyone {
        return Err(Exit::Input(format!(
            "{} is reached from other machines: give a token by --token-file or {VARIABLE}, or say --allow-anyone",
            arguments.listen
        )));
    }
    if arguments.prompts.is_some() && arguments.specs.len() > 1 {
        return Err(Exit::Input("--prompts is for a single spec: name prompts in the specs".into()));
    }
    let tasks = arguments
        .specs
        .iter()
        .map(|spec| inputs::load(spec, arguments.prompts.as_deref(), arguments.unscored))
        .collect::<Result<_, _>>()?;
    let app = App::new(tasks, settings(arguments), token).map_err(|why| Exit::Input(why.into()))?;
    log(arguments.common);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(listen(arguments.listen, Arc::new(app)))?;
    // Work that nobody waits for any more is not waited for.
    runtime.shutdown_background();
    Ok(())
}

async fn listen(address: SocketAddr, app: Arc<App>) -> Result<(), Exit> {
    let failed = |error| Exit::Input(format!("cannot listen on {address}: {error}"));
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let address = listener.local_addr()?;
    let (mut terminated, mut interrupted) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    // For whoever started it with port 0.
    writeln!(terminal::out(), "listening on http://{address}")?;
    io::stdout().flush()?;
    tracing::info!(%address, "listening");
    let stop = async move {
        tokio::select! {
            _ = terminated.recv() => {}
            _ = interrupted.recv() => {}
        }
    };
    serve(listener, app, stop).await.map_err(failed)
}

fn settings(arguments: &Arguments) -> Settings {
    let mut settings = Settings {
        max_body: arguments.max_body,
        max_values: arguments.max_values,
        max_batch: arguments.max_batch,
        max_waiting: arguments.max_waiting,
        max_wait: arguments.max_wait,
        read_timeout: arguments.read_timeout,
        write_timeout: arguments.write_timeout,
        grace: arguments.grace,
        ..Settings::default()
    };
    if let Some(running) = arguments.max_running {
        settings.max_running = running as usize;
    }
    settings
}

fn token(file: Option<&Path>) -> Result<Option<Token>, Exit> {
    let (text, from) = match (file, std::env::var(VARIABLE)) {
        (Some(path), _) => (fs::read_to_string(path).map_err(Exit::file(path))?, path.display().to_string()),
        (None, Ok(text)) => (text, VARIABLE.to_owned()),
        (None, Err(std::env::VarError::NotUnicode(_))) => return Err(Exit::Input(format!("{VARIABLE} is not UTF-8"))),
        (None, Err(std::env::VarError::NotPresent)) => return Ok(None),
    };
    Token::new(&text).map(Some).map_err(|error| Exit::Input(format!("{from}: {error}")))
}

/// Logs go to standard error: a line each, as JSON where that is asked for.
fn log(Common { json, quiet }: Common) {
    let level = if quiet { tracing::Level::WARN } else { tracing::Level::INFO };
    let log = tracing_subscriber::fmt().with_max_level(level).with_writer(io::stderr).with_target(false);
    match json {
        true => log.json().flatten_event(true).init(),
        false => log.with_ansi(io::IsTerminal::is_terminal(&io::stderr())).init(),
    }
}
