//! The first screen of `advise`: what a person decides by, with room for nothing else.

use crate::common::Folder;
use serde_json::json;

/// Prompts of several kinds, with many findings.
fn rollouts() -> Folder {
    let row = |n: usize| {
        let marks = |turn: usize| match n % 4 {
            0 => json!({"easy": true, "hard": false, "never": false, "always": true}),
            1 => json!({"easy": turn.is_multiple_of(2), "hard": false, "never": false, "always": true}),
            2 => json!({"easy": !turn.is_multiple_of(3), "hard": turn == 5, "never": false, "always": true}),
            _ => json!({"easy": true, "hard": turn.is_multiple_of(7), "never": turn == 14 && n == 3, "always": true}),
        };
        json!({"id": format!("p{n}"), "v": (0..16).map(marks).collect::<Vec<_>>()})
    };
    Folder::new().with("rollouts.jsonl", (0..80).map(|n| format!("{}\n", row(n))).collect::<String>())
}

const ADVISE: &str = "advise --rollouts rollouts.jsonl --verdicts v";

#[test]
fn the_screen_fits_a_screen_and_the_rest_is_explained() {
    let folder = rollouts();
    let screen = folder.run(ADVISE).fine().stdout;
    assert!(screen.lines().count() <= 30, "{screen}");
    assert!(screen.lines().all(|line| line.chars().count() <= 100), "{screen}");
    for part in ["Wasted: ", "Prompts, ", "Pass rate ", "\nNext: ", "--explain"] {
        assert!(screen.contains(part), "{part}\n{screen}");
    }
    let all = folder.run(&format!("{ADVISE} --explain")).fine().stdout;
    assert!(all.lines().count() > 40 && all.contains("Critical credit"), "{all}");
    assert_eq!(screen.lines().next(), all.lines().next());
    assert_eq!(screen.matches("first").count(), 1, "one thing comes first\n{screen}");
}

#[test]
fn quiet_says_what_to_do_and_what_is_next() {
    let folder = rollouts();
    let (screen, quiet) = (folder.run(ADVISE).fine().stdout, folder.run(&format!("{ADVISE} -q")).fine().stdout);
    let (answer, next) = quiet.split_once("Next: ").expect("the next step");
    assert!(screen.starts_with(answer), "{screen}\n{quiet}");
    assert!(!next.is_empty() && quiet.lines().count() <= 8, "{quiet}");
}

/// A length penalty where verdicts differ in nothing: one story, and one thing that comes first.
#[test]
fn a_penalty_alone_is_not_called_a_tie() {
    let spec = "fullmarks: 1\nname: penalty\nconstraints:\n  - {id: a, check: contains.all, with: {texts: [alpha]}}\n\
                \x20 - {id: b, check: contains.all, with: {texts: [beta]}}\n\
                reward: {scheme: partial, credit: 0.5, penalty: {overlong: {max: 200, soft: 150, at_most: 0.3, unit: characters}}}\n";
    let completions: Vec<String> = (0..8).map(|n| format!("alpha {}", "x".repeat(60 + 15 * n))).collect();
    let row = |n: usize| format!("{}\n", json!({"id": n, "completions": completions}));
    let folder = Folder::new().with("spec.yaml", spec).with("rollouts.jsonl", (0..40).map(row).collect::<String>());
    for how in ["", " --explain"] {
        let text = folder.run(&format!("advise spec.yaml --rollouts rollouts.jsonl{how}")).fine().stdout;
        let flat = text.replace('\n', " ");
        assert!(flat.contains("40 tied (always earn the same, but for the penalty)"), "{text}");
        assert!(!flat.contains("et these prompts aside") && !flat.contains("different weights"), "{text}");
        assert!(!flat.contains("at this first"), "{text}");
        // Without the penalty nothing differs, so that to take it out is not enough.
        assert!(flat.contains("Without the penalty groups do not differ at all"), "{text}");
    }
}

/// Verdicts of a number of prompts, each with 16 completions; `of` gives those of the completion at a turn.
fn verdicts(prompts: usize, of: impl Fn(usize, usize) -> serde_json::Value) -> Folder {
    let row = |n: usize| json!({"id": n, "v": (0..16).map(|turn| of(n, turn)).collect::<Vec<_>>()});
    Folder::new().with("rollouts.jsonl", (0..prompts).map(|n| format!("{}\n", row(n))).collect::<String>())
}

fn next(folder: &Folder) -> String {
    let text = folder.run(&format!("{ADVISE} -q")).fine().stdout.replace('\n', " ");
    text.split_once("Next: ").expect("the next step").1.trim().to_owned()
}

/// The next step is one that helps, whatever is wrong.
#[test]
fn the_next_step_leads_out() {
    let useless = verdicts(60, |n, _| json!([n % 2 == 0, n % 2 == 0]));
    assert!(next(&useless).starts_with("sample other prompts."), "{}", next(&useless));
    let never = verdicts(60, |n, turn| json!({"a": (n + turn) % 2 == 0, "c": false}));
    assert!(next(&never).starts_with("see whether `c` can be met at all: no completion does."), "{}", next(&never));
    // Most groups of 8 are solved, and no prompt surely always is.
    let solved = verdicts(200, |n, turn| json!([(7919 * n + 104_729 * turn) % 51 != 0, true]));
    assert_eq!(next(&solved), "add harder prompts, or let the trainer skip groups whose rewards are equal.");
}

/// Half of the prompts are always solved, and no completion of the others is fully correct: what to do with both is said.
#[test]
fn what_is_left_beside_solved_prompts_is_said() {
    let folder = verdicts(80, |n, turn| json!([n % 2 == 0 || turn % 2 == 0, n % 2 == 0]));
    let text = folder.run(ADVISE).fine().stdout.replace('\n', " ");
    let both = "On the other 40 no completion is fully correct: fine-tune on solutions, or choose easier ones.";
    assert!(text.contains("set aside the 40 of 80 prompts") && text.contains(both), "{text}");
}
