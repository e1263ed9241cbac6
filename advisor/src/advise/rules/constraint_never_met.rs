//! `constraint-never-met`: a constraint is practically never met, so the prompts that have it practically never earn
//! full marks.

use crate::advise::{Assessment, Evidence, FamilyRate, Percent, Severity, stats::Interval};
use std::fmt;

/// Rate below which, judged by the upper end of its interval, a constraint counts as practically never met.
const RARELY: f64 = 0.05;

/// Verdicts from which on it is worth saying that none of them was met, however few prompts they are of.
const TELLING: u64 = 20;

/// A constraint is practically never met, so the prompts that have it practically never earn full marks.
#[derive(Clone, Debug, PartialEq)]
pub struct ConstraintNeverMet {
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

impl ConstraintNeverMet {
    /// One finding per family to which it applies.
    #[must_use]
    pub fn find(assessment: &Assessment) -> Vec<Self> {
        let finding = |family: &FamilyRate| {
            let (rate, interval) = (family.estimate?, family.interval?);
            let never = family.passed == 0 && family.failed >= TELLING;
            (interval.high < RARELY || never).then(|| Self {
                family: family.family.clone(),
                prompts: (family.prompts, assessment.counts.prompts),
                verdicts: (family.passed, family.passed + family.failed),
                rate,
                interval,
            })
        };
        assessment.families.iter().filter_map(finding).collect()
    }

    /// A warning; an error when every prompt has the constraint, for then nothing earns full marks. Where prompts are too few to say how
    /// rare it is, worth knowing: the checker may be at fault.
    #[must_use]
    pub fn severity(&self) -> Severity {
        match self.interval.high < RARELY {
            false => Severity::Info,
            true if self.prompts.0 == self.prompts.1 => Severity::Error,
            true => Severity::Warning,
        }
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
        let (having, all) = self.prompts;
        // Who sets all prompts aside has none left.
        let hard = if having < all { "set these prompts aside" } else { "make it easier" };
        format!(
            "Read some completions and the checker's reasons: the prompt may not ask for it, or the checker may be too \
             strict. If it is right but too hard, {hard}, or demonstrate it by fine-tuning first."
        )
    }
}

impl fmt::Display for ConstraintNeverMet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (passed, judged) = self.verdicts;
        if passed == 0 {
            write!(f, "{} is never met: 0 of {judged} verdicts", self.family)?;
        } else {
            write!(f, "{} is almost never met: {passed} of {judged} verdicts", self.family)?;
        }
        let prompts = self.prompts.0;
        let noun = if prompts == 1 { "prompt" } else { "prompts" };
        write!(f, " on {prompts} {noun} (at most {})", Percent(self.interval.high))
    }
}
