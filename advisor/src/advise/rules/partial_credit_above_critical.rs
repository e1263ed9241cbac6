//! `partial-credit-above-critical`: a diagnostic, by design never more than information.

use crate::{
    advise::{Algorithm, Assessment, Evidence, Severity, stats::Interval},
    reward::Scheme,
};
use std::fmt;

/// Partial answers earn more than the critical credit: at λ = 0 they outgrow full ones at the start.
#[derive(Clone, Debug, PartialEq)]
pub struct PartialCreditAboveCritical {
    /// The scheme.
    pub scheme: Scheme,
    /// What a partial answer earns on average, in [0, 1].
    pub credit: f64,
    /// The critical credit.
    pub critical: f64,
    /// Its interval.
    pub interval: Interval,
    /// The trainer's algorithm, on which it depends what lowering the credit does.
    pub algorithm: Algorithm,
}

impl PartialCreditAboveCritical {
    /// One finding per scheme whose credit is above the whole interval.
    #[must_use]
    pub fn find(assessment: &Assessment) -> Vec<Self> {
        let Ok(critical) = &assessment.critical_credit else {
            return Vec::new();
        };
        let finding = |&(scheme, credit): &(Scheme, f64)| {
            (credit > critical.interval.high).then_some(Self {
                scheme,
                credit,
                critical: critical.estimate,
                interval: critical.interval,
                algorithm: assessment.settings.algorithm,
            })
        };
        critical.credits.iter().filter_map(finding).collect()
    }

    /// Always information: real runs with credit above α* went either way.
    #[must_use]
    pub fn severity(&self) -> Severity {
        Severity::Info
    }

    /// The numbers it rests on.
    #[must_use]
    pub fn evidence(&self) -> Vec<Evidence> {
        vec![
            Evidence::new("scheme", self.scheme.to_string().as_str()),
            Evidence::new("mean_partial_credit", self.credit),
            Evidence::new("critical_credit", self.critical),
            Evidence::new("critical_credit_interval", self.interval),
        ]
    }

    /// What to do about it.
    #[must_use]
    pub fn remedy(&self) -> String {
        let mut remedy =
            "Not a reason to change the scheme by itself: whether partial answers stall learning depends on how \
                          far learning one constraint carries over to others. A short pilot under each scheme tells."
                .to_owned();
        if self.algorithm.normalises() {
            remedy += " Under GRPO's division by the standard deviation, groups without a full answer push as hard \
                       for a small credit as for a large one.";
        }
        remedy
    }
}

impl fmt::Display for PartialCreditAboveCritical {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "under {}, a partial answer earns {:.2} on average, above the critical credit {:.2} ({:.2} to {:.2}): if \
             nothing learned carries over, partial answers grow faster than full ones at the start",
            self.scheme, self.credit, self.critical, self.interval.low, self.interval.high
        )
    }
}
