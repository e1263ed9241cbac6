//! Properties of metrics and errors over arbitrary samples.

use super::*;
use crate::advise::{Algorithm, dynamics::Trainer};
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
        // A single completion of a prompt says nothing either way.
        prop_assert!(found.errors.is_some_and(|errors| errors.all == errors.undecided));
    }
}

/// The proxy pays a truth of 0 as it pays one of ½: it does not tell them apart, in whatever order the slope is summed up.
#[test]
fn paying_two_truths_alike_is_an_error() {
    let samples = [(1.0, 0.5), (0.0, -0.25), (0.5, -0.25)].map(|(truth, paid)| Sample {
        truth: Some(truth),
        proxies: vec![Some(paid)],
        logprob: None,
        ..Sample::default()
    });
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let samples = order.map(|place: usize| samples[place].clone()).to_vec();
        let prompts = [PromptSamples { prompt: "0".into(), samples, policy: Vec::new() }];
        assert_eq!(run(&prompts).errors.expect("a slope fits").all.completions, 1, "{order:?}");
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
    let prompts = [("a", samples), ("b", gone)].map(|(id, samples)| PromptSamples {
        prompt: id.into(),
        samples,
        policy: Vec::new(),
    });
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
        assert_eq!(
            run(&[PromptSamples { prompt: "0".into(), samples: samples.clone(), policy: Vec::new() }]).errors,
            None
        );
    }
}

/// The counts of every kind of error, and their shares.
fn kinds(prompts: &[PromptSamples], settings: &AuditSettings) -> Option<Vec<(u64, f64)>> {
    let audit = audit(prompts, &[("proxy".to_owned(), None)], settings);
    let errors = audit.proxies.into_iter().next()?.errors?;
    let counts = [errors.over, errors.under, errors.undecided].into_iter().chain(errors.table.into_iter().flatten());
    Some(counts.map(|count| (count.completions, count.mass)).collect())
}

fn alike(a: &Option<Vec<(u64, f64)>>, b: &Option<Vec<(u64, f64)>>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.iter().zip(b).all(|(a, b)| a.0 == b.0 && (a.1 - b.1).abs() < 1e-9),
        (a, b) => a.is_none() && b.is_none(),
    }
}

/// Adds to the rewards of each prompt one number, and multiplies them by another.
fn moved(prompts: &[PromptSamples], by: &[(f64, f64)]) -> Vec<PromptSamples> {
    let mut prompts = prompts.to_vec();
    for (prompt, (offset, slope)) in prompts.iter_mut().zip(by.iter().cycle()) {
        for sample in &mut prompt.samples {
            sample.proxies[0] = sample.proxies[0].map(|paid| offset + slope * paid);
        }
    }
    prompts
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// No policy gradient sees what all completions of a prompt are paid more.
    #[test]
    fn errors_do_not_see_an_offset_of_a_prompt(prompts in prompts(), offsets in prop::collection::vec(-40i8..40, 1..6)) {
        let by: Vec<(f64, f64)> = offsets.into_iter().map(|offset| (f64::from(offset) / 3.0, 1.0)).collect();
        for algorithm in [Algorithm::Reinforce, Algorithm::Rloo, Algorithm::DrGrpo, Algorithm::Grpo] {
            let settings = with(algorithm);
            let (before, after) = (kinds(&prompts, &settings), kinds(&moved(&prompts, &by), &settings));
            prop_assert!(alike(&before, &after), "{algorithm}: {before:?} {after:?}");
        }
    }

    /// What divides by the deviation of a group does not see its scale either.
    #[test]
    fn errors_under_grpo_do_not_see_a_scale_of_a_prompt(
        prompts in prompts(),
        by in prop::collection::vec((-3.0..3.0f64, 0.05..20.0f64), 1..6),
    ) {
        for algorithm in [Algorithm::Grpo, Algorithm::Dapo] {
            let settings = with(algorithm);
            let (before, after) = (kinds(&prompts, &settings), kinds(&moved(&prompts, &by), &settings));
            prop_assert!(alike(&before, &after), "{algorithm}: {before:?} {after:?}");
        }
    }

    /// A reward that is the truth of each prompt on another scale has no error under GRPO.
    #[test]
    fn the_truth_on_a_scale_of_each_prompt_is_without_fault_under_grpo(
        prompts in prompts(),
        by in prop::collection::vec((-3.0..3.0f64, 0.05..20.0f64), 1..6),
    ) {
        let right = changed(&prompts, |sample| sample.proxies[0] = sample.truth);
        let found = kinds(&moved(&right, &by), &with(Algorithm::Grpo)).expect("errors are known");
        prop_assert!(found[0].0 == 0 && found[1].0 == 0, "{found:?}");
    }

    /// A reward that knows nothing is what chance says of it: the mean over every way to deal out its rewards within a prompt.
    #[test]
    fn chance_is_the_mean_over_all_orders(paid in prop::collection::vec(-3..4i8, 4), truth in prop::collection::vec(0..2u8, 4)) {
        let of = |order: &[usize]| {
            let sample = |(place, truth): (usize, &u8)| Sample {
                truth: Some(f64::from(*truth)),
                proxies: vec![Some(f64::from(paid[order[place]]))],
                ..Sample::default()
            };
            let samples = truth.iter().enumerate().map(sample).collect();
            run(&[PromptSamples { prompt: "a".into(), samples, policy: Vec::new() }])
        };
        let orders: Vec<Vec<usize>> = (0..256usize)
            .map(|code| (0..4).map(|place| code >> (2 * place) & 3).collect::<Vec<usize>>())
            .filter(|order| (0..4).all(|place| order.contains(&place)))
            .collect();
        prop_assert_eq!(orders.len(), 24);
        let found: Vec<ProxyAudit> = orders.iter().map(|order| of(order)).collect();
        if let Some(chance) = found[0].measures[2].map(|_| found[0].chance) {
            let mean = |metric: usize| found.iter().map(|found| found.measures[metric].unwrap().value).sum::<f64>() / 24.0;
            prop_assert!((chance.acc - mean(2)).abs() < 1e-9 && (chance.hacc - mean(0)).abs() < 1e-9);
        }
    }
}

fn with(algorithm: Algorithm) -> AuditSettings {
    let settings = settings();
    AuditSettings { trainer: Trainer { algorithm, ..settings.trainer }, ..settings }
}

/// Rewards that know nothing do not pass for ones that do, though dozens are tried.
#[test]
fn noise_does_not_rise_with_the_truth() {
    use rand::SeedableRng;
    let mut rng = rand_chacha::ChaCha8Rng::seed_from_u64(4);
    let mut passed = 0;
    for _ in 0..60 {
        let mut sample = || Sample {
            truth: Some(f64::from(u8::from(rng.random::<f64>() < 0.4))),
            proxies: vec![Some(rng.random::<f64>())],
            ..Sample::default()
        };
        let prompt = |id: usize| PromptSamples {
            prompt: id.to_string().into(),
            samples: (0..8).map(|_| sample()).collect(),
            policy: Vec::new(),
        };
        let prompts: Vec<PromptSamples> = (0..60).map(prompt).collect();
        let settings = AuditSettings { resamplings: 400, ..settings() };
        let found = audit(&prompts, &[("noise".to_owned(), None)], &settings);
        passed += u32::from(found.proxies[0].rises == Rises::Yes);
    }
    assert!(passed <= 2, "{passed} of 60");
}
