//! What a spec's `reward` gives to groups, a controller included where the scheme is `adaptive`.

use super::controller::Controller;
use crate::{
    reward::{AdvantageRule, GroupAdvantage, Length, RewardFunction, Rewarded, Scheme},
    verdict::Group,
};

/// Rewards whole groups.
#[derive(Debug)]
pub struct Rewarder {
    function: RewardFunction,
    advantage: Option<AdvantageRule>,
    controller: Option<Controller>,
}

/// A group, rewarded.
#[derive(Clone, Debug, PartialEq)]
pub struct RewardedGroup {
    /// In the group's order.
    pub completions: Vec<Rewarded>,
    /// The credit in force, where it changes during training.
    pub credit: Option<f64>,
    /// The group's advantages, where a rule gives them.
    pub advantage: Option<GroupAdvantage>,
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
        Self { function: RewardFunction { scheme: function.scheme.at(progress), ..function }, advantage, controller }
    }

    /// The controller of an `adaptive` scheme.
    #[must_use]
    pub fn controller(&self) -> Option<&Controller> {
        self.controller.as_ref()
    }

    /// Whether it takes whole groups to say what a completion gets.
    #[must_use]
    pub fn needs_group(&self) -> bool {
        self.controller.is_some() || self.advantage.is_some() || self.function.scheme.needs_group()
    }

    /// Rewards a group; `length` tells how long the completion of a place is, and is asked only where there is a penalty. A
    /// controller takes the group in: the order of calls matters to it.
    pub fn reward(&self, group: &Group, length: impl Fn(usize) -> Length) -> RewardedGroup {
        let credit = self.controller.as_ref().map(|controller| controller.take(group));
        let (function, credit) = match (self.function.scheme, credit) {
            (Scheme::Adaptive(settings), Some(credit)) => {
                let scheme = Scheme::Partial(settings.at(credit));
                (RewardFunction { scheme, ..self.function }, Some(credit))
            }
            _ => (self.function, None),
        };
        RewardedGroup {
            completions: function.rewards(&group.outcomes, length),
            credit,
            advantage: self.advantage.map(|rule| rule.advantages(&group.outcomes)),
        }
    }
}
