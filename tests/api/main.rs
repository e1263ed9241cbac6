//! The library, called by its own functions, and the rules about its sources.

#[path = "../common/mod.rs"]
mod common;
#[path = "../common/python.rs"]
mod python;

mod broken_specs;
mod dynamics;
mod hostile_values;
mod properties;
mod python_constraints;
mod python_syntax;
mod rewards;
mod specs;
mod stubs;
mod tidy;
