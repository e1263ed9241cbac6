//! How often each kind of constraint is met.

use super::{
    stats::{Interval, PromptMean, Tally},
    summary::{Summary, VerdictCounts},
};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// How often the constraints of one family are met: those with the same id but for the position within a prompt.
#[derive(Clone, Debug, PartialEq)]
pub struct FamilyRate {
    /// [`Constraint::family`](crate::verdict::Constraint::family).
    pub family: String,
    /// Whether failing it forfeits all credit.
    pub required: bool,
    /// Prompts that have such a constraint.
    pub prompts: u64,
    /// Verdicts that it was met.
    pub passed: u64,
    /// Verdicts that it was not.
    pub failed: u64,
    /// Verdicts we could not give; in none of the rates.
    pub unscored: u64,
    /// Mean over prompts of the share met, in [0, 1]; `None` when every verdict is unscored.
    pub estimate: Option<f64>,
    /// Its interval with prompts as the sampling unit.
    pub interval: Option<Interval>,
}

/// Rates of all families, the least met first, those without a rate last.
pub(super) fn families(summaries: &[Summary<'_>], level: f64) -> Vec<FamilyRate> {
    let mut tallies: BTreeMap<&str, (Tally, u64, VerdictCounts)> = BTreeMap::new();
    let mut required: BTreeSet<&str> = BTreeSet::new();
    let mut of_prompt: BTreeMap<&str, VerdictCounts> = BTreeMap::new();
    for summary in summaries {
        for (constraint, counts) in summary.group.constraints().iter().zip(&summary.verdicts) {
            if constraint.cancels() {
                required.insert(constraint.family());
            }
            add(of_prompt.entry(constraint.family()).or_default(), *counts);
        }
        while let Some((family, counts)) = of_prompt.pop_first() {
            let (tally, prompts, sum) = tallies.entry(family).or_default();
            tally.add(counts.passed, counts.passed + counts.failed);
            *prompts += 1;
            add(sum, counts);
        }
    }
    let mut families: Vec<FamilyRate> = tallies
        .into_par_iter()
        .map(|(family, (tally, prompts, VerdictCounts { passed, failed, unscored }))| {
            let mean = PromptMean::of_rates(&tally);
            FamilyRate {
                family: family.to_owned(),
                required: required.contains(family),
                prompts,
                passed,
                failed,
                unscored,
                estimate: mean.as_ref().map(PromptMean::estimate),
                interval: mean.map(|mean| mean.interval(level)),
            }
        })
        .collect();
    families.sort_by(|a, b| {
        let worst_first = |family: &FamilyRate| family.estimate.unwrap_or(f64::INFINITY);
        worst_first(a).total_cmp(&worst_first(b)).then_with(|| a.family.cmp(&b.family))
    });
    families
}

fn add(sum: &mut VerdictCounts, counts: VerdictCounts) {
    sum.passed += counts.passed;
    sum.failed += counts.failed;
    sum.unscored += counts.unscored;
}
