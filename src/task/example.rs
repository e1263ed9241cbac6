//! A completion with the reasons of its verdicts, for people to read.

use crate::{
    completion::Completion,
    verdict::{Outcome, Verdict},
};

/// A completion with the reasons of its verdicts.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// The prompt's id.
    pub prompt: String,
    /// How the completion begins.
    pub excerpt: String,
    /// Whether it meets every constraint.
    pub full: bool,
    /// Constraints that it does not meet, each with the checker's public reason.
    pub reasons: Vec<(String, String)>,
}

impl Example {
    /// Of a completion: so many characters of it.
    #[must_use]
    pub fn of(prompt: &str, completion: &Completion, outcome: &Outcome, most: usize) -> Self {
        let reason = |(constraint, verdict): (&crate::verdict::Constraint, &Verdict)| match verdict {
            Verdict::Passed => None,
            Verdict::Failed(failure) if failure.public.is_empty() => {
                Some((constraint.id.to_string(), failure.kind.to_string()))
            }
            Verdict::Failed(failure) => Some((constraint.id.to_string(), failure.public.clone())),
            Verdict::Unscored(cause) => Some((constraint.id.to_string(), format!("unscored: {}", cause.kind))),
        };
        Self {
            prompt: prompt.to_owned(),
            excerpt: completion.text().chars().take(most).collect(),
            full: outcome.full() == Some(true),
            reasons: outcome.iter().filter_map(reason).collect(),
        }
    }
}
