//! The verdicts of the official IFEval checker on GPT-4's responses, instruction by instruction.

use crate::data;
use fullmarks::report::ScoreLine;
use serde::Deserialize;
use std::{collections::HashMap, process::Command};

#[derive(Deserialize)]
struct Official {
    id: String,
    instruction_id_list: Vec<String>,
    strict: Vec<bool>,
    nondeterministic: Vec<bool>,
}

#[test]
fn verdicts_equal_the_official_ones() {
    let output = Command::new(env!("CARGO_BIN_EXE_fullmarks"))
        .args(["score", "task_specs/ifeval.yaml", "--quiet"])
        .args(["--prompts", "tests/data/ifeval/prompts.jsonl.gz"])
        .args(["--rollouts", "tests/data/ifeval/rollouts_gpt4.jsonl.gz"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let official = data::text("ifeval/official_verdicts_gpt4.jsonl.gz");
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
            assert_eq!(fullmarks::verdict::family(&verdict.constraint), expected.instruction_id_list[index]);
            if !expected.nondeterministic[index] {
                compared += 1;
                if verdict.passed != Some(expected.strict[index]) {
                    different.push(format!("{} {}", line.id, verdict.constraint));
                }
            }
        }
    }
    assert!(compared > 800, "only {compared} verdicts were compared");
    assert!(different.is_empty(), "{} of {compared} differ: {different:#?}", different.len());
}
