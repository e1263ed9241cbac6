//! The same call gives the same bytes and burns the same fuel, whatever ran before and beside it.

use crate::common::{FUEL, PASSED, call, checker, engine, fuel_needed, load};
use fullmarks_sandbox::Stop;
use std::thread;

/// Mixes every byte of the request into a hash and floats, and answers all of it: 16 bytes.
const MIX: &str = "
    (local $i i32) (local $hash i64) (local $sum f64)
    (loop $next
        (local.set $hash (i64.mul
            (i64.xor (local.get $hash) (i64.load8_u (i32.add (local.get $address) (local.get $i))))
            (i64.const 1099511628211)))
        (local.set $sum (f64.add
            (f64.sqrt (f64.convert_i64_u (local.get $hash)))
            (f64.div (local.get $sum) (f64.const 3))))
        (br_if $next (i32.lt_u
            (local.tee $i (i32.add (local.get $i) (i32.const 1)))
            (i32.mul (local.get $length) (i32.const 1)))))
    (i64.store (i32.const 512) (local.get $hash))
    (f64.store (i32.const 520) (local.get $sum))
    (i64.const 0x20000000010)";

#[test]
fn a_thousand_calls_on_two_threads_give_the_same_bytes() {
    let module = load(&engine(), &checker("", MIX));
    let first = call(&module, FUEL).expect("an answer");
    assert_eq!(first.len(), 16);
    assert_ne!(first[..8], [0; 8], "the hash saw the request");
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| (0..500).for_each(|_| assert_eq!(call(&module, FUEL).as_ref(), Ok(&first))));
        }
    });
}

#[test]
fn the_fuel_boundary_is_exact_and_stable() {
    let module = load(&engine(), &checker("", MIX));
    let needed = fuel_needed(&module);
    assert!((100..10_000).contains(&needed), "{needed}");
    assert_eq!(fuel_needed(&module), needed, "a second search");
    assert_eq!(fuel_needed(&load(&engine(), &checker("", MIX))), needed, "another engine");
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                for _ in 0..200 {
                    assert!(call(&module, needed).is_ok());
                    assert_eq!(call(&module, needed - 1), Err(Stop::Fuel));
                }
            });
        }
    });
}

#[test]
fn nan_has_one_form_on_every_processor() {
    // 0/0 sets the sign on x86 and does not on ARM.
    let body = "(f64.store (i32.const 512) (f64.div (f64.const 0) (f64.const 0)))
                (f32.store (i32.const 520) (f32.sub (f32.const inf) (f32.const inf)))
                (i64.const 0x2000000000c)";
    let expected = [&0x7ff8_0000_0000_0000_u64.to_le_bytes()[..], &0x7fc0_0000_u32.to_le_bytes()].concat();
    assert_eq!(call(&load(&engine(), &checker("", body)), FUEL), Ok(expected));
}

/// Leaves traces wherever a module can: a global, memory, memory size, a table; answers 13 + what it finds.
const TRACES: &str = "
    (local $found i64)
    (local.set $found (i64.add (global.get $count) (i64.load8_u (i32.const 60000))))
    (local.set $found (i64.add (local.get $found) (i64.extend_i32_u (i32.sub (memory.size) (i32.const 1)))))
    (local.set $found (i64.add (local.get $found)
        (i64.extend_i32_u (i32.eqz (ref.is_null (table.get $table (i32.const 0)))))))
    (global.set $count (i64.const 1))
    (i64.store8 (i32.const 60000) (i64.const 1))
    (drop (memory.grow (i32.const 1)))
    (table.set $table (i32.const 0) (ref.func $f))
    (i64.add (i64.const 13) (local.get $found))";

#[test]
fn every_call_gets_a_fresh_instance() {
    let fields = "(global $count (mut i64) (i64.const 0)) (table $table 1 funcref)
        (func $f) (elem declare func $f)";
    let module = load(&engine(), &checker(fields, TRACES));
    for _ in 0..100 {
        assert_eq!(call(&module, FUEL), Ok(PASSED.to_vec()));
    }
}

#[test]
fn memory_grown_by_one_module_is_zero_for_the_next() {
    let engine = engine();
    let dirty = "(drop (memory.grow (i32.const 15)))
        (memory.fill (i32.const 0) (i32.const 255) (i32.const 1048576))
        (i64.const 0x200000000d)";
    let dirty = load(&engine, &checker("", dirty));
    // Or-s all of the last 15 pages together.
    let peek = "(local $i i32) (local $found i64)
        (drop (memory.grow (i32.const 15)))
        (local.set $i (i32.const 65536))
        (loop $next
            (local.set $found (i64.or (local.get $found) (i64.load (local.get $i))))
            (br_if $next (i32.lt_u
                (local.tee $i (i32.add (local.get $i) (i32.const 8))) (i32.const 1048576))))
        (i64.add (i64.const 13) (i64.extend_i32_u (i64.ne (local.get $found) (i64.const 0))))";
    let peek = load(&engine, &checker("", peek));
    for _ in 0..20 {
        assert_eq!(call(&dirty, FUEL), Ok(vec![255; 13]));
        assert_eq!(call(&peek, FUEL), Ok(PASSED.to_vec()));
    }
}
