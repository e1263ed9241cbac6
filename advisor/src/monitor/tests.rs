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

/// A sign, and no more: of the runs that begin so, some find full answers later.
#[test]
fn rewards_that_grow_without_full_answers_are_a_warning() {
    let mut monitor = partial().looking_back(256, 30);
    stall(&mut monitor, 0..20);
    let assessment = monitor.assess();
    let stall = monitor.stall().unwrap();
    assert!(assessment.advice.contains(&stall.clone().into()));
    assert_eq!(stall.severity(), Severity::Warning);
    assert_ne!(assessment.decision.answer, Answer::FixFirst(Fix::Stalled, None));
    assert_eq!(
        stall.to_string(),
        "since step 0, the mean reward under partial has grown by 0.250 to 0.250, and the share of full answers by 0.000 to 0.000: \
         what is learnt so far is to be paid without them"
    );
    assert_eq!(monitor.metrics()["advice/partial-credit-stalls"], 2.0);
    assert_eq!(monitor.metrics()["trend/reward"], 0.25);
}

/// The same, for as many steps as a trend looks back on, and full answers are no more than at the start.
#[test]
fn rewards_that_grow_alone_for_long_are_a_stall() {
    let mut monitor = partial().looking_back(256, 40);
    for step in 0..40 {
        let few = ["00", "00", "10", "00", "00", "00", "10", "00"];
        let more = ["10", "00", "10", "00", "10", "00", "10", "10"];
        for n in 0..4 {
            monitor.observe(step, &[group(&format!("p{step}-{n}"), if step < 20 { &few } else { &more })]);
        }
        assert!(step >= 39 || monitor.stall().is_none_or(|stall| stall.severity() == Severity::Warning));
    }
    let stall = monitor.stall().unwrap();
    assert_eq!((stall.severity(), stall.stalling.name()), (Severity::Error, "flat"));
    assert!(stall.to_string().contains("no more now than at the start"), "{stall}");
}

/// Each prompt settles on an answer that meets one constraint of two; the first two prompts had found full ones.
#[test]
fn groups_that_are_paid_alike_without_a_full_answer_are_a_stall() {
    let mut monitor = partial();
    for step in 0..60 {
        let of = |n: usize| match (step, n) {
            (0..20, 0 | 1) => ["11", "10", "10", "01", "10", "10", "00", "10"],
            (0..20, _) => ["00", "10", "10", "01", "10", "10", "00", "10"],
            (_, 3) => ["11", "10", "10", "01", "10", "10", "00", "10"],
            _ => ["10"; 8],
        };
        let groups: Vec<Group> = (0..4).map(|n| group(&format!("p{n}"), &of(n))).collect();
        monitor.observe(step, &groups);
        assert!(step >= 49 || monitor.stall().is_none(), "a run that has just begun has no trend");
    }
    let assessment = monitor.assess();
    let stall = monitor.stall().unwrap();
    assert_eq!((&assessment.advice[0], stall.severity()), (&stall.clone().into(), Severity::Error));
    assert_eq!(assessment.decision.answer, Answer::FixFirst(Fix::Stalled, None));
    assert!(stall.to_string().starts_with("since step 0, full answers under partial have not grown"), "{stall}");
    assert!(
        stall.to_string().ends_with(
            "75% of the groups have none, and in 75% all answers earn the same credit, so nothing leads away from there; 2 of these \
             prompts had full answers before"
        ),
        "{stall}"
    );
    assert_eq!(monitor.lost_prompts().collect::<Vec<_>>(), [("p0", 20), ("p1", 20)]);
    assert_eq!(monitor.stuck_prompts().count(), 3);
    let metrics = monitor.metrics();
    assert_eq!(["lost_prompts", "no_full_groups", "tied_groups"].map(|name| metrics[name]), [2.0, 0.75, 0.75]);
    assert!(!metrics.contains_key("distinct"));
}

/// In groups of two most are alike by chance where the policy meets the one constraint in nine answers of ten.
#[test]
fn answers_that_are_alike_by_chance_are_no_stall() {
    let mut monitor = partial();
    for step in 0..120 {
        let alike = |n: usize| if (step as usize + n) % 5 < 2 { ["10", "10"] } else { ["10", "00"] };
        let groups: Vec<Group> = (0..8).map(|n| group(&format!("p{n}"), &alike(n))).collect();
        monitor.observe(step, &groups);
    }
    assert_eq!(monitor.metrics()["tied_groups"], 0.5);
    assert_eq!(monitor.stall(), None);
}

/// Completions of a group become alike while full answers stay as rare as they were.
#[test]
fn completions_that_become_alike_are_a_warning() {
    let watch = |distinct: [usize; 2], marks: [&'static str; 8]| {
        let mut monitor = partial();
        for step in 0..100 {
            let beside = Beside { paid: None, distinct: Some(distinct[usize::from(step >= 50)]) };
            for n in 0..4 {
                monitor.observe_group(step, &group(&format!("p{n}"), &marks), beside);
            }
        }
        monitor
    };
    let rare = ["11", "10", "10", "01", "10", "10", "00", "10"];
    let monitor = watch([8, 5], rare);
    let stall = monitor.stall().unwrap();
    assert_eq!((stall.severity(), monitor.metrics()["distinct"]), (Severity::Warning, 0.625));
    assert!(stall.to_string().contains("100% of a group's were different at the start, 62% are now"), "{stall}");
    assert_eq!(watch([8, 7], rare).stall(), None);
    assert_eq!(watch([8, 2], ["11"; 8]).stall(), None, "answers that are right may be alike");
}

#[test]
fn full_answers_that_come_along_are_none() {
    let mut monitor = partial().looking_back(256, 20);
    for step in 0..20 {
        let marks = if step < 10 { ["00", "00", "10", "00"] } else { ["10", "11", "11", "00"] };
        assert_eq!(monitor.stall(), None);
        monitor.observe(step, &[group("a", &marks), group("b", &marks)]);
    }
    assert!(monitor.assess().advice.iter().all(|advice| advice.code() != "partial-credit-stalls"));
}

#[test]
fn binary_has_nothing_to_stall_with() {
    let mut monitor = Monitor::new(Scheme::Binary(Binary), Settings::default()).unwrap().looking_back(256, 20);
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

/// Verdicts that are not known are no verdicts that are paid alike.
#[test]
fn a_group_without_verdicts_has_no_gradient_from_a_penalty() {
    let mut monitor = partial();
    monitor.observe_paid(1, &[group("a", &["??"; 2])], &[vec![Some(0.5), Some(0.4)]]);
    let step = monitor.steps()[0];
    assert_eq!((step.mixed, step.from_penalty), (1, 0));
}

/// A log of eight groups a step, with the marks of each.
fn review(steps: std::ops::Range<u64>, back: usize, marks: impl Fn(u64, usize) -> Vec<&'static str>) -> Review {
    let logged = |step: u64, n: usize| LoggedGroup {
        group: group(&format!("p{n}"), &marks(step, n)),
        paid: None,
        distinct: None,
    };
    let log = steps.map(|step| (step, (0..8).map(|n| logged(step, n)).collect())).collect();
    Review::of(&LoggedRun(log), partial().scheme(), Settings::default(), Some(back)).unwrap()
}

const MIXED: [&str; 8] = ["10", "00", "10", "00", "10", "00", "10", "00"];

/// Answers are alike, then they differ for long, and then they are alike again.
#[test]
fn a_sign_that_is_gone_for_long_is_another_one() {
    let mut review =
        review(0..140, 20, |step, _| if (40..100).contains(&step) { MIXED.to_vec() } else { vec!["10"; 8] });
    let tied: Vec<(u64, u64)> = review
        .signs
        .iter()
        .filter(|sign| sign.finding.stalling.name() == "tied")
        .map(|sign| (sign.first, sign.last))
        .collect();
    assert_eq!((tied.len(), tied[0].0, tied[1].1), (2, 9, 139), "{tied:?}");
    assert!(tied[0].1 < 60 && tied[1].0 > 95, "{tied:?}");
    // A sign counts that lasted until the stall was raised, or nearly.
    for (after, warned) in [(10, Some(9)), (11, None)] {
        review.stall.as_mut().unwrap().raised = tied[0].1 + after;
        assert_eq!(review.warned(), warned);
    }
}

/// Nothing is known of the first 30 steps; full answers become more from step 40 to step 80, in one group of eight.
#[test]
fn steps_without_a_rate_do_not_move_the_bend() {
    let review = review(0..160, 30, |step, n| match (step, n) {
        (0..30, _) => vec!["??"; 8],
        (_, 0) => (0..8).map(|n| if n < step.saturating_sub(40) / 5 { "11" } else { "00" }).collect(),
        (30..80, _) => MIXED.to_vec(),
        _ => vec!["10"; 8],
    });
    let stall = review.stall.unwrap();
    assert!(stall.grew && (65..=90).contains(&stall.since), "{} {}", stall.since, stall.raised);
}
