//! Rollouts as servers and trainers write them give the lines that the same rollouts give in our own form.

use crate::common::{Finished, Folder};
use arrow_array::{ArrayRef, RecordBatch, StringArray};
use arrow_ipc::writer::{FileWriter, StreamWriter};
use serde_json::{Value, json};
use std::{fs::File, sync::Arc};

const SPEC: &str = "fullmarks: 1
name: birds
prompts: {file: prompts.jsonl, id: bird}
constraints: [{check: contains.all, with: {texts: {column: words}}}, {check: length.max_words, with: {words: 9}}]
reward: {scheme: partial}
";

/// Prompts with their answers, of which some are right, one is empty and one was cut.
const ANSWERS: [(&str, [&str; 3]); 2] =
    [("owl", ["An owl.", "A gull.", ""]), ("wren", ["No bird.", "A wren.", "A wren sat"])];

fn lines(rows: impl IntoIterator<Item = Value>) -> String {
    rows.into_iter().map(|row| format!("{row}\n")).collect()
}

fn folder() -> Folder {
    let prompt = |(bird, _)| json!({"bird": bird, "prompt": format!("Which is a {bird}?"), "words": [bird]});
    Folder::new().with("spec.yaml", SPEC).with("prompts.jsonl", lines(ANSWERS.map(prompt)))
}

fn score(folder: &Folder, rollouts: &str) -> Finished {
    folder.run(&format!("score spec.yaml --rollouts {rollouts}"))
}

/// A row for each prompt, made by `row` of its id and answers.
fn of_prompts(row: impl Fn(&str, [&str; 3]) -> Value) -> String {
    lines(ANSWERS.map(|(bird, answers)| row(bird, answers)))
}

/// A row for each answer.
fn of_answers(row: impl Fn(&str, &str) -> Value) -> String {
    lines(ANSWERS.iter().flat_map(|(bird, answers)| answers.map(|answer| row(bird, answer))))
}

fn choices(answers: [&str; 3], choice: impl Fn(&str) -> Value) -> Value {
    let with = |(place, answer): (usize, &&str)| {
        let mut value = choice(answer);
        value["index"] = json!(place);
        value["finish_reason"] = json!("stop");
        value
    };
    // Servers number their choices, and need not order them.
    answers.iter().enumerate().rev().map(with).collect()
}

/// What a server answers to a chat.
fn chat(bird: &str, answers: [&str; 3]) -> Value {
    json!({"bird": bird, "id": "chatcmpl-1", "object": "chat.completion", "choices": choices(answers, message)})
}

fn message(answer: &str) -> Value {
    json!({"message": {"role": "assistant", "content": answer, "reasoning_content": "I think of an owl and a wren."}})
}

fn trace(answer: &str) -> Value {
    let node = |role: &str, content: &str, sampled: bool| json!({"message": {"role": role, "content": content}, "sampled": sampled});
    json!({"nodes": [node("user", "Which?", false), node("assistant", answer, true), node("tool", "ok", false)], "ok": true,
        "calls": [{"finish_reason": "stop"}], "rewards": {"good": {"score": 0.5, "weight": 2.0}}, "errors": []})
}

#[test]
fn every_form_gives_the_same_lines() {
    let folder = folder();
    folder.write("own.jsonl", of_prompts(|bird, answers| json!({"bird": bird, "completions": answers})));
    let own = score(&folder, "own.jsonl");
    assert_eq!((own.code, own.stdout.lines().count()), (Some(0), 6), "{}", own.stderr);
    let forms = [
        ("chat", of_prompts(chat)),
        (
            "text",
            of_prompts(
                |bird, answers| json!({"custom_id": bird, "choices": choices(answers, |text| json!({"text": text}))}),
            ),
        ),
        (
            "vllm",
            of_prompts(
                |bird, answers| json!({"bird": bird, "outputs": choices(answers, |text| json!({"text": text}))}),
            ),
        ),
        (
            "batch",
            of_prompts(|bird, answers| {
                let response = json!({"status_code": 200, "body": chat("no", answers)});
                json!({"id": "batch_req_1", "custom_id": bird, "response": response, "error": null})
            }),
        ),
        (
            "responses",
            of_answers(|bird, answer| {
                let output = json!([{"type": "reasoning", "summary": [{"type": "summary_text", "text": "An owl, a wren."}]},
                {"type": "function_call", "name": "look", "arguments": "{}"},
                {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": answer, "annotations": []}]}]);
                json!({"bird": bird, "id": "resp_1", "object": "response", "status": "completed", "output": output})
            }),
        ),
        (
            "traces",
            of_prompts(
                |bird, answers| json!({"task": {"data": {"id": bird}}, "traces": answers.map(trace), "ok": true}),
            ),
        ),
        (
            "prime",
            of_answers(|bird, answer| {
                let mut row = trace(answer);
                row["task"] = json!({"data": {"id": bird}});
                row
            }),
        ),
        (
            "trl",
            of_answers(|bird, answer| {
                json!({"step": 1, "id": bird, "prompt": "?", "completion": [{"role": "assistant", "content": answer}],
            "good": 1.0, "advantage": 0.0})
            }),
        ),
        (
            "verl",
            of_answers(
                |bird, answer| json!({"input": "?", "output": answer, "gts": "1", "score": 1.0, "step": 1, "id": bird}),
            ),
        ),
    ];
    for (name, rows) in forms {
        folder.write(&format!("{name}.jsonl"), &rows);
        let done = score(&folder, &format!("{name}.jsonl"));
        assert_eq!((done.code, &done.stdout), (Some(0), &own.stdout), "{name}: {}", done.stderr);
        assert!(done.stderr.contains(&format!("{name}.jsonl: read as ")), "{name}: {}", done.stderr);
    }
    // A column of one's own, of each kind.
    for (name, rows) in [
        ("texts", of_prompts(|bird, answers| json!({"bird": bird, "answers": answers}))),
        ("text", of_answers(|bird, answer| json!({"bird": bird, "answers": answer}))),
        (
            "chats",
            of_answers(|bird, answer| json!({"bird": bird, "answers": [{"role": "assistant", "content": answer}]})),
        ),
    ] {
        folder.write("named.jsonl", &rows);
        let done = score(&folder, "named.jsonl --completion answers");
        assert_eq!((done.code, &done.stdout), (Some(0), &own.stdout), "{name}: {}", done.stderr);
    }
}

fn array(texts: [&str; 2]) -> ArrayRef {
    Arc::new(texts.map(Some).into_iter().collect::<StringArray>())
}

#[test]
fn arrow_gives_the_same_lines() {
    let folder = folder();
    folder.write("own.jsonl", of_answers(|bird, answer| json!({"bird": bird, "completion": answer})));
    let own = score(&folder, "own.jsonl").stdout;
    let column = |name: &str, of: &dyn Fn(&(&str, &str)) -> String| {
        let pairs = ANSWERS.iter().flat_map(|(bird, answers)| answers.map(|answer| (*bird, answer)));
        (name.to_owned(), Arc::new(pairs.map(|pair| of(&pair)).map(Some).collect::<StringArray>()) as ArrayRef)
    };
    let columns = [
        column("bird", &|pair| pair.0.into()),
        column("unread", &|_| "x".repeat(1000)),
        column("completion", &|pair| pair.1.into()),
    ];
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let file = |name: &str| File::create(folder.path(name)).unwrap();
    let mut stream = StreamWriter::try_new(file("stream.arrow"), &batch.schema()).unwrap();
    // Batches as a table has them: several, one of them empty.
    for part in [batch.slice(0, 2), batch.slice(2, 0), batch.slice(2, 4)] {
        stream.write(&part).unwrap();
    }
    stream.finish().unwrap();
    let mut whole = FileWriter::try_new(file("file.feather"), &batch.schema()).unwrap();
    whole.write(&batch).unwrap();
    whole.finish().unwrap();
    for name in ["stream.arrow", "file.feather"] {
        let done = score(&folder, name);
        assert_eq!((done.code, done.stdout.as_str()), (Some(0), own.as_str()), "{name}: {}", done.stderr);
    }
    let bytes = std::fs::read(folder.path("stream.arrow")).unwrap();
    std::fs::write(folder.path("cut.arrow"), &bytes[..bytes.len() / 2]).unwrap();
    let done = score(&folder, "cut.arrow");
    assert_eq!(done.code, Some(2));
    assert!(done.stderr.contains("the Arrow file is damaged or cut short"), "{}", done.stderr);
    let long = RecordBatch::try_from_iter([
        ("bird", array(["owl", "owl"])),
        ("completion", array(["An owl.", &"owl ".repeat(600)])),
    ])
    .unwrap();
    let mut stream = StreamWriter::try_new(file("long.arrow"), &long.schema()).unwrap();
    stream.write(&long).unwrap();
    stream.finish().unwrap();
    let done = score(&folder, "long.arrow --max-row 2KiB");
    assert!(
        done.stderr.contains("after row 1: a row takes more than 2.0 KiB: allow it by --max-row"),
        "{}",
        done.stderr
    );
    assert_eq!(score(&folder, "long.arrow").stdout.lines().count(), 2);
}

/// The server's failure is not the policy's zero.
#[test]
fn failed_requests_are_named_and_left_out() {
    let folder = folder();
    let good = json!({"bird": "owl", "choices": choices(["An owl."; 3], message)});
    let failures = [
        (json!({"bird": "owl", "choices": [], "error": null}), "`choices` is empty"),
        (
            json!({"bird": "owl", "choices": null, "error": {"message": "engine died"}}),
            "the request failed: engine died",
        ),
        (
            json!({"bird": "owl", "response": {"status_code": 429, "body": {"error": {"message": "slow down"}}}}),
            "the request failed with status 429: slow down",
        ),
        (json!({"bird": "owl", "output": [], "status": "failed"}), "the request did not end: its status is `failed`"),
        (
            json!({"bird": "owl", "choices": [{"delta": {"content": "An"}}]}),
            "choices[0]: a piece of a stream, not a whole answer",
        ),
        (json!({"bird": "owl", "usage": {}}), "it has no answer: neither `choices` nor `output`"),
    ];
    folder.write("some.jsonl", lines(std::iter::once(good).chain(failures.iter().map(|(row, _)| row.clone()))));
    let done = score(&folder, "some.jsonl");
    assert_eq!((done.code, done.stdout.lines().count()), (Some(2), 3), "{}", done.stderr);
    for (place, (_, why)) in failures.iter().enumerate() {
        assert!(done.stderr.contains(&format!("some.jsonl, line {}: {why}", place + 2)), "{why}: {}", done.stderr);
    }
    let mut failed = trace("An owl.");
    (failed["ok"], failed["errors"]) = (json!(false), json!([{"type": "E", "message": "no sandbox"}]));
    let mut retried = trace("An owl.");
    retried["errors"] = json!([{"type": "E", "message": "first try"}]);
    let row = |trace: &Value| json!({"task": {"data": {"id": "owl"}}, "traces": [trace], "ok": trace["ok"]});
    folder.write("traces.jsonl", lines([row(&retried), row(&failed)]));
    let done = score(&folder, "traces.jsonl");
    assert_eq!(done.stdout.lines().count(), 1, "{}", done.stdout);
    assert!(done.stderr.contains("line 2: the rollout failed: no sandbox"), "{}", done.stderr);
}

/// A cut answer is known by its choice's `finish_reason`, and a response's `status`.
#[test]
fn cut_answers_are_known() {
    let folder = folder();
    let cut = json!({"index": 0, "finish_reason": "length", "text": "An owl thinks"});
    let incomplete = json!({"bird": "owl", "status": "incomplete", "incomplete_details": {"reason": "max_output_tokens"},
        "output": [{"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "An owl"}]}]});
    for row in [json!({"bird": "owl", "choices": [cut]}), incomplete] {
        folder.write("cut.jsonl", lines([row]));
        let done = score(&folder, "cut.jsonl");
        assert!(done.stderr.contains("1 of 1 completions was cut at the limit on their length"), "{}", done.stderr);
    }
}

#[test]
fn a_log_says_what_its_rewards_are() {
    let folder = Folder::new();
    let row = |step: usize, n: usize| {
        let (accuracy, prompt) = (f64::from(u8::from(n.is_multiple_of(3))), format!("Question {}", n / 4));
        json!({"step": step, "prompt": [{"role": "user", "content": prompt}], "completion": [{"role": "assistant", "content": "?"}],
            "accuracy": accuracy, "format": 1.0, "note": "mine", "advantage": 0.25})
    };
    folder.write("log.jsonl", lines((0..32).map(|n| row(5, n))));
    let done = folder.run("advise --rollouts log.jsonl");
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    assert!(
        done.stderr.contains("log.jsonl: the reward is `accuracy` + `format` (--reward COLUMN names others)"),
        "{}",
        done.stderr
    );
    assert!(done.stdout.contains("32 completions of 8 prompts, 4 each."), "{}", done.stdout);
    let named = folder.run("advise --rollouts log.jsonl --reward accuracy --reward format");
    assert_eq!(named.stdout, done.stdout);
    // Weights are the trainer's, where its configuration has them.
    folder.write("grpo.yaml", "num_generations: 4\nreward_weights: [1.0, 0.5]\n");
    let done = folder.run("advise --rollouts log.jsonl --trainer grpo.yaml");
    assert!(done.stderr.contains("the reward is `accuracy` + 0.5 × `format`"), "{}", done.stderr);
    // At another step the same prompts are other groups.
    folder.write("steps.jsonl", lines([5, 6].into_iter().flat_map(|step| (0..32).map(move |n| row(step, n)))));
    let done = folder.run("advise --rollouts steps.jsonl");
    assert!(done.stderr.contains("the rows are of 2 steps"), "{}", done.stderr);
    assert!(done.stdout.contains("64 completions of 16 prompts, 4 each."), "{}", done.stdout);
    let traces = |n: usize| json!({"task": {"data": {"prompt": "Which?"}, "key": format!("k{}", n / 4)}, "traces": [trace("An owl.")]});
    folder.write("traces.jsonl", lines((0..16).map(traces)));
    let done = folder.run("advise --rollouts traces.jsonl");
    assert!(done.stderr.contains("the reward is 2 × `good`"), "{}", done.stderr);
    folder.write("own.jsonl", lines([json!({"id": "a", "completions": ["x", "y"]})]));
    let done = folder.run("advise --rollouts own.jsonl");
    assert_eq!(done.code, Some(2));
    assert!(
        done.stderr.contains("nothing says what the completions in own.jsonl are worth. Give a SPEC"),
        "{}",
        done.stderr
    );
}

#[test]
fn several_files_are_read_as_one_and_rows_are_named_by_theirs() {
    let folder = folder();
    std::fs::create_dir(folder.path("out")).unwrap();
    for (name, bird) in [("out/10.jsonl", "wren"), ("out/9.jsonl", "owl"), ("out/notes.txt", "no")] {
        let rows = [json!({"bird": bird, "completion": format!("A {bird}.")}), json!({"bird": bird})];
        folder.write(name, lines(rows));
    }
    let one_by_one = score(&folder, "out/9.jsonl --rollouts out/10.jsonl --max-unscored 1");
    assert_eq!(one_by_one.stdout.lines().count(), 2);
    for name in ["out/9.jsonl, line 2: it has neither", "the message of line 2 of out/9.jsonl holds for 1 more row"] {
        assert!(one_by_one.stderr.contains(name), "{}", one_by_one.stderr);
    }
    for given in ["out", "out/*.jsonl"] {
        assert_eq!(score(&folder, &format!("{given} --max-unscored 1")).stdout, one_by_one.stdout, "{given}");
    }
    for (given, why) in [
        ("no*.jsonl", "no file fits no*.jsonl"),
        ("out/9.jsonl --rollouts missing.jsonl", "missing.jsonl: No such file"),
        ("out/9.jsonl --rollouts -", "standard input (`-`) cannot be read beside files"),
    ] {
        let done = score(&folder, given);
        assert!(done.code == Some(2) && done.stderr.contains(why), "{given}: {}", done.stderr);
    }
    std::fs::create_dir(folder.path("empty")).unwrap();
    let done = score(&folder, "empty");
    assert!(done.stderr.contains("the folder empty has no file of rollouts (.jsonl, "), "{}", done.stderr);
}

#[test]
fn what_is_said_wins_over_the_first_row() {
    let folder = folder();
    folder.write(
        "both.jsonl",
        lines([json!({"bird": "gull", "other": "owl", "completion": "A gull.", "choices": [{"text": "An owl."}]})]),
    );
    let done = score(&folder, "both.jsonl --from openai --id other");
    assert!(
        done.stdout.contains("\"id\":\"owl\"") && done.stdout.contains("\"full\":true"),
        "{}{}",
        done.stdout,
        done.stderr
    );
    let done = score(&folder, "both.jsonl --from vllm");
    assert!(
        done.code == Some(2)
            && done.stderr.contains("[possible values: fullmarks, openai, trl, verl, verifiers, preferences]"),
        "{}",
        done.stderr
    );
}

/// What a log holds beside rewards is none, and a reward that the first row lacks is one.
#[test]
fn rewards_are_told_from_counts() {
    let folder = Folder::new();
    let row = |n: usize, mode: &str| {
        let first = if n == 0 { Value::Null } else { json!(f64::from(u8::from(n % 2 == 1))) };
        json!({"step": 1, "mode": mode, "prompt": format!("Q{}", n / 4), "completion": "?", "late": first, "accuracy": 1.0, "reward": 2.0,
            "n_tokens": 7, "advantage": 0.5, "__index_level_0__": 3.0})
    };
    folder.write("log.jsonl", lines((0..16).map(|n| row(n, "train"))));
    let done = folder.run("advise --rollouts log.jsonl");
    assert!(done.stderr.contains("the reward is `late` + `accuracy` (--reward"), "{}", done.stderr);
    // Rows of training and of evaluation are of two policies.
    folder.write("log.jsonl", lines(["train", "eval"].into_iter().flat_map(|mode| (0..16).map(move |n| row(n, mode)))));
    let done = folder.run("advise --rollouts log.jsonl");
    assert!(done.stdout.contains("32 completions of 8 prompts, 4 each."), "{}", done.stdout);
    // The first trace failed and has no rewards.
    let row = |trace: &Value| json!({"task": {"key": "k"}, "traces": [trace]});
    let mut failed = trace("");
    (failed["ok"], failed["rewards"], failed["errors"]) = (json!(false), json!({}), json!([{"message": "no sandbox"}]));
    folder.write("traces.jsonl", lines([row(&failed), row(&trace("An owl.")), row(&trace("A gull."))]));
    let done = folder.run("advise --rollouts traces.jsonl --max-unscored 1");
    assert!(done.stderr.contains("the reward is 2 × `good`"), "{}", done.stderr);
}

#[test]
fn steps_are_told_apart_where_a_spec_judges() {
    let folder = folder();
    let row = |step: usize, answer: &str| json!({"step": step, "id": "owl", "prompt": "?", "completion": answer, "acc": 1.0, "advantage": 0.0});
    folder.write("log.jsonl", lines([row(1, "An owl."), row(1, "A gull."), row(2, "An owl."), row(2, "An owl.")]));
    let done = folder.run("advise spec.yaml --rollouts log.jsonl");
    assert!(done.stderr.contains("the rows are of 2 steps"), "{}", done.stderr);
    assert!(done.stdout.contains("4 completions of 2 prompts, 2 each"), "{}", done.stdout);
}

/// Whatever comes first: the form is told by the rows that have one.
#[test]
fn odd_files_are_read_or_refused_with_a_remedy() {
    let folder = folder();
    let read = |rows: &[Value]| {
        folder.write("odd.jsonl", lines(rows.to_vec()));
        score(&folder, "odd.jsonl --max-unscored 1")
    };
    let answer = json!({"choices": [{"message": {"role": "assistant", "content": "An owl."}}]});
    let failed = json!({"bird": "owl", "error": {"message": "engine died"}});
    let done = read(&[failed, json!({"bird": "owl", "choices": answer["choices"]})]);
    assert_eq!(done.stdout.lines().count(), 1, "{}", done.stderr);
    assert!(done.stderr.contains("line 1: the request failed: engine died"), "{}", done.stderr);
    let done = read(&[json!({"bird": "owl", "request": {"model": "m"}, "response": answer})]);
    assert!(done.stdout.contains("\"full\":true"), "{}", done.stderr);
    let done = read(&[json!({"bird": "owl", "completion": {"role": "assistant", "content": "An owl."}})]);
    assert!(done.stdout.contains("\"full\":true"), "{}", done.stderr);
    for (row, why) in [
        (json!({"bird": "owl", "completion": null, "error": "timeout"}), "the request failed: timeout"),
        (json!({"bird": "owl", "completion": [], "error": "timeout"}), "the request failed: timeout"),
        (
            json!({"bird": "owl", "outputs": [{"text": "An owl", "finish_reason": "abort"}]}),
            "choices[0]: it did not end: `abort`",
        ),
        (
            json!({"bird": "owl", "outputs": [{"text": "An owl"}], "finished": false}),
            "the request did not end: `finished` is false",
        ),
        (json!({"bird": "owl", "response": {"status_code": 200, "body": "{}"}}), "its `body` is text, not an answer"),
        (
            json!({"object": "chat.completion", "choices": answer["choices"]}),
            "no column holds the prompt's id (it has object, choices): add `prompt_id`",
        ),
        (json!({"bird": "owl", "completion": ["An owl."]}), "not text (a list of texts belongs into `completions`)"),
        (
            json!({"bird": "owl", "generated_text": "An owl."}),
            "is it in `generated_text`? Then add `--completion generated_text`",
        ),
        (
            json!({"task": {"key": "owl"}, "traces": [agent("solver"), agent("judge")]}),
            "it has traces of several agents (judge, solver)",
        ),
    ] {
        let done = read(std::slice::from_ref(&row));
        assert!(done.code == Some(2) && done.stderr.contains(why), "{row}: {}", done.stderr);
    }
    folder.write("indented.json", "{\n  \"id\": \"owl\"\n}\n");
    let done = score(&folder, "indented.json");
    assert!(done.stderr.starts_with("error: indented.json: it is JSON over several lines"), "{}", done.stderr);
    let done = score(&folder, "odd.jsonl --rollouts ./odd.jsonl");
    assert!(done.stderr.contains("./odd.jsonl is given twice"), "{}", done.stderr);
    std::fs::create_dir_all(folder.path("table/train")).unwrap();
    let done = score(&folder, "table");
    assert!(
        done.stderr.contains("has no file of rollouts") && done.stderr.contains("but train: name what is meant"),
        "{}",
        done.stderr
    );
    for name in ["cache-1.arrow", ".hidden.jsonl", "README.md"] {
        folder.write(&format!("table/{name}"), "not a row");
    }
    folder.write("table/a.jsonl", lines([json!({"bird": "owl", "completion": "An owl."})]));
    let done = score(&folder, "table");
    assert_eq!((done.code, done.stdout.lines().count()), (Some(0), 1), "{}", done.stderr);
    assert!(done.stderr.contains("table: not read, as no files of rollouts: README.md, train"), "{}", done.stderr);
}

fn agent(name: &str) -> Value {
    let mut trace = trace("An owl.");
    trace["agent"] = json!({"name": name});
    trace
}

/// What is missing is not known: a log that lacks many rewards is no evidence.
#[test]
fn a_log_with_many_missing_rewards_stops() {
    let folder = Folder::new();
    let row = |n: usize| json!({"id": n / 4, "completion": "?", "reward": if n.is_multiple_of(3) { Value::Null } else { json!(1.0) }});
    folder.write("log.jsonl", lines((0..24).map(row)));
    let done = folder.run("advise --rollouts log.jsonl");
    assert_eq!(done.code, Some(2), "{}", done.stdout);
    let why = "stopped: 8 of 24 completions have no reward in `reward`, more than --max-unscored 0.1";
    assert!(done.stderr.contains(why), "{}", done.stderr);
    assert_eq!(folder.run("advise --rollouts log.jsonl --max-unscored 0.5").code, Some(0));
}
