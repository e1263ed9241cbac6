use super::*;
use crate::{
    reward::{Decoupled, Length, Overlong, Scheme, Unit},
    verdict::{Constraint, Verdict},
};
use proptest::prelude::*;

fn groups(scores: &[Vec<Vec<f64>>], required: bool) -> Vec<Group> {
    let of = |(n, rows): (usize, &Vec<Vec<f64>>)| {
        let constraint = |k| Constraint { required: required && k == 0, ..Constraint::plain(format!("c{k}")) };
        let constraints: Arc<[Constraint]> = (0..rows[0].len()).map(constraint).collect();
        let outcome = |row: &Vec<f64>| {
            Outcome::new(constraints.clone(), row.iter().map(|score| Verdict::scored(*score)).collect())
        };
        Group { prompt: format!("p{n}").into(), outcomes: rows.iter().map(outcome).collect() }
    };
    scores.iter().enumerate().map(of).collect()
}

fn by(scheme: &str, penalty: Option<Overlong>) -> PaysBy {
    let scheme = Scheme::by_name(scheme).expect("a scheme");
    PaysBy { function: RewardFunction { scheme, penalty, may_reorder: false }, rule: None }
}

fn share(found: &Attribution, name: &str) -> f64 {
    found.parts.iter().find(|part| &*part.name == name).map_or(0.0, |part| part.share)
}

/// By hand: of four answers one fails `c0`, one `c1`, one both. Under `binary` the last loses a half to each, so both count alike; where `c0`
/// never differs it has no share.
#[test]
fn a_loss_is_charged_to_what_is_failed() {
    let both = groups(&[vec![vec![1.0, 1.0], vec![0.0, 1.0], vec![1.0, 0.0], vec![0.0, 0.0]]], false);
    let found = Attribution::of_task(&both, &by("binary", None), None, &[], Algorithm::Grpo).unwrap();
    assert!((share(&found, "c0") - 0.5).abs() < 1e-12, "{found:?}");
    let one = groups(&[vec![vec![1.0, 1.0], vec![1.0, 0.0]], vec![vec![0.0, 1.0], vec![0.0, 0.0]]], false);
    let found = Attribution::of_task(&one, &by("partial", None), None, &[], Algorithm::Grpo).unwrap();
    assert_eq!((share(&found, "c0"), found.groups), (0.0, 2));
    assert!((share(&found, "c1") - 1.0).abs() < 1e-12);
    // What is required takes all, so that the other one makes no difference.
    let required = groups(&[vec![vec![1.0, 1.0], vec![0.0, 1.0], vec![0.0, 0.0]]], true);
    let found = Attribution::of_task(&required, &by("partial", None), None, &[], Algorithm::DrGrpo).unwrap();
    assert!((share(&found, "c0") - 1.0).abs() < 1e-12, "{found:?}");
}

/// Nobody is full and all fail alike: what differs is length, and so the penalty has it all.
#[test]
fn a_penalty_that_alone_differs_has_all_of_it() {
    let groups = groups(&[vec![vec![0.5], vec![0.5], vec![0.5]]], false);
    let overlong = Overlong { max: 100, soft: 100, at_most: 0.4, unit: Some(Unit::Tokens) };
    let by = by("partial", Some(overlong));
    let lengths = [50_u64, 80, 100];
    let paid = by.function.rewards(&groups[0].outcomes, |at| Length { count: lengths[at], unit: Unit::Tokens });
    let rewards = vec![paid.iter().map(|paid| paid.reward.map(|reward| reward.value())).collect()];
    let paid = PaidRewards { rewards, scheme: Some(by.function.scheme) };
    let lengths = [lengths.map(|length| Some(length as f64)).to_vec()];
    let found = Attribution::of_task(&groups, &by, Some(&paid), &lengths, Algorithm::Grpo).unwrap();
    assert!((share(&found, "length penalty") - 1.0).abs() < 1e-9, "{found:?}");
    assert!(found.length.unwrap() < -0.9, "{found:?}");
    assert_eq!(Attribution::of_task(&groups, &by, None, &lengths, Algorithm::Grpo), None, "lengths are not known");
}

#[test]
fn a_rule_says_its_parts_itself() {
    let groups = groups(&[vec![vec![1.0, 0.0], vec![0.0, 0.0], vec![0.0, 0.0]]], false);
    let by = PaysBy { rule: Some(AdvantageRule::Decoupled(Decoupled)), ..by("binary", None) };
    let found = Attribution::of_task(&groups, &by, None, &[], Algorithm::Grpo).unwrap();
    assert!((share(&found, "c0") - 1.0).abs() < 1e-9 && share(&found, "c1") == 0.0, "{found:?}");
}

fn samples() -> impl Strategy<Value = Vec<Vec<Vec<f64>>>> {
    let score = prop_oneof![Just(0.0), Just(0.25), Just(0.5), Just(1.0)];
    (1_usize..5).prop_flat_map(move |k| {
        let completion = proptest::collection::vec(score.clone(), k);
        proptest::collection::vec(proptest::collection::vec(completion, 2..9), 1..6)
    })
}

proptest! {
    #[test]
    fn shares_sum_to_one_and_no_penalty_has_none(
        scores in samples(),
        scheme in proptest::sample::select(vec!["binary", "partial", "difficulty"]),
        required in any::<bool>(),
        algorithm in proptest::sample::select(Algorithm::ALL.to_vec()),
    ) {
        let groups = groups(&scores, required);
        let Some(found) = Attribution::of_task(&groups, &by(scheme, None), None, &[], algorithm) else { return Ok(()) };
        let sum: f64 = found.parts.iter().map(|part| part.share).sum();
        prop_assert!((sum - 1.0).abs() < 1e-6, "{found:?}");
        prop_assert!(found.parts.iter().all(|part| part.kind == PartKind::Constraint));
    }

    /// A constant for each prompt moves no advantage, and so no share.
    #[test]
    fn a_constant_per_prompt_changes_nothing(
        columns in proptest::collection::vec(proptest::collection::vec((0_u8..4, -8_i8..8), 2..9), 1..6),
        constant in -100_i32..100,
        algorithm in proptest::sample::select(vec![Algorithm::Grpo, Algorithm::DrGrpo, Algorithm::Dapo, Algorithm::Rloo]),
    ) {
        let shares = |constant: f64| {
            let mut sums = Sums::default();
            for (n, group) in columns.iter().enumerate() {
                let a: Vec<f64> = group.iter().map(|(a, _)| f64::from(*a) + constant * n as f64).collect();
                let b: Vec<f64> = group.iter().map(|(_, b)| f64::from(*b) / 8.0).collect();
                let rewards: Vec<f64> = a.iter().zip(&b).map(|(a, b)| a + b).collect();
                let parts = vec![(PartKind::Column, "a".into(), a), (PartKind::Column, "b".into(), b)];
                sums.add(&rewards, parts, &[], algorithm);
            }
            sums.shares()
        };
        match (shares(0.0), shares(f64::from(constant))) {
            (None, None) => {}
            (Some(found), Some(moved)) => for name in ["a", "b"] {
                prop_assert!((share(&found, name) - share(&moved, name)).abs() < 1e-6, "{found:?} {moved:?}");
            },
            other => prop_assert!(false, "{other:?}"),
        }
    }
}
