//! fullmarks
#![forbid(unsafe_code)]
#![allow(missing_docs)]
pub mod advise;
pub mod cli;
pub mod completion;
pub mod data;
pub mod report;
pub mod reward;
pub mod scoring;
pub mod spec;
pub mod verdict;
pub mod verify;
