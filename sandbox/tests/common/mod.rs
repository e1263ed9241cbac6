//! Small modules in WebAssembly text, and one way to call them.
#![allow(dead_code, reason = "every test binary uses a part of it")]

use fullmarks_sandbox::{Engine, Entry, Limits, LoadError, Module, Request, Stop};
use std::time::Duration;

/// A verdict that passes: tag 1, score 1.0, no reasons.
pub(crate) const PASSED: [u8; 13] = [1, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 0, 0, 0, 0];

/// The body of a `check` that answers [`PASSED`].
pub(crate) const PASSES: &str = "(i64.const 13)";

/// The request of every test that does not care about it: 4 times 4 bytes of length, 4 + 2 + 5 of content.
pub(crate) const REQUEST: Request<'static> = Request { checker: "demo", params: "{}", prompt: "", text: "hello" };

/// Fuel that is plenty for whatever ends by itself, and gone in a moment by what does not.
pub(crate) const FUEL: u64 = 20_000_000;

/// 1 MiB, and a clock that does not matter.
pub(crate) const LIMITS: Limits = Limits { fuel: FUEL, memory: 1 << 20, deadline: Duration::from_secs(60) };

/// A complete checker of one page of memory, with [`PASSED`] at address 0; `fields` are further fields of the module.
pub(crate) fn checker(fields: &str, check: &str) -> String {
    with_alloc(fields, "(i32.const 1024)", check)
}

/// [`checker`] with an `alloc` of its own.
pub(crate) fn with_alloc(fields: &str, alloc: &str, check: &str) -> String {
    format!(
        r#"(module
            (memory (export "memory") 1)
            (data (i32.const 0) "\01\00\00\00\00\00\00\f0\3f\00\00\00\00")
            {fields}
            (func (export "alloc") (param $length i32) (result i32) {alloc})
            (func (export "check") (param $address i32) (param $length i32) (result i64) {check}))"#
    )
}

pub(crate) fn wasm(text: &str) -> Vec<u8> {
    wat::parse_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

pub(crate) fn engine() -> Engine {
    Engine::new(2).expect("the sandbox runs on this machine")
}

/// Loads a module that must load.
pub(crate) fn load(engine: &Engine, text: &str) -> Module {
    Module::load(engine, &wasm(text), None).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// Why bytes are no checker.
pub(crate) fn refused(bytes: &[u8]) -> LoadError {
    match Module::load(&engine(), bytes, None) {
        Ok(_) => panic!("it was loaded"),
        Err(error) => error,
    }
}

/// What a checker answers to [`REQUEST`] within [`LIMITS`].
pub(crate) fn answer(text: &str) -> Result<Vec<u8>, Stop> {
    load(&engine(), text).call(Entry::Check, &REQUEST, &LIMITS)
}

pub(crate) fn call(module: &Module, fuel: u64) -> Result<Vec<u8>, Stop> {
    module.call(Entry::Check, &REQUEST, &Limits { fuel, ..LIMITS })
}

pub(crate) fn protocol(what: &str) -> Stop {
    Stop::Protocol(what.into())
}

pub(crate) fn trap(what: &str) -> Stop {
    Stop::Trap(what.into())
}

/// The smallest fuel with which the module answers.
pub(crate) fn fuel_needed(module: &Module) -> u64 {
    let (mut too_little, mut enough) = (0, FUEL);
    assert!(call(module, enough).is_ok(), "{FUEL} units are not enough");
    while enough - too_little > 1 {
        let middle = too_little.midpoint(enough);
        match call(module, middle) {
            Ok(_) => enough = middle,
            Err(Stop::Fuel) => too_little = middle,
            Err(other) => panic!("{other}"),
        }
    }
    enough
}
