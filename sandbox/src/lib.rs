//! Runs untrusted WebAssembly checkers, and untrusted Python ([`python`]).
//!
//! A checker is a core module with **no imports**: it can compute, and nothing else. Every check runs in a fresh
//! instance, so no check can see another. Fuel decides how long a check may take, which is the same on every machine and
//! every run; the clock is only a backstop. This crate knows nothing of specs, constraints or rewards.
//!
//! ```
//! use fullmarks_sandbox::{Engine, Entry, Limits, Module, Request, Stop};
//!
//! // A module whose check never returns.
//! let wasm = wat::parse_str(r#"(module
//!     (memory (export "memory") 1)
//!     (func (export "alloc") (param i32) (result i32) (i32.const 1024))
//!     (func (export "check") (param i32 i32) (result i64) (loop $forever (br $forever)) (unreachable)))"#)?;
//! let engine = Engine::new(1)?;
//! let module = Module::load(&engine, &wasm, None)?;
//! let request = Request { checker: "demo", params: "{}", prompt: "", text: "hello" };
//! assert_eq!(module.call(Entry::Check, &request, &Limits::default()), Err(Stop::Fuel));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![cfg_attr(not(test), warn(clippy::unwrap_used))]

mod answer;
mod cache;
mod call;
mod engine;
mod hex;
mod limits;
mod module;
pub mod python;
mod request;
mod signals;
mod state;
mod stop;
mod watch;

pub use answer::{Answer, Tag};
pub use cache::Cache;
pub use call::Entry;
pub use engine::{Engine, MAX_MEMORY};
pub(crate) use limits::at_rate;
pub use limits::{Limits, fuel_for};
pub use module::{LoadError, Module};
pub use request::Request;
pub use signals::keep_signals;
pub use stop::Stop;
