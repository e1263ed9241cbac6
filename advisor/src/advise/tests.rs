//! Properties of whole assessments.

use super::{testing::group, *};
use crate::verdict::Group;
use proptest::prelude::*;
use stats::Interval;

fn groups(marks: &[Vec<String>]) -> Vec<Group> {
    marks.iter().enumerate().map(|(n, marks)| group(&n.to_string(), marks)).collect()
}

fn some_groups() -> impl Strategy<Value = Vec<Vec<String>>> {
    let mark = prop::sample::select(vec!['0', '1', '0', '1', '?']);
    let prompt = (1..4_usize).prop_flat_map(move |constraints| {
        let marks = prop::collection::vec(mark.clone(), constraints).prop_map(|marks| marks.into_iter().collect());
        prop::collection::vec(marks, 1..12)
    });
    prop::collection::vec(prompt, 1..8)
}

fn inside(interval: Interval) -> bool {
    0.0 <= interval.low && interval.low <= interval.high && interval.high <= 1.0
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn shares_and_rates_are_shares_and_rates(marks in some_groups()) {
        let assessment = advise(&groups(&marks), &Settings::default());
        for rates in assessment.rates.iter().chain(&assessment.several) {
            let all = [rates.full, rates.partial, rates.none];
            prop_assert!((all.iter().map(|rate| rate.estimate).sum::<f64>() - 1.0).abs() < 1e-9);
            for rate in all {
                prop_assert!(inside(rate.interval) && rate.interval.contains(rate.estimate));
                prop_assert!(inside(rate.if_scored) && rate.if_scored.contains(rate.estimate));
            }
        }
        for signal in &assessment.signal {
            let all = [signal.all_zero, signal.all_one, signal.tied, signal.mixed];
            prop_assert!(all.iter().all(|share| inside(share.interval)));
            if all.iter().all(|share| share.estimate.is_some()) {
                let sum: f64 = all.iter().filter_map(|share| share.estimate).sum();
                prop_assert!((sum - 1.0).abs() < 1e-9);
                prop_assert!(all.iter().all(|share| share.interval.contains(share.estimate.unwrap())));
            }
        }
        for pass in &assessment.pass_at {
            prop_assert!(inside(pass.interval) && pass.interval.contains(pass.estimate));
        }
        prop_assert!(assessment.pass_at.windows(2).all(|two| two[0].short > 0 || two[0].estimate <= two[1].estimate + 1e-9));
        for pair in &assessment.dependence.pairs {
            let shares = [pair.both, pair.both_if_independent, pair.second_given_first, pair.first_given_second];
            prop_assert!(shares.iter().flatten().all(|mean| inside(mean.interval) && mean.interval.contains(mean.estimate)));
            prop_assert!(pair.interval.is_none_or(|interval| interval.contains(pair.odds_ratio.unwrap())));
            prop_assert!(pair.p_adjusted.is_none_or(|adjusted| pair.p_value.unwrap() <= adjusted && adjusted <= 1.0));
        }
        for full in assessment.dependence.full.iter() {
            prop_assert!((full.full.estimate - full.independent.estimate - full.worth.estimate).abs() < 1e-9);
        }
        if let Ok(credit) = &assessment.critical_credit {
            prop_assert!(credit.estimate.is_finite() && credit.interval.high.is_finite());
            prop_assert!(credit.interval.contains(credit.estimate));
        }
    }

    #[test]
    fn order_does_not_matter(marks in some_groups()) {
        let mut turned: Vec<Vec<String>> = marks.iter().rev().cloned().collect();
        turned.iter_mut().for_each(|marks| marks.reverse());
        let unnamed = |marks: &[Vec<String>]| {
            let mut found = advise(&groups(marks), &Settings::default());
            // Prompts have other ids in another order.
            found.prompts.iter_mut().for_each(|prompt| prompt.prompt = "".into());
            found.prompts.sort_by_key(|prompt| (prompt.state, prompt.completions, prompt.full));
            found
        };
        prop_assert_eq!(unnamed(&marks), unnamed(&turned));
    }
}

#[test]
fn threads_do_not_matter() {
    let prompt = |n: usize| (0..1 + n % 9).map(|m| format!("{:03b}", (n * 7 + m * 5) % 8)).collect();
    let groups = groups(&(0..60).map(prompt).collect::<Vec<_>>());
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| advise(&groups, &Settings { group_size: 6, ..Settings::default() }))
    };
    assert_eq!(on(1), on(2));
    assert_eq!(on(1), on(5));
}
