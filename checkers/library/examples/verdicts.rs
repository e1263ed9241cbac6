//! Judges completions natively: reads one JSON object a line, `{"check": id, "with": {…}, "text": …, "prompt": …}`, and
//! prints `1` (passed), `0` (failed) or `!` (refused) for each, with the reason.

use std::io::{BufRead, BufWriter, Write, stdin, stdout};

use fullmarks_checker_sdk::{Input, Verdict};
use fullmarks_checkers::CHECKERS;
use serde_json::Value;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = BufWriter::new(stdout());
    for line in stdin().lock().lines() {
        let job: Value = serde_json::from_str(&line?)?;
        let text = |name: &str| job[name].as_str().unwrap_or_default();
        let entry = CHECKERS.iter().find(|entry| entry.doc.id == text("check")).ok_or("no such checker")?;
        match entry.check(&job["with"].to_string(), &Input { text: text("text"), prompt: text("prompt") }) {
            Verdict::Passed => writeln!(out, "1")?,
            Verdict::Failed { public, .. } => writeln!(out, "0 {}", public.replace('\n', " "))?,
            Verdict::Refused(why) => writeln!(out, "! {}", why.replace('\n', " "))?,
        }
    }
    Ok(())
}
