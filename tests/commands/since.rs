//! `--since REPORT.json`: what changed since an earlier report.

use crate::common::Folder;
use serde_json::{Value, json};

const SPEC: &str = "fullmarks: 1\nname: terse\nconstraints:\n  - {id: short, check: length.max_words, with: {words: 5}}\n  \
                    - {id: polite, check: contains.any, with: {texts: [please]}}\nreward: {scheme: partial, credit: 0.5}\n";

/// Every prompt has as many polite answers of eight; truth is politeness.
fn rows(polite: usize) -> String {
    let row = |prompt: usize| {
        let text = |turn: usize| if turn < polite { "yes please" } else { "no" };
        let completions: Vec<&str> = (0..8).map(text).collect();
        let truth: Vec<u8> = (0..8).map(|turn| u8::from(turn < polite)).collect();
        format!("{}\n", json!({"id": prompt, "completions": completions, "truth": truth, "proxy": vec![1; 8]}))
    };
    (0..30).map(row).collect()
}

fn folder() -> Folder {
    Folder::new().with("spec.yaml", SPEC).with("early.jsonl", rows(0)).with("late.jsonl", rows(4))
}

const COMMANDS: [&str; 3] = [
    "advise spec.yaml --rollouts early.jsonl",
    "audit --rollouts late.jsonl --truth truth --proxy proxy --resamplings 100",
    "probe spec.yaml",
];

#[test]
fn a_report_against_itself_says_that_nothing_changed() {
    let mut folder = folder();
    for command in COMMANDS {
        // A probe that finds something ends with status 1.
        let report = folder.run(&format!("{command} --json")).stdout;
        folder = folder.with("report.json", report);
        let run = folder.run(&format!("{command} --since report.json"));
        assert!(run.stdout.starts_with("Since report.json: nothing changed.\n\n"), "{command}: {run:#?}");
        let told: Value =
            serde_json::from_str(&folder.run(&format!("{command} --since report.json --json")).stdout).unwrap();
        assert_eq!((&told["since"]["changed"], &told["since"]["gone"]), (&json!([]), &json!([])), "{command}");
        assert!(!told["since"]["stayed"].as_array().unwrap().is_empty(), "{command}");
        // It can be the next one's earlier report.
        folder = folder.with("report.json", told.to_string());
        assert!(folder.run(&format!("{command} --since report.json")).stdout.contains("nothing changed"), "{command}");
    }
}

#[test]
fn what_changed_stands_at_the_top() {
    let folder = folder();
    let report = folder.run("advise spec.yaml --rollouts early.jsonl --json").fine().stdout;
    let folder = folder.with("report.json", report);
    let text = folder.run("advise spec.yaml --rollouts late.jsonl --since report.json").fine().stdout;
    for line in
        ["Since report.json:\n", "decision: fix-first (no-gradient) → start", "pass rate: 0%", "gone: ", "no-gradient"]
    {
        assert!(text.contains(line), "{line}\n{text}");
    }
    let closed = SPEC.replace("[please]", "[please]}}\n  - {id: yes, check: contains.any, with: {texts: [certainly]");
    let probed = folder.run("probe spec.yaml --json").stdout;
    let folder = folder.with("report.json", probed).with("spec.yaml", closed);
    let run = folder.run("probe spec.yaml --since report.json");
    assert!(run.stdout.starts_with("Since report.json:"), "{run:#?}");
}

#[test]
fn another_report_is_refused() {
    let mut folder = folder();
    let report = folder.run("advise spec.yaml --rollouts early.jsonl --json").fine().stdout;
    let newer = report.replacen("\"version\": 1", "\"version\": 2", 1);
    assert_ne!(report, newer);
    let older = json!({"fullmarks": "audit", "version": 1}).to_string();
    folder = folder.with("advise.json", report).with("newer.json", newer).with("text.json", "You can start.");
    folder = folder.with("audit.json", older).with("probe.json", r#"{"fullmarks": "probe"}"#);
    for (command, earlier, why) in [
        (COMMANDS[2], "advise.json", "it is a report of `advise`, and this is `probe`"),
        (COMMANDS[1], "advise.json", "it is a report of `advise`, and this is `audit`"),
        (COMMANDS[0], "newer.json", "its version is 2, and 1 is read here"),
        (COMMANDS[1], "audit.json", "its version is 1, and 2 is read here"),
        (COMMANDS[2], "probe.json", "its version is missing, and 1 is read here"),
        // Before any row is read: there is no such file.
        ("advise --rollouts nowhere.jsonl --reward r", "newer.json", "its version is 2, and 1 is read here"),
        (COMMANDS[0], "text.json", "since it is no JSON"),
        (COMMANDS[0], "missing.json", "missing.json"),
        ("probe spec.yaml --fix", "advise.json", "run them one after the other"),
    ] {
        let run = folder.run(&format!("{command} --since {earlier}"));
        assert_eq!(run.code, Some(2), "{command} {earlier}: {run:#?}");
        assert!(run.stderr.contains(why) && run.stdout.is_empty(), "{command} {earlier}: {run:#?}");
    }
}
