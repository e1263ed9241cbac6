//! What an audit can be asked for.

use super::{Mass, Metric, Scaling};
use crate::advise::dynamics::{Algorithm, Trainer};
use std::fmt;

/// What an audit can be asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditSettings {
    /// What a sample stands for.
    pub mass: Mass,
    /// How proxy and truth come onto one scale.
    pub scaling: Scaling,
    /// The least difference that is an error, on the truth's scale; the default depends on the scale ([`super::Scale`]).
    pub tolerance: Option<f64>,
    /// What the policy is trained by in the counterfactuals.
    pub trainer: Trainer,
    /// The metric that ranks the proxies; by default `hacc-w`; `hacc` where no log-probabilities are known, or where
    /// the weights amount to few comparisons; `acc` where prompts have two completions and no samples of the policy.
    pub rank_by: Option<Metric>,
    /// Probability content of intervals.
    pub level: f64,
    /// Resamplings of the prompts.
    pub resamplings: u64,
    /// Their seed.
    pub seed: u64,
    /// Examples kept of each category.
    pub examples: usize,
    /// Names of the samples' features, among which patterns of harmful errors are looked for.
    pub features: Vec<String>,
}

impl Default for AuditSettings {
    /// Plain policy gradient: what the rule of attraction is about.
    fn default() -> Self {
        Self {
            mass: Mass::default(),
            scaling: Scaling::default(),
            tolerance: None,
            trainer: Trainer { algorithm: Algorithm::Reinforce, group_size: 8, kl: 0.0 },
            rank_by: None,
            level: 0.9,
            resamplings: 2000,
            seed: 0,
            examples: 3,
            features: Vec::new(),
        }
    }
}

/// A setting that makes no sense.
#[derive(Clone, Debug, PartialEq)]
pub struct BadAuditSettings(String);

impl fmt::Display for BadAuditSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BadAuditSettings {}

impl AuditSettings {
    /// Refuses what makes no sense.
    ///
    /// # Errors
    /// A sentence naming the setting, what was given and what is required.
    pub fn check(&self) -> Result<(), BadAuditSettings> {
        let bad = |message: String| Err(BadAuditSettings(message));
        if !(self.level > 0.0 && self.level < 1.0) {
            return bad(format!("the level of intervals lies between 0 and 1, not {}", self.level));
        }
        if !(2..=1024).contains(&self.trainer.group_size) {
            return bad(format!("a group has 2 to 1024 completions, not {}", self.trainer.group_size));
        }
        if !(100..=100_000).contains(&self.resamplings) {
            return bad(format!("intervals need 100 to 100000 resamplings, not {}", self.resamplings));
        }
        match self.tolerance {
            Some(tolerance) if !(tolerance >= 0.0 && tolerance.is_finite()) => {
                bad(format!("a tolerance is a number of at least 0, not {tolerance}"))
            }
            _ => Ok(()),
        }
    }
}
