//! Each rule fires where it should, and is silent just below its threshold.

use crate::advise::{Advice, Settings, Severity, Value, advise, testing::group};
use crate::verdict::{Constraint, Group, Outcome};
use std::sync::Arc;

fn prompts(count: usize, marks: &[&str]) -> Vec<Group> {
    (0..count).map(|n| group(&format!("{marks:?}{n}"), marks)).collect()
}

fn both(first: Vec<Group>, second: Vec<Group>) -> Vec<Group> {
    first.into_iter().chain(second).collect()
}

fn found(groups: &[Group], code: &str) -> Vec<Advice> {
    advise(groups, &Settings::default()).advice.into_iter().filter(|advice| advice.code() == code).collect()
}

fn value(advice: &Advice, name: &str) -> Value {
    advice.evidence().into_iter().find(|evidence| evidence.name == name).expect(name).value
}

/// Fires with that severity and evidence on the first groups, not on the second.
fn check(code: &str, severity: Severity, evidence: &[(&str, Value)], fires: &[Group], silent: &[Group]) {
    let advice = found(fires, code);
    assert!(!advice.is_empty(), "{code} is not given");
    assert_eq!(advice[0].severity(), severity, "{code}");
    for (name, expected) in evidence {
        assert_eq!(value(&advice[0], name), *expected, "{code} {name}");
    }
    assert_eq!(found(silent, code), [], "{code}");
}

const NONE: [&str; 8] = ["00"; 8];
const FULL: [&str; 8] = ["11"; 8];
const HALF: [&str; 8] = ["10"; 8];

/// 0.05^(1/n) is above 0.5 from 5 prompts on, and above 0.9 from 29 on.
#[test]
fn binary_starves() {
    let evidence = [("all_zero", Value::Number(1.0)), ("never_full_prompts", Value::Count(5))];
    check("binary-starves", Severity::Warning, &evidence, &prompts(5, &NONE), &prompts(4, &NONE));
    assert_eq!(found(&prompts(28, &NONE), "binary-starves")[0].severity(), Severity::Warning);
    assert_eq!(found(&prompts(29, &NONE), "binary-starves")[0].severity(), Severity::Error);
}

#[test]
fn saturated() {
    let evidence = [("all_one", Value::Number(1.0)), ("always_full_prompts", Value::Count(5))];
    check("saturated", Severity::Warning, &evidence, &prompts(5, &FULL), &prompts(4, &FULL));
}

/// 0.05^(1/n) is above 0.1 from 2 prompts on.
#[test]
fn reward_ties() {
    let evidence = [("tied", Value::Number(1.0)), ("scheme", Value::Name("partial".into()))];
    check("reward-ties", Severity::Warning, &evidence, &prompts(2, &HALF), &prompts(1, &HALF));
}

#[test]
fn partial_credit_above_critical() {
    let marks = |full| [&["11"; 20][..full], &["10"; 5], &["00"; 5]].concat();
    let evidence = [("mean_partial_credit", Value::Number(0.5))];
    let (few, half) = (prompts(200, &marks(1)), prompts(200, &marks(5)));
    check("partial-credit-above-critical", Severity::Info, &evidence, &few, &half);
}

/// Two constraints, the first required: half of what meets the other alone forfeits it.
#[test]
fn required_cancels_credit() {
    let required = |groups: Vec<Group>, required: bool| -> Vec<Group> {
        let requires = |group: Group| {
            let constraints = group.constraints().iter().cloned().enumerate();
            let constraints: Arc<[Constraint]> = constraints
                .map(|(place, constraint)| Constraint { required: required && place == 0, ..constraint })
                .collect();
            let outcome = |outcome: &Outcome| Outcome::new(constraints.clone(), outcome.verdicts().to_vec());
            Group { outcomes: group.outcomes.iter().map(outcome).collect(), ..group.clone() }
        };
        groups.into_iter().map(requires).collect()
    };
    let groups = prompts(30, &["01", "01", "01", "10", "11", "01", "01", "01"]);
    let evidence = [
        ("forfeited", Value::Number(0.75)),
        ("partial", Value::Number(0.875)),
        ("constraint", Value::Name("c0".into())),
        ("rate", Value::Number(0.25)),
    ];
    let (with, without) = (required(groups.clone(), true), required(groups, false));
    check("required-cancels-credit", Severity::Info, &evidence, &with, &without);
    let few = required(prompts(30, &["01", "10", "10", "11", "01", "10", "10", "10"]), true);
    assert_eq!(found(&few, "required-cancels-credit"), []);
}

/// 1 − 0.05^(1/n) is below 0.05 from 59 prompts on; so is the upper tail.
#[test]
fn constraint_never_met() {
    let evidence = [("passed", Value::Count(0)), ("judged", Value::Count(472)), ("prompts", Value::Count(59))];
    check("constraint-never-met", Severity::Error, &evidence, &prompts(59, &HALF), &prompts(2, &HALF));
    // None of 20 verdicts or more is worth knowing before it can be said how rare it is.
    for few in [3, 58] {
        assert_eq!(found(&prompts(few, &HALF), "constraint-never-met")[0].severity(), Severity::Info);
    }
    let some = both(prompts(59, &HALF), prompts(1, &["1"; 8]));
    assert_eq!(found(&some, "constraint-never-met")[0].severity(), Severity::Warning);
}

#[test]
fn constraint_always_met() {
    let evidence = [("rate", Value::Number(1.0)), ("constraint", Value::Name("c0".into()))];
    check("constraint-always-met", Severity::Info, &evidence, &prompts(59, &HALF), &prompts(58, &HALF));
}

/// One of 8 meets both; of a first and another completion, (4 · 4 − 1) / 56 would.
#[test]
fn constraints_in_conflict() {
    let marks = ["11", "10", "10", "10", "01", "01", "01", "00"];
    let evidence = [
        ("first", Value::Name("c0".into())),
        ("both", Value::Number(0.125)),
        ("both_if_independent", Value::Number(15.0 / 56.0)),
        ("informative_prompts", Value::Count(7)),
    ];
    check("constraints-in-conflict", Severity::Warning, &evidence, &prompts(7, &marks), &prompts(6, &marks));
}

/// (1 − r) / 2r = 0.05^(−1/n) − 1 gives r above 0.9 from 56 prompts on. Constraints that are independent, or both nearly
/// always met, are not one.
#[test]
fn constraints_redundant() {
    let marks = ["11", "11", "11", "11", "00", "00", "00", "00"];
    let evidence = [("second_given_first", Value::Number(1.0)), ("prompts", Value::Count(56))];
    check("constraints-redundant", Severity::Warning, &evidence, &prompts(56, &marks), &prompts(55, &marks));
    let nearly = [&["11"; 94][..], &["10"; 3], &["01"; 3]].concat();
    assert_eq!(found(&prompts(200, &nearly), "constraints-redundant"), []);
}

#[test]
fn one_completion_per_prompt() {
    let mixed = |single| both(prompts(single, &["11"]), prompts(4, &["11", "10"]));
    let evidence = [("single_completion_prompts", Value::Count(4)), ("prompts", Value::Count(8))];
    check("one-completion-per-prompt", Severity::Warning, &evidence, &mixed(4), &mixed(3));
}

#[test]
fn too_few_samples() {
    let evidence = [("quantity", Value::Name("p_full".into())), ("more_prompts", Value::Count(11))];
    check("too-few-samples", Severity::Warning, &evidence, &prompts(9, &NONE), &prompts(60, &NONE));
    let one = &found(&prompts(1, &NONE), "too-few-samples")[0];
    assert!(one.remedy().starts_with("One prompt says nothing about others"));
    // Three groups in ten that are solved is where they come first.
    let close = both(
        prompts(14, &["11"; 16]),
        prompts(26, &["11", "10", "00", "10", "11", "00", "10", "00", "11", "00", "10", "01", "11", "00", "10", "01"]),
    );
    let close = &found(&close, "too-few-samples")[0];
    assert!(close.remedy().contains("would settle it nine times in ten"), "{}", close.remedy());
    // Fewer completions than a group leave only bounds.
    let few = &found(&prompts(30, &["10", "10", "00"]), "too-few-samples")[0];
    assert!(few.remedy().starts_with("Sample at least 8 completions of each prompt"), "{}", few.remedy());
}

#[test]
fn single_constraint_prompts() {
    let (single, several) = (prompts(3, &["1", "0"]), prompts(3, &["11", "00"]));
    let evidence = [("single_constraint_prompts", Value::Count(3)), ("prompts", Value::Count(3))];
    check("single-constraint-prompts", Severity::Warning, &evidence, &single, &several);
    assert_eq!(found(&both(single, several), "single-constraint-prompts")[0].severity(), Severity::Info);
}

#[test]
fn unscored_verdicts() {
    let of = |rest| both(prompts(1, &["1?"]), prompts(rest, &["11"]));
    let evidence = [("unscored_completions", Value::Count(1)), ("missing", Value::Count(1))];
    check("unscored-verdicts", Severity::Error, &evidence, &of(19), &prompts(9, &["11"]));
    for (rest, severity) in [(20, Severity::Warning), (99, Severity::Warning), (100, Severity::Info)] {
        assert_eq!(found(&of(rest), "unscored-verdicts")[0].severity(), severity, "{rest}");
    }
}
