//! `fullmarks advise --pilot`: what pilots change, and what is refused.

use serde_json::Value;
use std::{fmt::Write, fs, path::Path, process::Command};

/// Rollouts of 20 prompts whose completions have these verdicts.
fn rollouts(folder: &Path, name: &str, counts: &[(&str, usize)]) -> String {
    let verdicts: Vec<&str> = counts.iter().flat_map(|(marks, count)| vec![*marks; *count]).collect();
    let mut text = String::new();
    for prompt in 0..20 {
        let row = serde_json::json!({"id": prompt.to_string(), "v": verdicts});
        writeln!(text, "{row}").expect("a string takes it");
    }
    let path = folder.join(name);
    fs::write(&path, text).expect("written");
    path.display().to_string()
}

fn advise(arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_fullmarks")).arg("advise").args(arguments).output().expect("it runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn a_lead_bought_with_easy_marks_speaks_for_binary_and_one_that_was_not_for_partial() {
    let folder = tempfile::tempdir().expect("a folder");
    let initial = rollouts(folder.path(), "initial.jsonl", &[("000", 60), ("100", 38), ("111", 2)]);
    let binary = rollouts(folder.path(), "binary.jsonl", &[("000", 60), ("100", 36), ("111", 4)]);
    let bought = rollouts(folder.path(), "bought.jsonl", &[("110", 95), ("111", 5)]);
    let earned = rollouts(folder.path(), "earned.jsonl", &[("000", 48), ("100", 40), ("111", 12)]);
    let report = |partial: &str| -> Value {
        let (pilot_b, pilot_p) = (format!("binary={binary}"), format!("partial={partial}"));
        let with =
            ["--rollouts", &initial, "--verdicts", "v", "--json", "-q", "--pilot", &pilot_b, "--pilot", &pilot_p];
        let (status, out, err) = advise(&with);
        assert_eq!(status, Some(0), "{err}");
        serde_json::from_str::<Value>(&out).expect("JSON")["forecast"].take()
    };
    let of = |report: &Value, field: &str| report[field].as_f64().expect("a number");
    let (bought, earned) = (report(&bought), report(&earned));
    assert!(of(&bought, "by_pilots") < 0.1 && of(&earned, "by_pilots") > 0.8, "{bought} {earned}");
    assert!(of(&bought, "probability") < of(&bought, "by_samples"));
    assert_eq!((&bought["choice"], &bought["scheme"]["name"]), (&"use".into(), &"binary".into()));
    assert!(of(&earned, "probability") > of(&earned, "by_samples"));
}

#[test]
fn partial_credit_that_stalls_can_be_denied() {
    let folder = tempfile::tempdir().expect("a folder");
    let initial = rollouts(folder.path(), "initial.jsonl", &[("000", 60), ("100", 38), ("111", 2)]);
    let binary = rollouts(folder.path(), "binary.jsonl", &[("000", 60), ("100", 36), ("111", 4)]);
    let bought = rollouts(folder.path(), "bought.jsonl", &[("110", 95), ("111", 5)]);
    let deny = |partial: &str| {
        let (pilot_b, pilot_p) = (format!("binary={binary}"), format!("partial={partial}"));
        let with = ["--rollouts", &initial, "--verdicts", "v", "-q", "--deny", "partial-credit-stalls"];
        advise(&[&with[..], &["--pilot", &pilot_b, "--pilot", &pilot_p]].concat())
    };
    let (status, out, err) = deny(&bought);
    assert_eq!((status, err.as_str()), (Some(1), "error: denied advice: partial-credit-stalls\n"), "{out}");
    assert!(out.contains("[partial-credit-stalls] under partial, full answers come later"), "{out}");
    assert_eq!(deny(&binary).0, Some(0));
}

#[test]
fn pilots_that_cannot_be_compared_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let initial = rollouts(folder.path(), "initial.jsonl", &[("00", 8), ("11", 1)]);
    let one = format!("binary={initial}");
    let (status, _, err) = advise(&["--rollouts", &initial, "--verdicts", "v", "-q", "--pilot", &one]);
    assert_eq!(
        (status, err.as_str()),
        (
            Some(2),
            "error: one pilot says nothing of the other scheme: give --pilot binary=FILE and --pilot partial=FILE\n"
        )
    );
    let (status, _, err) = advise(&["--rollouts", &initial, "--verdicts", "v", "-q", "--pilot", "binray=x"]);
    assert_eq!(status, Some(2));
    assert!(err.contains("give one of the schemes binary, partial, and a file"), "{err}");
}

/// Nothing known gives no number; what cannot differ is no contest.
#[test]
fn degenerate_samples_give_no_forecast_or_an_honest_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let forecast = |name: &str, counts: &[(&str, usize)]| -> Value {
        let path = rollouts(folder.path(), name, counts);
        let (status, out, err) = advise(&["--rollouts", &path, "--verdicts", "v", "--json", "-q"]);
        assert_eq!(status, Some(0), "{err}");
        serde_json::from_str::<Value>(&out).expect("JSON")["forecast"].take()
    };
    assert_eq!(forecast("one.jsonl", &[("0", 5), ("1", 5)]), Value::Null);
    assert_eq!(forecast("unscored.jsonl", &[("??", 5)]), Value::Null);
    assert_eq!(forecast("full.jsonl", &[("11", 9)]), Value::Null);
    for (name, counts) in [("none.jsonl", [("00", 9)]), ("single.jsonl", [("01", 1)])] {
        let report = forecast(name, &counts);
        let probability = report["probability"].as_f64().unwrap_or(0.5);
        assert!((0.0..=1.0).contains(&probability), "{report}");
    }
}
