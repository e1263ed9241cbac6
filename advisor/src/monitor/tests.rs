use super::*;
use crate::{
    advise::Severity,
    checkpoint::StateError,
    reward::{Binary, Partial},
    verdict::{CauseKind, Constraint, FailureKind, Outcome, Verdict},
};
use std::sync::Arc;

fn group(prompt: &str, marks: &[&str]) -> Group {
    let constraints: Arc<[Constraint]> = (0..marks[0].len()).map(|n| Constraint::plain(format!("c{n}"))).collect();
    let verdict = |mark| match mark {
        '1' => Verdict::Passed,
        '0' => Verdict::failed(FailureKind::Unmet, "a reason"),
        _ => Verdict::unscored(CauseKind::Missing, ""),
    };
    let outcome = |marks: &&str| Outcome::new(constraints.clone(), marks.chars().map(verdict).collect());
    Group { prompt: prompt.into(), outcomes: marks.iter().map(outcome).collect() }
}

fn partial() -> Monitor {
    Monitor::new(Scheme::Partial(Partial::with_credit(1.0)), Settings::default()).unwrap()
}

/// The first of two constraints becomes common, and full answers never come.
fn stall(monitor: &mut Monitor, steps: std::ops::Range<u64>) {
    for step in steps {
        let easy = if step < 10 { ["00", "00", "10", "00"] } else { ["10", "10", "10", "00"] };
        let groups: Vec<Group> = (0..4).map(|n| group(&format!("p{step}-{n}"), &easy)).collect();
        monitor.observe(step, &groups);
    }
}

#[test]
fn rewards_that_grow_without_full_answers_are_a_stall() {
    let mut monitor = partial();
    stall(&mut monitor, 0..20);
    let assessment = monitor.assess();
    let Advice::PartialCreditStalls(finding) = &assessment.advice[0] else { panic!("{:?}", assessment.advice) };
    assert_eq!(finding.severity(), Severity::Error);
    assert_eq!(
        finding.to_string(),
        "since step 0, the mean reward under partial has grown by 0.250 to 0.250, and the share of full answers by 0.000 to 0.000: \
         what is learnt is to be paid without them"
    );
    assert_eq!(monitor.metrics()["advice/partial-credit-stalls"], 3.0);
    assert_eq!(monitor.metrics()["trend/reward"], 0.25);
}

#[test]
fn full_answers_that_come_along_are_none() {
    let mut monitor = partial();
    for step in 0..20 {
        let marks = if step < 10 { ["00", "00", "10", "00"] } else { ["10", "11", "11", "00"] };
        monitor.observe(step, &[group("a", &marks), group("b", &marks)]);
    }
    assert!(monitor.assess().advice.iter().all(|advice| advice.code() != "partial-credit-stalls"));
}

#[test]
fn binary_has_nothing_to_stall_with() {
    let mut monitor = Monitor::new(Scheme::Binary(Binary), Settings::default()).unwrap();
    stall(&mut monitor, 0..20);
    assert!(monitor.assess().advice.iter().all(|advice| advice.code() != "partial-credit-stalls"));
}

/// Verdicts that are paid alike, and lengths that are not.
#[test]
fn a_gradient_from_a_penalty_is_an_alarm() {
    let scheme = Scheme::by_name("partial").unwrap();
    let mut monitor = Monitor::new(scheme, Settings::default()).unwrap();
    let groups: Vec<Group> = (0..12).map(|n| group(&n.to_string(), &["10"; 8])).collect();
    let paid = vec![(0..8).map(|n| Some(0.5 - 0.01 * f64::from(n))).collect::<Vec<_>>(); 12];
    monitor.observe_paid(1, &groups, &paid);
    let metrics = monitor.metrics();
    assert_eq!((metrics["mixed_groups"], metrics["penalty_groups"]), (1.0, 1.0));
    assert_eq!(metrics["advice/gradient-from-penalty"], 3.0);
    assert_eq!(monitor.assess().decision.answer, Answer::FixFirst(Fix::PenaltyAlone, None));
    monitor.observe(2, &groups);
    assert_eq!(monitor.metrics()["mixed_groups"], 0.0);
}

/// Worked by hand: two groups, of which one is mixed; one of five completions is unscored, and full answers are known of four.
#[test]
fn metrics_are_those_of_the_latest_step() {
    let mut monitor = partial();
    monitor.observe(1, &[group("a", &["00", "00"])]);
    monitor.observe(2, &[group("a", &["11", "10"]), group("b", &["10", "10", "1?"])]);
    let metrics = monitor.metrics();
    for (name, value) in [
        ("p_full", 0.25),
        ("mean_fraction", 0.625),
        ("reward", 0.625),
        ("mixed_groups", 0.5),
        ("penalty_groups", 0.0),
        ("unscored", 0.2),
    ] {
        assert!((metrics[name] - value).abs() < 1e-12, "{name}: {}", metrics[name]);
    }
    assert!(metrics.contains_key("met/c0") && metrics.keys().any(|name| name.starts_with("advice/")));
}

/// A run that was interrupted goes on as if it had not been.
#[test]
fn states_go_round() {
    let mut whole = partial().looking_back(16, 30);
    let mut first = whole.clone();
    stall(&mut whole, 0..20);
    stall(&mut first, 0..7);
    let mut rest = partial().looking_back(16, 30).restored(&first.to_json()).unwrap();
    stall(&mut rest, 7..20);
    assert_eq!(rest.to_json(), whole.to_json());
    assert_eq!(rest.metrics(), whole.metrics());
    let other = Monitor::new(Scheme::Binary(Binary), Settings::default()).unwrap().restored(&first.to_json());
    assert!(matches!(other, Err(StateError::Settings { .. })), "{other:?}");
    let cut = first.to_json().replace("\"mixed\":4", "\"mixed\":3");
    assert_eq!(partial().looking_back(16, 30).restored(&cut), Err(StateError::Corrupt("its digest is another".into())));
    assert!(matches!(partial().restored("{}"), Err(StateError::Foreign { .. })));
}

#[test]
fn the_window_holds_the_latest_groups_and_a_prompt_once() {
    let mut monitor = partial().looking_back(3, 10);
    for step in 0..4 {
        monitor.observe(step, &[group("same", &["10", "00"])]);
    }
    let assessment = monitor.assess();
    assert_eq!((assessment.counts.prompts, assessment.counts.completions), (1, 6));
}
