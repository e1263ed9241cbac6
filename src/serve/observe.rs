//! Counts and logs every answer, and closes connections when the server is stopping. Bodies are never logged.

use super::app::App;
use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderValue, header},
    middleware::Next,
    response::Response,
};
use std::{sync::Arc, time::Instant};

pub(super) async fn observe(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let pattern = request.extensions().get::<MatchedPath>().map_or("other", MatchedPath::as_str).to_owned();
    let method = request.method().clone();
    let mut response = next.run(request).await;
    let took = begun.elapsed();
    let status = response.status().as_u16();
    app.metrics.answered(&pattern, status, took);
    // Microseconds are as fine as it means anything.
    let ms = took.as_micros() as f64 / 1e3;
    match status {
        500.. => tracing::error!(%method, path = pattern, status, ms, "answered"),
        400.. => tracing::warn!(%method, path = pattern, status, ms, "answered"),
        _ => tracing::info!(%method, path = pattern, status, ms, "answered"),
    }
    if app.is_stopping() {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    response
}
