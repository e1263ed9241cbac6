//! What `--json` and `--out` print conforms to the schemas in `schemas/`, and those are what the program prints.

use serde_json::Value;
use std::{
    fs,
    path::PathBuf,
    process::{Command, Output},
};

fn fullmarks(arguments: &[&str]) -> Output {
    let root = env!("CARGO_MANIFEST_DIR");
    Command::new(env!("CARGO_BIN_EXE_fullmarks")).args(arguments).current_dir(root).output().unwrap()
}

fn json(arguments: &[&str]) -> Value {
    let output = fullmarks(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn conforms(format: &str, value: &Value) {
    let schema: Value = serde_json::from_slice(&fs::read(format!("schemas/{format}.json")).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<_> =
        validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{format}: {errors:?}");
}

const SPEC: &str = "examples/commit-messages/spec.yaml";
const ROLLOUTS: &str = "examples/commit-messages/rollouts.jsonl";

#[test]
fn committed_schemas_are_current() {
    for format in
        ["spec", "scored", "score", "advise", "compare", "audit", "probe", "simulation", "simulate", "openapi"]
    {
        let path = format!("schemas/{format}.json");
        let printed = fullmarks(&["schema", format]).stdout;
        let committed = fs::read(&path).unwrap_or_default();
        assert!(printed == committed, "{path} is out of date: fullmarks schema {format} > {path}");
    }
}

#[test]
fn shipped_specs_conform_to_the_spec_schema() {
    let shipped = fs::read_dir("task_specs").unwrap().map(|entry| entry.unwrap().path());
    let specs: Vec<_> = shipped.chain([PathBuf::from(SPEC)]).collect();
    assert!(specs.len() > 1, "no specs are shipped");
    for path in specs {
        let spec: Value = serde_yaml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        conforms("spec", &spec);
    }
}

/// The schema refuses what the program refuses: a schema that accepts everything would pass the test above.
#[test]
fn the_spec_schema_refuses_mistakes() {
    let schema: Value = serde_json::from_slice(&fs::read("schemas/spec.json").unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let good = "{fullmarks: 1, name: a, constraints: [{check: json.valid}], reward: {scheme: binary}}";
    for (mistake, replacement) in [
        ("fullmarks: 1", "fullmarks: 2"),
        ("name: a, ", ""),
        ("name: a", "nmae: a"),
        ("[{check: json.valid}]", "[]"),
        ("check: json.valid", "check: json.valid, from_prompt: {ids: a, params: b}"),
        ("check: json.valid", "from_prompt: {ids: a}"),
        ("check: json.valid", "from_prompt: {ids: a, params: b, ids_and_params: c}"),
        ("check: json.valid", "weight: 1"),
        ("scheme: binary", "scheme: partail"),
    ] {
        let valid = |text: &str| validator.is_valid(&serde_yaml::from_str::<Value>(text).unwrap());
        assert!(valid(good));
        assert!(!valid(&good.replace(mistake, replacement)), "{replacement}");
    }
}

#[test]
fn advise_prints_its_format() {
    conforms("advise", &json(&["advise", SPEC, "--rollouts", ROLLOUTS, "--json"]));
}

#[test]
fn a_comparison_prints_its_format() {
    let folder = tempfile::tempdir().unwrap();
    let other = folder.path().join("other.yaml");
    let spec = fs::read_to_string(SPEC).unwrap();
    let prompts = std::path::Path::new(SPEC).parent().unwrap().join("prompts.jsonl");
    fs::write(&other, &spec).unwrap();
    let (other, prompts) = (other.to_str().unwrap(), prompts.to_str().unwrap());
    conforms("compare", &json(&["advise", SPEC, other, "--prompts", prompts, "--rollouts", ROLLOUTS, "--json"]));
}

#[test]
fn simulate_reads_and_prints_its_formats() {
    const EXAMPLE: &str = "examples/red-herring.yaml";
    let read = |text: &str| serde_yaml::from_str::<Value>(text).unwrap();
    let example = fs::read_to_string(EXAMPLE).unwrap();
    conforms("simulation", &read(&example));
    conforms("simulate", &json(&["simulate", EXAMPLE, "--json"]));
    let sampled = example.replace("50000", "50").replace("1000", "10") + "  algorithm: rloo\n  sampled: {runs: 3}\n";
    conforms("simulation", &read(&sampled));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sampled.yaml");
    fs::write(&path, &sampled).unwrap();
    let report = json(&["simulate", path.to_str().unwrap(), "--json"]);
    conforms("simulate", &report);
    assert_eq!(report["rewards"][1]["sampled"]["records"].as_array().unwrap().len(), 6);

    let schema: Value = serde_json::from_slice(&fs::read("schemas/simulation.json").unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for (good, bad) in [("steps:", "step:"), ("steps: 50", "steps: 0"), ("rloo", "rlo"), ("runs: 3", "runs: 0")] {
        assert!(!validator.is_valid(&read(&sampled.replace(good, bad))), "{bad}");
    }
}

#[test]
fn score_prints_its_formats() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("scored.jsonl");
    let out = out.to_str().unwrap();
    conforms("score", &json(&["score", SPEC, "--rollouts", ROLLOUTS, "--out", out, "--json"]));
    let lines = fs::read_to_string(out).unwrap();
    assert_eq!(lines.lines().count(), 320);
    lines.lines().for_each(|line| conforms("scored", &serde_json::from_str(line).unwrap()));
}

#[test]
fn advise_on_known_verdicts_prints_its_format() {
    let humaneval = "tests/data/humaneval/rollouts_codegen16b.jsonl.gz";
    let advice = json(&["advise", "--rollouts", humaneval, "--verdicts", "passed", "--json"]);
    conforms("advise", &advice);
    assert_eq!(advice["counts"]["completions"], 4100);
}
