//! Properties of metrics and errors over arbitrary samples.

use super::*;
use proptest::prelude::*;

fn prompts() -> impl Strategy<Value = Vec<PromptSamples>> {
    let sample = (0..3u8, -4..5i8, prop::option::weighted(0.8, -60.0..0.0f64));
    let samples = prop::collection::vec(sample, 1..7);
    prop::collection::vec(samples, 1..6).prop_map(|prompts| {
        let sample = |(truth, paid, logprob)| Sample {
            truth: Some(f64::from(truth) / 2.0),
            proxies: vec![Some(f64::from(paid) / 4.0)],
            logprob,
            ..Sample::default()
        };
        let prompt = |(id, samples): (usize, Vec<_>)| PromptSamples {
            prompt: id.to_string().into(),
            samples: samples.into_iter().map(sample).collect(),
            policy: Vec::new(),
        };
        prompts.into_iter().enumerate().map(prompt).collect()
    })
}

fn settings() -> AuditSettings {
    AuditSettings { resamplings: 100, ..AuditSettings::default() }
}

fn run(prompts: &[PromptSamples]) -> ProxyAudit {
    let audit = audit(prompts, &[("proxy".to_owned(), None)], &settings());
    audit.proxies.into_iter().next().expect("one proxy")
}

fn values(prompts: &[PromptSamples]) -> Vec<Option<f64>> {
    run(prompts).measures.iter().map(|found| found.map(|found| found.value)).collect()
}

fn close(a: &[Option<f64>], b: &[Option<f64>]) -> bool {
    a.iter().zip(b).all(|pair| match pair {
        (Some(a), Some(b)) => (a - b).abs() < 1e-9,
        (a, b) => a == b,
    })
}

fn changed(prompts: &[PromptSamples], change: impl Fn(&mut Sample)) -> Vec<PromptSamples> {
    let mut prompts = prompts.to_vec();
    prompts.iter_mut().flat_map(|prompt| &mut prompt.samples).for_each(change);
    prompts
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn metrics_are_shares_and_forgiving_never_lowers_them(prompts in prompts()) {
        let found = run(&prompts);
        for measure in found.measures.iter().flatten() {
            prop_assert!((0.0..=1.0).contains(&measure.value));
            prop_assert!(measure.interval.is_none_or(|interval| interval.contains(measure.value)));
            prop_assert!(measure.effective > 0.0 && measure.effective <= measure.comparisons as f64 + 1e-9);
        }
        for metric in Metric::ALL.into_iter().filter(|metric| metric.harm_aware) {
            let strict = Metric { harm_aware: false, ..metric };
            let value = |metric: Metric| found.measures[metric.index()].map(|found| found.value);
            prop_assert_eq!(value(metric).is_some(), value(strict).is_some());
            prop_assert!(value(metric) >= value(strict));
        }
    }

    /// Only the order of rewards matters, and their mean.
    #[test]
    fn metrics_do_not_see_offset_and_slope(prompts in prompts(), offset in -3.0..3.0f64, slope in 0.5..20.0f64) {
        let moved = changed(&prompts, |sample| sample.proxies[0] = sample.proxies[0].map(|paid| offset + slope * paid));
        prop_assert!(close(&values(&prompts), &values(&moved)));
    }

    #[test]
    fn metrics_do_not_see_a_factor_of_all_probabilities(prompts in prompts()) {
        // Every comparison of pairs loses the same.
        let moved = changed(&prompts, |sample| sample.logprob = sample.logprob.map(|logprob| logprob - 4000.0));
        let (before, after) = (values(&prompts), values(&moved));
        prop_assert!(close(&before[..4], &after[..4]), "{before:?} {after:?}");
    }

    #[test]
    fn equal_probabilities_weigh_nothing(prompts in prompts()) {
        let level = changed(&prompts, |sample| sample.logprob = Some(-12.5));
        let found = values(&level);
        prop_assert!(close(&found[..1], &found[1..2]) && close(&found[2..3], &found[3..4]));
    }

    #[test]
    fn the_order_of_samples_and_prompts_is_nothing(prompts in prompts()) {
        let mut turned = prompts.clone();
        turned.reverse();
        turned.iter_mut().for_each(|prompt| prompt.samples.reverse());
        prop_assert!(close(&values(&prompts), &values(&turned)));
        let (a, b) = (run(&prompts).errors, run(&turned).errors);
        prop_assert_eq!(a.is_some(), b.is_some());
        if let (Some(a), Some(b)) = (a, b) {
            for category in Category::ALL {
                prop_assert_eq!(a.by_dynamics(category).completions, b.by_dynamics(category).completions);
                prop_assert_eq!(a.by_attraction(category).completions, b.by_attraction(category).completions);
            }
        }
    }

    /// Every error is in a category or said to be undecided, and counts add up.
    #[test]
    fn no_error_is_lost(prompts in prompts()) {
        let Some(errors) = run(&prompts).errors else { return Ok(()) };
        let sum = |of: &dyn Fn(Category) -> Count| Category::ALL.map(|category| of(category).completions).iter().sum::<u64>();
        let decided = errors.all.completions - errors.undecided.completions;
        prop_assert_eq!(sum(&|category| errors.by_dynamics(category)), decided);
        prop_assert_eq!(sum(&|category| errors.by_attraction(category)), decided);
        prop_assert_eq!(errors.over.completions + errors.under.completions, decided);
        prop_assert!(errors.all.mass <= 1.0 + 1e-9);
    }

    /// The truth itself ranks without a mistake and has no error.
    #[test]
    fn the_truth_is_without_fault(prompts in prompts()) {
        let right = changed(&prompts, |sample| sample.proxies[0] = sample.truth);
        let found = run(&right);
        prop_assert!(found.measures.iter().flatten().all(|measure| measure.value == 1.0));
        prop_assert_eq!(found.errors.map(|errors| errors.all.completions), Some(0));
    }
}

/// The line through these lies exactly half-way between the next truths: in whatever order it is summed up, that is no error.
#[test]
fn just_the_tolerance_is_no_error() {
    let samples = [(1.0, 0.5), (0.0, -0.25), (0.5, -0.25)].map(|(truth, paid)| Sample {
        truth: Some(truth),
        proxies: vec![Some(paid)],
        logprob: None,
        ..Sample::default()
    });
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let samples = order.map(|place: usize| samples[place].clone()).to_vec();
        let prompts = [PromptSamples { prompt: "0".into(), samples, policy: Vec::new() }];
        assert_eq!(run(&prompts).errors.expect("a line fits").all.completions, 0, "{order:?}");
    }
}

#[test]
fn what_is_unscored_is_in_no_figure() {
    let sample = |truth: Option<f64>, paid: [Option<f64>; 2]| Sample {
        truth,
        proxies: paid.to_vec(),
        logprob: None,
        ..Sample::default()
    };
    let samples = vec![
        sample(Some(1.0), [Some(1.0), Some(0.0)]),
        sample(Some(0.0), [Some(0.0), Some(1.0)]),
        sample(Some(0.0), [Some(5.0), None]),
        sample(None, [Some(5.0), Some(5.0)]),
    ];
    let gone = vec![sample(None, [Some(1.0), Some(1.0)])];
    let prompts = [("a", samples), ("b", gone)].map(|(id, samples)| PromptSamples { prompt: id.into(), samples, policy: Vec::new() });
    let audit = audit(&prompts, &[("x".into(), None), ("y".into(), None)], &settings());
    assert_eq!((audit.counts.completions, audit.counts.left_out, audit.counts.without_truth), (2, 3, 2));
    assert_eq!((audit.counts.prompts, audit.counts.prompts_left_out), (1, 1));
    let acc = |proxy: usize| audit.proxies[proxy].measures[2].map(|found| found.value);
    assert_eq!((acc(0), acc(1)), (Some(1.0), Some(0.0)));
    assert_eq!((audit.proxies[0].unknown, audit.proxies[1].unknown), (0, 1));
}

/// A proxy whose covariance with the truth is 0, but for rounding that depends on the order of the sums, rises with it in no order.
#[test]
fn rounding_is_no_correlation() {
    let pairs = [(0.0, 0.5), (0.0, -0.75), (0.5, 1.0), (1.0, -0.5), (1.0, 0.25)];
    let sample = |(truth, paid): (f64, f64)| Sample {
        truth: Some(truth),
        proxies: vec![Some(paid)],
        logprob: None,
        ..Sample::default()
    };
    let mut samples: Vec<Sample> = pairs.into_iter().map(sample).collect();
    for _ in 0..2 {
        samples.reverse();
        assert_eq!(run(&[PromptSamples { prompt: "0".into(), samples: samples.clone(), policy: Vec::new() }]).errors, None);
    }
}
