//! `gradient-from-penalty`: rewards differ where the task sees no difference.

use crate::advise::{
    Assessment, Evidence, Percent, Severity,
    paid::{FROM_PENALTY, penalty_alone},
};
use std::fmt;

/// In many groups all that differs is a penalty.
#[derive(Clone, Debug, PartialEq)]
pub struct GradientFromPenalty {
    /// Completions per group.
    pub group_size: u64,
    /// Share of groups with different rewards as paid; the middle of what is possible where it can only be bounded.
    pub mixed: f64,
    /// Share of groups in which verdicts are paid alike, and a penalty is not.
    pub from_penalty: f64,
    /// Whether hardly any other gradient is there.
    pub alone: bool,
    /// Whether the rewards were given, so that it may be anything that moves them.
    pub given: bool,
}

impl GradientFromPenalty {
    /// From shares of groups; `None` where a penalty moves few of them by itself.
    pub(crate) fn of_shares(group_size: u64, mixed: f64, from_penalty: f64) -> Option<Self> {
        let alone = penalty_alone(mixed, from_penalty);
        (from_penalty >= FROM_PENALTY).then_some(Self { group_size, mixed, from_penalty, alone, given: false })
    }

    /// Where rewards as paid are known.
    #[must_use]
    pub fn find(assessment: &Assessment) -> Option<Self> {
        let paid = assessment.paid.as_ref()?;
        let found = Self::of_shares(assessment.settings.group_size as u64, paid.mixed.middle(), paid.beside_the_task);
        found.map(|found| Self { given: paid.given, ..found })
    }

    /// Error where the policy would learn the penalty and nothing else.
    #[must_use]
    pub fn severity(&self) -> Severity {
        if self.alone { Severity::Error } else { Severity::Warning }
    }

    /// The numbers it rests on.
    #[must_use]
    pub fn evidence(&self) -> Vec<Evidence> {
        vec![
            Evidence::new("group_size", self.group_size),
            Evidence::new("mixed_as_paid", self.mixed),
            Evidence::new("mixed_by_penalty_alone", self.from_penalty),
        ]
    }

    /// What to do about it.
    #[must_use]
    pub fn remedy(&self) -> String {
        if self.given {
            return "Look at what the rewards add to the verdicts: a penalty, length, a judge. Take it off until groups hold answers that \
                    differ by the task; a smaller one moves the policy as much where advantages are divided by their deviation."
                .to_owned();
        }
        "Train without the penalty until groups hold answers that differ by the task; a smaller one moves the policy as much where \
         advantages are divided by their deviation. To get there: easier prompts, fine-tuning on solutions, or credit for what is partly right."
            .to_owned()
    }
}

impl fmt::Display for GradientFromPenalty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.given {
            return write!(
                f,
                "in {} of groups of {} the rewards differ and the verdicts do not: there the policy learns something else than the task",
                Percent(self.from_penalty),
                self.group_size
            );
        }
        write!(
            f,
            "in {} of groups of {} the rewards differ by the penalty alone: there the policy learns to write less, and not the task",
            Percent(self.from_penalty),
            self.group_size
        )
    }
}
