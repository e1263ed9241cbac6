//! What the constraints have to do with each other, within prompts.
//!
//! Prompts confound: on an easy prompt all constraints are met more often, which is no dependence. So everything here
//! compares completions of the same prompt, and needs two of them. Duplicated completions look like independent ones.

mod full;
mod marks;
mod pair;

pub use full::FullIfIndependent;
pub use pair::{Mean, Pair, Tie};

use super::{stats::holm, summary::Summary};
use marks::Marks;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// What the constraints have to do with each other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dependence {
    /// What dependence is worth in full answers; `None` when no prompt has two constraints and two known completions.
    pub full: Option<FullIfIndependent>,
    /// Every pair of families that some prompt has both of, those that stand out first, then by p-value. Constraints of
    /// one family are not compared with each other.
    pub pairs: Vec<Pair>,
    /// Families that were not compared, since there are too many and their verdicts vary least.
    pub left_out: u64,
}

/// Families that are compared with each other: the cost grows with their square, and so does what Holm's method asks of each pair.
const FAMILIES: usize = 128;

impl Dependence {
    /// All pairs of at most [`FAMILIES`] families, none of more than two constraints.
    pub(super) fn new(summaries: &[Summary<'_>], level: f64) -> Self {
        let mut prompts: Vec<BTreeMap<&str, Vec<Marks>>> = summaries.iter().map(|summary| of_prompt(summary)).collect();
        let left_out = keep_the_most_varied(&mut prompts);
        let mut together: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
        for (index, families) in prompts.iter().enumerate() {
            let names: Vec<&str> = families.keys().copied().collect();
            for (place, first) in names.iter().enumerate() {
                for second in &names[place + 1..] {
                    together.entry((first, second)).or_default().push(index);
                }
            }
        }
        let mut pairs: Vec<Pair> = together
            .into_par_iter()
            .map(|((first, second), prompts_with)| {
                let tables = prompts_with.iter().map(|&index| {
                    let (firsts, seconds) = (&prompts[index][first], &prompts[index][second]);
                    firsts.iter().flat_map(|first| seconds.iter().map(|second| first.table(second))).collect()
                });
                Pair::new((first, second), tables, level)
            })
            .collect();
        judge(&mut pairs, level);
        Self { full: FullIfIndependent::new(summaries, level), pairs, left_out }
    }
}

fn of_prompt<'a>(summary: &Summary<'a>) -> BTreeMap<&'a str, Vec<Marks>> {
    let mut families: BTreeMap<&str, Vec<Marks>> = BTreeMap::new();
    for (place, constraint) in summary.group.constraints().iter().enumerate() {
        families.entry(constraint.family()).or_default().push(Marks::new(summary.group, place));
    }
    families
}

/// Drops all but [`FAMILIES`], and says how many those are.
fn keep_the_most_varied(prompts: &mut [BTreeMap<&str, Vec<Marks>>]) -> u64 {
    let mut contrasts: BTreeMap<&str, u64> = BTreeMap::new();
    for (family, marks) in prompts.iter().flatten() {
        *contrasts.entry(family).or_default() += marks.iter().map(Marks::contrasts).sum::<u64>();
    }
    let left_out = contrasts.len().saturating_sub(FAMILIES);
    if left_out > 0 {
        let mut order: Vec<(&str, u64)> = contrasts.into_iter().collect();
        order.sort_by_key(|&(family, contrasts)| (std::cmp::Reverse(contrasts), family));
        let kept: BTreeSet<&str> = order.into_iter().take(FAMILIES).map(|(family, _)| family).collect();
        prompts.iter_mut().for_each(|families| families.retain(|family, _| kept.contains(family)));
    }
    left_out as u64
}

/// Holm's correction over all pairs of which anything is known, then the order.
fn judge(pairs: &mut [Pair], level: f64) {
    let values: Vec<f64> = pairs.iter().filter_map(|pair| pair.p_value).collect();
    let mut adjusted = holm(&values).into_iter();
    for pair in pairs.iter_mut() {
        pair.p_adjusted = pair.p_value.and_then(|_| adjusted.next());
        pair.tie = pair.judged(1.0 - level);
    }
    let rank = |pair: &Pair| (pair.tie == Tie::Unclear, pair.p_value.unwrap_or(f64::INFINITY));
    pairs.sort_by(|a, b| {
        let ((a_rank, a_value), (b_rank, b_value)) = (rank(a), rank(b));
        let name = |pair: &Pair| (pair.first.clone(), pair.second.clone());
        a_rank.cmp(&b_rank).then(a_value.total_cmp(&b_value)).then_with(|| name(a).cmp(&name(b)))
    });
}
