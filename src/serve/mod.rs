//! The HTTP server: requests in, library calls, answers out (docs/server.md). Bounded in everything a client can make large: bodies,
//! batches, requests at once and time to send them.

mod accept;
mod app;
mod auth;
mod metrics;
mod nemo_gym;
mod observe;
mod openapi;
mod openrlhf;
mod refusal;
mod response;
mod routes;
mod score;
mod settings;
mod timed;
mod token;
mod trainer;
mod work;

pub use accept::serve;
pub use app::App;
pub use openapi::document as openapi;
pub use settings::Settings;
pub use token::{Token, TokenError};
