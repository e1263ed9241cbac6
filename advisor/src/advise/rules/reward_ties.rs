//! `reward-ties`: many groups are tied between 0 and 1.

use crate::{
    advise::{Assessment, Evidence, Percent, Severity, Share},
    reward::Scheme,
};
use std::fmt;

/// Share of groups tied in between above which a warning is given.
const MANY: f64 = 0.1;

/// Many groups have equal rewards that are neither 0 nor 1, and so no gradient.
#[derive(Clone, Debug, PartialEq)]
pub struct RewardTies {
    /// The scheme under which they are tied.
    pub scheme: Scheme,
    /// Completions per group.
    pub group_size: u64,
    /// Share of groups tied in between.
    pub tied: Share,
}

impl RewardTies {
    /// One finding per scheme to which it applies; of schemes that tie as many groups, the first.
    #[must_use]
    pub fn find(assessment: &Assessment) -> Vec<Self> {
        let group_size = assessment.settings.group_size as u64;
        let many = assessment.signal.iter().filter(|signal| signal.tied.interval.low > MANY);
        let mut found: Vec<Self> = Vec::new();
        for signal in many {
            if found.iter().all(|other| other.tied != signal.tied) {
                found.push(Self { scheme: signal.scheme, group_size, tied: signal.tied });
            }
        }
        found
    }

    /// Always a warning.
    #[must_use]
    pub fn severity(&self) -> Severity {
        Severity::Warning
    }

    /// The numbers it rests on.
    #[must_use]
    pub fn evidence(&self) -> Vec<Evidence> {
        let mut evidence = vec![
            Evidence::new("scheme", self.scheme.to_string().as_str()),
            Evidence::new("group_size", self.group_size),
            Evidence::new("tied_interval", self.tied.interval),
        ];
        evidence.extend(self.tied.estimate.map(|share| Evidence::new("tied", share)));
        evidence
    }

    /// What to do about it.
    #[must_use]
    pub fn remedy(&self) -> String {
        "Tell half-right answers apart: different weights for the constraints, or constraints that score a share of \
         cases; or sample larger groups."
            .to_owned()
    }
}

impl fmt::Display for RewardTies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let interval = self.tied.interval;
        write!(f, "under {}, ", self.scheme)?;
        match self.tied.estimate {
            Some(share) => {
                write!(f, "{} ({} to {})", Percent(share), Percent(interval.low), Percent(interval.high))?;
            }
            None => write!(f, "at least {}", Percent(interval.low))?,
        }
        write!(f, " of groups of {} are tied at the same partial reward, without a gradient", self.group_size)
    }
}
