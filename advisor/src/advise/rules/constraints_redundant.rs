//! `constraints-redundant`: two constraints say one thing, and it counts twice.

use crate::advise::{Assessment, Evidence, Mean, Pair, Percent, Severity, Tie, stats::Interval};
use std::fmt;

/// Each of two constraints is met nearly always when the other is, and missed with it.
#[derive(Clone, Debug, PartialEq)]
pub struct ConstraintsRedundant {
    /// The families.
    pub families: (String, String),
    /// Prompts with both and two completions; those in which both verdicts vary.
    pub prompts: (u64, u64),
    /// How often the second is met where the first is, and the first where the second is.
    pub given: (Mean, Mean),
    /// Odds ratio within prompts; infinite where they were never told apart.
    pub odds_ratio: f64,
    /// Its interval; its upper end may be infinite.
    pub interval: Interval,
    /// Its p-value by Holm's method over all pairs.
    pub p_adjusted: f64,
}

impl ConstraintsRedundant {
    /// One finding per pair to which it applies.
    #[must_use]
    pub fn find(assessment: &Assessment) -> Vec<Self> {
        let finding = |pair: &Pair| {
            Some(Self {
                families: (pair.first.clone(), pair.second.clone()),
                prompts: (pair.prompts, pair.informative),
                given: (pair.second_given_first?, pair.first_given_second?),
                odds_ratio: pair.odds_ratio?,
                interval: pair.interval?,
                p_adjusted: pair.p_adjusted?,
            })
        };
        assessment.dependence.pairs.iter().filter(|pair| pair.tie == Tie::Redundant).filter_map(finding).collect()
    }

    /// Always a warning.
    #[must_use]
    pub fn severity(&self) -> Severity {
        Severity::Warning
    }

    /// The numbers it rests on. The odds ratio has no upper end here: it is often infinite.
    #[must_use]
    pub fn evidence(&self) -> Vec<Evidence> {
        vec![
            Evidence::new("first", self.families.0.as_str()),
            Evidence::new("second", self.families.1.as_str()),
            Evidence::new("prompts", self.prompts.0),
            Evidence::new("informative_prompts", self.prompts.1),
            Evidence::new("second_given_first", self.given.0.estimate),
            Evidence::new("second_given_first_interval", self.given.0.interval),
            Evidence::new("first_given_second", self.given.1.estimate),
            Evidence::new("first_given_second_interval", self.given.1.interval),
            Evidence::new("odds_ratio_at_least", self.interval.low),
            Evidence::new("p_adjusted", self.p_adjusted),
        ]
    }

    /// What to do about it.
    #[must_use]
    pub fn remedy(&self) -> String {
        "Drop one, or halve the weights of both: partial credit pays one thing twice. Keep both if training could pull them \
         apart, such as when one is the cheap half of the other."
            .to_owned()
    }
}

impl fmt::Display for ConstraintsRedundant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, second) = &self.families;
        let (forth, back) = (Percent(self.given.0.estimate), Percent(self.given.1.estimate));
        write!(
            f,
            "{first} and {second} say nearly the same: {second} is met in {forth} of completions that meet {first}, "
        )?;
        write!(f, "and {first} in {back} of those that meet {second}")
    }
}
