//! `partial-credit-stalls`: with partial credit, full answers would come later than under `binary`, or never.

use crate::{
    advise::{
        Assessment, Evidence, Percent, Severity,
        forecast::{Choice, ENOUGH},
    },
    reward::Scheme,
};
use std::fmt;

/// Share of draws in which it does not arrive in time from which it is an error.
const MOSTLY: f64 = 0.5;

/// Partial credit will slow learning down, or stall it.
#[derive(Clone, Debug, PartialEq)]
pub struct PartialCreditStalls {
    /// The scheme with partial credit.
    pub scheme: Scheme,
    /// Probability that `binary` has the larger area under its p_full curve, by more than a tenth.
    pub probability: f64,
    /// Share of draws in which the scheme takes more than four times as long as the fastest.
    pub stalls: f64,
    /// Whether pilots say so too.
    pub piloted: bool,
}

impl PartialCreditStalls {
    /// When the forecast is sure enough of `binary`, and that it matters.
    #[must_use]
    pub fn find(assessment: &Assessment) -> Option<Self> {
        let forecast = assessment.forecast.as_ref()?;
        let probability = forecast.odds.first;
        let binary = matches!(forecast.choice, Choice::Use(Scheme::Binary(_)));
        (binary && probability >= ENOUGH).then(|| Self {
            scheme: forecast.schemes[forecast.rival],
            probability,
            stalls: forecast.outlook.schemes[forecast.rival].stalls,
            piloted: forecast.pilot.is_some(),
        })
    }

    /// An error when it mostly stalls, else a warning.
    #[must_use]
    pub fn severity(&self) -> Severity {
        if self.stalls >= MOSTLY { Severity::Error } else { Severity::Warning }
    }

    /// The numbers it rests on.
    #[must_use]
    pub fn evidence(&self) -> Vec<Evidence> {
        vec![
            Evidence::new("scheme", self.scheme.to_string().as_str()),
            Evidence::new("probability", self.probability),
            Evidence::new("stalls", self.stalls),
        ]
    }

    /// What to do about it.
    #[must_use]
    pub fn remedy(&self) -> String {
        let mut remedy =
            "Train with `binary`, or with a smaller credit if the forecast shows one to be faster.".to_owned();
        if !self.piloted {
            remedy += " A pilot of both schemes would make it surer: --pilot binary=FILE --pilot partial=FILE.";
        }
        remedy
    }
}

impl fmt::Display for PartialCreditStalls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "under {}, full answers come later than under binary with probability {}; in {} of the draws it takes more than \
             four times as long",
            self.scheme,
            Percent(self.probability),
            Percent(self.stalls)
        )
    }
}
