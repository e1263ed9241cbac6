//! What is said of data that are hardly any, or all alike.

use super::{testing::group, *};
use crate::verdict::Group;

fn assess(groups: &[Group]) -> Assessment {
    advise(groups, &Settings::default())
}

fn prompts(count: usize, marks: &[&str]) -> Vec<Group> {
    (0..count).map(|n| group(&n.to_string(), marks)).collect()
}

fn codes(assessment: &Assessment) -> Vec<&'static str> {
    assessment.advice.iter().map(Advice::code).collect()
}

#[test]
fn no_groups() {
    let nothing = assess(&[]);
    assert_eq!(nothing.nothing, Some(Nothing::NoCompletions));
    assert_eq!((nothing.rates, nothing.signal.len(), nothing.advice.len()), (None, 0, 0));
}

#[test]
fn one_prompt_with_one_completion() {
    let one = assess(&prompts(1, &["1"]));
    assert_eq!(one.signal[0].basis, Basis::Bounds { direct: 0, bounding: 1 });
    assert_eq!(one.signal[0].mixed.estimate, None);
    assert!(one.rates.as_ref().unwrap().full.interval.width() > 0.94);
    assert_eq!(codes(&one), ["one-completion-per-prompt", "too-few-samples", "single-constraint-prompts"]);
}

#[test]
fn one_completion_per_prompt() {
    let many = assess(&[prompts(50, &["11"]), prompts(50, &["00"])].concat());
    assert_eq!(many.signal[0].basis, Basis::Bounds { direct: 0, bounding: 100 });
    assert_eq!(many.rates.unwrap().full.correlation, None);
    assert!(many.larger_groups.is_empty());
}

#[test]
fn all_full() {
    let full = assess(&prompts(20, &["11"; 8]));
    let rate = full.rates.as_ref().unwrap().full;
    assert_eq!((rate.estimate, rate.interval.high, rate.correlation), (1.0, 1.0, None));
    assert!((rate.interval.low - 0.05_f64.powf(0.05)).abs() < 1e-6, "20 prompts prove no more");
    assert_eq!(full.critical_credit, Err(Undefined::NoPartial));
    assert_eq!(codes(&full), ["saturated", "too-few-samples"]);
}

#[test]
fn none_full() {
    let none = assess(&prompts(40, &["00"; 16]));
    assert_eq!(none.rates.as_ref().unwrap().full.estimate, 0.0);
    assert_eq!(none.larger_groups, [(16, 1.0)]);
    assert_eq!(codes(&none)[0], "binary-starves");
    assert!(none.advice[0].remedy().starts_with("Larger groups alone do not cure it"));
}

#[test]
fn single_constraint_prompts_only() {
    let single = assess(&prompts(20, &["1", "0", "1", "0"]));
    assert_eq!(single.several, None);
    assert_eq!(single.critical_credit, Err(Undefined::NoPrompt));
    assert_eq!(single.signal[0].mixed.estimate, single.signal[1].mixed.estimate);
}

#[test]
fn everything_unscored() {
    let unscored = assess(&prompts(3, &["??", "?1"]));
    assert_eq!(unscored.nothing, Some(Nothing::AllUnscored));
    assert_eq!(codes(&unscored), ["unscored-verdicts"]);
}

/// A completion that lost a point and has another unscored earns 0 under binary for sure; one that lost none is
/// unknown. To count the first alone would hold failures for typical.
#[test]
fn some_unscored() {
    let some = assess(&prompts(20, &["11", "11", "11", "11", "0?", "0?", "1?", "1?"]));
    let full = some.rates.as_ref().unwrap().full;
    assert_eq!((full.estimate, full.if_scored.low, full.if_scored.high), (1.0, 0.5, 1.0));
    assert_eq!(some.signal[0].all_zero.interval.low, 0.0);
    assert_eq!(some.counts.unscored_completions, 80);
}

#[test]
fn identical_outcomes() {
    let tied = assess(&prompts(20, &["10"; 8]));
    assert_eq!(tied.signal[1].tied.estimate, Some(1.0));
    assert_eq!(tied.critical_credit, Err(Undefined::OnlyPartial));
    assert!(codes(&tied).contains(&"reward-ties"));
}

#[test]
fn groups_larger_than_every_sample() {
    let settings = Settings { group_size: 64, ..Settings::default() };
    let few = advise(&prompts(10, &["11", "00", "10"]), &settings);
    assert_eq!(few.signal[0].basis, Basis::Bounds { direct: 0, bounding: 10 });
    assert!(few.larger_groups.is_empty());
}

#[test]
fn different_sets_of_constraints() {
    let different = assess(&[prompts(10, &["1", "0"]), prompts(10, &["101", "111"])].concat());
    assert_eq!(different.several.unwrap().prompts, 10);
    assert_eq!((different.counts.constraints.min, different.counts.constraints.max), (1, 3));
    let of = |id: &str| different.families.iter().find(|family| family.family == id).unwrap().prompts;
    assert_eq!((of("c0"), of("c1"), of("c2")), (20, 10, 10));
}

#[test]
fn twelve_constraints() {
    let twelve = assess(&prompts(10, &["111111111111", "111111111110", "000000000000", "010101010101"]));
    assert_eq!(twelve.families.len(), 12);
    assert_eq!(twelve.rates.unwrap().partial.estimate, 0.5);
}
