//! What is asked for besides a trainer's configuration, and wins over it.

use super::{TrainerConfig, TrainerError};
use crate::reward::Algorithm;

/// Settings that a trainer's configuration may say, as far as they are known.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Given {
    /// Completions per prompt in a step.
    pub group_size: Option<u64>,
    /// How rewards become advantages.
    pub algorithm: Option<Algorithm>,
    /// Coefficient of the penalty on the divergence.
    pub kl: Option<f64>,
    /// Learning rate and steps of plain SGD.
    pub sgd: Option<(f64, u64)>,
}

impl TrainerConfig {
    /// What is given, and where nothing is, what the configuration says.
    ///
    /// # Errors
    /// Advantages that are not modelled, and groups of one, where nothing else is given.
    pub fn under(&self, given: &Given) -> Result<Given, TrainerError> {
        if let (Some(open), None) = (&self.open, given.algorithm) {
            return Err(open.clone());
        }
        let size = given.group_size.or(self.group_size);
        if given.group_size.is_none() && size.is_some_and(|size| size < 2) {
            let key = self.taken.first().map_or_else(String::new, |taken| taken.key.clone());
            return Err(TrainerError::SmallGroup { key, size: size.unwrap_or_default() });
        }
        Ok(Given {
            group_size: size,
            algorithm: given.algorithm.or(self.algorithm),
            kl: given.kl.or(self.kl),
            sgd: given.sgd.or(self.sgd),
        })
    }

    /// What is given although the configuration says it too, in words.
    #[must_use]
    pub fn overruled_by(&self, given: &Given) -> Vec<String> {
        let size = given.group_size.filter(|_| self.group_size.is_some());
        let algorithm = given.algorithm.filter(|_| self.algorithm.is_some() || self.open.is_some());
        let sgd = given.sgd.filter(|_| self.sgd.is_some());
        let all = [
            size.map(|size| format!("groups of {size}")),
            algorithm.map(|algorithm| format!("algorithm {}", algorithm.name())),
            given.kl.filter(|_| self.kl.is_some()).map(|kl| format!("KL coefficient {kl}")),
            sgd.map(|(rate, steps)| format!("plain SGD at {rate} for {steps} steps")),
        ];
        all.into_iter().flatten().collect()
    }
}
