//! What is said in one place is not taken back in another, in data whose answer is known.

use super::{
    forecast::{Pilot, Samples, Snapshot},
    testing::group,
    *,
};
use crate::{
    reward::{Partial, Scheme},
    verdict::Group,
};

/// So many prompts, each with these completions, `times` over.
fn prompts(count: usize, marks: &[&str], times: usize) -> Vec<Group> {
    (0..count).map(|n| group(&n.to_string(), &marks.repeat(times))).collect()
}

/// In so many of these prompts one answer is full.
fn with_full(mut groups: Vec<Group>, full: usize) -> Vec<Group> {
    for (n, found) in groups.iter_mut().take(full).enumerate() {
        let width = found.constraints().len();
        let one = group(&n.to_string(), &["1".repeat(width)]);
        found.outcomes[0] = one.outcomes[0].clone();
    }
    groups
}

fn decided(groups: &[Group], pilots: &[Pilot]) -> Assessment {
    let settings = Settings { draws: 45, ..Settings::default() };
    advise_with_forecast(&Samples { groups, logprobs: &[], pilots }, None, &settings)
}

fn pilot(scheme: &str, groups: Vec<Group>) -> Pilot {
    Pilot { scheme: scheme.to_owned(), snapshots: vec![Snapshot { step: Some(40), groups }] }
}

fn easy_only() -> Vec<Group> {
    let marks: Vec<&str> = ["10"; 15].into_iter().chain(["00"]).collect();
    with_full(prompts(60, &marks, 2), 6)
}

/// Groups starve; pilots after which they starve as before are no reason to start.
#[test]
fn a_pilot_without_growth_leaves_what_comes_first() {
    let alone = decided(&easy_only(), &[]);
    let Answer::FixFirst(Fix::Starved, _) = alone.decision.answer else { panic!("{:?}", alone.decision) };
    let same = decided(&easy_only(), &[pilot("binary", easy_only()), pilot("partial", easy_only())]);
    assert!(matches!(same.decision.answer, Answer::FixFirst(Fix::Starved, _)), "{:?}", same.decision);
    let of: Vec<(&str, bool)> = same.pilots.iter().map(|pilot| (&*pilot.scheme, pilot.grew())).collect();
    assert_eq!(of, [("binary", false), ("partial", false)]);
    assert!(
        same.pilots
            .iter()
            .all(|pilot| pilot.change.is_some_and(|change| change.contains(0.0)) && pilot.before == pilot.after)
    );
}

/// Full answers that came under a scheme outweigh what samples warned of, and no advice takes that back.
#[test]
fn a_pilot_that_grew_outweighs_the_samples() {
    let marks: Vec<&str> = ["11"; 6].into_iter().chain(["10"; 10]).collect();
    let grown = prompts(60, &marks, 2);
    let found = decided(&easy_only(), &[pilot("binary", grown), pilot("partial", easy_only())]);
    assert!(matches!(found.decision.answer, Answer::Start(_)), "{:?}", found.decision);
    assert!(found.pilots[0].grew() && !found.pilots[1].grew());
    assert_eq!(found.unsettled, None);
}

/// A pilot under one id may show anything of one prompt, and growth of none.
#[test]
fn a_pilot_of_one_id_shows_no_growth() {
    let one = |marks: &[&str]| vec![group("all", &marks.repeat(500))];
    let found = decided(&easy_only(), &[pilot("binary", one(&["11", "10"])), pilot("partial", one(&["10", "10"]))]);
    assert!(found.pilots.iter().all(|pilot| pilot.change.is_none() && !pilot.grew()), "{:?}", found.pilots);
    assert!(matches!(found.decision.answer, Answer::FixFirst(Fix::Starved, _)), "{:?}", found.decision);
}

/// Prompts are the unit: many completions of two prompts that changed are no growth of forty.
#[test]
fn growth_on_two_prompts_is_not_growth() {
    let before = prompts(40, &["10"], 64);
    let mut after = before.clone();
    after[0] = group("0", &["11"; 64]);
    let found = decided(&before, &[pilot("binary", after), pilot("partial", before.clone())]);
    let growth = &found.pilots[0];
    assert!(!growth.grew() && growth.after > growth.before, "{growth:?}");
}

/// One full answer of thousands, or two, says what none says.
#[test]
fn one_full_answer_of_thousands_turns_nothing() {
    let marks: Vec<&str> = ["10"; 15].into_iter().chain(["00"]).collect();
    let of = |full: usize| decided(&with_full(prompts(200, &marks, 2), full), &[]).decision.answer;
    assert_eq!(of(0), Answer::FixFirst(Fix::NoFull, None));
    assert_eq!((of(1), of(2)), (of(0), of(0)));
}

/// Weights are advised only where they tell answers apart, and nobody is told to set all prompts aside.
#[test]
fn remedies_do_not_contradict_each_other() {
    let remedy = |groups: &[Group], code: &str| {
        let found = decided(groups, &[]);
        let of = found.advice.iter().find(|advice| advice.code() == code).map(Advice::remedy);
        of.unwrap_or_else(|| panic!("{code}: {:?}", found.advice))
    };
    let never = prompts(40, &["10"], 16);
    assert!(remedy(&never, "reward-ties").contains("the same verdicts"), "{}", remedy(&never, "reward-ties"));
    assert!(!remedy(&never, "constraint-never-met").contains("aside"));
    let either = prompts(40, &["100", "010"], 8);
    assert!(remedy(&either, "reward-ties").contains("different weights"), "{}", remedy(&either, "reward-ties"));
}

/// Where a penalty is paid besides, ties are those without it.
#[test]
fn ties_beside_a_penalty_are_ties_without_it() {
    let groups = prompts(40, &["10"], 8);
    let lengths: Vec<Option<f64>> = (0..8).map(|n| Some(0.5 - 0.01 * f64::from(n))).collect();
    let scheme = Some(Scheme::Partial(Partial::with_credit(1.0)));
    let paid = PaidRewards { rewards: vec![lengths; 40], scheme };
    let found = advise_with_forecast(&Samples::of(&groups), Some(&paid), &Settings::default());
    let ties = found.advice.iter().find(|advice| advice.code() == "reward-ties").expect("they are tied");
    assert!(ties.to_string().contains("without the penalty"), "{ties}");
}
