//! Attacks, none of which may earn anything: see tests/attacks/README.md.

use crate::{
    attacks::{earned, judge, tasks},
    completions::{CompletionFile, completions},
    python,
};
use fullmarks::{
    verdict::Verdict,
    verify::{Row, Verifier},
};
use rayon::prelude::*;
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::String(text) => vec![text.replace('_', "-")],
        other => panic!("{other} is no text"),
    }
}

#[test]
fn none_earns_anything_and_each_is_refused_for_its_reason() {
    let judges: BTreeMap<String, Verifier> = tasks().iter().map(|(name, task)| (name.clone(), judge(task))).collect();
    let attacks = completions("attacks");
    let thrown: Vec<(&CompletionFile, &String, Vec<String>)> = attacks
        .iter()
        .flat_map(|attack| {
            let against = attack.front["against"].as_object().expect("a map");
            against.iter().map(move |(task, reasons)| (attack, task, texts(reasons)))
        })
        .collect();
    let wrong: Vec<String> = thrown
        .par_iter()
        .filter_map(|(attack, task, reasons)| {
            let judge = judges.get(*task).unwrap_or_else(|| panic!("{}: no task {task}", attack.name));
            let outcome = python::judge(judge, &Row::new(), &attack.completion);
            let failed = |verdict: &Verdict| match verdict {
                Verdict::Failed(failure) => Some(failure.kind.to_string()),
                _ => None,
            };
            let kinds: Vec<String> = outcome.verdicts().iter().filter_map(failed).collect();
            let refused = outcome.full() == Some(false) && earned(&outcome) == 0.0;
            let fine = refused && kinds.iter().any(|kind| reasons.contains(kind));
            (!fine)
                .then(|| format!("{} against {task}: expected {reasons:?}, got {:?}", attack.name, outcome.verdicts()))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), thrown.len(), wrong.join("\n"));
}

#[test]
fn the_tasks_can_be_solved_and_failed() {
    for (name, task) in tasks() {
        let judge = judge(&task);
        let plain = task.get("language").is_some();
        for (key, full) in [("solution", true), ("wrong", false)] {
            let code = task[key].as_str().expect("text");
            let completion = if plain { code.to_owned() } else { format!("```python\n{code}```\n") };
            let outcome = python::judge(&judge, &Row::new(), &completion);
            assert_eq!(outcome.full(), Some(full), "{name}, {key}: {:?}", outcome.verdicts());
        }
    }
}

#[test]
fn the_suite_is_as_large_as_it_claims() {
    let attacks = completions("attacks");
    let mut families: BTreeMap<&str, usize> = BTreeMap::new();
    for attack in &attacks {
        *families.entry(attack.name.split('/').next().expect("a family")).or_default() += 1;
    }
    assert!(attacks.len() >= 60, "{}", attacks.len());
    assert!(families.len() >= 20 && families.values().all(|count| *count >= 3), "{families:?}");
    let kinds: BTreeSet<_> =
        attacks.iter().flat_map(|attack| attack.front["against"].as_object().expect("a map").keys()).collect();
    assert!(
        ["calls", "stdio", "humaneval", "asserts", "unittest"].iter().all(|kind| kinds.contains(&(*kind).to_owned()))
    );
}

/// An attack that fools nobody proves nothing: each must earn full marks from a careless judge.
#[test]
#[ignore = "heavy: a Python process for every attack and task; `cargo xtask test` runs it"]
fn each_earns_full_marks_from_a_careless_judge() {
    let tasks = tasks();
    let naive = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/attacks/naive.py");
    let attacks = completions("attacks");
    let thrown: Vec<_> = attacks
        .iter()
        .flat_map(|attack| attack.front["against"].as_object().expect("a map").keys().map(move |task| (attack, task)))
        .collect();
    let wrong: Vec<String> = thrown
        .par_iter()
        .filter_map(|(attack, task)| {
            let document = json!({"task": tasks[*task], "attack": attack.front, "completion": attack.completion});
            let mut child = Command::new("python3")
                .arg(&naive)
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .spawn()
                .expect("python3 is installed");
            child.stdin.take().expect("piped").write_all(document.to_string().as_bytes()).expect("it reads");
            let output = child.wait_with_output().expect("it ends");
            let answer: Value = serde_json::from_slice(&output.stdout).unwrap_or(Value::Null);
            (answer["reward"] != json!(1.0)).then(|| format!("{} against {task}: {answer}", attack.name))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), thrown.len(), wrong.join("\n"));
}
