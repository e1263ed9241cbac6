//! A valid problem.

use crate::advise::dynamics::{Algorithm, Batch, Kernel, Matrix, PromptType, Schedule, Trainer};

/// A policy over outcomes, the rewards to train it with, and how. Made by [`Problem::parse`].
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// Names of the outcomes.
    pub outcomes: Vec<String>,
    /// Their probabilities at the start; they sum to 1.
    pub probabilities: Vec<f64>,
    /// Their features; none when every outcome has a logit of its own.
    pub features: Option<Vec<Vec<f64>>>,
    /// Rewards by name: what each outcome is paid. At least one.
    pub rewards: Vec<(String, Vec<f64>)>,
    /// Which of the rewards counts.
    pub truth: usize,
    /// What an update is.
    pub update: Update,
    /// Coefficient of the KL penalty.
    pub kl: f64,
    /// How long, and how fast.
    pub schedule: Schedule,
    /// Training on drawn groups besides, if any.
    pub sampled: Option<Sampled>,
}

/// What an update is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Update {
    /// A step of gradient ascent of the expected reward.
    Gradient,
    /// The expected update of an algorithm with groups of a size.
    Groups(Algorithm, usize),
}

impl Update {
    /// The name of gradient ascent.
    pub const GRADIENT: &str = "gradient";

    /// All names.
    #[must_use]
    pub fn names() -> Vec<&'static str> {
        std::iter::once(Self::GRADIENT).chain(Algorithm::NAMES.iter().copied()).collect()
    }

    /// Its name in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Gradient => Self::GRADIENT,
            Self::Groups(algorithm, _) => algorithm.name(),
        }
    }

    /// Completions in a group; none for what draws no groups.
    #[must_use]
    pub fn group_size(self) -> Option<usize> {
        match self {
            Self::Gradient => None,
            Self::Groups(_, size) => Some(size),
        }
    }
}

/// Training on drawn groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sampled {
    /// How often training is repeated.
    pub runs: u64,
    /// Groups in an update, and the seed.
    pub batch: Batch,
}

impl Problem {
    /// The most an outcome is worth by the truth.
    #[must_use]
    pub fn maximum(&self) -> f64 {
        self.worth().iter().copied().fold(f64::NEG_INFINITY, f64::max)
    }

    /// What each outcome is worth by the truth.
    #[must_use]
    pub fn worth(&self) -> &[f64] {
        &self.rewards[self.truth].1
    }

    /// The places of the outcomes that are worth most.
    pub fn best(&self) -> impl Iterator<Item = usize> {
        let maximum = self.maximum();
        self.worth().iter().enumerate().filter(move |(_, worth)| **worth == maximum).map(|(place, _)| place)
    }

    pub(super) fn start(&self) -> PromptType {
        PromptType { weight: 1.0, initial: self.probabilities.clone() }
    }

    pub(super) fn kernel(&self) -> Matrix {
        match &self.features {
            Some(features) => Kernel::Features(features.clone()).matrix(features),
            None => Kernel::Tabular.matrix(&vec![Vec::new(); self.outcomes.len()]),
        }
    }

    /// REINFORCE is in expectation the gradient itself, whatever the size of its groups.
    pub(super) fn trainer(&self) -> Trainer {
        let (algorithm, group_size) = match self.update {
            Update::Gradient => (Algorithm::Reinforce, 2),
            Update::Groups(algorithm, size) => (algorithm, size),
        };
        Trainer { algorithm, group_size, kl: self.kl }
    }
}
