//! Judging code by specs that are made on the spot.

use fullmarks::{
    completion::Completion,
    spec::Document,
    verdict::Outcome,
    verify::{Library, Row, Verifier},
};
use serde_json::{Value, json};

/// Judges by these constraints.
pub(crate) fn verifier(constraints: Value) -> Verifier {
    let spec = json!({
        "fullmarks": 1,
        "name": "made",
        "extract": {"code": "python"},
        "constraints": constraints,
        "reward": {"scheme": "partial"},
    });
    // JSON is YAML.
    let spec = spec.to_string();
    let document = Document::parse("made.yaml", spec.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{spec}"));
    let library = Library::builtin().expect("the sandbox runs on this machine");
    Verifier::new(&document, library).unwrap_or_else(|error| panic!("{error}\n{spec}"))
}

/// The outcome of a completion for a prompt's row.
pub(crate) fn judge(verifier: &Verifier, row: &Row, completion: &str) -> Outcome {
    let plan = verifier.plan(row).unwrap_or_else(|error| panic!("{error}"));
    verifier.judge(&plan, &Completion::from_json(json!(completion)).expect("text"))
}
