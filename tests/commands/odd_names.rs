//! Ids, columns and names with control characters: they reach no terminal and no log as they are, and JSON means the same.

use crate::common::Folder;
use serde_json::json;

/// What an id may hold: it clears the screen, rings, ends a line and turns text around.
const ODD: &str = "p\u{1b}[2J\u{7}\u{202e}\nFAKE\u{9b}31m\u{7f}\u{2028}";

fn is_plain(text: &str) -> bool {
    !text.contains(|c| fullmarks::printable::is_odd(c) && c != '\n')
}

fn spec(id: &str) -> String {
    // YAML takes odd characters as escapes alone.
    let escaped = |value| fullmarks::report::json_line(&value).expect("JSON");
    let constraint = escaped(json!({"id": id, "check": "length.max_words", "with": {"words": 1}}));
    let name = escaped(json!(format!("t{id}")));
    format!("fullmarks: 1\nname: {name}\nconstraints: [{constraint}]\nreward: {{scheme: binary}}\n")
}

#[test]
fn what_others_named_moves_no_cursor() {
    let rows = [
        json!({"id": "a", "completion": "one two"}),
        json!({"id": ODD, "completion": "one"}),
        json!({"id": ODD, "completion": 5}),
        json!({"id": "q", "completion": [{"role": ODD, "content": "a"}]}),
        json!({"id": "q2", ODD: "a"}),
        json!({"id": "a", "completion": "one two three"}),
    ];
    let folder = Folder::new()
        .with("spec.yaml", spec(ODD))
        .with("rollouts.jsonl", rows.map(|row| format!("{row}\n")).concat())
        .with("prompts.jsonl", format!("{}\n{}\n", json!({"id": "a", "prompt": ""}), json!({"id": ODD, "prompt": ""})))
        .with("bad.yaml", spec(ODD).replace("length.max_words", "length.max_wordz"))
        .with("one.jsonl", format!("{}\n", json!({"id": "a", "completion": "one two"})));
    for words in [
        "score spec.yaml --rollouts rollouts.jsonl",
        "score spec.yaml --rollouts rollouts.jsonl --json",
        "score spec.yaml --rollouts rollouts.jsonl --json --out out.jsonl",
        "score spec.yaml --rollouts rollouts.jsonl --prompts prompts.jsonl",
        "advise spec.yaml --rollouts rollouts.jsonl",
        "advise spec.yaml --rollouts rollouts.jsonl --json",
        "check spec.yaml",
        "check spec.yaml --json",
        "check bad.yaml",
        "probe spec.yaml --prompts prompts.jsonl",
        "probe spec.yaml --prompts prompts.jsonl --json",
        "score one.jsonl --rollouts one.jsonl",
    ] {
        let run = folder.run(words);
        assert!(is_plain(&run.stdout) && is_plain(&run.stderr), "{words}: {run:#?}");
        assert!(!format!("{}\n{}", run.stdout, run.stderr).contains("\nFAKE"), "{words}: {run:#?}");
    }
    let line = &folder.run("score spec.yaml --rollouts rollouts.jsonl").lines()[1];
    assert_eq!((&line["id"], &line["verdicts"][0]["constraint"]), (&json!(ODD), &json!(ODD)));
    let summary = folder.run("score spec.yaml --rollouts one.jsonl").fine().stderr;
    assert!(summary.contains("  p\\u{1b}[2J\\u{7}\\u{202e}\\nFAKE\\u{9b}31m"), "{summary}");
    assert!(is_plain(&String::from_utf8(folder.read("out.jsonl")).expect("text")));
}
