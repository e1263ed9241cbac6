//! What holds for rewards of groups, penalties and advantages, whatever the verdicts.

use fullmarks::{
    reward::{
        AdvantageRule, Density, Difficulty, GroupAdvantage, Length, Overlong, Partial, RewardFunction, Rewarded,
        Scheme, Unit,
    },
    verdict::{CauseKind, Constraint, Failure, FailureKind, Outcome, Verdict},
};
use proptest::{collection::vec, prelude::*, sample::Index, test_runner::FileFailurePersistence};
use std::sync::Arc;

fn config() -> ProptestConfig {
    ProptestConfig {
        failure_persistence: Some(Box::new(FileFailurePersistence::Off)),
        ..ProptestConfig::with_cases(2000)
    }
}

type Scores = Vec<Option<f64>>;

fn outcome(constraints: &Arc<[Constraint]>, scores: &[Option<f64>]) -> Outcome {
    let verdict = |score: &Option<f64>| match *score {
        Some(1.0) => Verdict::Passed,
        Some(score) => {
            let kind = FailureKind::Unmet;
            Verdict::Failed(Box::new(Failure::new(kind, score, "", "")))
        }
        None => Verdict::unscored(CauseKind::CheckerTrapped, ""),
    };
    Outcome::new(constraints.clone(), scores.iter().map(verdict).collect())
}

fn constraint() -> impl Strategy<Value = Constraint> {
    let weight = prop_oneof![Just(1.0), 0.001..1000.0, Just(1e-300), Just(1e300)];
    (weight, prop::bool::weighted(0.2), prop::bool::weighted(0.2)).prop_map(|(weight, required, gate)| Constraint {
        id: "c".into(),
        weight,
        required,
        gate,
    })
}

fn known() -> impl Strategy<Value = Option<f64>> {
    prop_oneof![2 => Just(Some(1.0)), 2 => Just(Some(0.0)), 1 => (0.0..1.0).prop_map(Some)]
}

fn any_verdict() -> impl Strategy<Value = Option<f64>> {
    prop_oneof![6 => known(), 1 => Just(None)]
}

/// A group of completions of one prompt.
fn group<S: Strategy<Value = Option<f64>> + 'static>(
    score: impl Fn() -> S + Clone + 'static,
) -> impl Strategy<Value = (Arc<[Constraint]>, Vec<Scores>)> {
    (1..5_usize, 1..7_usize).prop_flat_map(move |(width, size)| {
        let rows = vec(vec(score(), width), size);
        (vec(constraint(), width).prop_map(Arc::from), rows)
    })
}

fn outcomes(constraints: &Arc<[Constraint]>, rows: &[Scores]) -> Vec<Outcome> {
    rows.iter().map(|scores| outcome(constraints, scores)).collect()
}

fn scheme() -> impl Strategy<Value = Scheme> {
    let share = || prop_oneof![Just(0.0), Just(1.0), 0.0..=1.0];
    let partial = (share(), share(), prop_oneof![Just(1.0), 0.1..8.0], share())
        .prop_map(|(credit, threshold, power, cap)| Partial { credit, threshold, power, cap })
        .boxed();
    let named = prop::sample::select(Scheme::ALL).prop_map(|name| Scheme::by_name(name).expect("a scheme"));
    let difficulty =
        (partial.clone(), 0.0..50.0).prop_map(|(partial, alpha)| Scheme::Difficulty(Difficulty { partial, alpha }));
    prop_oneof![1 => named, 2 => partial.prop_map(Scheme::Partial), 2 => difficulty]
}

fn overlong() -> impl Strategy<Value = Overlong> {
    (1..200_u64, 0.0..=1.0, 0.001..=1.0).prop_map(|(max, share, at_most)| {
        let soft = (max as f64 * share) as u64;
        Overlong { max, soft, at_most, unit: None }
    })
}

fn function() -> impl Strategy<Value = RewardFunction> {
    (scheme(), prop::option::of(overlong())).prop_map(|(scheme, penalty)| RewardFunction {
        scheme,
        penalty,
        may_reorder: false,
    })
}

fn rewarded(function: RewardFunction, group: &[Outcome], lengths: &[u64]) -> Vec<Rewarded> {
    function.rewards(group, |place| Length { count: lengths[place % lengths.len()], unit: Unit::Characters })
}

fn value(rewarded: &Rewarded) -> Option<f64> {
    rewarded.reward.map(|reward| reward.value())
}

fn rule() -> impl Strategy<Value = AdvantageRule> {
    let density = (0.0..50.0, 0.001..10.0, 0.0..10.0, 0.0..1000.0)
        .prop_map(|(alpha, sigma, delta, beta)| AdvantageRule::Density(Density { alpha, sigma, delta, beta }));
    let named =
        prop::sample::select(AdvantageRule::NAMES).prop_map(|name| AdvantageRule::by_name(name).expect("a rule"));
    prop_oneof![named, density]
}

/// An order of so many things.
fn order(size: usize, seed: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..size).collect();
    order.sort_by_key(|index| (*index as u64 + 1).wrapping_mul(seed | 1) >> 7);
    order
}

fn near(one: &[Option<f64>], other: &[Option<f64>], room: f64) -> bool {
    one.iter().zip(other).all(|pair| match pair {
        (Some(a), Some(b)) => (a - b).abs() <= room * (1.0 + a.abs()),
        (a, b) => a == b,
    })
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn rewards_are_within_bounds_and_the_sum_of_their_parts(
        (constraints, rows) in group(known), function in function(), lengths in vec(0..300_u64, 1..7),
    ) {
        for rewarded in rewarded(function, &outcomes(&constraints, &rows), &lengths) {
            let reward = value(&rewarded).expect("all is known");
            prop_assert!((0.0..=1.0).contains(&reward));
            let gate = rewarded.gate.map_or(1.0, |gate| if gate.name() == "open" { 1.0 } else { 0.0 });
            let scheme = rewarded.scheme.expect("all is known").value();
            let penalty = rewarded.penalty.map_or(0.0, |(penalty, _)| penalty);
            let sum = (gate * scheme - rewarded.tier - penalty).max(0.0);
            prop_assert!((reward - sum).abs() < 1e-12, "{reward} {sum} {rewarded:?}");
        }
    }

    #[test]
    fn a_full_answer_never_earns_less_than_another_of_its_prompt(
        (constraints, rows) in group(known), function in function(), lengths in vec(0..300_u64, 1..7),
    ) {
        let group = outcomes(&constraints, &rows);
        let found = rewarded(function, &group, &lengths);
        for (full, _) in found.iter().zip(&group).filter(|(_, outcome)| outcome.full() == Some(true)) {
            for (other, _) in found.iter().zip(&group).filter(|(_, outcome)| outcome.full() == Some(false)) {
                prop_assert!(value(full) >= value(other), "{full:?} {other:?}");
            }
        }
    }

    /// With the rest of the group and its own length as they are.
    #[test]
    fn a_better_verdict_never_earns_less(
        (constraints, rows) in group(known), function in function(), lengths in vec(0..300_u64, 1..7),
        which in any::<Index>(), place in any::<Index>(), better in known(), reorder in any::<bool>(),
    ) {
        let function = RewardFunction { may_reorder: reorder, ..function };
        let which = which.index(rows.len());
        let before = rewarded(function, &outcomes(&constraints, &rows), &lengths);
        let mut improved = rows.clone();
        let score = place.get_mut(&mut improved[which][..]);
        *score = if better > *score { better } else { *score };
        let after = rewarded(function, &outcomes(&constraints, &improved), &lengths);
        prop_assert!(value(&after[which]) >= value(&before[which]), "{:?} {:?}", before[which], after[which]);
    }

    /// Within a group, what meets all that another meets, as well as it, earns no less.
    #[test]
    fn what_meets_more_earns_no_less((constraints, rows) in group(known), scheme in scheme()) {
        let group = outcomes(&constraints, &rows);
        let found = scheme.rewards(&group);
        for (one, earned) in rows.iter().zip(&found) {
            for (other, less) in rows.iter().zip(&found) {
                // Where scores differ in amount alone, weights of others' verdicts may tip the balance.
                let dominates = one.iter().zip(other).all(|(a, b)| a == b || (*a == Some(1.0) && b.is_some()));
                if dominates {
                    let (earned, less) = (earned.expect("known").value(), less.expect("known").value());
                    prop_assert!(earned >= less - 1e-12, "{one:?} {earned} {other:?} {less}");
                }
            }
        }
    }

    #[test]
    fn rewards_of_a_group_do_not_depend_on_its_order(
        (constraints, rows) in group(any_verdict), scheme in scheme(), seed in any::<u64>(),
    ) {
        let order = order(rows.len(), seed);
        let shuffled: Vec<Scores> = order.iter().map(|place| rows[*place].clone()).collect();
        let found = scheme.rewards(&outcomes(&constraints, &rows));
        let expected: Vec<_> = order.iter().map(|place| found[*place]).collect();
        prop_assert_eq!(scheme.rewards(&outcomes(&constraints, &shuffled)), expected);
    }

    #[test]
    fn what_the_completion_has_unscored_leaves_its_reward_unknown_or_does_not_matter(
        (constraints, rows) in group(any_verdict), function in function(), lengths in vec(0..300_u64, 1..7),
    ) {
        let found = rewarded(function, &outcomes(&constraints, &rows), &lengths);
        for (place, row) in rows.iter().enumerate() {
            let Some(reward) = value(&found[place]) else {
                prop_assert!(row.contains(&None));
                continue;
            };
            for resolved in [0.0, 0.5, 1.0] {
                let mut group = rows.clone();
                group[place].iter_mut().for_each(|score| *score = score.or(Some(resolved)));
                let way = rewarded(function, &outcomes(&constraints, &group), &lengths);
                prop_assert_eq!(value(&way[place]), Some(reward));
            }
        }
    }

    #[test]
    fn advantages_are_finite_and_zero_mean((constraints, rows) in group(any_verdict), rule in rule()) {
        let found = rule.advantages(&outcomes(&constraints, &rows));
        prop_assert_eq!(found.values().len(), rows.len());
        let known: Vec<f64> = found.values().iter().flatten().copied().collect();
        prop_assert!(known.iter().all(|value| value.is_finite()), "{known:?}");
        let largest = known.iter().fold(1.0_f64, |most, value| most.max(value.abs()));
        prop_assert!(known.iter().sum::<f64>().abs() <= 1e-12 * largest * known.len() as f64, "{known:?}");
        for (place, row) in rows.iter().enumerate() {
            if !row.contains(&None) {
                let value = found.values()[place].expect("all is known");
                let sum: f64 = found.parts().iter().map(|part| part.values[place].expect("known")).sum();
                prop_assert!((sum - value).abs() <= 1e-12 * (1.0 + largest));
            }
        }
    }

    #[test]
    fn advantages_follow_the_order_of_the_group(
        (constraints, rows) in group(any_verdict), rule in rule(), seed in any::<u64>(),
    ) {
        let order = order(rows.len(), seed);
        let shuffled: Vec<Scores> = order.iter().map(|place| rows[*place].clone()).collect();
        let found = rule.advantages(&outcomes(&constraints, &rows));
        let expected: Vec<_> = order.iter().map(|place| found.values()[*place]).collect();
        let other = rule.advantages(&outcomes(&constraints, &shuffled));
        prop_assert!(near(other.values(), &expected, 1e-9), "{other:?} {expected:?}");
    }

    #[test]
    fn advantages_do_not_depend_on_the_order_of_constraints(
        (constraints, rows) in group(any_verdict), rule in rule(), seed in any::<u64>(),
    ) {
        let order = order(constraints.len(), seed);
        let shuffled: Arc<[Constraint]> = order.iter().map(|place| constraints[*place].clone()).collect();
        let turned: Vec<Scores> = rows.iter().map(|row| order.iter().map(|place| row[*place]).collect()).collect();
        let found = rule.advantages(&outcomes(&constraints, &rows));
        let other = rule.advantages(&outcomes(&shuffled, &turned));
        prop_assert!(near(other.values(), found.values(), 1e-9), "{other:?} {found:?}");
    }

    #[test]
    fn a_whitened_batch_has_a_deviation_of_one_or_nothing_in_it(
        groups in vec(group(any_verdict), 1..5), rule in rule(),
    ) {
        let mut batch: Vec<GroupAdvantage> =
            groups.iter().map(|(constraints, rows)| rule.advantages(&outcomes(constraints, rows))).collect();
        let square = |batch: &[GroupAdvantage]| {
            let known: Vec<f64> = batch.iter().flat_map(|group| group.values().iter().flatten()).copied().collect();
            known.iter().map(|value| value * value).sum::<f64>() / (known.len() as f64 - 1.0).max(1.0)
        };
        let before = square(&batch);
        GroupAdvantage::whiten(&mut batch);
        let expected = before / (before.sqrt() + 1e-4).powi(2);
        prop_assert!((square(&batch) - expected).abs() < 1e-9, "{} {expected}", square(&batch));
    }
}

fn plain(rows: &[&str]) -> Vec<Outcome> {
    let width = rows[0].len();
    let constraints: Arc<[Constraint]> = (0..width).map(|n| Constraint::plain(format!("c{n}"))).collect();
    let score = |mark| Some(f64::from(u8::from(mark == '1')));
    rows.iter().map(|row| outcome(&constraints, &row.chars().map(score).collect::<Vec<_>>())).collect()
}

fn earned(scheme: Scheme, rows: &[&str]) -> Vec<f64> {
    scheme.rewards(&plain(rows)).into_iter().map(|reward| reward.expect("known").value()).collect()
}

/// By hand: of four constraints 0 to 4 are met; s² · 0.8, nothing below 0.5, at most 0.4.
#[test]
fn threshold_power_and_cap_are_as_worked_out_by_hand() {
    let scheme = Scheme::Partial(Partial { credit: 0.8, threshold: 0.5, power: 2.0, cap: 0.4 });
    let found = earned(scheme, &["0000", "1000", "1100", "1110", "1111"]);
    for (found, expected) in found.iter().zip([0.0, 0.0, 0.2, 0.4, 1.0]) {
        assert!((found - expected).abs() < 1e-12, "{found} {expected}");
    }
}

/// By hand: for the first, the others meet `a` twice of two and `b` never: smoothed rates 3/4 and 1/4, α = 2.
#[test]
fn what_the_rest_of_the_group_fails_weighs_more() {
    let scheme = Scheme::Difficulty(Difficulty { partial: Partial::default(), alpha: 2.0 });
    let found = earned(scheme, &["01", "10", "10"]);
    let (easy, hard) = ((-1.5_f64).exp(), (-0.5_f64).exp());
    assert!((found[0] - hard / (easy + hard)).abs() < 1e-12);
    // For the second, the others meet each once of two.
    assert!((found[1] - 0.5).abs() < 1e-12 && (found[2] - 0.5).abs() < 1e-12);
    // By itself it is `partial`.
    assert_eq!(earned(scheme, &["01"]), [0.5]);
}

/// A gate admits to credit and earns none; the share is of the rest.
#[test]
fn gates_multiply() {
    let constraint = |id: &str, gate| Constraint { gate, ..Constraint::plain(id) };
    let constraints: Arc<[Constraint]> =
        [constraint("json", true), constraint("a", false), constraint("b", false)].into();
    let function = RewardFunction::of(Scheme::Partial(Partial::default()));
    let row = |marks: [f64; 3]| outcome(&constraints, &marks.map(Some));
    let group = [row([1.0, 0.0, 0.0]), row([1.0, 1.0, 0.0]), row([0.0, 1.0, 1.0]), row([1.0, 1.0, 1.0])];
    let found = function.rewards(&group, |_| unreachable!("there is no penalty"));
    assert_eq!(found.iter().map(value).collect::<Vec<_>>(), [Some(0.0), Some(0.5), Some(0.0), Some(1.0)]);
    assert_eq!(found[2].scheme.map(|reward| reward.value()), Some(1.0), "what it would have been behind the gate");
    assert_eq!(found[2].gate.map(|gate| gate.name()), Some("shut"));
    let unknown = [outcome(&constraints, &[None, Some(1.0), Some(0.0)])];
    assert_eq!(value(&function.rewards(&unknown, |_| unreachable!())[0]), None);
}

/// Full answers keep at least 0.8, so others earn less than that; with `may_reorder` nothing is held.
#[test]
fn a_penalty_moves_within_the_tier() {
    let penalty = Some(Overlong { max: 100, soft: 50, at_most: 0.2, unit: None });
    let lengths = [0, 100, 100, 75];
    let group = plain(&["1110", "1110", "1111", "1000"]);
    let scheme = Scheme::Partial(Partial { power: 0.1, ..Partial::default() });
    let held = RewardFunction { scheme, penalty, may_reorder: false };
    let found: Vec<f64> = rewarded(held, &group, &lengths).iter().map(|found| value(found).expect("known")).collect();
    assert!(found[0] < 0.8 && found[0] > 0.799, "{found:?}");
    assert!((found[1] - 0.6).abs() < 1e-12 && (found[2] - 0.8).abs() < 1e-12, "{found:?}");
    assert!((found[3] - (0.8 - 0.1)).abs() < 1e-12, "{found:?}");
    let free = RewardFunction { may_reorder: true, ..held };
    let found: Vec<f64> = rewarded(free, &group, &lengths).iter().map(|found| value(found).expect("known")).collect();
    assert!(found[0] > found[2], "a short answer that is not full can pass a long one that is: {found:?}");
}
