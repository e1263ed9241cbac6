//! What a spec's `reward` gives to a group, once it is said where training is.

use super::{Advantage, AdvantageRule, Length, Reward, RewardFunction, Rewarded, Scheme};
use crate::verdict::Outcome;
use serde::{Deserialize, Serialize};

/// Rewards whole groups, and gives them advantages where a rule says how.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GroupReward {
    function: RewardFunction,
    advantage: Option<AdvantageRule>,
}

/// What a completion of a group gets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pay {
    /// The reward and its parts.
    pub rewarded: Rewarded,
    /// The credit in force, where a controller chose it.
    pub credit: Option<f64>,
    /// Its advantage within its group, where a rule gives one.
    pub advantage: Option<Advantage>,
}

impl Pay {
    /// The reward, in [0, 1]; `None` when something unscored could change it.
    #[must_use]
    pub fn reward(&self) -> Option<f64> {
        self.rewarded.reward.map(Reward::value)
    }
}

impl GroupReward {
    /// For a reward function and a rule for advantages; an `annealed` scheme stands where training is, by `progress` in [0, 1].
    #[must_use]
    pub fn new(function: RewardFunction, advantage: Option<AdvantageRule>, progress: f64) -> Self {
        Self { function: RewardFunction { scheme: function.scheme.at(progress), ..function }, advantage }
    }

    /// Whether it takes whole groups to say what a completion gets.
    #[must_use]
    pub fn needs_group(&self) -> bool {
        self.advantage.is_some() || self.function.scheme.needs_group()
    }

    /// Rewards the completions of a prompt, in their order. An `adaptive` scheme pays `credit`, the most it may without one; `length` tells how long the
    /// completion of a place is, and is asked only where there is a penalty.
    pub fn reward(&self, group: &[Outcome], credit: Option<f64>, length: impl Fn(usize) -> Length) -> Vec<Pay> {
        let function = match (self.function.scheme, credit) {
            (Scheme::Adaptive(settings), Some(credit)) => {
                RewardFunction { scheme: Scheme::Partial(settings.at(credit)), ..self.function }
            }
            _ => self.function,
        };
        let advantages = self.advantage.map(|rule| rule.advantages(group));
        let advantage = |place| advantages.as_ref().map(|advantages| advantages.of(place));
        let pay = |(place, rewarded)| Pay { rewarded, credit, advantage: advantage(place) };
        function.rewards(group, length).into_iter().enumerate().map(pay).collect()
    }
}
