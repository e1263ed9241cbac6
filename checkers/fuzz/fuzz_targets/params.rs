//! Any parameters: refused or used, and never a panic. What is refused when a spec is checked is refused when it is used.
//!
//! `cargo +nightly fuzz run params -- -max_total_time=600` in `checkers/`.

#![no_main]

use fullmarks_checker_sdk::{Input, Verdict};
use fullmarks_checkers::CHECKERS;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let [checker, rest @ ..] = data else { return };
    let entry = &CHECKERS[usize::from(*checker) % CHECKERS.len()];
    let text = String::from_utf8_lossy(rest);
    let (params, text) = text.split_once('\u{c}').unwrap_or((&text, "An owl, and another owl."));
    let verdict = entry.check(params, &Input { text, prompt: entry.doc.example.prompt });
    if entry.validate(params).is_err() {
        assert!(matches!(verdict, Verdict::Refused(_)), "{}: {verdict:?}", entry.doc.id);
    }
});
