//! Tasks whose scheme is `adaptive`: a controller pays, which sees whole steps.

use super::{Source, Task, TaskError};
use crate::{adaptive::Controller, reward::Scheme};

impl Task {
    /// A task whose scheme is `adaptive`, and a controller that has seen nothing.
    ///
    /// # Errors
    /// [`TaskError`]; [`TaskError::Reward`] when the scheme is another.
    pub fn load_adaptive(source: &Source) -> Result<(Self, Controller), TaskError> {
        let task = Self::load_any(source)?;
        match task.verifier().task().scheme {
            Scheme::Adaptive(settings) => Ok((task, Controller::new(settings))),
            _ => Err(TaskError::Reward(format!(
                "{}: its scheme is not `adaptive`: load it as a task, which needs no controller",
                source.name
            ))),
        }
    }
}
