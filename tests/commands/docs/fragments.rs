//! Parts of a spec, and lines of JSON, that pages show by themselves.

use super::{
    pages::{Block, in_language},
    stage::stage,
};
use crate::common::{PASS, described, sha256, wasm};
use serde_json::{Map, Value, json};
use std::fs;

/// A checker `acme.mentions`, as the page about the ABI describes it.
fn acme() -> Vec<u8> {
    let [description] =
        &in_language("json").into_iter().filter(|block| block.page() == "checker-abi.md").collect::<Vec<_>>()[..]
    else {
        panic!("one description")
    };
    let checker: Value = serde_json::from_str(&description.text).unwrap();
    wasm(&described(&json!({"abi": 1, "checkers": [checker]}).to_string(), PASS))
}

/// What a fragment is put into: the least that is a spec, with what the fragment brings in its place.
fn whole(fragment: Value) -> Value {
    let mut spec = json!({"fullmarks": 1, "name": "whole", "extract": {"code": "python"}, "constraints": [{"check": "json.valid"}], "reward": {"scheme": "binary"}});
    match fragment {
        Value::Array(constraints) => spec["constraints"] = constraints.into(),
        Value::Object(parts) => spec.as_object_mut().unwrap().extend(parts),
        Value::Null => {}
        other => panic!("no part of a spec: {other}"),
    }
    spec
}

/// The parts a block shows: one, or a `with` a line.
fn parts(block: &Block) -> Vec<Value> {
    let read = |text: &str| serde_yaml::from_str::<Value>(text).unwrap_or_else(|error| panic!("{error}:\n{text}"));
    if block.text.starts_with("with:") {
        let parameters = |line: &str| read(line)["with"].clone();
        return block.text.lines().map(|line| json!([{"check": "python.check", "with": parameters(line)}])).collect();
    }
    if block.text.trim_start().starts_with('#') {
        return vec![Value::Null];
    }
    vec![read(&block.text)]
}

fn conforms(format: &str, value: &Value) {
    let schema: Value = serde_json::from_slice(&fs::read(format!("schemas/{format}.json")).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<_> =
        validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{format}: {errors:?}\n{value:#}");
}

#[test]
fn parts_of_a_spec_make_one() {
    let fragments = in_language("yaml").into_iter().filter(|block| !block.text.starts_with("fullmarks: 1"));
    let module = acme();
    let folder = stage();
    folder.write("acme.wasm", &module);
    let mut ran = 0;
    for block in fragments {
        let page = block.page.display();
        for part in parts(&block) {
            let mut spec = whole(part);
            conforms("spec", &spec);
            // What a schema cannot know: whether the program takes it.
            if let Some(modules) = spec.get_mut("checkers") {
                modules[0]["sha256"] = sha256(&module).into();
            }
            if spec["constraints"][0]["check"] == "python.check" {
                // Parameters of any checker, to show where they come from.
                continue;
            }
            spec.as_object_mut()
                .and_then(|spec: &mut Map<_, _>| spec.get_mut("prompts")?.as_object_mut()?.remove("file"));
            folder.write("part.yaml", spec.to_string());
            let done = folder.run("check part.yaml");
            assert_eq!(done.code, Some(0), "{page}: {}{}\n{spec:#}", done.stdout, done.stderr);
            ran += 1;
        }
    }
    assert!(ran > 8, "only {ran} parts were found");
}

#[test]
fn lines_of_json_are_what_they_are_said_to_be() {
    let folder = stage();
    let mut known = [0, 0];
    for block in in_language("json").into_iter().filter(|block| block.page() == "formats.md") {
        for line in block.text.lines() {
            let row: Value = serde_json::from_str(line).unwrap();
            if row.get("verdicts").is_some() {
                conforms("scored", &row);
                known[0] += 1;
                continue;
            }
            folder.write("line.jsonl", line);
            let done = folder.run("score other.yaml --rollouts line.jsonl --quiet").fine();
            let completions = row.get("completions").map_or(1, |completions| completions.as_array().unwrap().len());
            assert_eq!(done.lines().len(), completions);
            known[1] += 1;
        }
    }
    assert!(known.iter().all(|count| *count > 0), "{known:?}");
}
