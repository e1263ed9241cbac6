//! Any text, under any checker with the parameters of its example: no panic, the same verdict twice, a score within bounds.
//!
//! `cargo +nightly fuzz run texts -- -max_total_time=600` in `checkers/`.

#![no_main]

use fullmarks_checker_sdk::{Input, Verdict};
use fullmarks_checkers::CHECKERS;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let [checker, rest @ ..] = data else { return };
    let entry = &CHECKERS[usize::from(*checker) % CHECKERS.len()];
    let text = String::from_utf8_lossy(rest);
    // What comes before a form feed is the prompt; else it is the example's.
    let (prompt, text) = text.split_once('\u{c}').unwrap_or((entry.doc.example.prompt, &text));
    let input = Input { text, prompt };
    let judge = || entry.check(entry.doc.example.params, &input);
    let verdict = judge();
    if let Verdict::Failed { score, .. } = &verdict {
        assert!((0.0..1.0).contains(score), "{}: {score}", entry.doc.id);
    }
    assert_eq!(verdict, judge(), "{}", entry.doc.id);
});
