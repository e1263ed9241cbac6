//! Memory of the process does not grow with the number of calls. Alone in its binary, so that nothing runs beside it.
#![cfg(target_os = "linux")]

mod common;

use common::{FUEL, LIMITS, PASSED, call, checker, engine, load};
use fullmarks_sandbox::{Entry, Request};

/// Resident pages of this process.
fn resident_pages() -> usize {
    let statm = std::fs::read_to_string("/proc/self/statm").expect("Linux has it");
    let resident = statm.split(' ').nth(1).and_then(|field| field.parse().ok());
    resident.expect("the second field is a number")
}

#[test]
fn ten_thousand_calls_leave_no_trace() {
    // Dirties half of its page and grows by one that it dirties too.
    let body = "(drop (memory.grow (i32.const 1)))
        (memory.fill (i32.const 30000) (i32.const 7) (i32.const 60000))
        (i64.const 13)";
    let module = load(&engine(), &checker("", body));
    let trap = load(&engine(), &checker("", "unreachable"));
    let text = "x".repeat(20_000);
    let large = Request { checker: "demo", params: "{}", prompt: "", text: &text };
    let thousand = || {
        for _ in 0..1000 {
            assert_eq!(call(&module, FUEL), Ok(PASSED.to_vec()));
            assert_eq!(module.call(Entry::Check, &large, &LIMITS), Ok(PASSED.to_vec()));
            assert!(call(&trap, FUEL).is_err());
        }
    };
    thousand();
    let warm = resident_pages();
    (0..9).for_each(|_| thousand());
    let grown = resident_pages().saturating_sub(warm);
    // A leak of one page a call would be 27,000.
    assert!(grown < 1000, "{grown} pages more after 27,000 calls");
}
