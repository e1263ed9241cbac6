//! The sandbox, attacked and used. What measures the memory of its process has a binary of its own.

#[path = "../common/mod.rs"]
mod common;
#[path = "../common/python.rs"]
mod python;

mod cache;
mod determinism;
mod limits;
mod load;
mod protocol;
mod python_calls;
mod python_hostile;
mod python_run;
mod python_tests;
