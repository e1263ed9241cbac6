//! A trainer's own configuration → the settings that `advise` takes: group size, advantages, penalty on the divergence, plain SGD. Every key is
//! accounted for: taken, known and without effect here, or not known. The names are those of TRL 1.16, verl 0.9 and OpenRLHF 0.11, and older ones.

mod error;
mod flat;
mod given;
mod keys;
mod leaves;
mod openrlhf;
mod shell;
#[cfg(test)]
mod tests;
mod trl;
mod verl;

use crate::reward::Algorithm;
pub use error::TrainerError;
pub use given::Given;
use keys::Keys;
use serde_json::Value;

/// What a trainer's configuration says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TrainerConfig {
    /// Whose configuration it is.
    pub trainer: &'static str,
    /// Completions per prompt in a step.
    pub group_size: Option<u64>,
    /// How rewards become advantages.
    pub algorithm: Option<Algorithm>,
    /// Coefficient of the penalty on the divergence from the initial policy.
    pub kl: Option<f64>,
    /// Learning rate and steps, where the optimiser is plain SGD.
    pub sgd: Option<(f64, u64)>,
    /// Weights of several rewards, in the trainer's order.
    pub reward_weights: Option<Vec<f64>>,
    /// The keys that were taken.
    pub taken: Vec<Taken>,
    /// Keys of the trainer that change nothing here.
    pub unused: Vec<String>,
    /// Keys that are not known.
    pub unknown: Vec<String>,
    /// What this trainer does otherwise than it is modelled, a sentence each.
    pub notes: Vec<String>,
    /// Why there is no algorithm: it has to be given.
    pub open: Option<TrainerError>,
}

/// A key that was taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Taken {
    /// It.
    pub key: String,
    /// Its value, as it stands there, or `default`.
    pub value: String,
    /// What it means here.
    pub meaning: String,
}

impl TrainerConfig {
    /// Reads a configuration: TRL's arguments as JSON or YAML, verl's YAML or command line, OpenRLHF's command line or YAML.
    ///
    /// # Errors
    /// [`TrainerError`]: what cannot be read, or is no value for its key.
    pub fn read(text: &str) -> Result<Self, TrainerError> {
        Self::of(flat::read(text)?)
    }

    /// The same of an object.
    ///
    /// # Errors
    /// As [`TrainerConfig::read`].
    pub fn of_object(value: &Value) -> Result<Self, TrainerError> {
        Self::of(flat::flattened(value)?)
    }

    fn of(flat: leaves::Leaves) -> Result<Self, TrainerError> {
        let has = |names: &[&str]| names.iter().any(|name| flat.contains_key(*name));
        let begins = |prefix: &str| flat.keys().any(|key| key.starts_with(prefix));
        let keys = |trainer| Keys::new(trainer, flat.clone());
        if begins("actor_rollout_ref.") || has(&["algorithm.adv_estimator"]) {
            verl::read(keys("verl"))
        } else if has(openrlhf::MARKS) || begins("algo.") || begins("rollout.") {
            openrlhf::read(keys("OpenRLHF"))
        } else if has(trl::MARKS) {
            trl::read(keys("TRL"))
        } else {
            Err(TrainerError::NoTrainer(flat.into_keys().collect()))
        }
    }
}
