//! Answers that are none: a status, a code for programs and a message for people.

use crate::report::json_line;
use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use schemars::JsonSchema;
use serde::Serialize;
use std::borrow::Cow;

/// Why a request is not answered.
#[derive(Debug, PartialEq)]
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    pub(super) code: &'static str,
    pub(super) message: Cow<'static, str>,
}

/// What a refused request gets.
#[derive(Serialize, JsonSchema)]
pub(super) struct ErrorAnswer<'a> {
    /// What is wrong.
    error: ErrorDetail<'a>,
}

/// What is wrong.
#[derive(Serialize, JsonSchema)]
pub(super) struct ErrorDetail<'a> {
    /// Its class; stable.
    code: &'a str,
    /// What was given, what is required, and what to do.
    message: &'a str,
}

impl Refusal {
    pub(super) fn new(status: StatusCode, code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self { status, code, message: message.into() }
    }

    /// The request is not what it should be.
    pub(super) fn bad(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "bad-request", message)
    }

    /// Something could not be judged where no answer has a word for that: 0 would blame the policy.
    pub(super) fn unscored(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "unscored", message)
    }

    pub(super) fn no_such_path() -> Self {
        let message = "there is nothing at this path; GET /openapi.json lists what there is";
        Self::new(StatusCode::NOT_FOUND, "no-such-path", message)
    }

    pub(super) fn no_such_method() -> Self {
        let message = "this path does not take this method; GET /openapi.json lists what there is";
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "no-such-method", message)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let answer = ErrorAnswer { error: ErrorDetail { code: self.code, message: &self.message } };
        let mut response = json(self.status, &answer);
        let headers = response.headers_mut();
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if matches!(self.status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE) {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        response
    }
}

/// An answer in JSON.
pub(super) fn json(status: StatusCode, answer: &impl Serialize) -> Response {
    let (status, text) = match json_line(answer) {
        Ok(text) => (status, text),
        Err(_) => (StatusCode::INTERNAL_SERVER_ERROR, String::new()),
    };
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}
