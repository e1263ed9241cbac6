//! Outcomes → pay: the one way in which completions are paid, by groups where the reward compares the completions of a prompt.

use super::{Circumstances, Scored, Task, TaskError, scored::turns};
use crate::{
    adaptive::Controller,
    advise::PaysBy,
    reward::{Pay, RewardFunction, Scheme},
    verdict::{Group, Outcome},
};
use std::{collections::HashMap, sync::Arc};

/// Outcomes of a batch, in its order, and what paying them looks at besides.
#[derive(Debug)]
pub struct Judged {
    /// The outcomes.
    pub outcomes: Vec<Outcome>,
    /// As many ids, and as many lengths where length costs.
    pub given: Circumstances,
}

impl Task {
    /// Whether it takes all completions of a prompt to say what one of them gets.
    #[must_use]
    pub fn needs_group(&self) -> bool {
        self.rewarder.needs_group()
    }

    /// Whether a completion is paid by its length too, and by itself.
    #[must_use]
    pub fn pays_by_length(&self) -> bool {
        self.spec().penalty.is_some() && !self.needs_group()
    }

    /// What pays: a scheme, behind gates, less a penalty.
    #[must_use]
    pub fn reward(&self) -> &RewardFunction {
        self.rewarder.function()
    }

    /// All that pays: the same, and how a group gets its advantages.
    #[must_use]
    pub fn pays_by(&self) -> PaysBy {
        PaysBy { function: *self.reward(), rule: self.spec().advantage }
    }

    /// The scheme that pays.
    #[must_use]
    pub fn scheme(&self) -> Scheme {
        self.reward().scheme
    }

    /// Pays a batch, in its order. The completions of one id are a group, as far as they are of the same constraints, and the batch is
    /// one step: a scheme that is `adaptive` pays it by the credit decided before, and takes it in.
    #[must_use]
    pub fn pay(&self, judged: Judged) -> Vec<Scored> {
        let Judged { outcomes, given: Circumstances { ids, lengths, progress } } = judged;
        // `read` has refused a batch that does not say where training is, if it matters.
        let progress = progress.unwrap_or(0.0);
        let paid: Vec<(Outcome, Pay)> = if self.needs_group() {
            let gathered = Gathered::of(&ids, outcomes);
            let pay = self.rewarder.step(&gathered.groups, progress, |group, at| lengths[gathered.places[group][at]]);
            gathered.in_order(pay)
        } else {
            let alone = |(place, outcome)| {
                let pay = self.rewarder.alone(&outcome, progress, || lengths[place]);
                (outcome, pay)
            };
            outcomes.into_iter().enumerate().map(alone).collect()
        };
        let turns = turns(&ids);
        let scored = |((id, index), (outcome, pay))| Scored { id, index, outcome, pay };
        ids.into_iter().zip(turns).zip(paid).map(scored).collect()
    }

    /// The credit of a controller's next step, in [0, 1], and why it is what it is; `None` unless the scheme is `adaptive`.
    #[must_use]
    pub fn credit(&self) -> Option<(f64, String)> {
        let controller = self.rewarder.controller()?;
        Some((controller.credit(""), controller.reason().to_string()))
    }

    /// The state of the controller, for a checkpoint; `None` unless the scheme is `adaptive`.
    #[must_use]
    pub fn state(&self) -> Option<String> {
        Some(self.rewarder.controller()?.to_json())
    }

    /// The state with which a controller begins that knows samples of the initial policy: for [`Task::restore`], before the first step.
    ///
    /// # Errors
    /// [`TaskError::Reward`] when the scheme is not `adaptive`.
    pub fn begin(&self, samples: &[Group]) -> Result<String, TaskError> {
        Ok(Controller::from_samples(*self.controller()?.settings(), samples).to_json())
    }

    /// Goes on from a state that [`Task::state`] gave.
    ///
    /// # Errors
    /// [`TaskError::Reward`] when the scheme is not `adaptive`, [`TaskError::State`] when it is no whole state of a controller with
    /// the spec's settings.
    pub fn restore(&self, state: &str) -> Result<(), TaskError> {
        self.controller()?.restore(state).map_err(|error| TaskError::State(error.to_string()))
    }

    fn controller(&self) -> Result<&Controller, TaskError> {
        self.rewarder.controller().ok_or_else(|| {
            let spec = self.spec();
            TaskError::Reward(format!(
                "{}: only the scheme `adaptive` has a state, and this is `{}`",
                spec.name,
                spec.scheme.name()
            ))
        })
    }
}

/// The groups of a batch, and where in the batch their outcomes stand.
struct Gathered {
    groups: Vec<Group>,
    places: Vec<Vec<usize>>,
}

impl Gathered {
    fn of(ids: &[String], outcomes: Vec<Outcome>) -> Self {
        let mut of_ids: HashMap<&str, Vec<usize>> = HashMap::new();
        let mut gathered = Self { groups: Vec::new(), places: Vec::new() };
        for (place, (id, outcome)) in ids.iter().zip(outcomes).enumerate() {
            let known = of_ids.entry(id).or_default();
            let alike = known.iter().copied().find(|&at| gathered.groups[at].constraints() == &**outcome.constraints());
            let at = alike.unwrap_or_else(|| {
                known.push(gathered.groups.len());
                gathered.groups.push(Group { prompt: Arc::from(id.as_str()), outcomes: Vec::new() });
                gathered.places.push(Vec::new());
                gathered.groups.len() - 1
            });
            gathered.groups[at].outcomes.push(outcome);
            gathered.places[at].push(place);
        }
        gathered
    }

    /// The outcomes in the order of the batch, each with what it was paid.
    fn in_order(self, pay: Vec<Vec<Pay>>) -> Vec<(Outcome, Pay)> {
        let mut paid: Vec<(usize, (Outcome, Pay))> = Vec::new();
        for ((group, places), pay) in self.groups.into_iter().zip(self.places).zip(pay) {
            paid.extend(places.into_iter().zip(group.outcomes.into_iter().zip(pay)));
        }
        paid.sort_unstable_by_key(|(place, _)| *place);
        paid.into_iter().map(|(_, paid)| paid).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verdict::{Constraint, FailureKind, Verdict};

    fn outcome(marks: &str) -> Outcome {
        let verdict = |mark| match mark {
            '1' => Verdict::Passed,
            _ => Verdict::failed(FailureKind::Unmet, ""),
        };
        let constraints = (0..marks.len()).map(|n| Constraint::plain(format!("c{n}"))).collect();
        Outcome::new(constraints, marks.chars().map(verdict).collect())
    }

    /// A trainer may give prompts with different constraints one id.
    #[test]
    fn one_id_with_different_constraints_is_several_groups() {
        let outcomes = ["11", "100", "01", "10", "000"].map(outcome);
        let ids = ["same", "same", "same", "other", "same"].map(str::to_owned);
        assert_eq!(Gathered::of(&ids, outcomes.into()).places, [vec![0, 2], vec![1, 4], vec![3]]);
    }
}
