//! The library, called by its own functions, and the rules about its sources.

#[path = "../common/mod.rs"]
mod common;
#[path = "../common/data.rs"]
mod data;
#[path = "../common/python.rs"]
mod python;

mod dynamics;
mod hidden_calls;
mod properties;
mod python_constraints;
mod python_syntax;
mod rewards;
mod specs;
mod tidy;
