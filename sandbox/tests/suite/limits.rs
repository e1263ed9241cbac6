//! Fuel, memory, stack and clock: what exhausts them is stopped, and by that name.

use crate::common::{
    FUEL, LIMITS, PASSED, PASSES, REQUEST, answer, call, checker, engine, fuel_needed, load, trap, with_alloc,
};
use fullmarks_sandbox::{Entry, Limits, Request, Stop};
use std::{thread, time::Duration};

const LOOP: &str = "(loop $forever (br $forever)) (unreachable)";

#[test]
fn loops_run_out_of_fuel() {
    assert_eq!(answer(&checker("", LOOP)), Err(Stop::Fuel));
    assert_eq!(answer(&with_alloc("", LOOP, PASSES)), Err(Stop::Fuel));
    let mutual = "(func $a (call $b)) (func $b (loop $forever (br_if $forever (i32.const 1))))";
    assert_eq!(answer(&checker(mutual, "(call $a) (i64.const 13)")), Err(Stop::Fuel));
}

#[test]
fn no_fuel_at_all_is_refused_too() {
    let module = load(&engine(), &checker("", PASSES));
    assert_eq!(call(&module, 0), Err(Stop::Fuel));
}

#[test]
fn describe_and_validate_are_limited_like_check() {
    let fields = format!(
        r#"(func (export "describe") (result i64) {LOOP})
           (func (export "validate") (param i32 i32) (result i64) {LOOP})"#
    );
    let module = load(&engine(), &checker(&fields, PASSES));
    assert_eq!(module.describe(&LIMITS), Err(Stop::Fuel));
    assert_eq!(module.call(Entry::Validate, &REQUEST, &LIMITS), Err(Stop::Fuel));
    assert_eq!(module.call(Entry::Check, &REQUEST, &LIMITS), Ok(PASSED.to_vec()));
}

#[test]
fn both_are_optional() {
    let module = load(&engine(), &checker("", PASSES));
    assert_eq!(module.describe(&LIMITS), Ok(None));
    assert_eq!(module.call(Entry::Validate, &REQUEST, &LIMITS), Ok(Vec::new()));
}

/// Grows page by page until refused, then gives up as a language's allocator would.
const EATER: &str = "(loop $more (br_if $more (i32.ne (memory.grow (i32.const 1)) (i32.const -1)))) (unreachable)";

#[test]
fn memory_beyond_the_cap_is_refused() {
    assert_eq!(answer(&checker("", EATER)), Err(Stop::Memory));
    let at_once = "(drop (memory.grow (i32.const 65535))) (unreachable)";
    assert_eq!(answer(&checker("", at_once)), Err(Stop::Memory));
    // Touching what was refused is the same story.
    let touches = "(drop (memory.grow (i32.const 65535))) (i64.load (i32.const 2000000))";
    assert_eq!(answer(&checker("", touches)), Err(Stop::Memory));
}

#[test]
fn the_cap_is_exact() {
    // Grows to exactly $pages in all, and answers only when it got them.
    let grows = |pages: u32| {
        let body = format!(
            "(if (i32.eq (memory.grow (i32.const {})) (i32.const -1)) (then unreachable)) (i64.const 13)",
            pages - 1
        );
        answer(&checker("", &body))
    };
    assert_eq!(grows(16), Ok(PASSED.to_vec()), "16 pages are 1 MiB, the cap");
    assert_eq!(grows(17), Err(Stop::Memory));
}

#[test]
fn a_refusal_that_is_handled_is_no_failure() {
    assert_eq!(answer(&checker("", "(drop (memory.grow (i32.const 65535))) (i64.const 13)")), Ok(PASSED.to_vec()));
}

#[test]
fn starting_above_the_cap_is_refused() {
    let module = checker("", PASSES).replace(r#""memory") 1)"#, r#""memory") 17)"#);
    assert_eq!(answer(&module), Err(Stop::Memory));
}

#[test]
fn a_trap_for_another_reason_is_not_called_memory() {
    let body = "(drop (memory.grow (i32.const 1))) (i64.load (i32.const 2000000))";
    assert_eq!(answer(&checker("", body)), Err(trap("wasm trap: out of bounds memory access")));
}

#[test]
fn a_table_cannot_grow_without_bound() {
    let grows = |by: u32| {
        let body =
            format!("(i64.extend_i32_s (table.grow $table (ref.null func) (i32.const {by}))) (i64.add (i64.const 13))");
        answer(&checker("(table $table 0 funcref)", &body))
    };
    assert_eq!(grows(1000), Ok(PASSED.to_vec()), "the size before: 0");
    assert_eq!(grows(1_000_000).map(|bytes| bytes.len()), Ok(12), "refused: -1");
}

/// Fuel for one bulk operation over `size` bytes (or entries).
fn bulk(fields: &str, operation: &str, size: u32) -> u64 {
    // Fuel is looked at when a function is entered, so that the call makes the cost exact.
    let body = format!("{} (call $tick) (i64.const 13)", operation.replace("SIZE", &size.to_string()));
    fuel_needed(&load(&engine(), &checker(&format!("{fields} (func $tick)"), &body)))
}

#[test]
fn bulk_operations_burn_fuel_for_every_byte() {
    let data = format!(r#"(data $data "{}")"#, "x".repeat(40_000));
    for (fields, operation, per_unit) in [
        ("", "(memory.fill (i32.const 2048) (i32.const 7) (i32.const SIZE))", 1),
        ("", "(memory.copy (i32.const 2048) (i32.const 4096) (i32.const SIZE))", 1),
        (&data, "(memory.init $data (i32.const 2048) (i32.const 0) (i32.const SIZE))", 1),
        (
            "(table $table 15000 funcref)",
            "(table.fill $table (i32.const 0) (ref.null func) (i32.const SIZE))
             (table.fill $table (i32.const 0) (ref.null func) (i32.const SIZE))",
            2,
        ),
        ("(table $table 15000 funcref)", "(table.copy (i32.const 0) (i32.const 1) (i32.const SIZE))", 1),
        ("(table $table 0 funcref)", "(drop (table.grow $table (ref.null func) (i32.const SIZE)))", 1),
    ] {
        let [none, small, large] = [0, 100, 10_000].map(|size| bulk(fields, operation, size));
        assert_eq!(small - none, 100 * per_unit, "{operation}");
        assert_eq!(large - none, 10_000 * per_unit, "{operation}");
    }
}

#[test]
fn growing_memory_burns_fuel_for_every_page() {
    let grow = |pages| bulk("", "(drop (memory.grow (i32.const SIZE)))", pages);
    assert_eq!(grow(15) - grow(0), 15 * 255);
}

#[test]
fn a_loop_of_large_fills_ends_as_soon_as_a_loop_of_small_steps() {
    let fill = "(loop $again (memory.fill (i32.const 2048) (i32.const 7) (i32.const 60000)) (br $again)) (unreachable)";
    let copy = fill.replace("fill (i32.const 2048) (i32.const 7)", "copy (i32.const 2048) (i32.const 2049)");
    for body in [fill, &copy] {
        assert_eq!(answer(&checker("", body)), Err(Stop::Fuel));
    }
    // As many rounds as the fuel pays for by the byte, and not one more.
    let rounds = |rounds: u64| {
        let body = format!(
            "(local $n i64)
             (loop $again
                (memory.fill (i32.const 2048) (i32.const 7) (i32.const 60000))
                (local.set $n (i64.add (local.get $n) (i64.const 1)))
                (br_if $again (i64.lt_u (local.get $n) (i64.const {rounds}))))
             (i64.const 13)"
        );
        answer(&checker("", &body))
    };
    assert_eq!(rounds(FUEL / 60_000 - 1), Ok(PASSED.to_vec()));
    assert_eq!(rounds(FUEL / 60_000 + 1), Err(Stop::Fuel));
}

const RECURSION: &str = "(func $deeper (param i64) (result i64)
    (i64.add (call $deeper (i64.add (local.get 0) (i64.const 1))) (i64.const 1)))";

#[test]
fn deep_recursion_is_stopped_on_a_small_thread_too() {
    let module = checker(RECURSION, "(call $deeper (i64.const 0))");
    assert_eq!(answer(&module), Err(Stop::Stack));
    let small = thread::Builder::new().stack_size(1 << 20).spawn(move || answer(&module));
    assert_eq!(small.expect("a thread").join().expect("no overflow of the host's stack"), Err(Stop::Stack));
}

#[test]
fn traps_are_named() {
    for (body, name) in [
        ("(unreachable)", "wasm `unreachable` instruction executed"),
        ("(i64.div_u (i64.const 1) (i64.const 0))", "integer divide by zero"),
        ("(i64.div_s (i64.const -9223372036854775808) (i64.const -1))", "integer overflow"),
        ("(i64.trunc_f64_s (f64.const nan))", "invalid conversion to integer"),
        ("(i64.load (i32.const 65529))", "out of bounds memory access"),
        ("(call_indirect $table (result i64) (i32.const 5))", "undefined element: out of bounds table access"),
        ("(call_indirect $table (result i64) (i32.const 0))", "uninitialized element"),
    ] {
        let text = checker("(table $table 1 funcref)", body);
        assert_eq!(answer(&text), Err(trap(&format!("wasm trap: {name}"))), "{body}");
    }
}

#[test]
fn the_clock_ends_what_its_fuel_does_not() {
    let module = load(&engine(), &checker("", LOOP));
    let limits = Limits { fuel: u64::MAX, deadline: Duration::from_millis(1), ..LIMITS };
    assert_eq!(module.call(Entry::Check, &REQUEST, &limits), Err(Stop::Deadline));
    assert_eq!(Stop::Deadline.to_string(), "it was ended by the clock: it took far more time than its fuel stands for");
    // The instance is free again.
    assert_eq!(module.call(Entry::Check, &REQUEST, &LIMITS), Err(Stop::Fuel));
}

#[test]
fn a_deadline_that_hardly_exists_leaves_a_quick_check_alone() {
    let module = load(&engine(), &checker("", PASSES));
    for deadline in [Duration::ZERO, Duration::MAX] {
        let limits = Limits { deadline, ..LIMITS };
        assert_eq!(module.call(Entry::Check, &REQUEST, &limits), Ok(PASSED.to_vec()), "{deadline:?}");
    }
}

#[test]
fn a_request_beyond_the_address_space_is_too_much_memory() {
    // Three fields of one text: 2 GiB and a little in all, of pages that are never touched for writing.
    let third = String::from_utf8(vec![0; (i32::MAX as usize - 4 * 4 - 4) / 3 + 1]).expect("zeros are UTF-8");
    let request = Request { checker: "demo", params: &third, prompt: &third, text: &third };
    let module = load(&engine(), &checker("", PASSES));
    assert_eq!(module.call(Entry::Check, &request, &LIMITS), Err(Stop::Memory));
}

/// Bumps a pointer and grows memory as a real allocator does.
const BUMP: &str = "
    (if (i32.eq (memory.grow (i32.add (i32.shr_u (local.get $length) (i32.const 16)) (i32.const 1))) (i32.const -1))
        (then unreachable))
    (i32.const 65536)";

#[test]
fn a_request_beyond_the_memory_cap_is_too_much_memory() {
    let module = load(&engine(), &with_alloc("", BUMP, PASSES));
    let text = "x".repeat(1 << 20);
    let request = |text| Request { text, ..REQUEST };
    assert_eq!(module.call(Entry::Check, &request(&text[..900_000]), &LIMITS), Ok(PASSED.to_vec()));
    assert_eq!(module.call(Entry::Check, &request(&text), &LIMITS), Err(Stop::Memory));
}

#[test]
fn no_attack_spoils_the_next_call() {
    let engine = engine();
    let good = load(&engine, &checker("", PASSES));
    let attacks = [
        (checker("", LOOP), Stop::Fuel),
        (checker("", EATER), Stop::Memory),
        (checker(RECURSION, "(call $deeper (i64.const 0))"), Stop::Stack),
        (checker("", "unreachable"), trap("wasm trap: wasm `unreachable` instruction executed")),
    ];
    // More rounds than the pool has slots: none may leak.
    for _ in 0..5 {
        for (text, stop) in &attacks {
            assert_eq!(call(&load(&engine, text), FUEL).as_ref(), Err(stop));
            assert_eq!(call(&good, FUEL), Ok(PASSED.to_vec()));
        }
    }
}
