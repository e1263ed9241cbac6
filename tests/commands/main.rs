//! The program, run as its users run it, and what the docs show of it.

#[path = "../common/mod.rs"]
mod common;
#[path = "../common/data.rs"]
mod data;
#[path = "../common/http.rs"]
mod http;

mod audit;
mod audit_rewards;
mod bad_input;
mod blame;
mod bounds;
mod compare;
mod determinism;
mod docs;
mod formats;
mod html;
mod init;
mod layouts;
mod left_out;
mod monitor;
mod mutants;
mod odd_names;
mod own_checker;
mod parquet;
mod pilots;
mod probe;
mod reference;
mod resume;
mod rewards;
mod screen;
mod serve;
mod simulate;
mod since;
mod streaming;
mod truncation;
