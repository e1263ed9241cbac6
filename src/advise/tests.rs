//! Properties of whole assessments, and how often their intervals cover the truth.

use super::{testing::group, *};
use crate::verdict::Group;
use proptest::prelude::*;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Beta, Binomial, Distribution};
use stats::{GroupShares, Interval, PromptLevels, PromptMean, Tally};
use std::collections::BTreeMap;

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
        if let Ok(credit) = &assessment.critical_credit {
            prop_assert!(credit.estimate.is_finite() && credit.interval.high.is_finite());
            prop_assert!(credit.interval.contains(credit.estimate));
        }
    }

    #[test]
    fn order_does_not_matter(marks in some_groups()) {
        let mut turned: Vec<Vec<String>> = marks.iter().rev().cloned().collect();
        turned.iter_mut().for_each(|marks| marks.reverse());
        let settings = Settings::default();
        prop_assert_eq!(advise(&groups(&marks), &settings), advise(&groups(&turned), &settings));
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

/// Coverage, for a fixed seed, of nominal 90 % intervals of the mean rate: prompts alike, and prompts that differ by a
/// beta distribution of correlation 0.3. 200 repetitions, so three standard errors are 6 points.
#[test]
fn rate_intervals_cover() {
    let mut rng = ChaCha8Rng::seed_from_u64(7);
    for (mean, correlation, prompts, completions) in
        [(0.02, 0.0, 20, 8), (0.3, 0.0, 20, 8), (0.3, 0.3, 20, 32), (0.05, 0.3, 100, 8), (0.3, 0.3, 100, 32)]
    {
        let mut covered = 0;
        for _ in 0..200 {
            let tally: Tally =
                (0..prompts).map(|_| (hits(mean, correlation, completions, &mut rng), completions)).collect();
            covered += u32::from(PromptMean::of_rates(&tally).unwrap().interval(0.9).contains(mean));
        }
        assert!(covered >= 168, "{mean} {correlation} {prompts} {completions}: {covered} of 200");
    }
}

/// The same for the share of groups of 8 without a hit, which for a beta distribution is B(a, b + 8) / B(a, b); seen
/// with enough completions, and with too few.
#[test]
fn group_intervals_cover() {
    let mut rng = ChaCha8Rng::seed_from_u64(8);
    let (mean, correlation) = (0.15, 0.3);
    let scale = (1.0 - correlation) / correlation;
    let (a, b) = (mean * scale, (1.0 - mean) * scale);
    let truth: f64 = (0..8).map(|j| (b + f64::from(j)) / (a + b + f64::from(j))).product();
    for completions in [16, 4] {
        let mut covered = 0;
        for _ in 0..200 {
            let mut patterns: BTreeMap<PromptLevels, u64> = BTreeMap::new();
            for _ in 0..60 {
                let hits = hits(mean, correlation, completions, &mut rng);
                let counts = [(0, completions - hits), (PromptLevels::ONE, hits)];
                let counts = counts.into_iter().filter(|&(_, count)| count > 0).collect();
                *patterns.entry(PromptLevels { counts }).or_default() += 1;
            }
            let share = GroupShares::new(&patterns, 8, 0.9).unwrap().all_zero;
            covered += u32::from(share.interval.contains(truth));
        }
        assert!(covered >= 168, "{completions}: {covered} of 200");
    }
}

fn hits(mean: f64, correlation: f64, completions: u64, rng: &mut ChaCha8Rng) -> u64 {
    let mut rate = mean;
    if correlation > 0.0 {
        let scale = (1.0 - correlation) / correlation;
        rate = Beta::new(mean * scale, (1.0 - mean) * scale).unwrap().sample(rng);
    }
    Binomial::new(completions, rate).unwrap().sample(rng)
}
