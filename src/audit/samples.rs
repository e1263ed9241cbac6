//! What an audit looks at: completions of the policy, with what each is truly worth and what each proxy pays.

use super::features::Feature;
use std::sync::Arc;

/// One sampled completion.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sample {
    /// What it is worth; `None` when that could not be judged.
    pub truth: Option<f64>,
    /// What each proxy pays, in the order of the proxies; `None` when that could not be judged.
    pub proxies: Vec<Option<f64>>,
    /// Log-probability of the whole completion under the policy, in nats; `None` when not known.
    pub logprob: Option<f64>,
    /// Its features, in the order of their names in the settings; may be empty.
    pub features: Arc<[Feature]>,
    /// How it begins.
    pub excerpt: Arc<str>,
}

/// The samples of one prompt, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PromptSamples {
    /// The prompt's id.
    pub prompt: Arc<str>,
    /// Its completions.
    pub samples: Vec<Sample>,
    /// Samples of the policy that have no truth, each with what each proxy pays. Where there are some, they alone say what the policy earns,
    /// and the completions are only compared.
    pub policy: Vec<Vec<f64>>,
}

/// What the policy does with each sample's probability.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Mass {
    /// Samples are draws: each of n stands for 1/n of the policy.
    #[default]
    Sampled,
    /// Samples are different outputs, all that matter: each stands for its probability, relative to those given.
    Logprob,
}

impl Mass {
    /// The names the command line uses.
    pub const NAMES: &[&str] = &["sampled", "logprob"];

    /// The kind of that name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        match name {
            "sampled" => Some(Self::Sampled),
            "logprob" => Some(Self::Logprob),
            _ => None,
        }
    }

    /// Its name, one of [`Mass::NAMES`].
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Sampled => "sampled",
            Self::Logprob => "logprob",
        }
    }
}

/// The samples of a prompt of which every reward is known.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) prompt: Arc<str>,
    /// Place of each among all samples of the prompt.
    pub(super) places: Vec<usize>,
    pub(super) truth: Vec<f64>,
    /// By proxy, then by sample.
    pub(super) proxies: Vec<Vec<f64>>,
    pub(super) logprobs: Vec<Option<f64>>,
    /// Share of the policy each stands for; they sum to 1.
    pub(super) mass: Vec<f64>,
    /// What the policy earns on average, by proxy.
    pub(super) expected: Vec<f64>,
    /// Whether that comes from samples of their own.
    pub(super) from_policy: bool,
    pub(super) features: Vec<Arc<[Feature]>>,
    pub(super) excerpts: Vec<Arc<str>>,
}

impl Known {
    /// Keeps what is known; `None` when nothing is. A sample with one reward unknown is left out for all proxies, so that
    /// they are compared on the same ones.
    pub(super) fn of(prompt: &PromptSamples, mass: Mass) -> Option<Self> {
        let proxies = prompt.samples.first()?.proxies.len();
        let mut known = Self {
            prompt: prompt.prompt.clone(),
            places: Vec::new(),
            truth: Vec::new(),
            proxies: vec![Vec::new(); proxies],
            logprobs: Vec::new(),
            mass: Vec::new(),
            expected: Vec::new(),
            from_policy: !prompt.policy.is_empty(),
            features: Vec::new(),
            excerpts: Vec::new(),
        };
        for (place, sample) in prompt.samples.iter().enumerate() {
            let paid: Option<Vec<f64>> = sample.proxies.iter().copied().collect();
            let (Some(truth), Some(paid)) = (sample.truth, paid) else { continue };
            known.places.push(place);
            known.truth.push(truth);
            known.proxies.iter_mut().zip(paid).for_each(|(column, paid)| column.push(paid));
            known.logprobs.push(sample.logprob);
            known.features.push(sample.features.clone());
            known.excerpts.push(sample.excerpt.clone());
        }
        known.mass = masses(&known.logprobs, mass);
        known.expected = known.proxies.iter().map(|paid| mean(&known.mass, paid)).collect();
        if known.from_policy {
            let share = vec![1.0 / prompt.policy.len() as f64; prompt.policy.len()];
            let earned = |proxy: usize| prompt.policy.iter().map(|paid| paid[proxy]).collect::<Vec<_>>();
            known.expected = (0..proxies).map(|proxy| mean(&share, &earned(proxy))).collect();
        }
        (!known.truth.is_empty()).then_some(known)
    }
}

/// Shares that sum to 1. A log-probability that is missing counts as none, which the callers exclude.
fn masses(logprobs: &[Option<f64>], mass: Mass) -> Vec<f64> {
    match mass {
        Mass::Sampled => vec![1.0 / logprobs.len() as f64; logprobs.len()],
        Mass::Logprob => {
            let most = logprobs.iter().flatten().copied().fold(f64::NEG_INFINITY, f64::max);
            let weights = logprobs.iter().map(|logprob| logprob.map_or(0.0, |logprob| (logprob - most).exp()));
            let weights: Vec<f64> = weights.collect();
            let total: f64 = weights.iter().sum();
            weights.into_iter().map(|weight| weight / total).collect()
        }
    }
}

/// The mean of values under shares of the policy.
pub(super) fn mean(mass: &[f64], values: &[f64]) -> f64 {
    mass.iter().zip(values).map(|(mass, value)| mass * value).sum()
}

/// Whether a value lies below another, one of which is a mean of `values`: by more than the rounding of such a mean, so that equal
/// values never do, in whatever order they were summed up.
pub(super) fn is_below(value: f64, other: f64, values: &[f64]) -> bool {
    let largest = values.iter().fold(0.0_f64, |largest, value| largest.max(value.abs()));
    other - value > ROUNDING * largest
}

/// Far above the rounding of a mean of a million numbers, far below what anybody means by a difference.
const ROUNDING: f64 = 1e-11;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_are_never_below_their_mean() {
        for n in 1..200 {
            let values = vec![0.1; n];
            let mass = vec![1.0 / n as f64; n];
            let mean = mean(&mass, &values);
            assert!(!is_below(0.1, mean, &values) && !is_below(mean, 0.1, &values), "{n}");
        }
        let near = [0.1, 0.1 + 2e-9];
        assert!(is_below(0.1, 0.1 + 1e-9, &near) && !is_below(0.1 + 1e-9, 0.1, &near));
        // Terms that cancel leave their rounding.
        let cancelling = [0.0, -0.5, -0.5, 0.75, 0.25];
        let mean = mean(&[0.2; 5], &cancelling);
        assert!(!is_below(0.0, mean, &cancelling) && !is_below(mean, 0.0, &cancelling), "{mean}");
    }

    #[test]
    fn extreme_log_probabilities_give_shares() {
        let shares = masses(&[Some(-5000.0), Some(-5000.0), Some(-9000.0)], Mass::Logprob);
        assert_eq!(shares, [0.5, 0.5, 0.0]);
        assert_eq!(masses(&[None, Some(-1.0)], Mass::Sampled), [0.5, 0.5]);
    }
}
