#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod adaptive;
pub mod advise;
pub mod checkpoint;
#[doc(hidden)]
pub mod digest;
pub mod monitor;
pub mod reward;
pub mod verdict;
