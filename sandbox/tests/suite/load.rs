//! What is not loaded as a checker, and what is said about it.

use crate::common::{PASSED, PASSES, answer, checker, refused, trap, wasm};
use fullmarks_sandbox::{LoadError, Stop};

/// The message a module is refused with.
fn why(text: &str) -> String {
    refused(&wasm(text)).to_string()
}

/// A module of these exports and nothing else.
fn exporting(fields: &str) -> String {
    why(&format!("(module {fields})"))
}

const MEMORY: &str = r#"(memory (export "memory") 1)"#;
const ALLOC: &str = r#"(func (export "alloc") (param i32) (result i32) (i32.const 64))"#;
const CHECK: &str = r#"(func (export "check") (param i32 i32) (result i64) (i64.const 13))"#;

#[test]
fn imports_are_refused_by_name() {
    let module = r#"(module
        (import "env" "clock" (func (result i64)))
        (import "wasi_snapshot_preview1" "fd_write" (func (param i32 i32 i32 i32) (result i32)))
        (import "env" "memory" (memory 1)))"#;
    let error = refused(&wasm(module));
    let LoadError::Imports(names) = &error else { panic!("{error:?}") };
    assert_eq!(names, &["env.clock", "wasi_snapshot_preview1.fd_write", "env.memory"]);
    assert_eq!(
        error.to_string(),
        "it imports env.clock, wasi_snapshot_preview1.fd_write, env.memory, but a checker may import nothing"
    );
}

#[test]
fn every_required_export_is_asked_for() {
    assert_eq!(exporting(""), "it must export `memory`, one unshared 32-bit memory");
    assert_eq!(exporting(MEMORY), "it must export `alloc` as (i32) -> i32");
    assert_eq!(exporting(&format!("{MEMORY} {ALLOC}")), "it must export `check` as (i32, i32) -> i64");
}

#[test]
fn exports_of_another_type_are_refused() {
    let memory = "it must export `memory`, one unshared 32-bit memory";
    let alloc = "it must export `alloc` as (i32) -> i32";
    let check = "it must export `check` as (i32, i32) -> i64";
    for (fields, expected) in [
        (r#"(func (export "memory"))"#.to_owned(), memory),
        (r#"(memory (export "memory") i64 1)"#.to_owned(), memory),
        (format!(r#"{MEMORY} (memory 1) (export "alloc" (memory 0)) {CHECK}"#).replace("(memory 1)", ""), alloc),
        (format!(r#"{MEMORY} (func (export "alloc") (result i32) (i32.const 0)) {CHECK}"#), alloc),
        (format!(r#"{MEMORY} (func (export "alloc") (param i64) (result i32) (i32.const 0)) {CHECK}"#), alloc),
        (format!(r#"{MEMORY} (func (export "alloc") (param i32) (result i64) (i64.const 0)) {CHECK}"#), alloc),
        (format!(r#"{MEMORY} {ALLOC} (func (export "check") (param i32) (result i64) (i64.const 0))"#), check),
        (format!(r#"{MEMORY} {ALLOC} (func (export "check") (param i32 i32) (result i32) (i32.const 0))"#), check),
        (format!(r#"{MEMORY} {ALLOC} (global (export "check") i32 (i32.const 0))"#), check),
        (
            format!(r#"{MEMORY} {ALLOC} {CHECK} (func (export "validate") (result i64) (i64.const 0))"#),
            "it must export `validate`, if at all, as (i32, i32) -> i64",
        ),
        (
            format!(r#"{MEMORY} {ALLOC} {CHECK} (func (export "describe") (result i32) (i32.const 0))"#),
            "it must export `describe`, if at all, as () -> i64",
        ),
        (
            format!(r#"{MEMORY} {ALLOC} {CHECK} (func (export "_initialize") (param i32))"#),
            "it must export `_initialize`, if at all, as () -> ()",
        ),
    ] {
        assert_eq!(exporting(&fields), expected, "{fields}");
    }
}

#[test]
fn what_is_no_module_is_refused() {
    let cut = wasm(&checker("", PASSES));
    for (bytes, expected) in [
        (&b""[..], "unexpected end-of-file (at offset 0x0)"),
        (b"(module)", "magic header not detected: bad magic number"),
        (b"hello", "magic header not detected: bad magic number"),
        (b"\0asm\x0d\0\x01\0", "expected a WebAssembly module but was given a WebAssembly component"),
        (&cut[..cut.len() - 1], "unexpected end-of-file (at offset 0x61)"),
    ] {
        let LoadError::Invalid(why) = refused(bytes) else { panic!("{bytes:?}") };
        // What follows the dash are details of wasmtime's.
        let why = why.split_once(" - ").map_or(&*why, |(why, _)| why);
        assert_eq!(why, format!("failed to parse WebAssembly module: {expected}"));
    }
}

#[test]
fn features_that_could_differ_or_escape_are_off() {
    for (fields, expected) in [
        (
            r#"(memory (export "memory") 1 1 shared)"#,
            "failed to parse WebAssembly module: threads must be enabled for shared memories (at offset 0x1e)",
        ),
        (
            r#"(memory (export "memory") 1) (memory 1)"#,
            "module memory does not fit in pooling allocator requirements: defined memories count of 2 exceeds the \
             per-instance limit of 1",
        ),
        (
            r#"(memory (export "memory") 16385)"#,
            "module memory does not fit in pooling allocator requirements: memory index 0 is unsupported in this pooling \
             allocator configuration: memory has a minimum byte size of 1073807360 which exceeds the limit of \
             0x40000000 bytes",
        ),
        (
            r#"(memory (export "memory") 1) (table 1 funcref) (table 1 funcref) (table 1 funcref)"#,
            "module table does not fit in pooling allocator requirements: defined tables count of 3 exceeds the \
             per-instance limit of 2",
        ),
        (
            r#"(memory (export "memory") 1)
               (func (param v128 v128 v128) (result v128)
                   (f32x4.relaxed_madd (local.get 0) (local.get 1) (local.get 2)))"#,
            "failed to compile: wasm[0]::function[0]: WebAssembly translation error: Invalid input WebAssembly code at \
             offset 79: relaxed SIMD support is not enabled",
        ),
    ] {
        let error = refused(&wasm(&format!("(module {fields} {ALLOC} {CHECK})")));
        assert!(matches!(error, LoadError::Invalid(_)), "{error:?}");
        assert_eq!(error.to_string(), format!("not a WebAssembly module the sandbox can run: {expected}"), "{fields}");
    }
}

#[test]
fn a_start_function_runs_under_the_limits() {
    let start = |body: &str| answer(&checker(&format!("(func $start {body}) (start $start)"), PASSES));
    assert_eq!(start(""), Ok(PASSED.to_vec()));
    assert_eq!(start("(loop $forever (br $forever))"), Err(Stop::Fuel));
    assert_eq!(start("(unreachable)"), Err(trap("wasm trap: wasm `unreachable` instruction executed")));
    assert_eq!(
        start("(if (i32.eq (memory.grow (i32.const 99)) (i32.const -1)) (then unreachable))"),
        Err(Stop::Memory)
    );
    assert_eq!(start("(call $start)"), Err(Stop::Stack));
}

#[test]
fn initialize_is_called_once_before_anything_else() {
    let fields = r#"(global $ready (mut i64) (i64.const 0))
        (func (export "_initialize") (global.set $ready (i64.add (global.get $ready) (i64.const 13))))"#;
    assert_eq!(answer(&checker(fields, "(global.get $ready)")), Ok(PASSED.to_vec()));

    let initialize = |body: &str| answer(&checker(&format!(r#"(func (export "_initialize") {body})"#), PASSES));
    assert_eq!(initialize("(loop $forever (br $forever))"), Err(Stop::Fuel));
    assert_eq!(initialize("(unreachable)"), Err(trap("wasm trap: wasm `unreachable` instruction executed")));
}
