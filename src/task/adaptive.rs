//! Tasks whose scheme is `adaptive`: a controller pays, which sees whole steps.

use super::{Source, Task, TaskError};
use crate::{
    adaptive::Controller,
    reward::{Reward, Scheme},
    verdict::{Group, Outcome},
};
use std::{collections::HashMap, sync::Arc};

impl Task {
    /// A task whose scheme is `adaptive`, and a controller that has seen nothing.
    ///
    /// # Errors
    /// [`TaskError`]; [`TaskError::Reward`] when the scheme is another, or the reward asks for more than a step brings.
    pub fn load_adaptive(source: &Source) -> Result<(Self, Controller), TaskError> {
        let task = Self::load_any(source)?;
        let spec = task.verifier().task();
        let refused = |what: &str| Err(TaskError::Reward(format!("{}: {what}", source.name)));
        match spec.scheme {
            Scheme::Adaptive(_) if spec.penalty.is_some() || spec.advantage.is_some() => {
                refused("`adaptive` with a penalty or advantages is given by `fullmarks score` alone")
            }
            Scheme::Adaptive(settings) => Ok((task, Controller::new(settings))),
            _ => refused("its scheme is not `adaptive`: load it as a task, which rewards each completion by itself"),
        }
    }
}

/// Rewards the outcomes of a step, in their order, and has the controller take them in; those of one id are a group, as far as they are
/// of the same constraints.
#[must_use]
pub fn reward_step(controller: &Controller, ids: &[String], outcomes: &[Outcome]) -> Vec<Option<f64>> {
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut groups: Vec<Group> = Vec::new();
    // Of each outcome, the group and the place in it.
    let mut found = Vec::with_capacity(ids.len());
    for (id, outcome) in ids.iter().zip(outcomes) {
        let of_id = places.entry(id).or_default();
        let alike = of_id.iter().copied().find(|&place| groups[place].constraints() == &**outcome.constraints());
        let place = alike.unwrap_or_else(|| {
            of_id.push(groups.len());
            groups.push(Group { prompt: Arc::from(id.as_str()), outcomes: Vec::new() });
            groups.len() - 1
        });
        found.push((place, groups[place].outcomes.len()));
        groups[place].outcomes.push(outcome.clone());
    }
    let rewarded = controller.observe(&groups);
    found.into_iter().map(|(group, place)| rewarded[group].rewards[place].map(Reward::value)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        reward::Adaptive,
        verdict::{Constraint, FailureKind, Verdict},
    };

    fn outcome(marks: &str) -> Outcome {
        let verdict = |mark| match mark {
            '1' => Verdict::Passed,
            _ => Verdict::failed(FailureKind::Unmet, ""),
        };
        let constraints = (0..marks.len()).map(|n| Constraint::plain(format!("c{n}"))).collect();
        Outcome::new(constraints, marks.chars().map(verdict).collect())
    }

    /// A trainer may give prompts with different constraints one id: each is rewarded by its own, in the order of the step.
    #[test]
    fn one_id_with_different_constraints_is_several_groups() {
        let controller = Controller::new(Adaptive::default());
        let outcomes: Vec<Outcome> = (0..300).map(|n| outcome(["11", "100", "0", "10"][n % 4])).collect();
        let ids = vec!["same".to_owned(); outcomes.len()];
        let credit = controller.credit("same");
        let rewards = reward_step(&controller, &ids, &outcomes);
        assert_eq!(rewards[..4], [Some(1.0), Some(credit / 3.0), Some(0.0), Some(credit / 2.0)]);
    }
}
