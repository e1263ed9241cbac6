//! Which path leads where.

use super::{app::App, auth, nemo_gym, observe, openapi, openrlhf, refusal::Refusal, refusal::json, score};
use axum::{
    Router,
    extract::State,
    http::{StatusCode, header},
    middleware::from_fn_with_state,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde_json::json;
use std::sync::Arc;

/// The server's router.
pub(super) fn router(app: &Arc<App>) -> Router {
    Router::new()
        .route("/v1/score", post(score::score))
        .route("/openrlhf", post(openrlhf::only))
        .route("/openrlhf/{task}", post(openrlhf::named))
        .route("/verify", post(nemo_gym::only))
        .route("/nemo-gym/{task}/verify", post(nemo_gym::named))
        .route("/healthz", get(health))
        .route("/metrics", get(metrics))
        .route("/openapi.json", get(async || json(StatusCode::OK, &openapi::document())))
        .fallback(async || Refusal::no_such_path())
        .method_not_allowed_fallback(async || Refusal::no_such_method())
        .layer(from_fn_with_state(app.clone(), auth::check))
        .layer(from_fn_with_state(app.clone(), observe::observe))
        .with_state(app.clone())
}

async fn health(State(app): State<Arc<App>>) -> Response {
    let names: Vec<_> = app.tasks.keys().collect();
    json(StatusCode::OK, &json!({"status": "ok", "version": env!("CARGO_PKG_VERSION"), "tasks": names}))
}

async fn metrics(State(app): State<Arc<App>>) -> Response {
    let format = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(header::CONTENT_TYPE, format)], app.metrics.text()).into_response()
}
