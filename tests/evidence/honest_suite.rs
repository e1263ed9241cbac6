//! Honest but unusual completions, all of which must pass: see tests/honest/README.md.

use crate::{
    completions::{CompletionFile, completions},
    python,
};
use fullmarks::verify::{Row, Verifier};
use rayon::prelude::*;
use serde_json::{Value, json};

/// The judges of the three kinds; parameters come from the row.
fn judges() -> [(&'static str, Verifier); 3] {
    let judge = |kind: &'static str, columns: &[&str]| {
        let with: Row = columns.iter().map(|name| ((*name).to_owned(), json!({"column": name}))).collect();
        (kind, python::verifier(json!([{"check": format!("python.{kind}"), "with": with}])))
    };
    [
        judge("calls", &["function", "cases"]),
        judge("stdio", &["cases"]),
        judge("tests", &["function", "layout", "tests", "mutates"]),
    ]
}

fn row(front: &Value, kind: &str) -> Row {
    let Value::Object(mut row) = front[kind].clone() else { panic!("{front}") };
    if kind == "tests" {
        row.entry("mutates").or_insert(json!(false));
    }
    row
}

#[test]
fn every_one_passes() {
    let judges = judges();
    let files = completions("honest");
    assert!(files.len() >= 60, "{}", files.len());
    let failed: Vec<String> = files
        .par_iter()
        .filter_map(|CompletionFile { name, front, completion }| {
            let (kind, judge) = judges.iter().find(|(kind, _)| front.get(kind).is_some()).expect("one of the kinds");
            let outcome = python::judge(judge, &row(front, kind), completion);
            (outcome.full() != Some(true)).then(|| format!("{name}: {:?}", outcome.verdicts()))
        })
        .collect();
    assert!(failed.is_empty(), "{} of {} fail:\n{}", failed.len(), files.len(), failed.join("\n"));
}
