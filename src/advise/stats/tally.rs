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

    /// Whether some prompt has two trials, so that likeness within prompts can be seen.
    #[must_use]
    pub fn repeats(&self) -> bool {
        self.iter().any(|(_, trials, _)| trials > 1)
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
