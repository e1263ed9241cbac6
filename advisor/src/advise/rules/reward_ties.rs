//! `reward-ties`: many groups are tied between 0 and 1.

use crate::{
    advise::{Assessment, Evidence, Percent, Severity, Share},
    reward::Scheme,
};
use std::fmt;

/// Share of groups tied in between above which a warning is given.
const MANY: f64 = 0.1;

/// Share of groups that weights tell apart from which they are worth a word.
const WORTH_WEIGHTS: f64 = 0.05;

/// Many groups have equal rewards that are neither 0 nor 1, and so no gradient.
#[derive(Clone, Debug, PartialEq)]
pub struct RewardTies {
    /// The scheme under which they are tied.
    pub scheme: Scheme,
    /// Completions per group.
    pub group_size: u64,
    /// Share of groups tied in between.
    pub tied: Share,
    /// Share of groups in which answers earn the same and have other verdicts, so that weights could tell them apart; `None` where that can only be
    /// bounded.
    pub by_weights: Option<f64>,
    /// Whether a penalty is paid besides, by which rewards may differ all the same.
    pub beside_penalty: bool,
    /// The scheme that the decision names.
    pub named: Option<Scheme>,
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
                let mixed = signal.mixed.estimate;
                found.push(Self {
                    scheme: signal.scheme,
                    group_size,
                    tied: signal.tied,
                    by_weights: assessment.told_apart.zip(mixed).map(|(all, mixed)| (all - mixed).max(0.0)),
                    beside_penalty: assessment.paid.is_some(),
                    named: assessment.decision.scheme(),
                });
            }
        }
        found
    }

    /// A warning, unless the decision names another scheme, under which none of this happens.
    #[must_use]
    pub fn severity(&self) -> Severity {
        if self.elsewhere().is_some() { Severity::Info } else { Severity::Warning }
    }

    /// The scheme that the decision names, where that one ties no answers between 0 and 1.
    fn elsewhere(&self) -> Option<Scheme> {
        self.named.filter(|named| matches!(named, Scheme::Binary(_)))
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
        evidence.extend(self.by_weights.map(|share| Evidence::new("told_apart_by_weights", share)));
        evidence
    }

    /// What to do about it.
    #[must_use]
    pub fn remedy(&self) -> String {
        if let Some(named) = self.elsewhere() {
            return format!("This concerns {} alone, and not {named}.", self.scheme);
        }
        match self.by_weights {
            Some(share) if share >= WORTH_WEIGHTS => format!(
                "Give the constraints different weights: in {} of groups their answers meet other constraints and earn the same.",
                Percent(share)
            ),
            Some(_) => "In these groups all answers have the same verdicts, so weights tell none apart. Use constraints that score a \
                        share of their cases."
                .to_owned(),
            None => "Use constraints that score a share of their cases, or different weights where answers meet other constraints."
                .to_owned(),
        }
    }
}

impl fmt::Display for RewardTies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let interval = self.tied.interval;
        let penalty = if self.beside_penalty { " without the penalty" } else { "" };
        write!(f, "under {}{penalty}, ", self.scheme)?;
        match self.tied.estimate {
            Some(share) => {
                write!(f, "{} ({} to {})", Percent(share), Percent(interval.low), Percent(interval.high))?;
            }
            None => write!(f, "at least {}", Percent(interval.low))?,
        }
        write!(f, " of groups of {} are tied at the same partial reward, without a gradient", self.group_size)
    }
}
