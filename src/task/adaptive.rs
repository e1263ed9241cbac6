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

/// Rewards the outcomes of a step, in their order, and has the controller take them in; those of one id are a group.
#[must_use]
pub fn reward_step(controller: &Controller, ids: &[String], outcomes: &[Outcome]) -> Vec<Option<f64>> {
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut groups: Vec<Group> = Vec::new();
    // Of each outcome, the group and the place in it.
    let mut found = Vec::with_capacity(ids.len());
    for (id, outcome) in ids.iter().zip(outcomes) {
        let new = groups.len();
        let place = *places.entry(id).or_insert(new);
        if place == new {
            groups.push(Group { prompt: Arc::from(id.as_str()), outcomes: Vec::new() });
        }
        found.push((place, groups[place].outcomes.len()));
        groups[place].outcomes.push(outcome.clone());
    }
    let rewarded = controller.observe(&groups);
    found.into_iter().map(|(group, place)| rewarded[group].rewards[place].map(Reward::value)).collect()
}
