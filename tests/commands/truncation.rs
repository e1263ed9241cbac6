//! What is known of how completions ended, and of who opens their thinking.

use crate::common::Folder;
use serde_json::{Value, json};

fn spec(extract: &str) -> String {
    let constraint = "constraints:\n  - {check: contains.all, with: {texts: [owl]}}\n";
    format!("fullmarks: 1\nname: owls\n{extract}{constraint}reward: {{scheme: binary}}\n")
}

const OPENED: &str = "extract: {thinking: {mode: opened}}\n";

fn rewards(folder: &Folder, spec: &str) -> Vec<f64> {
    let run = folder.run(&format!("score {spec} --rollouts rollouts.jsonl")).fine();
    run.lines().iter().map(|line| line["reward"].as_f64().unwrap()).collect()
}

/// Thinking that speaks of its closing mark is not over by that, where it is known that it was cut.
#[test]
fn a_completion_that_was_cut_within_its_thinking_has_no_answer() {
    let spoken = "I will end with `</think>` and then say owl";
    let amid = "Let me see. <think> An owl";
    let row = |id: &str, texts: [&str; 4], beside: (&str, Value)| {
        format!("{}\n", json!({"id": id, "completions": texts, beside.0: beside.1}))
    };
    let opened = [spoken, spoken, "hm</think>owl", "an owl"];
    let marked = [amid, amid, "<think>hm</think>owl", "<think>an owl"];
    for (texts, name, expected) in
        [(opened, "opened.yaml", [0.0, 1.0, 1.0, 0.0]), (marked, "marked.yaml", [0.0, 1.0, 1.0, 0.0])]
    {
        let folder = Folder::new().with("opened.yaml", spec(OPENED)).with("marked.yaml", spec(""));
        for beside in [
            ("finish_reason", json!(["length", "stop", "stop", "stop"])),
            ("finish_reason", json!(["MAX_TOKENS", null, "eos", {"type": "length"}])),
            ("truncated", json!([true, false, null, true])),
        ] {
            folder.write("rollouts.jsonl", row("a", texts, beside.clone()));
            assert_eq!(rewards(&folder, name), expected, "{name} {beside:?}");
        }
        // The same with a row for each.
        let each = |text: &str, cut: bool| format!("{}\n", json!({"id": "a", "completion": text, "truncated": cut}));
        folder.write("rollouts.jsonl", each(texts[0], true) + &each(texts[1], false));
        assert_eq!(rewards(&folder, name), expected[..2], "{name}");
    }
}

/// A cut completion without any mark is a thought where another one of its prompt shows that the template opens thinking.
#[test]
fn a_cut_completion_without_marks_began_as_the_others_of_its_prompt() {
    let folder =
        Folder::new().with("spec.yaml", spec("")).with("none.yaml", spec("extract: {thinking: {mode: none}}\n"));
    let write = |texts: &[&str], cut: &[bool]| {
        folder.write("rollouts.jsonl", format!("{}\n", json!({"id": "a", "completions": texts, "truncated": cut})));
    };
    let thoughts = ["an owl, maybe", "an owl, maybe", "hm</think>owl", "hm</think>I saw an owl"];
    write(&thoughts, &[true, false, false, true]);
    // The second ended by itself, and the last has an answer.
    assert_eq!(rewards(&folder, "spec.yaml"), [0.0, 1.0, 1.0, 1.0]);
    assert_eq!(rewards(&folder, "none.yaml"), [1.0, 1.0, 1.0, 1.0]);
    // Where nothing shows it, completions are judged as a whole, and that is said.
    let says = |spec: &str| {
        let run = folder.run(&format!("score {spec} --rollouts rollouts.jsonl --out out.jsonl")).fine();
        run.stdout + &run.stderr
    };
    for others in [["<think>hm</think>owl"; 2], ["owl"; 2]] {
        write(&["an owl, maybe", others[0], others[1]], &[true, false, false]);
        assert_eq!(rewards(&folder, "spec.yaml"), [1.0, 1.0, 1.0], "{others:?}");
        let said = says("spec.yaml");
        assert!(said.contains("thinking: {mode: opened}"), "{said}");
        std::fs::remove_file(folder.path("out.jsonl")).unwrap();
    }
    assert!(!says("none.yaml").contains("mode: opened"));
}

#[test]
fn what_says_how_completions_ended_must_be_of_all_of_them() {
    let folder = Folder::new().with("spec.yaml", spec(""));
    for (column, value, says) in [
        ("truncated", json!([true]), "`truncated` has 1 entries for 2 completions"),
        ("truncated", json!(["yes", "no"]), "`truncated` is true, false or null for each completion, not text"),
        ("finish_reason", json!([1, 2]), "`finish_reason` is a word such as `stop` or `length`, or null, not a number"),
    ] {
        folder
            .write("rollouts.jsonl", format!("{}\n", json!({"id": "a", "completions": ["owl", "owl"], column: value})));
        let run = folder.run("score spec.yaml --rollouts rollouts.jsonl");
        assert_eq!(run.code, Some(2));
        assert!(run.stderr.contains(says), "{}", run.stderr);
    }
}

/// A chat template that writes the mark shows in the prompt.
#[test]
fn a_prompt_that_ends_with_the_mark_opens_the_thinking() {
    let spec = spec("prompts: {file: prompts.jsonl}\n");
    for (prompt, expected) in [
        (json!("<|im_start|>user\nBird?<|im_end|>\n<|im_start|>assistant\n<think>\n"), [0.0, 1.0, 1.0]),
        (json!("User: Bird?\nAssistant: <think>"), [0.0, 1.0, 1.0]),
        (json!([{"role": "user", "content": "Bird?"}, {"role": "assistant", "content": "<think>\n"}]), [0.0, 1.0, 1.0]),
        (json!("Bird?"), [1.0, 1.0, 1.0]),
        (json!("What does a model mean by `<think>"), [1.0, 1.0, 1.0]),
        (json!([{"role": "user", "content": "What is <think>"}]), [1.0, 1.0, 1.0]),
    ] {
        let folder = Folder::new()
            .with("spec.yaml", &spec)
            .with("prompts.jsonl", format!("{}\n", json!({"id": "a", "prompt": prompt})))
            .with(
                "rollouts.jsonl",
                format!("{}\n", json!({"id": "a", "completions": ["an owl", "hm</think>owl", "<think>hm</think>owl"]})),
            );
        assert_eq!(rewards(&folder, "spec.yaml"), expected, "{prompt}");
    }
}

/// A server that takes the thinking out leaves no mark in the answer.
#[test]
fn thinking_in_a_field_of_its_own_needs_no_mark() {
    let message = |thinking: Value, content: Value| json!([{"role": "assistant", "reasoning_content": thinking, "content": content}]);
    let completions =
        [message(json!("hm"), json!("owl")), message(json!("owl"), json!(null)), message(json!(null), json!("owl"))];
    let folder = Folder::new()
        .with("opened.yaml", spec(OPENED))
        .with("rollouts.jsonl", format!("{}\n", json!({"id": "a", "completions": completions})));
    assert_eq!(rewards(&folder, "opened.yaml"), [1.0, 0.0, 0.0]);
}

/// Cohere's templates mark the answer as well.
#[test]
fn special_tokens_that_begin_an_answer_are_no_part_of_it() {
    let thinking = "extract: {thinking: {open: '<|START_THINKING|>', close: '<|END_THINKING|>'}}\n";
    let exact =
        |extract: &str| spec(extract).replace("contains.all, with: {texts: [owl]}", "text.equals, with: {text: owl}");
    let begun = "<|START_THINKING|>hm<|END_THINKING|><|START_RESPONSE|>owl<|END_RESPONSE|><|END_OF_TURN_TOKEN|>";
    let folder = Folder::new()
        .with("spec.yaml", exact(thinking))
        .with("none.yaml", exact("extract: {thinking: {mode: none}}\n"))
        .with(
            "rollouts.jsonl",
            format!("{}\n", json!({"id": "a", "completions": [begun, "<|START_RESPONSE|>owl", "owl"]})),
        );
    assert_eq!(rewards(&folder, "spec.yaml"), [1.0, 1.0, 1.0]);
    assert_eq!(rewards(&folder, "none.yaml"), [0.0, 0.0, 1.0]);
}

/// Where nothing else tells, the commands say what the completions look like, in the same words.
#[test]
fn marks_that_do_not_fit_the_spec_are_reported() {
    let closed = "hm</think>owl";
    for (texts, says) in [
        (
            vec![closed, closed, "owl"],
            vec!["2 of 3 completions close a thinking section", "1 of 3 completions has no mark of thinking"],
        ),
        (
            vec!["<think>owl", "owl"],
            vec!["1 of 2 completions has no mark of thinking, though most have: it was judged as a whole."],
        ),
        (
            vec![closed, "owl", "an owl"],
            vec!["2 of 3 completions have no mark of thinking, though others have: they were judged as a whole."],
        ),
        (vec!["owl", "owl"], vec![]),
        (vec!["owl", "owl", "<think>hm</think>owl"], vec![]),
    ] {
        let folder = Folder::new().with("spec.yaml", spec("")).with("opened.yaml", spec(OPENED));
        folder.write("rollouts.jsonl", format!("{}\n", json!({"id": "a", "completions": texts})));
        for command in ["score", "advise", "check", "audit"] {
            let run = folder.run(&format!("{command} spec.yaml --rollouts rollouts.jsonl"));
            let said = run.stdout.clone() + &run.stderr;
            assert_ne!(run.code, Some(2), "{command}: {said}");
            assert!(says.iter().all(|says| said.contains(says)), "{command} {texts:?}: {said}");
            assert_eq!(said.contains("mode: opened"), !says.is_empty(), "{command} {texts:?}: {said}");
            let said = folder.run(&format!("{command} opened.yaml --rollouts rollouts.jsonl"));
            assert!(!(said.stdout + &said.stderr).contains("mode: opened"), "{command} {texts:?}");
        }
    }
    let folder = Folder::new().with("spec.yaml", spec(""));
    let cut = json!({"id": "a", "completions": [closed, "owl"], "finish_reason": ["stop", "length"]});
    folder.write("rollouts.jsonl", format!("{cut}\n"));
    let run = folder.run("score spec.yaml --rollouts rollouts.jsonl --out scored.jsonl --json").fine();
    let summary: Value = serde_json::from_str(&run.stdout).unwrap();
    let counts = ["unopened_thinking", "unmarked_thinking", "truncated"].map(|name| summary[name].as_u64().unwrap());
    assert_eq!(counts, [1, 1, 1]);
}
