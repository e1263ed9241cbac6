//! Judges completions by a task spec and prints what each is paid.
//!
//! `cargo run --release --example score`

use fullmarks::{
    report::ScoreLine,
    task::{Batch, Source, Task},
};
use serde_json::json;

const SPEC: &str = "
fullmarks: 1
name: terse
constraints:
  - {id: short, check: length.max_words, with: {words: 5}}
  - {id: polite, check: contains.any, with: {texts: [please, thank you], ignore_case: true}}
reward: {scheme: partial, credit: 0.5}
";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let task = Task::load(Source::from_yaml(SPEC))?;
    let completions = vec![json!("Thank you, all done."), json!("Done."), json!("")];
    for scored in task.score(Batch { completions, ..Batch::default() })? {
        // The same line as `fullmarks score` writes.
        println!("{}", serde_json::to_string(&ScoreLine::of(&scored))?);
    }
    Ok(())
}
