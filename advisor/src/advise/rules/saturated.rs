//! `saturated`: in most groups every answer is full.

use crate::advise::{Alike, Assessment, Evidence, Percent, Severity, Share};
use std::fmt;

/// Share of groups with nothing left to learn above which a warning is given.
const MOST: f64 = 0.5;

/// In most groups every answer is full already, under every scheme.
#[derive(Clone, Debug, PartialEq)]
pub struct Saturated {
    /// Completions per group.
    pub group_size: u64,
    /// Share of groups with every reward 1.
    pub all_one: Share,
    /// Prompts all of whose completions are full, out of how many.
    pub always_full: (u64, u64),
    /// How many of them stay so.
    pub alike: Alike,
}

impl Saturated {
    /// Whether it applies. Only a full answer earns 1 under any scheme, so the first scheme speaks for all.
    #[must_use]
    pub fn find(assessment: &Assessment) -> Option<Self> {
        let signal = assessment.signal.first()?;
        (signal.all_one.interval.low > MOST).then_some(Self {
            group_size: assessment.settings.group_size as u64,
            all_one: signal.all_one,
            always_full: (assessment.counts.always_full_prompts, assessment.counts.prompts),
            alike: assessment.always_full,
        })
    }

    /// Always a warning: compute is wasted, nothing breaks.
    #[must_use]
    pub fn severity(&self) -> Severity {
        Severity::Warning
    }

    /// The numbers it rests on.
    #[must_use]
    pub fn evidence(&self) -> Vec<Evidence> {
        let mut evidence = vec![
            Evidence::new("group_size", self.group_size),
            Evidence::new("all_one_interval", self.all_one.interval),
            Evidence::new("always_full_prompts", self.always_full.0),
            Evidence::new("always_full_to_stay", self.alike.stay),
            Evidence::new("prompts", self.always_full.1),
        ];
        evidence.extend(self.all_one.estimate.map(|share| Evidence::new("all_one", share)));
        evidence
    }

    /// What to do about it.
    #[must_use]
    pub fn remedy(&self) -> String {
        let (always, prompts) = self.always_full;
        if 0 < always && !self.alike.is_real() {
            format!(
                "Add harder prompts or stricter constraints, or let the trainer skip groups of equal rewards. Leave none out yet: of the {always} \
                 prompts that were always solved, about {} would stay so with more completions.",
                self.alike.about()
            )
        } else if self.all_one.estimate.is_some() && 0 < always && always < prompts {
            format!(
                "Train on the {} prompts that are not always solved and leave out the {always} that are{}, or let the \
                 trainer skip groups of equal rewards.",
                prompts - always,
                self.alike.aside()
            )
        } else {
            "Add harder prompts or stricter constraints, or let the trainer skip groups of equal rewards.".to_owned()
        }
    }
}

impl fmt::Display for Saturated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let interval = self.all_one.interval;
        match self.all_one.estimate {
            Some(share) => {
                write!(f, "{} ({} to {})", Percent(share), Percent(interval.low), Percent(interval.high))?;
            }
            None => write!(f, "at least {}", Percent(interval.low))?,
        }
        write!(f, " of groups of {} have full marks throughout: nothing is left to learn from them", self.group_size)
    }
}
