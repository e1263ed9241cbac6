//! What is decided of data whose answer is known.

use super::{forecast::Samples, testing::group, *};
use crate::{
    reward::{Binary, Partial, Scheme},
    verdict::Group,
};

/// So many prompts, each with these completions, `times` over.
fn prompts(count: usize, marks: &[&str], times: usize) -> Vec<Group> {
    (0..count).map(|n| group(&format!("{marks:?} {n}"), &marks.repeat(times))).collect()
}

fn decided(groups: &[Group]) -> Assessment {
    advise_with_forecast(&Samples::of(groups), None, &Settings { draws: 45, ..Settings::default() })
}

#[test]
fn prompts_that_are_always_or_never_solved_teach_nothing() {
    let always = prompts(100, &["11"], 16);
    for never in [prompts(100, &["10"], 16), prompts(100, &["00"], 16)] {
        let found = decided(&[always.clone(), never].concat());
        assert_eq!(found.decision.answer, Answer::FixFirst(Fix::NoGradient, None));
        assert_eq!((found.forecast, found.advice[0].code()), (None, "no-gradient"));
        assert_eq!(found.decision.wasted.and_then(|wasted| wasted.estimate), Some(1.0));
        let of = |state| found.prompts.iter().filter(|prompt| prompt.state == state).count();
        assert_eq!((of(State::Saturated), of(State::Mixed)), (100, 0));
    }
}

#[test]
fn always_solved_prompts_are_set_aside_before_a_scheme_is_named() {
    let never_full = prompts(100, &["10", "00"], 8);
    let found = decided(&[prompts(100, &["11"], 16), never_full].concat());
    assert_eq!(found.decision.answer, Answer::FixFirst(Fix::Solved, None));
}

/// From one always-solved prompt in twenty on, its full answers once made every scheme look alike.
#[test]
fn a_few_solved_prompts_hide_nothing() {
    let rare = ["10"; 79].into_iter().chain(["00"; 20]).chain(["11"]).collect::<Vec<_>>();
    let rare = prompts(60, &rare, 1);
    let alone = decided(&rare).decision;
    let with_solved = decided(&[rare, prompts(4, &["11"], 16)].concat()).decision;
    assert_eq!(alone.scheme(), Some(Scheme::Binary(Binary)));
    assert_eq!(with_solved.scheme(), alone.scheme());
}

#[test]
fn schemes_that_pay_alike_do_not_differ() {
    let mixed = prompts(40, &["11", "11", "11", "10"], 4);
    let found = decided(&[mixed, prompts(20, &["11"], 16)].concat());
    assert_eq!(found.decision.answer, Answer::FixFirst(Fix::Solved, Some(Pick::Any(None))));
    let odds = found.forecast.expect("schemes that were raced").odds;
    assert!(odds.small > 0.99, "{odds:?}");
}

#[test]
fn few_samples_are_no_answer() {
    let two = decided(&prompts(2, &["11", "10", "00", "01"], 2)).decision.answer;
    assert_eq!(two, Answer::SampleMore { prompts: 18, completions: 8 });
    let single = decided(&[prompts(40, &["11"], 1), prompts(20, &["10"], 1)].concat()).decision.answer;
    assert_eq!(single, Answer::SampleMore { prompts: 0, completions: 8 });
}

#[test]
fn a_gradient_from_length_alone_comes_first() {
    let groups = prompts(40, &["10"], 8);
    let lengths: Vec<Option<f64>> = (0..8).map(|n| Some(0.5 - 0.01 * f64::from(n))).collect();
    let scheme = Some(Scheme::Partial(Partial::with_credit(1.0)));
    let paid = PaidRewards { rewards: vec![lengths; 40], scheme };
    let found = advise_with_forecast(&Samples::of(&groups), Some(&paid), &Settings::default());
    assert_eq!(found.decision.answer, Answer::FixFirst(Fix::PenaltyAlone, None));
    assert_eq!(found.advice[0].code(), "gradient-from-penalty");
    let paid = found.paid.expect("rewards as paid");
    assert_eq!((paid.mixed.estimate, paid.beside_the_task), (Some(1.0), 1.0));
}

/// Nine in ten answers meet the easy constraint and not the hard one, which nobody has met: credit would lead away from it, and larger groups may hold a full
/// answer. From so many completions that they cannot, `binary` is not named.
#[test]
fn binary_is_named_of_full_answers_unseen_as_long_as_groups_may_hold_them() {
    let marks: Vec<&str> = ["10"; 15].into_iter().chain(["00"]).collect();
    let few = decided(&prompts(40, &marks, 1));
    let Answer::FixFirst(Fix::Starved, Some(Pick::Use(Scheme::Binary(_)))) = few.decision.answer else {
        panic!("{:?}", few.decision);
    };
    let many = decided(&prompts(200, &marks, 2)).decision.answer;
    assert_eq!(many, Answer::FixFirst(Fix::NoFull, None));
}

/// One story: what is named has no error against it.
#[test]
fn a_scheme_that_starves_is_named_after_what_feeds_it() {
    let rare = ["10"; 200].into_iter().chain(["00"; 55]).chain(["11"]).collect::<Vec<_>>();
    let found = decided(&prompts(60, &rare, 1));
    let Answer::FixFirst(Fix::Starved, Some(Pick::Use(Scheme::Binary(_)))) = found.decision.answer else {
        panic!("{:?}", found.decision);
    };
    let starves = found.advice.iter().find(|advice| advice.code() == "binary-starves").expect("it starves");
    assert_eq!(starves.severity(), Severity::Warning);
}
