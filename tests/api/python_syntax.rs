//! Rules over the syntax tree, on the cases of tests/python_syntax.

use fullmarks_sandbox::{
    Cache,
    python::{Limits, Python, Syntax, Value},
};
use serde_json::Value as Json;
use std::{fs, path::Path};

fn value(json: &Json) -> Value {
    match json {
        Json::Null => Value::None,
        Json::Bool(bool) => (*bool).into(),
        Json::Number(number) => match number.as_i64() {
            Some(int) => int.into(),
            None => number.as_f64().expect("a number").into(),
        },
        Json::String(text) => text.as_str().into(),
        Json::Array(items) => Value::List(items.iter().map(value).collect()),
        Json::Object(pairs) => {
            Value::Dict(pairs.iter().map(|(key, item)| (key.as_str().into(), value(item))).collect())
        }
    }
}

fn run(kind: &str) {
    let python = Python::load(2, Cache::user().ok().as_ref()).unwrap_or_else(|why| panic!("{why}"));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/python_syntax/{kind}.yaml"));
    let cases: Vec<Json> = serde_yaml::from_str(&fs::read_to_string(path).expect("the cases")).expect("a list");
    assert!(cases.len() > 50);
    for case in &cases {
        let name = &case["name"];
        let rules = value(&case["rules"]);
        let usable = python.check_rules(kind, &rules);
        if let Some(refused) = case["refused"].as_str() {
            assert_eq!(usable.map_err(|why| why.to_string()), Err(refused.to_owned()), "{name}");
            continue;
        }
        assert_eq!(usable, Ok(()), "{name}");
        let (source, prefix) = (case["source"].as_str().expect("text"), case["prefix_lines"].as_u64().unwrap_or(0));
        let found = match kind {
            "forbids" => python.forbidden(source, &rules, prefix, &Limits::default()),
            _ => python.required(source, &rules, prefix, &Limits::default()),
        };
        match found.unwrap_or_else(|stop| panic!("{name}: {stop}")) {
            Syntax::Unparsed(_) => assert_eq!(case["unparsed"], Json::Bool(true), "{name}"),
            Syntax::Found(found) => {
                let found: Vec<&str> = found.iter().map(|finding| finding.text.as_str()).collect();
                let pairs = case["finds"].as_array().unwrap_or_else(|| panic!("{name} does not parse"));
                let expected: Vec<&str> = pairs.iter().map(|pair| pair[1].as_str().expect("text")).collect();
                assert_eq!(found, expected, "{name}");
            }
        }
    }
}

#[test]
fn what_is_forbidden_is_found() {
    run("forbids");
}

#[test]
fn what_is_required_is_missed() {
    run("requires");
}
