//! `unscored-verdicts`: verdicts we could not give, by cause.

use crate::{
    advise::{Assessment, Evidence, Percent, Severity},
    verdict::CauseKind,
};
use std::{collections::BTreeMap, fmt};

/// Share of completions with an unscored verdict from which on it warns, and from which on the rates cannot be trusted.
const SOME: f64 = 0.01;
const MANY: f64 = 0.05;

/// Verdicts that are missing through no fault of the completion.
#[derive(Clone, Debug, PartialEq)]
pub struct UnscoredVerdicts {
    /// Verdicts by cause.
    pub by_cause: BTreeMap<CauseKind, u64>,
    /// Completions with such a verdict, out of how many.
    pub completions: (u64, u64),
}

impl UnscoredVerdicts {
    /// Whether it applies. These are counts, not estimates: they have no interval to judge by.
    #[must_use]
    pub fn find(assessment: &Assessment) -> Option<Self> {
        let counts = &assessment.counts;
        (counts.unscored_verdicts > 0).then(|| Self {
            by_cause: counts.unscored_by_cause.clone(),
            completions: (counts.unscored_completions, counts.completions),
        })
    }

    fn share(&self) -> f64 {
        self.completions.0 as f64 / self.completions.1 as f64
    }

    /// By the share of completions concerned.
    #[must_use]
    pub fn severity(&self) -> Severity {
        match self.share() {
            share if share >= MANY => Severity::Error,
            share if share >= SOME => Severity::Warning,
            _ => Severity::Info,
        }
    }

    /// The numbers it rests on.
    #[must_use]
    pub fn evidence(&self) -> Vec<Evidence> {
        let name = |cause: CauseKind| match cause {
            CauseKind::CheckerTrapped => "checker_trapped",
            CauseKind::CheckerExhausted => "checker_exhausted",
            CauseKind::CheckerProtocol => "checker_protocol",
            CauseKind::CheckerRefused => "checker_refused",
            CauseKind::Missing => "missing",
            CauseKind::BadPrompt => "bad_prompt",
        };
        let mut evidence = vec![
            Evidence::new("unscored_completions", self.completions.0),
            Evidence::new("completions", self.completions.1),
        ];
        evidence.extend(self.by_cause.iter().map(|(&cause, &verdicts)| Evidence::new(name(cause), verdicts)));
        evidence
    }

    /// What to do about it.
    #[must_use]
    pub fn remedy(&self) -> String {
        let only = |wanted: CauseKind| self.by_cause.keys().all(|&cause| cause == wanted);
        let first = if only(CauseKind::BadPrompt) {
            "Repair the prompts that cannot be used, or leave their completions out."
        } else if only(CauseKind::Missing) {
            "Fill in the missing verdicts, or score these completions again."
        } else {
            "Repair the checker before training: what it cannot judge must not become a zero."
        };
        format!("{first} Rates are of what is known; how far they could move is shown beside them.")
    }
}

impl fmt::Display for UnscoredVerdicts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (unscored, all) = self.completions;
        let verb = if unscored == 1 { "has" } else { "have" };
        write!(f, "{unscored} of {all} completions ({}) {verb} an unscored verdict:", Percent(self.share()))?;
        for (n, (cause, verdicts)) in self.by_cause.iter().enumerate() {
            write!(f, "{} {verdicts} {cause}", if n > 0 { "," } else { "" })?;
        }
        Ok(())
    }
}
