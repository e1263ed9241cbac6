//! The library, called by its own functions, and the rules about its sources.

#[path = "../common/mod.rs"]
mod common;
#[path = "../common/data.rs"]
mod data;
#[path = "../common/python.rs"]
mod python;

mod broken_specs;
mod builtin_memory;
mod dynamics;
mod hidden_calls;
mod hostile_values;
mod properties;
mod python_constraints;
mod python_syntax;
mod rewards;
mod specs;
mod stubs;
mod tidy;
