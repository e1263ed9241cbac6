//! `fullmarks simulate` as a whole: the published trajectories, and the same bytes whatever the threads.

use crate::{common::Folder, data};
use serde_json::Value;
use std::fmt::Write;

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().expect("a list").iter().map(|number| number.as_f64().expect("a number")).collect()
}

/// The problem of a stored trajectory as YAML.
fn yaml(stored: &Value) -> String {
    let initial = numbers(&stored["rows"][0][1]);
    // They are stored to seven digits; the last three are equal.
    let other = (1.0 - initial[0] - initial[1]) / 3.0;
    let features: Vec<_> = stored["features"].as_array().expect("rows").iter().map(numbers).collect();
    let mut yaml = format!(
        "fullmarks: 1
simulate:
  outcomes: [best, mediocre, c, d, e]
  probabilities: [{}, {}, {other}, {other}, {other}]
  features: {features:?}
  learning_rate: {}
  steps: {}
  record_every: 1000
  truth: truth
  rewards:
",
        initial[0], initial[1], stored["lr"], stored["steps"]
    );
    for (name, key) in [("trained", "reward"), ("truth", "ground_truth")] {
        writeln!(yaml, "    {name}: {:?}", numbers(&stored[key])).expect("a string");
    }
    yaml
}

/// The twelve controlled problems of arXiv 2604.25872, as its code integrates them.
#[test]
fn the_published_trajectories_are_reproduced() {
    let all: Value = serde_json::from_str(&data::text("paper/controlled.json.gz")).expect("JSON");
    let all = all.as_object().expect("problems by name");
    assert_eq!(all.len(), 12);
    for (name, stored) in all {
        let folder = Folder::new().with("problem.yaml", yaml(stored));
        let run = folder.run("simulate problem.yaml --json").fine();
        let report: Value = serde_json::from_str(&run.stdout).expect("JSON");
        let trained = &report["rewards"][0];
        let records = trained["records"].as_array().expect("records");
        let rows = stored["rows"].as_array().expect("rows");
        assert_eq!((records.len(), rows.len()), (51, 51), "{name}");
        for (record, row) in records.iter().zip(rows) {
            let at = format!("{name}, step {}", row[0]);
            assert_eq!(record["step"], row[0], "{at}");
            for (found, stored) in numbers(&record["probabilities"]).iter().zip(numbers(&row[1])) {
                assert!((found - stored).abs() < 1e-6, "{at}: {found} for {stored}");
            }
            for (key, column) in [("truth", 2), ("reward", 3)] {
                let (found, stored) = (record[key].as_f64().unwrap(), row[column].as_f64().unwrap());
                assert!((found - stored).abs() < 1e-6, "{at}: {key} {found} for {stored}");
            }
        }
        for (reached, share) in trained["reached"].as_array().expect("shares").iter().zip(["0.9", "0.95"]) {
            assert_eq!(reached["share"].to_string(), share);
            assert_eq!(reached["step"], stored["first_recorded_step_gt_ge"][share], "{name}: {share}");
        }
    }
}

const SAMPLED: &str = "fullmarks: 1
simulate:
  outcomes: [best, mediocre, bad]
  probabilities: [0.1, 0.4, 0.5]
  features: [[1.5, 0], [0.7, 0.7], [0, 1]]
  rewards:
    partial: [1, 0.7, 0]
    binary: [1, 0, 0]
  algorithm: grpo
  learning_rate: 0.1
  steps: 200
  kl: 0.01
  sampled: {runs: 15, groups: 2, seed: 3}
";

#[test]
fn threads_and_repetition_change_nothing() {
    let folder = Folder::new().with("problem.yaml", SAMPLED);
    for words in ["simulate problem.yaml", "simulate problem.yaml --json"] {
        let run = |threads: &str| {
            let output = folder.command(words).env("RAYON_NUM_THREADS", threads).output().expect("the program starts");
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            output.stdout
        };
        let first = run("1");
        assert!(!first.is_empty());
        for threads in ["1", "2", "4"] {
            assert!(run(threads) == first, "{words} on {threads} threads");
        }
    }
}

#[test]
fn another_seed_gives_other_draws_and_the_same_expectation() {
    let folder = Folder::new().with("a.yaml", SAMPLED).with("b.yaml", SAMPLED.replace("seed: 3", "seed: 4"));
    let [a, b] = ["a", "b"].map(|name| {
        let run = folder.run(&format!("simulate {name}.yaml --json")).fine();
        serde_json::from_str::<Value>(&run.stdout).expect("JSON")["rewards"][0].clone()
    });
    assert_eq!(a["records"], b["records"]);
    assert_ne!(a["sampled"]["records"], b["sampled"]["records"]);
}

/// Small steps of many groups follow the expected ones.
#[test]
fn large_batches_follow_the_expected_updates() {
    let algorithms = ["grpo", "dr-grpo", "dapo", "rloo", "reinforce"];
    for algorithm in algorithms {
        let yaml = SAMPLED
            .replace("algorithm: grpo", &format!("algorithm: {algorithm}"))
            .replace("learning_rate: 0.1", "learning_rate: 0.02")
            .replace("groups: 2", "groups: 100");
        let folder = Folder::new().with("problem.yaml", yaml);
        let run = folder.run("simulate problem.yaml --json").fine();
        let report: Value = serde_json::from_str(&run.stdout).expect("JSON");
        for reward in report["rewards"].as_array().expect("rewards") {
            let expected = reward["records"].as_array().expect("records");
            let sampled = reward["sampled"]["records"].as_array().expect("records");
            assert_eq!(expected.len(), sampled.len());
            for (expected, sampled) in expected.iter().zip(sampled) {
                assert_eq!(expected["step"], sampled["step"]);
                let (expected, mean) =
                    (expected["truth"].as_f64().unwrap(), sampled["truth"]["mean"].as_f64().unwrap());
                assert!((expected - mean).abs() < 0.01, "{algorithm}: {expected} {mean}");
            }
        }
    }
}

#[test]
fn standard_input_is_read() {
    use std::{io::Write, process::Stdio};
    let folder = Folder::new().with("problem.yaml", SAMPLED);
    let expected = folder.run("simulate problem.yaml").fine().stdout;
    let mut command = folder.command("simulate -");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it starts");
    child.stdin.take().expect("a pipe").write_all(SAMPLED.as_bytes()).expect("written");
    let output = child.wait_with_output().expect("an end");
    assert_eq!(String::from_utf8(output.stdout).expect("UTF-8"), expected);
}
