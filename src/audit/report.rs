//! The audit as a whole.

use super::{
    AuditSettings, Chance, Comparisons, Errors, Finding, Measure, Metric, Pattern, Prediction, PromptSamples, Rises,
    Scale,
    bootstrap::Bootstrap,
    measure::Tallies,
    patterns,
    ranking::{self, chance},
    samples::Known,
};

/// Proxies against the truth.
#[derive(Clone, Debug, PartialEq)]
pub struct Audit {
    /// What it was asked for.
    pub settings: AuditSettings,
    /// What was sampled, and what of it could be used.
    pub counts: AuditCounts,
    /// What there was to compare.
    pub comparisons: Comparisons,
    /// The metric that ranks.
    pub ranked_by: Metric,
    /// What has to be known before anybody believes the order.
    pub findings: Vec<Finding>,
    /// The proxies, the best first; those that do not rise with the truth, or on which the metric is undefined, last.
    pub proxies: Vec<ProxyAudit>,
    /// How well each metric tells which proxy to train on, where outcomes were measured; in the order of [`Metric::ALL`].
    pub predictions: Vec<Prediction>,
}

/// What was sampled.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AuditCounts {
    /// Prompts with a completion of which every reward is known.
    pub prompts: u64,
    /// Prompts without one: they are in no figure.
    pub prompts_left_out: u64,
    /// Completions of which every reward is known.
    pub completions: u64,
    /// Completions of which one is not: they are in no figure.
    pub left_out: u64,
    /// Of those, completions whose truth is unknown.
    pub without_truth: u64,
    /// Completions of which every reward is known, but no log-probability.
    pub without_logprob: u64,
    /// Prompts with a single completion of which every reward is known.
    pub single: u64,
    /// Samples of the policy without a truth, which say what it earns.
    pub policy_samples: u64,
}

/// One proxy.
#[derive(Clone, Debug, PartialEq)]
pub struct ProxyAudit {
    /// Its name.
    pub name: String,
    /// Completions on which it is unknown.
    pub unknown: u64,
    /// The metrics, in the order of [`Metric::ALL`]; `None` where there is nothing to compare.
    pub measures: [Option<Measure>; 8],
    /// What its rewards reach when they are dealt out at random within prompts.
    pub chance: Chance,
    /// Whether it rises with the truth.
    pub rises: Rises,
    /// Share of the resamplings in which it ranks first among those that rise with the truth, ties shared.
    pub first: Option<f64>,
    /// Its errors; `None` when it does not rise with the truth, so that it cannot be put on the truth's scale.
    pub errors: Option<Errors>,
    /// Where its harmful errors gather, those that hold most of the harm first.
    pub patterns: Vec<Pattern>,
    /// Prompts on which it pays every completion the same.
    pub constant: u64,
    /// The measured outcome of training on it.
    pub outcome: Option<f64>,
}

/// Audits proxies, each with its name and, where measured, the outcome of training on it.
///
/// # Panics
/// When a sample does not hold one reward for each proxy: a bug of the caller.
#[must_use]
pub fn audit(prompts: &[PromptSamples], proxies: &[(String, Option<f64>)], settings: &AuditSettings) -> Audit {
    let known: Vec<Known> = prompts.iter().filter_map(|prompt| Known::of(prompt, settings.mass)).collect();
    let counts = counts(prompts, &known);
    let mut comparisons = Comparisons::default();
    known.iter().for_each(|known| known.count(&mut comparisons));
    let tallies: Vec<[Tallies; 8]> = (0..proxies.len()).map(|proxy| tallies(&known, proxy)).collect();
    let bootstrap = Bootstrap::new(known.len(), settings.resamplings, settings.seed);
    // By resampling, then proxy, then metric.
    let resampled: Vec<Vec<[Option<f64>; 8]>> = match known.is_empty() {
        true => Vec::new(),
        false => bootstrap.map(|drawn| tallies.iter().map(|of| of.each_ref().map(|of| of.value(drawn))).collect()),
    };
    let column = |proxy: usize, metric: usize| resampled.iter().map(|draw| draw[proxy][metric]).collect::<Vec<_>>();
    let measures = |proxy: usize| -> [Option<Measure>; 8] {
        std::array::from_fn(|metric| tallies[proxy][metric].measure(&column(proxy, metric), settings.level))
    };
    let measured: Vec<[Option<Measure>; 8]> = (0..proxies.len()).map(measures).collect();
    // Weights are the same for every proxy.
    let weighted = measured.first().and_then(|measures| measures[1].as_ref());
    let (ranked_by, mut findings) = ranking::metric(settings, &comparisons, &known, weighted);
    let one = |(proxy, (name, outcome)): (usize, &(String, Option<f64>))| {
        let chance = chance(&known, proxy);
        let scaling = (settings.scaling, settings.tolerance, settings.trainer.algorithm);
        let scale = Scale::new(&known, proxy, scaling.0, scaling.1, scaling.2);
        let found = scale.map(|scale| patterns::errors(&known, proxy, scale, settings));
        let (errors, patterns) = found.map_or((None, Vec::new()), |(errors, patterns)| (Some(errors), patterns));
        ProxyAudit {
            name: name.clone(),
            unknown: unknown(prompts, proxy),
            chance,
            rises: Rises::of(measured[proxy][2].as_ref(), &column(proxy, 2), chance, proxies.len()),
            measures: measured[proxy],
            first: None,
            errors,
            patterns,
            constant: known.iter().filter(|known| is_constant(&known.proxies[proxy])).count() as u64,
            outcome: *outcome,
        }
    };
    let mut audited: Vec<ProxyAudit> = proxies.iter().enumerate().map(one).collect();
    let rising: Vec<bool> = audited.iter().map(|proxy| proxy.rises != Rises::No).collect();
    let ranks = |(of, rising): (&[Option<f64>; 8], &bool)| of[ranked_by.index()].filter(|_| *rising);
    let firsts: Vec<Vec<Option<f64>>> =
        resampled.iter().map(|draw| draw.iter().zip(&rising).map(ranks).collect()).collect();
    audited.iter_mut().enumerate().for_each(|(place, proxy)| proxy.first = first(&firsts, place));
    let predictions = predictions(&audited, &resampled, settings.level);
    let mut proxies = audited;
    let value = |proxy: &ProxyAudit| proxy.measures[ranked_by.index()].map_or(f64::NEG_INFINITY, |found| found.value);
    proxies.sort_by(|a, b| value(b).total_cmp(&value(a)));
    proxies.sort_by_key(|proxy| proxy.rises == Rises::No);
    let missing = known.iter().filter(|known| known.truth.len() > 1 && !known.from_policy).count() as u64;
    let of_policy = |samples: u64| Finding::PolicySamples { samples, prompts_without: missing };
    findings.extend((counts.policy_samples > 0).then(|| of_policy(counts.policy_samples)));
    let of_proxy = |proxy: &ProxyAudit| Finding::of_proxy(&proxy.name, &proxy.measures, proxy.chance, proxy.rises);
    findings.extend(proxies.iter().filter_map(of_proxy));
    Audit { settings: settings.clone(), counts, comparisons, ranked_by, findings, proxies, predictions }
}

fn counts(prompts: &[PromptSamples], known: &[Known]) -> AuditCounts {
    let all = || prompts.iter().flat_map(|prompt| &prompt.samples);
    let completions = known.iter().map(|known| known.truth.len() as u64).sum();
    AuditCounts {
        prompts: known.len() as u64,
        prompts_left_out: (prompts.len() - known.len()) as u64,
        completions,
        left_out: all().count() as u64 - completions,
        without_truth: all().filter(|sample| sample.truth.is_none()).count() as u64,
        without_logprob: known.iter().flat_map(|known| &known.logprobs).filter(|logprob| logprob.is_none()).count()
            as u64,
        policy_samples: prompts.iter().map(|prompt| prompt.policy.len() as u64).sum(),
        single: known.iter().filter(|known| known.truth.len() == 1).count() as u64,
    }
}

fn tallies(known: &[Known], proxy: usize) -> [Tallies; 8] {
    let of: Vec<_> = known.iter().map(|known| known.tallies(proxy)).collect();
    std::array::from_fn(|metric| Tallies::new(of.iter().map(|prompt| prompt[metric]).collect()))
}

fn unknown(prompts: &[PromptSamples], proxy: usize) -> u64 {
    prompts.iter().flat_map(|prompt| &prompt.samples).filter(|sample| sample.proxies[proxy].is_none()).count() as u64
}

fn is_constant(paid: &[f64]) -> bool {
    paid.iter().all(|value| *value == paid[0])
}

/// How often a proxy comes first; several that share the place share it.
fn first(draws: &[Vec<Option<f64>>], proxy: usize) -> Option<f64> {
    let mut places = 0.0;
    let mut counted = 0;
    for draw in draws {
        let Some(most) = draw.iter().flatten().copied().reduce(f64::max) else { continue };
        counted += 1;
        if draw[proxy] == Some(most) {
            places += 1.0 / draw.iter().filter(|value| **value == Some(most)).count() as f64;
        }
    }
    (counted > 0).then(|| places / f64::from(counted))
}

fn predictions(proxies: &[ProxyAudit], resampled: &[Vec<[Option<f64>; 8]>], level: f64) -> Vec<Prediction> {
    let measured: Vec<(usize, f64)> =
        proxies.iter().enumerate().filter_map(|(place, proxy)| Some((place, proxy.outcome?))).collect();
    if measured.len() < 2 {
        return Vec::new();
    }
    let outcomes: Vec<f64> = measured.iter().map(|(_, outcome)| *outcome).collect();
    let predict = |metric: Metric| {
        let at = metric.index();
        let values: Vec<_> =
            measured.iter().map(|(place, _)| proxies[*place].measures[at].map(|found| found.value)).collect();
        let drawn: Vec<Vec<_>> =
            resampled.iter().map(|draw| measured.iter().map(|(place, _)| draw[*place][at]).collect()).collect();
        Prediction::new(metric, &values, &outcomes, &drawn, level)
    };
    Metric::ALL.into_iter().filter_map(predict).collect()
}
