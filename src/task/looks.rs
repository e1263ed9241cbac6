//! What has to be given with a batch, so that it can be paid.

use super::Task;
use crate::reward::{Scheme, Unit};

/// What a task's reward looks at beside the outcome that it rewards, and so has to be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Looks {
    /// At the other completions of the prompt: each needs its id.
    Ids,
    /// At where training is.
    Progress,
    /// At how long a completion is, in tokens where they are given.
    Tokens,
}

impl Looks {
    /// Name of the argument.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ids => "ids",
            Self::Progress => "progress",
            Self::Tokens => "tokens",
        }
    }
}

impl Task {
    /// What its reward looks at beside an outcome.
    #[must_use]
    pub fn looks_at(&self) -> Vec<Looks> {
        let function = self.reward();
        let tokens = function.penalty.is_some_and(|overlong| overlong.unit != Some(Unit::Characters));
        let annealed = matches!(function.scheme, Scheme::Annealed(_));
        let all = [(self.needs_group(), Looks::Ids), (annealed, Looks::Progress), (tokens, Looks::Tokens)];
        all.into_iter().filter_map(|(is, looks)| is.then_some(looks)).collect()
    }
}
