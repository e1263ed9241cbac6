//! The forecast of worlds with many constraints, of which the right answer is known from training them exactly.

use super::{Choice, Forecast, Samples, Space};
use crate::{
    advise::Settings,
    reward::{Binary, Partial, Scheme},
    verdict::{Constraint, FailureKind, Group, Outcome, Verdict},
};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::sync::Arc;

/// Rollouts of independent constraints that are met so often.
fn independent(rates: &[f64], prompts: usize, completions: usize) -> Vec<Group> {
    let mut rng = ChaCha8Rng::seed_from_u64(rates.len() as u64);
    let constraints: Arc<[Constraint]> = (0..rates.len()).map(|n| Constraint::plain(format!("c{n}"))).collect();
    let mut verdict = |rate: &f64| match rng.random::<f64>() < *rate {
        true => Verdict::Passed,
        false => Verdict::failed(FailureKind::Unmet, ""),
    };
    let mut outcome = || Outcome::new(constraints.clone(), rates.iter().map(&mut verdict).collect());
    let mut group = |prompt: usize| Group {
        prompt: format!("p{prompt}").into(),
        outcomes: (0..completions).map(|_| outcome()).collect(),
    };
    (0..prompts).map(&mut group).collect()
}

fn forecast(groups: &[Group]) -> Forecast {
    let settings = Settings { draws: 45, ..Settings::default() };
    Forecast::new(&Samples::of(groups), &settings).unwrap()
}

fn full(groups: &[Group]) -> usize {
    groups.iter().flat_map(|group| &group.outcomes).filter(|outcome| outcome.full() == Some(true)).count()
}

/// Trained and exactly solved, partial credit is 7 to 25 times as fast from 7 to 16 constraints.
#[test]
fn rare_full_answers_of_independent_constraints_need_partial_credit() {
    for size in [7, 8, 10, 12, 16, 24, 40] {
        let groups = independent(&vec![0.002_f64.powf(1.0 / size as f64); size], 200, 32);
        assert!(full(&groups) > 0);
        let forecast = forecast(&groups);
        assert!(matches!(forecast.choice, Choice::Use(Scheme::Partial(_))), "{size}: {:?}", forecast.odds);
    }
}

#[test]
fn full_answers_that_are_too_rare_for_the_sample_need_it_too() {
    for (size, rate) in [(8, 0.22), (12, 0.35)] {
        let groups = independent(&vec![rate; size], 200, 32);
        assert_eq!(full(&groups), 0);
        let forecast = forecast(&groups);
        assert!(matches!(forecast.choice, Choice::Use(Scheme::Partial(_))), "{size}: {:?}", forecast.odds);
    }
}

/// One hard constraint among easy ones: credit for the easy ones leads away from it where little carries over, and eleven easy ones
/// are no better than four.
#[test]
fn a_hard_constraint_among_many_is_as_one_among_few() {
    let world = |size: usize| {
        let mut rates = vec![0.9_f64.powf(1.0 / (size - 1) as f64); size];
        rates[size / 2] = 0.02;
        forecast(&independent(&rates, 200, 32))
    };
    let (few, many) = (world(5), world(12));
    assert!(many.odds.first >= few.odds.first - 0.05, "{:?} {:?}", few.odds, many.odds);
}

/// Scores between failed and passed: they are rounded further where there would be too many points, and none is taken for full.
#[test]
fn shares_of_cases_are_rounded_as_far_as_there_is_room() {
    let settings = [Scheme::Binary(Binary), Scheme::Partial(Partial::default())];
    for (size, steps) in [(2, 4), (4, 2), (6, 1), (9, 1)] {
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let mut groups = independent(&vec![0.5; size], 50, 32);
        for outcome in groups.iter_mut().flat_map(|group| &mut group.outcomes) {
            let failed = |verdict: &Verdict| match verdict {
                Verdict::Failed(failure) => {
                    let mut failure = failure.clone();
                    failure.score = f64::from(rng.random_range(0..4_u32)) / 4.0;
                    Verdict::Failed(failure)
                }
                other => other.clone(),
            };
            *outcome = Outcome::new(outcome.constraints().clone(), outcome.verdicts().iter().map(failed).collect());
        }
        let refs: Vec<&Group> = groups.iter().collect();
        let space = &Space::all(&refs, &settings)[0];
        assert!(space.points.len() <= 128, "{size}: {}", space.points.len());
        if size < 8 {
            let between = space
                .points
                .iter()
                .flat_map(|point| &point.scores)
                .filter(|score| (**score * f64::from(steps)).fract() > 0.0);
            assert_eq!(between.count(), 0, "{size}");
            assert!(steps == 1 || space.points.iter().any(|point| point.scores.contains(&(1.0 / f64::from(steps)))));
        }
        for outcome in groups.iter().flat_map(|group| &group.outcomes) {
            let at_full = space.place(outcome) == Some(space.full());
            assert_eq!(at_full, outcome.full() == Some(true), "{size}");
        }
        let hits: u64 =
            space.prompts.iter().flatten().filter(|(point, _)| *point == space.full()).map(|(_, n)| n).sum();
        assert_eq!(hits as usize, full(&groups), "{size}");
    }
}
