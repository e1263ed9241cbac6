//! A request's way: its body is read within limits, it waits for its turn, and a thread of its own does the work.

use super::{
    app::{App, Busy},
    refusal::{Refusal, json},
};
use crate::{
    task::{Batch, Memory, Scored, Task, Unread, Want, read_bounded},
    verdict::Verdict,
};
use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::Bytes;
use serde::{Serialize, de::DeserializeOwned};
use std::sync::Arc;

/// What is asked in a request.
pub(super) trait Asked: DeserializeOwned {
    /// What becomes of the value that names of the body lead to: all that is kept takes memory.
    fn wants(app: &App, path: &[&str]) -> Want;
}

/// Answers a request whose body is JSON.
pub(super) async fn answer<T, A>(
    app: Arc<App>,
    request: Request,
    work: impl FnOnce(&App, T) -> Result<A, Refusal> + Send + 'static,
) -> Response
where
    T: Asked,
    A: Serialize,
{
    match answered(app, request, work).await {
        Ok(response) => response,
        Err(refusal) => refusal.into_response(),
    }
}

async fn answered<T, A>(
    app: Arc<App>,
    request: Request,
    work: impl FnOnce(&App, T) -> Result<A, Refusal> + Send + 'static,
) -> Result<Response, Refusal>
where
    T: Asked,
    A: Serialize,
{
    let (parts, body) = request.into_parts();
    is_json(&parts.headers)?;
    let bytes = read(&app, &parts.headers, body).await?;
    let _busy = Busy::new(&app);
    let turn = app.turn().await?;
    let done = tokio::task::spawn_blocking(move || {
        // Kept until the work is done, also when the client has gone away meanwhile.
        let _turn = turn;
        let _running = Running::new(&app);
        let answer = parse(&app, &bytes).and_then(|request| work(&app, request));
        answer.map(|answer| json(StatusCode::OK, &answer))
    });
    done.await.unwrap_or_else(|_| {
        let message = "the server failed at this request (a bug, please report it)";
        Err(Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", message))
    })
}

/// Counts a request as running while it is there, also when its work panics.
struct Running<'a>(&'a App);

impl<'a> Running<'a> {
    fn new(app: &'a App) -> Self {
        app.metrics.running.inc();
        Self(app)
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.metrics.running.dec();
    }
}

fn is_json(headers: &HeaderMap) -> Result<(), Refusal> {
    let Some(given) = headers.get(header::CONTENT_TYPE) else { return Ok(()) };
    let essence = given.to_str().unwrap_or_default().split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case("application/json") {
        return Ok(());
    }
    let message = format!("the body must be JSON (`Content-Type: application/json`), not `{essence}`");
    Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not-json", message))
}

async fn read(app: &App, headers: &HeaderMap, body: Body) -> Result<Bytes, Refusal> {
    let most = app.settings.max_body;
    let too_large = || {
        let message = format!("the body is larger than {most} bytes: send fewer completions at a time");
        Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "body-too-large", message)
    };
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| length > most as u64) {
        return Err(too_large());
    }
    match tokio::time::timeout(app.settings.read_timeout, Limited::new(body, most).collect()).await {
        Ok(Ok(collected)) => Ok(collected.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(too_large()),
        Ok(Err(error)) => Err(Refusal::bad(format!("the body ended early: {error}"))),
        Err(_) => {
            let message = format!("the body did not arrive within {} s", app.settings.read_timeout.as_secs());
            Err(Refusal::new(StatusCode::REQUEST_TIMEOUT, "too-slow", message))
        }
    }
}

fn parse<T: Asked>(app: &App, bytes: &[u8]) -> Result<T, Refusal> {
    let text = std::str::from_utf8(bytes)
        .map_err(|error| Refusal::bad(format!("the body is not UTF-8 (byte {})", error.valid_up_to() + 1)))?;
    let bad = |error: &serde_json::Error| Refusal::bad(format!("the body is not what it should be: {error}"));
    let value = read_bounded(text, &Memory::new(app.settings.max_values), &|path| T::wants(app, path));
    let value = value.map_err(|unread| match unread {
        Unread::Json(error) => bad(&error),
        Unread::TooLarge(error) => too_large(&error),
    })?;
    serde_json::from_value(value).map_err(|error| bad(&error))
}

/// A request whose values would take too much memory.
pub(super) fn too_large(error: &serde_json::Error) -> Refusal {
    let message = format!("the body is not read: {error}; send fewer completions at a time");
    Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "values-too-large", message)
}

/// Judges a batch and pays it.
pub(super) fn judge(app: &App, name: &str, task: &Task, batch: Batch) -> Result<Vec<Scored>, Refusal> {
    let (count, most) = (batch.completions.len(), app.settings.max_batch);
    if count > most {
        let message = format!("{count} completions are more than the {most} that a request may have");
        return Err(Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "batch-too-large", message));
    }
    let scored = task.score(batch).map_err(|error| Refusal::bad(error.to_string()))?;
    app.metrics.judged(name, &scored);
    Ok(scored)
}

/// The rewards, `None` where our side could not judge.
///
/// # Errors
/// There is none: a client that is answered would have nothing to go on with.
pub(super) fn rewards(scored: &[Scored]) -> Result<Vec<Option<f64>>, Refusal> {
    let rewards: Vec<Option<f64>> = scored.iter().map(|scored| scored.pay.reward()).collect();
    if rewards.is_empty() || rewards.iter().any(Option::is_some) {
        return Ok(rewards);
    }
    let mut verdicts = scored.iter().flat_map(|scored| scored.outcome.verdicts());
    let unscored = verdicts.find_map(|verdict| match verdict {
        Verdict::Unscored(cause) => Some(format!("{}: {}", cause.kind, cause.detail)),
        _ => None,
    });
    let message = format!("a completion could not be judged, and 0 would blame it: {}", unscored.unwrap_or_default());
    Err(Refusal::unscored(message))
}
