//! Degenerate assessments have a valid JSON form too.

use super::*;
use crate::advise;
use crate::verdict::{CauseKind, Constraint, FailureKind, Group, Outcome, Verdict};

fn group(marks: &[&str]) -> Group {
    let verdict = |mark| match mark {
        '1' => Verdict::Passed,
        '0' => Verdict::failed(FailureKind::Unmet, ""),
        _ => Verdict::unscored(CauseKind::Missing, ""),
    };
    let outcome = |marks: &&str| {
        let constraints = (0..marks.len()).map(|n| Constraint::plain(format!("c{n}"))).collect();
        Outcome::new(constraints, marks.chars().map(verdict).collect())
    };
    Group { prompt: "a".into(), outcomes: marks.iter().map(outcome).collect() }
}

#[test]
fn nothing_is_said_with_nulls() {
    let report = AdviseReport::new(&advise::advise(&[], &advise::Settings::default()).into());
    let json = serde_json::to_value(&report).unwrap();
    assert_eq!((&json["fullmarks"], &json["version"]), (&"advise".into(), &1.into()));
    assert_eq!(json["nothing"], "no-completions");
    assert!(json["rates"]["all"].is_null());
    assert!(json["critical_credit"]["estimate"].is_null());
}

#[test]
fn degenerate_data_validates_against_the_schema() {
    let schema = serde_json::to_value(schemars::schema_for!(AdviseReport)).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for marks in [&["1"][..], &["0"], &["?"], &["11", "00", "1?"], &["10", "10"], &["11", "11", "11"]] {
        let groups = [group(marks)];
        let report = AdviseReport::new(&advise::advise(&groups, &advise::Settings::default()).into());
        let json = serde_json::to_value(&report).unwrap();
        assert!(validator.is_valid(&json), "{marks:?}: {json}");
    }
}

/// An odds ratio that is infinite, in whole or at its upper end, is no number in JSON.
#[test]
fn infinite_odds_ratios_are_nulls() {
    let groups: Vec<Group> = (0..60)
        .map(|n| Group { prompt: n.to_string().into(), ..group(&["11", "11", "11", "00", "00", "00"]) })
        .collect();
    let report = AdviseReport::new(&advise::advise(&groups, &advise::Settings::default()).into());
    let json = serde_json::to_value(&report).unwrap();
    let odds = &json["dependence"]["pairs"][0]["odds_ratio"];
    assert!(odds["estimate"].is_null() && odds["high"].is_null() && odds["low"].as_f64().unwrap() > 20.0, "{odds}");
    assert_eq!(json["dependence"]["pairs"][0]["tie"], "redundant");
    assert_eq!(json["dependence"]["pairs"][0]["second_given_first"]["estimate"], 1.0);
    let schema = serde_json::to_value(schemars::schema_for!(AdviseReport)).unwrap();
    assert!(jsonschema::validator_for(&schema).unwrap().is_valid(&json));
}
