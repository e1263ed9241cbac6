//! `required-cancels-credit`: much of what is partly right earns nothing, since it fails what is required.

use crate::advise::{Assessment, Evidence, Percent, Severity, stats::Interval};
use std::fmt;

/// Share of the completions that are partly right from which on it is worth saying.
const MOST: f64 = 0.5;

/// Completions of which, by the lower end of the interval, it must be true at least.
const SOME: f64 = 0.05;

/// Much of what is partly right earns nothing under any scheme, since it fails what is required.
#[derive(Clone, Debug, PartialEq)]
pub struct RequiredCancelsCredit {
    /// Mean over prompts of the share of completions that meet some constraints and fail a required one.
    pub forfeited: f64,
    /// Interval of that share.
    pub interval: Interval,
    /// Mean over prompts of the share of completions that are partly right.
    pub partial: f64,
    /// The required constraint that is met least often, and how often.
    pub least_met: Option<(String, f64)>,
}

impl RequiredCancelsCredit {
    /// Whether it applies.
    #[must_use]
    pub fn find(assessment: &Assessment) -> Option<Self> {
        let rates = assessment.rates.as_ref()?;
        let (forfeited, interval) = rates.forfeited?;
        let required = assessment.families.iter().find(|family| family.required);
        (interval.low > SOME && forfeited > MOST * rates.partial.estimate).then(|| Self {
            forfeited,
            interval,
            partial: rates.partial.estimate,
            least_met: required.and_then(|family| Some((family.family.clone(), family.estimate?))),
        })
    }

    /// Worth knowing: it may be meant so.
    #[must_use]
    pub fn severity(&self) -> Severity {
        Severity::Info
    }

    /// The numbers it rests on.
    #[must_use]
    pub fn evidence(&self) -> Vec<Evidence> {
        let mut evidence = vec![
            Evidence::new("forfeited", self.forfeited),
            Evidence::new("forfeited_interval", self.interval),
            Evidence::new("partial", self.partial),
        ];
        if let Some((constraint, rate)) = &self.least_met {
            evidence.push(Evidence::new("constraint", constraint.as_str()));
            evidence.push(Evidence::new("rate", *rate));
        }
        evidence
    }

    /// What to do about it.
    #[must_use]
    pub fn remedy(&self) -> String {
        "Keep `required` where it closes a hole: `fullmarks probe` on the spec without it says so. Then choose easier prompts, or require \
         less, such as a part of the constraint. Where probe finds no hole, take `required` off and give the constraint a larger `weight`: \
         then these completions differ in reward."
            .to_owned()
    }
}

impl fmt::Display for RequiredCancelsCredit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Interval { low, high } = self.interval;
        write!(
            f,
            "{} ({} to {}) of completions meet some constraints and earn nothing under any scheme, since they fail what is required",
            Percent(self.forfeited),
            Percent(low),
            Percent(high)
        )?;
        match &self.least_met {
            Some((constraint, rate)) => write!(f, ", most often {constraint} (met in {})", Percent(*rate)),
            None => Ok(()),
        }
    }
}
