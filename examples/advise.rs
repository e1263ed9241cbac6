//! From verdicts alone to what a reward will do to training: no spec, and no sandbox.
//!
//! `cargo run --release --example advise`

use fullmarks_advisor::{
    advise::{Request, Settings},
    verdict::{Constraint, FailureKind, Group, Outcome, Verdict},
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Twenty prompts with eight completions each: a mark for each of two constraints.
    let marks = |prompt: usize| (0..8).map(move |n| [(prompt + n).is_multiple_of(2), (prompt * n) % 7 == 1]);
    let outcome = |met: [bool; 2]| {
        let verdict = |met| if met { Verdict::Passed } else { Verdict::failed(FailureKind::Unmet, "") };
        Outcome::new(["short", "polite"].map(Constraint::plain).into(), met.map(verdict).into())
    };
    let group = |n: usize| Group { prompt: format!("prompt-{n}").into(), outcomes: marks(n).map(outcome).collect() };
    let groups = (0..20).map(group).collect();

    let settings = Settings { group_size: 8, seed: 1, ..Settings::default() };
    let assessment = Request { groups, settings, ..Request::default() }.assess()?;
    for advice in &assessment.advice {
        println!("{}: {advice}. {}", advice.code(), advice.remedy());
    }
    Ok(())
}
