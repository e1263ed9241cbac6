//! The comparisons of one prompt, and what a proxy makes of them.

use super::{
    metric::Metric,
    samples::{Known, is_below},
};

/// The comparisons of one prompt under one metric, summed up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Tally {
    /// Logarithm of the summed weight; a comparison weighs 1 where the metric does not weigh.
    pub(super) log_weight: f64,
    /// Logarithm of the sum of squared weights.
    pub(super) log_square: f64,
    /// Share of the weight that is right.
    pub(super) right: f64,
    /// Comparisons.
    pub(super) count: u64,
}

/// How many comparisons there are, whatever the proxy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Comparisons {
    /// Pairs of completions of different worth.
    pub pairs: u64,
    /// Of those, pairs without a log-probability, which no weighted metric counts.
    pub pairs_without_logprob: u64,
    /// Best completions that have worse ones beside them.
    pub one_vs_many: u64,
    /// Of those, the ones without all of their log-probabilities.
    pub one_vs_many_without_logprob: u64,
    /// Prompts on which all completions are worth alike, or that have one alone: there is nothing to rank.
    pub prompts_without_pair: u64,
}

/// One comparison.
struct Compared {
    /// Sum of the log-probabilities of what is compared.
    log_weight: Option<f64>,
    right: bool,
    /// Whether it is right, or its mistake draws no probability.
    harmless: bool,
}

impl Known {
    /// The tallies of a proxy by the order of [`Metric::ALL`]; none where the prompt has nothing to compare.
    pub(super) fn tallies(&self, proxy: usize) -> [Option<Tally>; 8] {
        let pairs = self.pairs(proxy);
        let many = self.one_vs_many(proxy);
        Metric::ALL.map(|metric| tally(if metric.one_vs_many { &many } else { &pairs }, metric))
    }

    /// Counts what there is to compare.
    pub(super) fn count(&self, total: &mut Comparisons) {
        let missing = |compared: &[Compared]| compared.iter().filter(|one| one.log_weight.is_none()).count() as u64;
        // Which comparisons there are is the same for every proxy.
        let (pairs, many) = (self.pairs(0), self.one_vs_many(0));
        total.pairs += pairs.len() as u64;
        total.pairs_without_logprob += missing(&pairs);
        total.one_vs_many += many.len() as u64;
        total.one_vs_many_without_logprob += missing(&many);
        total.prompts_without_pair += u64::from(pairs.is_empty());
    }

    fn pairs(&self, proxy: usize) -> Vec<Compared> {
        let paid = &self.proxies[proxy];
        let average = self.expected[proxy];
        let all = 0..self.truth.len();
        let mut pairs = Vec::new();
        for chosen in all.clone() {
            for rejected in all.clone().filter(|&rejected| self.truth[rejected] < self.truth[chosen]) {
                let right = paid[chosen] > paid[rejected];
                pairs.push(Compared {
                    log_weight: self.log_weight([chosen, rejected].into_iter()),
                    right,
                    harmless: right || is_below(paid[rejected], average, paid),
                });
            }
        }
        pairs
    }

    fn one_vs_many(&self, proxy: usize) -> Vec<Compared> {
        let paid = &self.proxies[proxy];
        let average = self.expected[proxy];
        let best = self.truth.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let worse: Vec<usize> = (0..self.truth.len()).filter(|&sample| self.truth[sample] < best).collect();
        if worse.is_empty() {
            return Vec::new();
        }
        let most = worse.iter().map(|&sample| paid[sample]).fold(f64::NEG_INFINITY, f64::max);
        let harmless = worse.iter().all(|&sample| is_below(paid[sample], average, paid));
        let chosen = (0..self.truth.len()).filter(|&sample| self.truth[sample] == best);
        let compare = |chosen: usize| {
            let right = paid[chosen] > most;
            let log_weight = self.log_weight([chosen].into_iter().chain(worse.iter().copied()));
            Compared { log_weight, right, harmless: right || harmless }
        };
        chosen.map(compare).collect()
    }

    fn log_weight(&self, mut samples: impl Iterator<Item = usize>) -> Option<f64> {
        samples.try_fold(0.0, |sum, sample| Some(sum + self.logprobs[sample]?))
    }
}

fn tally(compared: &[Compared], metric: Metric) -> Option<Tally> {
    let weight = |one: &Compared| if metric.weighted { one.log_weight } else { Some(0.0) };
    let is_right = |one: &Compared| if metric.harm_aware { one.harmless } else { one.right };
    let counted: Vec<(f64, bool)> = compared.iter().filter_map(|one| Some((weight(one)?, is_right(one)))).collect();
    let most = counted.iter().map(|(weight, _)| *weight).fold(f64::NEG_INFINITY, f64::max);
    if counted.is_empty() {
        return None;
    }
    let (mut all, mut squares, mut right) = (0.0, 0.0, 0.0);
    for (log_weight, is_right) in &counted {
        let weight = (log_weight - most).exp();
        all += weight;
        squares += weight * weight;
        right += if *is_right { weight } else { 0.0 };
    }
    Some(Tally {
        log_weight: most + all.ln(),
        log_square: 2.0 * most + squares.ln(),
        right: right / all,
        count: counted.len() as u64,
    })
}
