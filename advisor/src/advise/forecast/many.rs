//! The forecast of worlds with many constraints, of which the right answer is known from training them exactly.

use super::{
    Choice, Course, Forecast, Pace, Samples, Space,
    classes::{Trait, classes},
    horizon, hypotheses,
};
use crate::{
    advise::{
        Settings,
        dynamics::{Algorithm, Incentive, Kernel, Lumps, Matrix, PromptType, Trainer},
    },
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

/// One full answer in 6,400 is enough to go by. Without any, where the race begins is a guess, and at most credit is named.
#[test]
fn full_answers_that_are_all_but_missing_need_it_too() {
    for (size, rate) in [(8, 0.3), (12, 0.44), (24, 0.65)] {
        let mut groups = independent(&vec![rate; size], 200, 32);
        groups.iter_mut().for_each(|group| group.outcomes.retain(|outcome| outcome.full() == Some(false)));
        let none = forecast(&groups);
        assert!(none.odds.rival > 2.0 * none.odds.first, "{size}: {:?}", none.odds);
        assert!(matches!(none.choice, Choice::Neither(_) | Choice::Use(Scheme::Partial(_))), "{size}");
        let constraints = groups[0].outcomes[0].constraints().clone();
        groups[0].outcomes.push(Outcome::new(constraints, vec![Verdict::Passed; size]));
        let one = forecast(&groups);
        assert!(matches!(one.choice, Choice::Use(Scheme::Partial(_))), "{size}: {:?}", one.odds);
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

/// Constraints that differ, from 15 to 90 %, with full answers of 0.4 %: what lumps say of the schemes beside all 256 outcomes, exactly
/// solved, under every kernel; and beside 1,024 under a few.
#[test]
fn lumps_of_constraints_that_differ_are_near_the_exact_solution() {
    near_exact(&[0.15, 0.25, 0.4, 0.5, 0.6, 0.8, 0.85, 0.9], &hypotheses());
    let few = [Kernel::Agreement { share: 0.5 }, Kernel::Hamming { range: 2.0 }];
    near_exact(&[0.3, 0.35, 0.45, 0.5, 0.55, 0.6, 0.7, 0.8, 0.9, 0.95], &few);
}

fn near_exact(rates: &[f64], kernels: &[Kernel]) {
    let constraints = rates.len();
    let of = |&rate: &f64| Trait { rate, cancels: false };
    let classes = classes(&rates.iter().map(of).collect::<Vec<_>>());
    let mut lumps = Lumps::all(classes.sizes.clone());
    let points: Vec<Vec<f64>> = (0..1_u32 << constraints)
        .map(|bits| (0..constraints).map(|place| f64::from(bits >> place & 1)).collect())
        .collect();
    let chance = |scores: &Vec<f64>| -> f64 {
        scores.iter().zip(rates).map(|(score, rate)| if *score == 1.0 { *rate } else { 1.0 - rate }).product()
    };
    let exact: Vec<f64> = points.iter().map(chance).collect();
    let shares: Vec<f64> = points.iter().map(|scores| scores.iter().sum::<f64>() / constraints as f64).collect();
    let size = lumps.met.len();
    let (mut lumped, mut few, mut squares) = (vec![0.0; size], vec![0.0; size], vec![0.0; size]);
    for ((scores, p), share) in points.iter().zip(&exact).zip(&shares) {
        let mut met = vec![0; lumps.sizes.len()];
        scores.iter().zip(&classes.of).for_each(|(score, &class)| met[class] += *score as usize);
        let lump = lumps.met.iter().position(|other| *other == met).unwrap();
        lumped[lump] += p;
        squares[lump] += p * p;
        few[lump] = *share;
    }
    lumps.alike = squares.iter().zip(&lumped).map(|(square, p)| square / (p * p)).collect();
    let trainer = Trainer { algorithm: Algorithm::Grpo, group_size: 8, kl: 0.0 };
    // ln of the areas under the two schemes, partial over binary.
    let ahead = |initial: &[f64], shares: &[f64], matrix: Matrix| {
        let types = [[PromptType { weight: 1.0, initial: initial.to_vec() }]];
        let pace = Pace { stride: 0.4, steps: 150, patience: 4.0, midpoint: true };
        let course = Course { types: &types, kernels: &[matrix], fractions: &[shares.to_vec()], pace };
        let binary: Vec<f64> = shares.iter().map(|share| f64::from(u8::from(*share == 1.0))).collect();
        let curves = course.race(&[binary, shares.to_vec()].map(|rewards| vec![Incentive::new(&rewards, &trainer)]));
        let horizon = horizon(&curves);
        (curves[1].mean_full(horizon) / curves[0].mean_full(horizon)).ln()
    };
    for kernel in kernels {
        let all = ahead(&exact, &shares, kernel.matrix(&points));
        let lumps = ahead(&lumped, &few, lumps.matrix(kernel));
        assert!(all.abs() > 1.0 && (all - lumps).abs() < 0.1, "{kernel:?}: {all} {lumps}");
    }
}
