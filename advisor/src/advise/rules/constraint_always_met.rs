//! `constraint-always-met`: a constraint is practically always met: it tells no answer from another.

use crate::advise::{Assessment, Evidence, FamilyRate, Percent, Severity, stats::Interval};
use std::fmt;

/// Rate above which, judged by the lower end of its interval, a constraint counts as practically always met.
const NEARLY_ALWAYS: f64 = 0.95;

/// A constraint is practically always met: it tells no answer from another.
#[derive(Clone, Debug, PartialEq)]
pub struct ConstraintAlwaysMet {
    /// The family of the constraint.
    pub family: String,
    /// Prompts that have it, out of how many.
    pub prompts: (u64, u64),
    /// Verdicts that it was met, out of how many known.
    pub verdicts: (u64, u64),
    /// Mean over prompts of the share met.
    pub rate: f64,
    /// Interval of that rate.
    pub interval: Interval,
}

impl ConstraintAlwaysMet {
    /// One finding per family to which it applies.
    #[must_use]
    pub fn find(assessment: &Assessment) -> Vec<Self> {
        let finding = |family: &FamilyRate| {
            let (rate, interval) = (family.estimate?, family.interval?);
            (interval.low > NEARLY_ALWAYS).then(|| Self {
                family: family.family.clone(),
                prompts: (family.prompts, assessment.counts.prompts),
                verdicts: (family.passed, family.passed + family.failed),
                rate,
                interval,
            })
        };
        assessment.families.iter().filter_map(finding).collect()
    }

    /// Always information.
    #[must_use]
    pub fn severity(&self) -> Severity {
        Severity::Info
    }

    /// The numbers it rests on.
    #[must_use]
    pub fn evidence(&self) -> Vec<Evidence> {
        vec![
            Evidence::new("constraint", self.family.as_str()),
            Evidence::new("prompts", self.prompts.0),
            Evidence::new("passed", self.verdicts.0),
            Evidence::new("judged", self.verdicts.1),
            Evidence::new("rate", self.rate),
            Evidence::new("rate_interval", self.interval),
        ]
    }

    /// What to do about it.
    #[must_use]
    pub fn remedy(&self) -> String {
        "Keep it as a guard against forgetting, or drop it: under partial credit it pays every answer the same and \
         dilutes what the other constraints are worth."
            .to_owned()
    }
}

impl fmt::Display for ConstraintAlwaysMet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (passed, judged) = self.verdicts;
        if passed == judged {
            write!(f, "{} is always met: all {judged} verdicts", self.family)?;
        } else {
            write!(f, "{} is almost always met: {passed} of {judged} verdicts", self.family)?;
        }
        let prompts = self.prompts.0;
        let noun = if prompts == 1 { "prompt" } else { "prompts" };
        write!(f, " on {prompts} {noun} (at least {})", Percent(self.interval.low))
    }
}
