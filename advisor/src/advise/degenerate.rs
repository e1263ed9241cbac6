//! What is said of data that are hardly any, or all alike.

use super::{testing::group, *};
use crate::verdict::{Constraint, FailureKind, Group, Outcome, Verdict};

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
    assert_eq!(codes(&full), ["no-gradient", "saturated"]);
}

#[test]
fn none_full() {
    let none = assess(&prompts(40, &["00"; 16]));
    assert_eq!(none.rates.as_ref().unwrap().full.estimate, 0.0);
    assert_eq!(none.larger_groups, [(16, 1.0)]);
    assert_eq!(codes(&none)[..2], ["no-gradient", "binary-starves"]);
    assert!(none.advice[1].remedy().starts_with("Larger groups alone do not cure it"));
}

#[test]
fn single_constraint_prompts_only() {
    let single = assess(&prompts(20, &["1", "0", "1", "0"]));
    assert_eq!(single.several, None);
    assert_eq!(single.critical_credit, Err(Undefined::NoPrompt));
    assert_eq!(single.signal[0].mixed.estimate, single.signal[1].mixed.estimate);
}

/// Of four answers one is full, one meets half of its cases and two meet none: p_full and p_partial are 1/4, so α* is 1/4 · 1 / (1/4 · 1) = 1.
#[test]
fn a_single_constraint_that_scores_shares_of_cases_has_a_critical_credit() {
    let mut groups = prompts(20, &["1", "0", "0", "0"]);
    for group in &mut groups {
        let constraints = group.outcomes[0].constraints().clone();
        group.outcomes[1] = Outcome::new(constraints, vec![Verdict::scored(0.5)]);
    }
    let credit = assess(&groups).critical_credit.unwrap();
    assert_eq!((credit.prompts, credit.estimate), (20, 1.0));
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

#[test]
fn pass_at_k_goes_as_far_as_the_samples() {
    let ks = |assessment: &Assessment| assessment.pass_at.iter().map(|pass| pass.k).collect::<Vec<_>>();
    assert_eq!(ks(&assess(&prompts(3, &["11"]))), [1]);
    assert_eq!(ks(&assess(&prompts(20, &["11", "00", "10", "??", "01", "00"]))), [1, 2, 4]);
    assert!(ks(&assess(&prompts(3, &["??"]))).is_empty());
    // A prompt in twenty has one completion, which is full or not; the other nineteen give the estimate.
    let short = assess(&[prompts(19, &["0"; 8]), prompts(1, &["1"])].concat());
    let last = short.pass_at.last().unwrap();
    assert_eq!((last.k, last.prompts, last.short, last.estimate), (8, 19, 1, 0.0));
    assert!(last.interval.high > 0.2);
}

/// A constraint alone, one completion per prompt, and verdicts that never vary say nothing of dependence.
#[test]
fn dependence_that_cannot_be_seen() {
    assert_eq!(assess(&prompts(20, &["1", "0", "1"])).dependence, Dependence::default());
    let single = assess(&[prompts(50, &["11"]), prompts(50, &["00"])].concat()).dependence;
    let pair = &single.pairs[0];
    assert_eq!((single.full, pair.prompts, pair.odds_ratio, pair.interval, pair.both), (None, 0, None, None, None));
    for marks in [["11"; 8], ["00"; 8], ["10"; 8]] {
        let same = assess(&prompts(60, &marks)).dependence;
        let pair = &same.pairs[0];
        assert_eq!((pair.informative, pair.odds_ratio, pair.p_value, pair.tie), (0, None, None, Tie::Unclear));
        assert_eq!(same.full.unwrap().worth.estimate, 0.0);
    }
    let unscored = assess(&prompts(20, &["1?", "?1", "0?", "?0"])).dependence;
    assert_eq!((unscored.full, unscored.pairs[0].prompts), (None, 0));
}

#[test]
fn dependence_of_one_prompt_is_its_own() {
    let one = assess(&prompts(1, &["11", "11", "11", "00", "00", "00", "10", "01"])).dependence;
    let pair = &one.pairs[0];
    assert_eq!((pair.informative, pair.odds_ratio, pair.interval, pair.p_value), (1, Some(9.0), None, None));
    assert!(one.full.unwrap().worth.interval.width() > 0.9);
}

/// Prompts that are hard and prompts that are easy, with independent constraints within each.
#[test]
fn dependence_is_not_what_prompts_share() {
    let hard = ["11", "10", "10", "01", "01", "00", "00", "00", "00"];
    let easy = ["00", "10", "10", "01", "01", "11", "11", "11", "11"];
    let mixed = assess(&[prompts(40, &hard), prompts(40, &easy)].concat()).dependence;
    assert_eq!(mixed.pairs[0].odds_ratio, Some(1.0));
    assert_eq!(mixed.pairs[0].tie, Tie::Unclear);
}

#[test]
fn families_of_several_constraints_are_one() {
    let constraints: std::sync::Arc<[Constraint]> = ["a", "b", "b#2"].map(Constraint::plain).into();
    let outcome = |marks: [bool; 3]| {
        let verdict = |passed| if passed { Verdict::Passed } else { Verdict::failed(FailureKind::Unmet, "") };
        Outcome::new(constraints.clone(), marks.map(verdict).to_vec())
    };
    let outcomes =
        [[true, true, true], [true, true, false], [false, false, false], [false, true, false]].map(outcome).to_vec();
    let group = |n: usize| Group { prompt: n.to_string().into(), outcomes: outcomes.clone() };
    let pairs = assess(&(0..10).map(group).collect::<Vec<_>>()).dependence.pairs;
    assert_eq!((pairs.len(), pairs[0].first.as_str(), pairs[0].second.as_str()), (1, "a", "b"));
    assert_eq!((pairs[0].prompts, pairs[0].completions), (10, 80));
}

/// Seventy-eight pairs of thirteen constraints, of which the last repeats the first.
#[test]
fn many_constraints_are_compared_in_pairs() {
    let marks: Vec<String> = (0..48_u64)
        .map(|n| {
            let bits = (n + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            let marks: String = (0..12).map(|bit| if bits >> (bit * 5) & 1 == 1 { '1' } else { '0' }).collect();
            marks.clone() + &marks[..1]
        })
        .collect();
    let marks: Vec<&str> = marks.iter().map(String::as_str).collect();
    let pairs = assess(&prompts(60, &marks)).dependence.pairs;
    assert_eq!(pairs.len(), 78);
    assert_eq!((pairs[0].first.as_str(), pairs[0].second.as_str(), pairs[0].tie), ("c0", "c12", Tie::Redundant));
}
