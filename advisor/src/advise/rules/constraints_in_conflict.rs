//! `constraints-in-conflict`: two constraints are met together much more rarely than independence allows.

use crate::advise::{Assessment, Evidence, Mean, Pair, Percent, Severity, Tie, stats::Interval};
use std::fmt;

/// Two constraints hold each other back, and with them full marks.
#[derive(Clone, Debug, PartialEq)]
pub struct ConstraintsInConflict {
    /// The families.
    pub families: (String, String),
    /// Prompts with both and two completions; those in which both verdicts vary.
    pub prompts: (u64, u64),
    /// Odds ratio within prompts.
    pub odds_ratio: f64,
    /// Its interval.
    pub interval: Interval,
    /// Its p-value by Holm's method over all pairs.
    pub p_adjusted: f64,
    /// Share of completions that meet both.
    pub both: Mean,
    /// What it would be were they independent.
    pub if_independent: Mean,
}

impl ConstraintsInConflict {
    /// One finding per pair to which it applies.
    #[must_use]
    pub fn find(assessment: &Assessment) -> Vec<Self> {
        let finding = |pair: &Pair| {
            Some(Self {
                families: (pair.first.clone(), pair.second.clone()),
                prompts: (pair.prompts, pair.informative),
                odds_ratio: pair.odds_ratio?,
                interval: pair.interval?,
                p_adjusted: pair.p_adjusted?,
                both: pair.both?,
                if_independent: pair.both_if_independent?,
            })
        };
        assessment.dependence.pairs.iter().filter(|pair| pair.tie == Tie::Conflict).filter_map(finding).collect()
    }

    /// Always a warning.
    #[must_use]
    pub fn severity(&self) -> Severity {
        Severity::Warning
    }

    /// The numbers it rests on.
    #[must_use]
    pub fn evidence(&self) -> Vec<Evidence> {
        vec![
            Evidence::new("first", self.families.0.as_str()),
            Evidence::new("second", self.families.1.as_str()),
            Evidence::new("prompts", self.prompts.0),
            Evidence::new("informative_prompts", self.prompts.1),
            Evidence::new("odds_ratio", self.odds_ratio),
            Evidence::new("odds_ratio_interval", self.interval),
            Evidence::new("p_adjusted", self.p_adjusted),
            Evidence::new("both", self.both.estimate),
            Evidence::new("both_if_independent", self.if_independent.estimate),
        ]
    }

    /// What to do about it.
    #[must_use]
    pub fn remedy(&self) -> String {
        "Read completions that meet one and not the other: if hardly any answer can meet both, loosen one of the two or drop \
         it; if many could, keep both and expect full marks to wait for this pair."
            .to_owned()
    }
}

impl fmt::Display for ConstraintsInConflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, second) = &self.families;
        let (seen, expected) = (Percent(self.both.estimate), Percent(self.if_independent.estimate));
        write!(
            f,
            "{first} and {second} are both met in {seen} of completions; were they independent, it would be {expected}"
        )
    }
}
