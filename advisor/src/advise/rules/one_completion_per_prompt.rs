//! `one-completion-per-prompt`: what happens within groups cannot be known.

use crate::advise::{Assessment, Evidence, Severity};
use std::fmt;

/// Half of the prompts or more have a single completion.
#[derive(Clone, Debug, PartialEq)]
pub struct OneCompletionPerPrompt {
    /// Prompts with one completion, out of how many.
    pub prompts: (u64, u64),
    /// Completions per group.
    pub group_size: u64,
}

impl OneCompletionPerPrompt {
    /// Whether it applies.
    #[must_use]
    pub fn find(assessment: &Assessment) -> Option<Self> {
        let (single, all) = (assessment.counts.single_completion_prompts, assessment.counts.prompts);
        let applies = assessment.nothing.is_none() && 2 * single >= all;
        applies.then_some(Self { prompts: (single, all), group_size: assessment.settings.group_size as u64 })
    }

    /// Always a warning: the question the assessment is made for stays open.
    #[must_use]
    pub fn severity(&self) -> Severity {
        Severity::Warning
    }

    /// The numbers it rests on.
    #[must_use]
    pub fn evidence(&self) -> Vec<Evidence> {
        vec![
            Evidence::new("single_completion_prompts", self.prompts.0),
            Evidence::new("prompts", self.prompts.1),
            Evidence::new("group_size", self.group_size),
        ]
    }

    /// What to do about it.
    #[must_use]
    pub fn remedy(&self) -> String {
        format!(
            "Sample at least 2 completions per prompt, {} for more than bounds; fewer prompts with more completions each \
             tell more about groups.",
            self.group_size
        )
    }
}

impl fmt::Display for OneCompletionPerPrompt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (single, all) = self.prompts;
        if single == all {
            f.write_str("every prompt has one completion")?;
        } else {
            write!(f, "{single} of {all} prompts have one completion")?;
        }
        f.write_str(": whether completions of a prompt differ from each other cannot be known from those")
    }
}
