//! What a spec's `reward` gives to groups that come one after the other, a controller included where the scheme is `adaptive`.

use super::controller::Controller;
use crate::{
    reward::{AdvantageRule, GroupReward, Length, Pay, RewardFunction, Scheme},
    verdict::Group,
};

/// Rewards whole groups.
#[derive(Debug)]
pub struct Rewarder {
    reward: GroupReward,
    controller: Option<Controller>,
}

impl Rewarder {
    /// For a reward function and a rule for advantages; an `annealed` scheme stands where training is, by `progress` in [0, 1].
    /// A scheme that is `adaptive` gets `controller`, or a new one.
    #[must_use]
    pub fn new(
        function: RewardFunction,
        advantage: Option<AdvantageRule>,
        progress: f64,
        controller: Option<Controller>,
    ) -> Self {
        let controller = match function.scheme {
            Scheme::Adaptive(settings) => Some(controller.unwrap_or_else(|| Controller::new(settings))),
            _ => None,
        };
        Self { reward: GroupReward::new(function, advantage, progress), controller }
    }

    /// The controller of an `adaptive` scheme.
    #[must_use]
    pub fn controller(&self) -> Option<&Controller> {
        self.controller.as_ref()
    }

    /// Whether it takes whole groups to say what a completion gets.
    #[must_use]
    pub fn needs_group(&self) -> bool {
        self.reward.needs_group()
    }

    /// Rewards a group, in its order; `length` tells how long the completion of a place is, and is asked only where there is a penalty. A
    /// controller takes the group in: the order of calls matters to it.
    pub fn reward(&self, group: &Group, length: impl Fn(usize) -> Length) -> Vec<Pay> {
        let credit = self.controller.as_ref().map(|controller| controller.take(group));
        self.reward.reward(&group.outcomes, credit, length)
    }
}
