//! Two families of constraints.

use crate::advise::stats::{Interval, OddsRatio, PromptMean, PromptRatio, Table};
use std::collections::BTreeMap;

/// Odds ratio below which a pair is in conflict, and, inverted, above which it helps itself.
const FAR_FROM_ONE: f64 = 0.5;
/// Odds ratio of a pair that gives seven of eight completions the same verdict twice, were each constraint met half of the
/// time: 7² / 1².
const ALIKE: f64 = 49.0;
/// How often a constraint is met where the other is, for one to imply the other nearly always.
const NEARLY_ALWAYS: f64 = 0.9;

/// A number with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mean {
    /// The number.
    pub estimate: f64,
    /// Its interval, with prompts as the sampling unit.
    pub interval: Interval,
}

/// How two families of constraints are tied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tie {
    /// Met together much more rarely than independence allows: the odds ratio is below ½.
    Conflict,
    /// Each is met nearly always when the other is, and not because both always are: they say one thing twice.
    Redundant,
    /// Met together much more often than independence allows: the odds ratio is above 2.
    Synergy,
    /// Nothing of these is known.
    Unclear,
}

/// Two families of constraints, over the prompts that have both and at least two completions with both verdicts known.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// The family first in the alphabet.
    pub first: String,
    /// The other one.
    pub second: String,
    /// Prompts used; the rest of the numbers is unknown when there is none.
    pub prompts: u64,
    /// Prompts in which both verdicts vary: the only ones that tell of the odds ratio.
    pub informative: u64,
    /// Verdicts on both.
    pub completions: u64,
    /// The odds ratio within prompts ([`OddsRatio`]), infinite where one was never met without the other.
    pub odds_ratio: Option<f64>,
    /// Its interval, whose upper end may be infinite; `None` with fewer than two informative prompts.
    pub interval: Option<Interval>,
    /// P-value of independence within prompts; `None` with fewer than two informative prompts.
    pub p_value: Option<f64>,
    /// The same, by Holm's method over all pairs.
    pub p_adjusted: Option<f64>,
    /// Mean over prompts of the share of completions that meet both.
    pub both: Option<Mean>,
    /// Mean over prompts of what that share would be were they independent within prompts.
    pub both_if_independent: Option<Mean>,
    /// How often the second is met where the first is; `None` where it never is.
    pub second_given_first: Option<Mean>,
    /// How often the first is met where the second is.
    pub first_given_second: Option<Mean>,
    /// What all that says.
    pub tie: Tie,
}

impl Pair {
    /// From the tables of each prompt: one for each constraint of the first family with each of the second.
    pub(super) fn new((first, second): (&str, &str), prompts: impl Iterator<Item = Vec<Table>>, level: f64) -> Self {
        // Prompts that look alike are held once, and in order, for sums not to depend on the order of the prompts.
        let mut distinct: BTreeMap<Vec<Table>, u64> = BTreeMap::new();
        for mut tables in prompts {
            tables.retain(|table| table.completions() > 1);
            tables.sort_unstable();
            if !tables.is_empty() {
                *distinct.entry(tables).or_default() += 1;
            }
        }
        let odds = OddsRatio::new(&distinct);
        let mean = |of: &dyn Fn(&Table) -> f64| -> Vec<(f64, u64)> {
            let over = |tables: &[Table]| tables.iter().map(of).sum::<f64>() / tables.len() as f64;
            distinct.iter().map(|(tables, &count)| (over(tables), count)).collect()
        };
        let share = |count: u64, table: &Table| count as f64 / table.completions() as f64;
        let both = mean(&|table| share(table.both, table));
        let independent = mean(&|table| table.independent().expect("two completions"));
        let firsts = mean(&|table| share(table.both + table.first, table));
        let seconds = mean(&|table| share(table.both + table.second, table));
        let of_mean = |values: &[(f64, u64)]| {
            let mean = PromptMean::of_values(values)?;
            Some(Mean { estimate: mean.estimate(), interval: mean.interval(level) })
        };
        let given = |wholes: &[(f64, u64)]| {
            let parts: Vec<(f64, f64, u64)> =
                both.iter().zip(wholes).map(|(&(part, count), &(whole, _))| (part, whole, count)).collect();
            let ratio = PromptRatio::new(&parts)?;
            Some(Mean { estimate: ratio.estimate(), interval: ratio.interval(level) })
        };
        let completions = |tables: &[Table]| tables.iter().map(Table::completions).sum::<u64>();
        Self {
            first: first.to_owned(),
            second: second.to_owned(),
            prompts: distinct.values().sum(),
            informative: odds.informative(),
            completions: distinct.iter().map(|(tables, count)| completions(tables) * count).sum(),
            odds_ratio: odds.estimate(),
            interval: odds.interval(level),
            p_value: odds.p_value(),
            p_adjusted: None,
            both: of_mean(&both),
            both_if_independent: of_mean(&independent),
            second_given_first: given(&firsts),
            first_given_second: given(&seconds),
            tie: Tie::Unclear,
        }
    }

    /// What the numbers say, where the adjusted p-value is below that.
    pub(super) fn judged(&self, significance: f64) -> Tie {
        let Some(interval) = self.interval.filter(|_| self.p_adjusted.is_some_and(|value| value < significance)) else {
            return Tie::Unclear;
        };
        let implies = |given: Option<Mean>| given.is_some_and(|given| given.interval.low > NEARLY_ALWAYS);
        if interval.high < FAR_FROM_ONE {
            Tie::Conflict
        } else if interval.low > ALIKE && implies(self.second_given_first) && implies(self.first_given_second) {
            Tie::Redundant
        } else if interval.low > 1.0 / FAR_FROM_ONE {
            Tie::Synergy
        } else {
            Tie::Unclear
        }
    }
}
