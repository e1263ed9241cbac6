//! The verdicts of official checkers on models' responses, instruction by instruction.

use crate::data;
use fullmarks::{report::ScoreLine, verdict::family};
use serde::Deserialize;
use std::{collections::HashMap, process::Command};

/// Where the verdicts on IFBench differ, and on which instruction: docs/ifbench.md says why.
const DIFFERENT: [&str; 3] = ["257 words:start_verb", "258 words:start_verb", "261 words:start_verb"];

#[derive(Deserialize)]
struct Official {
    id: String,
    instruction_id_list: Vec<String>,
    strict: Vec<bool>,
    /// Whether the official checker draws at random for the instruction, so that its verdict is no answer.
    #[serde(default)]
    nondeterministic: Vec<bool>,
}

/// How many verdicts were compared, and where they differ.
fn compare(set: &str, rollouts: &str, official: &str) -> (usize, Vec<String>) {
    let output = Command::new(env!("CARGO_BIN_EXE_fullmarks"))
        .args(["score", &format!("task_specs/{set}.yaml"), "--quiet"])
        .args(["--prompts", &format!("tests/data/{set}/prompts.jsonl.gz")])
        .args(["--rollouts", &format!("tests/data/{set}/{rollouts}")])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let official = data::text(&format!("{set}/{official}"));
    let official: HashMap<String, Official> = official
        .lines()
        .map(|line| serde_json::from_str::<Official>(line).unwrap())
        .map(|official| (official.id.clone(), official))
        .collect();
    let (mut compared, mut different) = (0, Vec::new());
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let line: ScoreLine = serde_json::from_str(line).unwrap();
        let expected = &official[&line.id];
        assert_eq!(line.verdicts.len(), expected.strict.len(), "{}", line.id);
        for (index, verdict) in line.verdicts.iter().enumerate() {
            assert_eq!(family(&verdict.constraint), expected.instruction_id_list[index]);
            if expected.nondeterministic.get(index) != Some(&true) {
                compared += 1;
                if verdict.passed != Some(expected.strict[index]) {
                    different.push(format!("{} {}", line.id, verdict.constraint));
                }
            }
        }
    }
    different.sort();
    (compared, different)
}

#[test]
fn ifeval_on_gpt_4() {
    let (compared, different) = compare("ifeval", "rollouts_gpt4.jsonl.gz", "official_verdicts_gpt4.jsonl.gz");
    assert!(compared > 800, "only {compared} verdicts were compared");
    assert!(different.is_empty(), "{} of {compared} differ: {different:#?}", different.len());
}

#[test]
fn ifbench_on_one_model() {
    let (compared, different) = compare("ifbench", "rollouts_sample.jsonl.gz", "official_verdicts_sample.jsonl.gz");
    assert_eq!(compared, 334);
    assert_eq!(different, DIFFERENT, "{} of {compared} differ", different.len());
}
