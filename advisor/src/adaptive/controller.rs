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

    /// A controller that knows samples of the initial policy, as `advise` is given them. It begins with the credit that the advisor names, pays none
    /// where the advisor is sure of `binary` as long as that has a gradient, and knows of full answers that no step has shown yet. With a credit for
    /// each prompt, those with a full answer in a group's worth of samples begin without.
    ///
    /// # Panics
    /// As [`new`](Self::new).
    #[must_use]
    pub fn from_samples(settings: Adaptive, samples: &[Group]) -> Self {
        let controller = Self::new(settings);
        *controller.state() = State::of_samples(samples, &settings);
        controller
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

    fn group(prompt: usize, marks: &[&str]) -> Group {
        crate::advise::testing::group(&format!("p{prompt}"), marks)
    }

    /// A quarter of the prompts is always solved, of the others none ever is: without credit no group has a gradient. It was paid for ever none.
    #[test]
    fn credit_is_paid_where_nothing_has_a_gradient_without() {
        for solved in [0, 4, 6, 8] {
            let controller = Controller::new(Adaptive::default());
            for step in 0..6 {
                let of = |place: usize| match place < solved {
                    true => group(16 * step + place, &["11"; 8]),
                    false => group(16 * step + place, &["10", "00", "00", "01", "10", "00", "00", "00"]),
                };
                controller.observe(&(0..16).map(of).collect::<Vec<_>>());
            }
            assert!(controller.credit("p0") > 0.0, "{solved}: {:?}", controller.reason());
        }
    }

    /// Solved prompts beside others that hold full answers in half of their groups, and need no credit.
    #[test]
    fn solved_prompts_do_not_bring_credit_back() {
        let controller = Controller::new(Adaptive::default());
        for step in 0..4 {
            let of = |place: usize| match place < 4 {
                true => group(16 * step + place, &["11"; 8]),
                false => group(16 * step + place, &["11", "11", "11", "00", "10", "11", "00", "00"]),
            };
            controller.observe(&(0..16).map(of).collect::<Vec<_>>());
        }
        assert_eq!(controller.credit("p0"), 0.0, "{:?}", controller.reason());
    }

    /// Samples in which nearly every answer is right but for one constraint, and a full one comes up now and then: credit would hold the policy there.
    #[test]
    fn what_samples_rule_out_is_not_paid() {
        let lure = ["110", "110", "110", "110", "110", "110", "110", "000"];
        let rare = ["110", "110", "110", "110", "110", "110", "111", "000"];
        let samples: Vec<Group> = (0..64).map(|n| group(n, if n % 8 == 0 { &rare } else { &lure })).collect();
        let settings = Adaptive::default();
        let (knows, does_not) = (Controller::from_samples(settings, &samples), Controller::new(settings));
        let restored = Controller::new(settings);
        restored.restore(&knows.to_json()).unwrap();
        for step in 0..5 {
            let groups: Vec<Group> =
                (0..16).map(|n| group(16 * step + n, if n == 0 && step % 2 == 1 { &rare } else { &lure })).collect();
            for controller in [&knows, &does_not, &restored] {
                controller.observe(&groups);
            }
            assert!(step == 0 || knows.credit("p0") == 0.0, "{step}: {:?}", knows.reason());
            assert_eq!(restored.credit("p0"), knows.credit("p0"));
        }
        // Where no full answer comes for as long as is remembered, it is paid all the same.
        for step in 5..40 {
            knows.observe(&(0..16).map(|n| group(16 * step + n, &lure)).collect::<Vec<_>>());
        }
        assert!(knows.credit("p0") > 0.0, "{:?}", knows.reason());
    }
}
