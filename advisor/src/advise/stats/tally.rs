//! Hits out of trials, per prompt.

use std::collections::BTreeMap;

/// How many prompts had so many hits out of so many trials.
///
/// Prompts that look alike are held once, in order, so that whatever is computed from a tally costs no more than its
/// distinct entries and does not depend on the order of the prompts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tally {
    prompts: BTreeMap<(u64, u64), u64>,
}

impl Tally {
    /// Adds a prompt with that many hits in that many trials; a prompt without a trial says nothing and is left out.
    ///
    /// # Panics
    /// With more hits than trials: a bug of the caller.
    pub fn add(&mut self, hits: u64, trials: u64) {
        assert!(hits <= trials, "{hits} hits in {trials} trials");
        if trials > 0 {
            *self.prompts.entry((hits, trials)).or_default() += 1;
        }
    }

    /// Distinct (hits, trials) with how many prompts had them.
    pub fn iter(&self) -> impl Iterator<Item = (u64, u64, u64)> {
        self.prompts.iter().map(|(&(hits, trials), &prompts)| (hits, trials, prompts))
    }

    /// Prompts with at least one trial.
    #[must_use]
    pub fn prompts(&self) -> u64 {
        self.prompts.values().sum()
    }

    /// Hits of all prompts.
    #[must_use]
    pub fn hits(&self) -> u64 {
        self.iter().map(|(hits, _, prompts)| hits * prompts).sum()
    }

    /// Trials of all prompts.
    #[must_use]
    pub fn trials(&self) -> u64 {
        self.iter().map(|(_, trials, prompts)| trials * prompts).sum()
    }

    /// Intra-prompt correlation ρ in [0, 1], by moments: 0 when prompts are all alike, 1 when each prompt always or
    /// never hits. Two trials of one prompt both hit with probability μ² + ρ μ (1 − μ), two of different prompts with
    /// μ². `None` where it cannot be seen: fewer than two prompts with two trials each, or these all hits, or all
    /// misses.
    #[must_use]
    pub fn correlation(&self) -> Option<f64> {
        let (mut prompts, mut sum, mut squares, mut pairs) = (0.0, 0.0, 0.0, 0.0);
        for (hits, trials, n) in self.iter().filter(|&(_, trials, _)| trials > 1) {
            let (hits, trials, n) = (hits as f64, trials as f64, n as f64);
            prompts += n;
            sum += n * hits / trials;
            squares += n * (hits / trials).powi(2);
            pairs += n * hits * (hits - 1.0) / (trials * (trials - 1.0));
        }
        let (mean, apart) = (sum / prompts, (sum * sum - squares) / (prompts * (prompts - 1.0)));
        let room = mean - apart;
        (prompts > 1.0 && room > 1e-12).then(|| ((pairs / prompts - apart) / room).clamp(0.0, 1.0))
    }

    /// Mean over prompts of hits / trials, each prompt counting the same; `None` without a prompt.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        let prompts = self.prompts();
        // Exactly 1 when everything hit, whatever the rounding of the sum: reports tell 1 from almost 1.
        if prompts == 0 {
            None
        } else if self.hits() == self.trials() {
            Some(1.0)
        } else {
            let sum: f64 = self.iter().map(|(hits, trials, n)| n as f64 * hits as f64 / trials as f64).sum();
            Some((sum / prompts as f64).clamp(0.0, 1.0))
        }
    }
}

impl FromIterator<(u64, u64)> for Tally {
    fn from_iter<T: IntoIterator<Item = (u64, u64)>>(iter: T) -> Self {
        let mut tally = Self::default();
        for (hits, trials) in iter {
            tally.add(hits, trials);
        }
        tally
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn sees_how_alike_completions_of_a_prompt_are() {
        let of = |counts: &[(u64, u64)]| counts.iter().copied().collect::<Tally>().correlation();
        assert_eq!(of(&[(0, 8), (8, 8)]), Some(1.0));
        assert_eq!(of(&[(4, 8), (4, 8)]), Some(0.0));
        // A third of prompts at 0, 1 and 2 of 2 hits, as uniform rates give: ρ = 1/3 as prompts grow many.
        let many: Tally = (0..30_000).map(|n| (n % 3, 2)).collect();
        assert!((many.correlation().unwrap() - 1.0 / 3.0).abs() < 1e-3);
        for unseen in [&[(3, 8)][..], &[(0, 1), (1, 1)], &[(0, 8), (0, 8)], &[(8, 8), (8, 8)], &[]] {
            assert_eq!(of(unseen), None, "{unseen:?}");
        }
    }
}
