//! Whether a request may come in.

use super::{app::App, refusal::Refusal};
use axum::{
    extract::{Request, State},
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::sync::Arc;

/// Lets a request through that brings the token, or asks how the server is.
pub(super) async fn check(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let Some(token) = app.token.as_ref().filter(|_| request.uri().path() != "/healthz") else {
        return next.run(request).await;
    };
    let given = request.headers().get(header::AUTHORIZATION).map(|value| value.as_bytes());
    let refuse = |message| Refusal::new(StatusCode::UNAUTHORIZED, "unauthorized", message).into_response();
    match given {
        None => refuse("this server wants `Authorization: Bearer TOKEN`"),
        Some(header) => match header.split_at_checked(7) {
            Some((scheme, given)) if scheme.eq_ignore_ascii_case(b"bearer ") && token.is(given.trim_ascii()) => {
                next.run(request).await
            }
            _ => refuse("the token is not the one this server wants"),
        },
    }
}
