//! What a spec's `reward` gives, step after step; a controller included where the scheme is `adaptive`.

use super::controller::Controller;
use crate::{
    reward::{AdvantageRule, GroupReward, Length, Pay, RewardFunction, Scheme},
    verdict::{Group, Outcome},
};

/// Pays completions. Clones begin with the same state, and go on by themselves.
#[derive(Clone, Debug)]
pub struct Rewarder {
    function: RewardFunction,
    advantage: Option<AdvantageRule>,
    controller: Option<Controller>,
}

impl Rewarder {
    /// For a reward function and a rule for advantages. A scheme that is `adaptive` gets a controller that has seen nothing.
    #[must_use]
    pub fn new(function: RewardFunction, advantage: Option<AdvantageRule>) -> Self {
        let controller = match function.scheme {
            Scheme::Adaptive(settings) => Some(Controller::new(settings)),
            _ => None,
        };
        Self { function, advantage, controller }
    }

    /// The same with another scheme, and a controller that has seen nothing where that is `adaptive`.
    #[must_use]
    pub fn with_scheme(&self, scheme: Scheme) -> Self {
        Self::new(RewardFunction { scheme, ..self.function }, self.advantage)
    }

    /// What it pays by.
    #[must_use]
    pub fn function(&self) -> &RewardFunction {
        &self.function
    }

    /// The controller of an `adaptive` scheme.
    #[must_use]
    pub fn controller(&self) -> Option<&Controller> {
        self.controller.as_ref()
    }

    /// Whether it takes whole groups to say what a completion gets.
    #[must_use]
    pub fn needs_group(&self) -> bool {
        self.at(0.0).needs_group()
    }

    /// Pays the groups of one step, each in its order, where training is at `progress`, from 0 to 1. `length` tells how long a completion
    /// is, by its group and its place there, and is asked only where there is a penalty. A controller pays them by the credit decided
    /// before, and takes them in: the order of steps matters to it.
    pub fn step(&self, groups: &[Group], progress: f64, length: impl Fn(usize, usize) -> Length) -> Vec<Vec<Pay>> {
        let reward = self.at(progress);
        let credits = self.controller.as_ref().map(|controller| controller.take(groups));
        let credit = |at: usize| credits.as_ref().map(|credits| credits[at]);
        let pay = |(at, group): (usize, &Group)| reward.reward(&group.outcomes, credit(at), |place| length(at, place));
        groups.iter().enumerate().map(pay).collect()
    }

    /// Pays one completion by itself, where no others are needed for it.
    pub fn alone(&self, outcome: &Outcome, progress: f64, length: impl Fn() -> Length) -> Pay {
        let paid = self.at(progress).reward(std::slice::from_ref(outcome), None, |_| length());
        paid.into_iter().next().expect("one is paid")
    }

    fn at(&self, progress: f64) -> GroupReward {
        GroupReward::new(self.function, self.advantage, progress)
    }
}
