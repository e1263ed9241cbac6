//! Prompts that cannot be used are named, counted and left out; too many stop the run, and one never stops the rest.

use crate::common::Folder;
use serde_json::{Value, json};

const SPEC: &str = "fullmarks: 1
name: names
prompts: {file: prompts.jsonl}
constraints:
  - {id: names_it, check: contains.all, with: {texts: {column: words}}}
  - {id: short, check: length.max_words, with: {words: 9}}
reward: {scheme: partial}
";

/// Twenty prompts, of which the fourth has no text to name.
fn folder() -> Folder {
    let row = |n: usize| match n {
        3 => json!({"id": "p3", "prompt": "?", "words": 7}),
        n => json!({"id": format!("p{n}"), "prompt": "?", "words": [format!("bird{n}")]}),
    };
    let rollouts = |n: usize| json!({"id": format!("p{n}"), "completions": [format!("bird{n}"), "none", ""]});
    let lines = |row: &dyn Fn(usize) -> Value| (0..20).map(|n| format!("{}\n", row(n))).collect::<String>();
    Folder::new().with("spec.yaml", SPEC).with("prompts.jsonl", lines(&row)).with("rollouts.jsonl", lines(&rollouts))
}

const WHY: &str = "line 4: `texts` must be a list of texts, at least one, not the number 7";

#[test]
fn score_leaves_one_bad_prompt_out_and_its_completions_unscored() {
    let folder = folder();
    let run = folder.run("score spec.yaml --rollouts rollouts.jsonl --out scored.jsonl --json").fine();
    assert!(run.stderr.contains(WHY), "{}", run.stderr);
    assert!(run.stderr.contains("1 of 20 prompts cannot be used."), "{}", run.stderr);
    let summary: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!((&summary["left_out_prompts"], &summary["completions"]), (&json!(1), &json!(60)));
    assert_eq!(summary["constraints"]["names_it"]["unscored"], 3);
    let text = String::from_utf8(folder.read("scored.jsonl")).unwrap();
    for line in text.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        let known = line["id"] != "p3";
        assert_eq!(line["reward"].is_number(), known, "{line}");
        for verdict in line["verdicts"].as_array().unwrap().iter().filter(|_| !known) {
            let why = verdict["unscored"].as_str().unwrap();
            assert!(why.starts_with("bad-prompt: line 4 of the prompts: `texts` must be"), "{why}");
        }
    }
}

#[test]
fn too_many_bad_prompts_stop_the_run() {
    let folder = folder();
    let run = folder.run("score spec.yaml --rollouts rollouts.jsonl --max-unscored 0.04");
    assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""));
    assert!(run.stderr.contains("1 of the 20 prompts in prompts.jsonl cannot be used:\n  line 4:"), "{}", run.stderr);
    assert!(run.stderr.contains("--max-unscored SHARE"), "{}", run.stderr);
    folder.run("score spec.yaml --rollouts rollouts.jsonl --max-unscored 0.05").fine();
}

#[test]
fn every_command_goes_on_without_it() {
    let folder = folder();
    for (words, says) in [
        ("check spec.yaml", "1 of 20 prompts cannot be used."),
        ("advise spec.yaml --rollouts rollouts.jsonl", "3 completions answer prompts that cannot be used"),
        ("audit spec.yaml --rollouts rollouts.jsonl", "3 completions answer prompts that cannot be used"),
        ("probe spec.yaml", WHY),
    ] {
        let run = folder.run(words);
        assert_ne!(run.code, Some(2), "{words}: {}", run.stderr);
        assert!(run.stderr.contains(says) && run.stderr.contains(WHY), "{words}: {}", run.stderr);
        let run = folder.run(&format!("{words} --max-unscored 0.01"));
        assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{words}");
        assert!(run.stderr.contains(WHY), "{words}: {}", run.stderr);
    }
    let json = |words: &str| serde_json::from_str::<Value>(&folder.run(words).stdout).unwrap();
    let advised = json("advise spec.yaml --rollouts rollouts.jsonl --json");
    assert_eq!((&advised["counts"]["prompts"], &advised["counts"]["completions"]), (&json!(19), &json!(57)));
    assert_eq!(
        json("check spec.yaml --json")["specs"][0]["left_out"],
        json!([format!("{WHY} (texts: the texts to look for; none may be empty or invisible)")])
    );
    let probed = json("probe spec.yaml --json");
    assert_eq!((&probed["probed"], &probed["left_out"]), (&json!(19), &json!(1)));
}

/// Of rows with one id nobody can tell which is meant.
#[test]
fn an_id_that_comes_twice_is_left_out() {
    let folder = folder();
    let prompts = String::from_utf8(folder.read("prompts.jsonl")).unwrap();
    folder.write("prompts.jsonl", format!("{prompts}{}\n", json!({"id": "p5", "prompt": "?", "words": ["owl"]})));
    let run = folder.run("score spec.yaml --rollouts rollouts.jsonl").fine();
    let unscored: Vec<_> = run.lines().into_iter().filter(|line| line["reward"].is_null()).collect();
    assert_eq!(unscored.len(), 6);
    assert!(unscored[3]["verdicts"][0]["unscored"].as_str().unwrap().contains("the id `p5` was there before"));
}

#[test]
fn equal_messages_are_one_with_a_count() {
    let folder = folder();
    let rollouts = String::from_utf8(folder.read("rollouts.jsonl")).unwrap();
    let bad = format!("{}\n", json!({"id": "p1"})).repeat(4);
    folder.write("rollouts.jsonl", format!("{rollouts}{bad}"));
    for (words, says) in [
        (
            "score",
            "line 21: it has neither `completions` nor `completion`\nrollouts.jsonl: the message of line 21 holds for 3 more rows",
        ),
        ("advise", "line 21: it has neither `completions` nor `completion` (the same for 3 more rows)"),
    ] {
        let run = folder.run(&format!("{words} spec.yaml --rollouts rollouts.jsonl"));
        assert_eq!(run.code, Some(2), "{words}");
        assert!(run.stderr.contains(says), "{words}: {}", run.stderr);
    }
}

#[test]
fn a_text_is_a_list_of_one_and_columns_stand_in_lists() {
    let prompts = [
        json!({"id": "text", "prompt": "?", "words": "owl", "more": "kind"}),
        json!({"id": "list", "prompt": "?", "words": ["owl", "night"], "more": "kind"}),
    ];
    let spec = |texts: &str| SPEC.replace("{column: words}", texts);
    let folder = Folder::new()
        .with("prompts.jsonl", prompts.map(|row| format!("{row}\n")).concat())
        .with("alone.yaml", spec("{column: words}"))
        .with("within.yaml", spec("[{column: words}, regards, {column: more}]"))
        .with(
            "rollouts.jsonl",
            ["text", "list"]
                .map(|id| {
                    format!("{}\n", json!({"id": id, "completions": ["owl", "owl night", "kind regards, owl", "kind regards, night owl"]}))
                })
                .concat(),
        );
    let passed = |spec: &str| -> Vec<bool> {
        let run = folder.run(&format!("score {spec} --rollouts rollouts.jsonl")).fine();
        run.lines().iter().map(|line| line["verdicts"][0]["passed"].as_bool().unwrap()).collect()
    };
    assert_eq!(passed("alone.yaml"), [true, true, true, true, false, true, false, true]);
    assert_eq!(passed("within.yaml"), [false, false, true, true, false, false, false, true]);
    // What is written out is checked when the spec is.
    folder.write("bad.yaml", spec("[{column: words}, 7]"));
    let run = folder.run("check bad.yaml");
    assert!(run.stderr.contains("`texts` must be a list of texts"), "{}", run.stderr);
}

/// The English prompts of M-IFEval name IFEval's instructions with the language before them.
#[test]
fn instructions_of_m_ifeval_load() {
    let spec = "fullmarks: 1\nname: m-ifeval\nprompts: {file: prompts.jsonl, id: key}\nconstraints:\n  - from_prompt: {ids: \
                instruction_id_list, params: kwargs}\nreward: {scheme: binary}\n";
    let row = |id: &str| json!({"key": 1, "prompt": "Name an owl.", "instruction_id_list": [id], "kwargs": [{"keywords": ["owl"], "num_words": null}]});
    let folder = Folder::new()
        .with("spec.yaml", spec)
        .with("prompts.jsonl", format!("{}\n", row("en:keywords:existence")))
        .with("rollouts.jsonl", format!("{}\n", json!({"id": 1, "completions": ["An owl.", "A gull."]})));
    let lines = folder.run("score spec.yaml --rollouts rollouts.jsonl").fine().lines();
    assert_eq!([&lines[0]["reward"], &lines[1]["reward"]], [&json!(1.0), &json!(0.0)]);
    assert_eq!(lines[0]["verdicts"][0]["constraint"], "en:keywords:existence");
    folder.write("prompts.jsonl", format!("{}\n", row("es:special_character:ethel_or_cedilla")));
    let run = folder.run("score spec.yaml --rollouts rollouts.jsonl");
    assert!(run.stderr.contains("there is no checker `es:special_character:ethel_or_cedilla`"), "{}", run.stderr);
}

/// A server answers null where a completion was cut within its reasoning.
#[test]
fn a_null_completion_is_an_empty_answer() {
    let spec = "fullmarks: 1\nname: short\nconstraints:\n  - {check: length.max_words, with: {words: 3}}\nreward: {scheme: binary}\n";
    let rows = [
        json!({"id": "several", "completions": ["one", null, "two"]}),
        json!({"id": "one", "completion": null}),
        json!({"id": "messages", "completion": [{"role": "assistant", "content": null, "reasoning_content": "hm"}]}),
    ];
    let folder =
        Folder::new().with("spec.yaml", spec).with("rollouts.jsonl", rows.map(|row| format!("{row}\n")).concat());
    let lines = folder.run("score spec.yaml --rollouts rollouts.jsonl").fine().lines();
    let rewards: Vec<_> = lines.iter().map(|line| line["reward"].as_f64().unwrap()).collect();
    assert_eq!(rewards, [1.0, 0.0, 1.0, 0.0, 0.0]);
    assert!(lines[1]["verdicts"][0]["failure"] == "empty" && lines[3]["verdicts"][0]["failure"] == "empty");
}
