//! How often completions are fully, partly or not at all correct.

use super::{
    stats::{Interval, PromptMean, Tally},
    summary::{Class, Summary},
};
use crate::verdict::Constraint;

/// A rate: the mean over prompts of the probability that a completion is of some kind.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    /// Mean over prompts of the observed share, of completions with every verdict known. In [0, 1].
    pub estimate: f64,
    /// Confidence interval with prompts as the sampling unit ([`PromptMean`]).
    pub interval: Interval,
    /// Where the estimate could lie if what is unscored had gone one way or the other; a point when nothing is.
    pub if_scored: Interval,
    /// Intra-prompt correlation in [0, 1]: how much completions of one prompt resemble each other beyond the rate.
    /// `None` where it cannot be seen: see [`Tally::correlation`].
    pub correlation: Option<f64>,
}

/// Rates over a set of prompts.
#[derive(Clone, Debug, PartialEq)]
pub struct Rates {
    /// Prompts with at least one known completion.
    pub prompts: u64,
    /// Completions with every verdict known.
    pub completions: u64,
    /// Completions left out because something in them is unscored.
    pub unknown: u64,
    /// All constraints are met.
    pub full: Rate,
    /// Partly right: something scores, and not all constraints are met.
    pub partial: Rate,
    /// Nothing scores.
    pub none: Rate,
    /// Some constraints are met and a required one, or a gate, is not, so that they earn nothing: estimate and interval; `None` where nothing
    /// is required.
    pub forfeited: Option<(f64, Interval)>,
}

impl Rates {
    /// `None` when no completion has all its verdicts known.
    pub(super) fn new<'a>(summaries: impl Iterator<Item = &'a Summary<'a>> + Clone, level: f64) -> Option<Self> {
        let [full, partial, none] = Class::ALL.map(|class| {
            let tally: Tally =
                summaries.clone().map(|summary| (summary.classes[class as usize], summary.known())).collect();
            let mean = PromptMean::of_rates(&tally)?;
            let extreme = |extra: fn(&Summary<'_>) -> [u64; 3]| {
                let hits = |summary: &Summary<'_>| summary.classes[class as usize] + extra(summary)[class as usize];
                let all: Tally = summaries.clone().map(|summary| (hits(summary), summary.completions)).collect();
                all.mean().expect("there are completions")
            };
            // Prompts with nothing known enter here and not the estimate, which may therefore lie outside.
            let if_scored = Interval::new(extreme(|summary| summary.certain), extreme(|summary| summary.possible));
            let rate = Rate {
                estimate: mean.estimate(),
                interval: mean.interval(level),
                if_scored: if_scored.including(mean.estimate()),
                correlation: tally.correlation(),
            };
            Some(rate)
        });
        let (full, partial, none) = (full?, partial?, none?);
        let requires = summaries.clone().any(|summary| summary.group.constraints().iter().any(Constraint::cancels));
        let forfeited = requires.then(|| {
            let tally: Tally = summaries.clone().map(|summary| (summary.forfeited, summary.known())).collect();
            PromptMean::of_rates(&tally).map(|mean| (mean.estimate(), mean.interval(level)))
        });
        let prompts = summaries.clone().filter(|summary| summary.known() > 0).count() as u64;
        let completions = summaries.clone().map(Summary::known).sum();
        let unknown = summaries.map(|summary| summary.completions).sum::<u64>() - completions;
        Some(Self { prompts, completions, unknown, full, partial, none, forfeited: forfeited.flatten() })
    }
}
