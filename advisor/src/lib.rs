#![doc = include_str!("../README.md")]
#![cfg_attr(not(test), warn(clippy::unwrap_used))]
#![forbid(unsafe_code)]

pub mod adaptive;
pub mod advise;
pub mod checkpoint;
#[doc(hidden)]
pub mod digest;
pub mod monitor;
#[doc(hidden)]
pub mod printable;
pub mod reward;
pub mod verdict;
