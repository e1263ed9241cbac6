//! The controller a trainer holds on to.

use super::{reason::Reason, state::State};
use crate::{
    advise::dynamics::Trainer,
    checkpoint::StateError,
    reward::{Adaptive, Reward},
    verdict::Group,
};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Chooses the credit of `adaptive` during training: observe the groups of a step, and get their rewards.
///
/// The same groups in the same order give the same rewards. It may be shared between threads; groups that one step rewards
/// alike belong into one call of [`observe`](Self::observe), for the order of calls matters.
#[derive(Debug)]
pub struct Controller {
    settings: Adaptive,
    trainer: Trainer,
    state: Mutex<State>,
}

/// What a group earned.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupRewards {
    /// The credit, decided before the group was seen.
    pub credit: f64,
    /// In the group's order; `None` where something unscored could change the reward.
    pub rewards: Vec<Option<Reward>>,
}

impl Controller {
    /// A controller that has seen nothing.
    ///
    /// # Panics
    /// When the settings name no known algorithm or a group of fewer than two: the spec refuses both.
    #[must_use]
    pub fn new(settings: Adaptive) -> Self {
        Self::with(settings, State::new())
    }

    pub(super) fn with(settings: Adaptive, state: State) -> Self {
        Self { settings, trainer: trainer(&settings), state: Mutex::new(state) }
    }

    /// Goes on from the state of a controller with the same settings.
    ///
    /// # Errors
    /// [`StateError`] when `text` is not the whole of such a state; this one stays as it is then.
    pub fn restore(&self, text: &str) -> Result<(), StateError> {
        let restored = Self::from_json(self.settings, text)?;
        *self.state() = restored.with_state(State::clone);
        Ok(())
    }

    pub(super) fn with_state<T>(&self, read: impl FnOnce(&State) -> T) -> T {
        read(&self.state())
    }

    /// Rewards the groups of one step with the credit decided before it, and takes them in.
    pub fn observe(&self, groups: &[Group]) -> Vec<GroupRewards> {
        let reward = |(group, credit): (&Group, f64)| {
            let partial = self.settings.at(credit);
            GroupRewards { credit, rewards: group.outcomes.iter().map(|outcome| partial.reward(outcome)).collect() }
        };
        groups.iter().zip(self.take(groups)).map(reward).collect()
    }

    /// Takes the groups of one step in, and returns the credit of each, which was decided before it.
    pub fn take(&self, groups: &[Group]) -> Vec<f64> {
        let mut state = self.state();
        let most = self.settings.partial.credit;
        let credits = groups.iter().map(|group| most * state.share(&group.prompt, &self.settings)).collect();
        state.take(groups, &self.settings, &self.trainer);
        credits
    }

    /// The credit of the next group of a prompt.
    #[must_use]
    pub fn credit(&self, prompt: &str) -> f64 {
        self.settings.partial.credit * self.state().share(prompt, &self.settings)
    }

    /// Why it is what it is; a prompt's own may be 0 besides, because its last group held a full answer.
    #[must_use]
    pub fn reason(&self) -> Reason {
        self.state().reason.clone()
    }

    /// The settings.
    #[must_use]
    pub fn settings(&self) -> &Adaptive {
        &self.settings
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A panic elsewhere while it was held would be a bug; the state is whole between calls.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clone for Controller {
    fn clone(&self) -> Self {
        Self::with(self.settings, self.with_state(State::clone))
    }
}

fn trainer(settings: &Adaptive) -> Trainer {
    assert!(settings.group_size >= 2, "a group has at least two completions");
    Trainer { algorithm: settings.algorithm, group_size: settings.group_size, kl: 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verdict::{Constraint, FailureKind, Outcome, Verdict};
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;
    use std::sync::Arc;

    /// A policy that stays where it is on many independent constraints, of which full answers are rare: credit is given, and goes on
    /// being given when the state was written and read.
    #[test]
    fn rare_full_answers_of_many_constraints_are_given_credit() {
        let mut rng = ChaCha8Rng::seed_from_u64(3);
        for size in [8, 12, 30] {
            let constraints: Arc<[Constraint]> = (0..size).map(|n| Constraint::plain(format!("c{n}"))).collect();
            let rate = 0.002_f64.powf(1.0 / f64::from(size));
            let mut verdict = || match rng.random::<f64>() < rate {
                true => Verdict::Passed,
                false => Verdict::failed(FailureKind::Unmet, ""),
            };
            let mut group = |prompt: usize| {
                let mut outcome = || Outcome::new(constraints.clone(), (0..size).map(|_| verdict()).collect());
                Group { prompt: format!("p{prompt}").into(), outcomes: (0..8).map(|_| outcome()).collect() }
            };
            let controller = Controller::new(Adaptive::default());
            for step in 0..6 {
                let groups: Vec<Group> = (0..16).map(|place| group(16 * step + place)).collect();
                controller.observe(&groups);
            }
            assert!(controller.credit("p0") > 0.0, "{size}: {:?}", controller.reason());
            let restored = Controller::new(Adaptive::default());
            restored.restore(&controller.to_json()).unwrap();
            let next = [group(200)];
            assert_eq!(restored.observe(&next), controller.observe(&next), "{size}");
        }
    }
}
