//! One group, counted once; everything else is computed from these counts.

use super::stats::PromptLevels;
use crate::{
    reward::Scheme,
    verdict::{CauseKind, Constraint, Group, Outcome, Verdict},
};
use std::collections::{BTreeMap, HashMap};

/// What a completion is as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Full,
    Partial,
    None,
}

impl Class {
    pub(super) const ALL: [Self; 3] = [Self::Full, Self::Partial, Self::None];

    fn of(outcome: &Outcome) -> Option<Self> {
        if outcome.partial()? {
            Some(Self::Partial)
        } else if outcome.full()? {
            Some(Self::Full)
        } else {
            Some(Self::None)
        }
    }
}

/// Verdicts on one constraint of a group.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct VerdictCounts {
    pub(super) passed: u64,
    pub(super) failed: u64,
    pub(super) unscored: u64,
}

/// One group, counted.
#[derive(Debug)]
pub(super) struct Summary<'a> {
    pub(super) group: &'a Group,
    pub(super) constraints: usize,
    pub(super) completions: u64,
    /// Completions of each class, of those with every verdict known.
    pub(super) classes: [u64; 3],
    /// Completions, of those with every verdict known, that meet something and fail what cancels all credit.
    pub(super) forfeited: u64,
    /// Completions with something unscored that are certainly, or possibly, of each class.
    pub(super) certain: [u64; 3],
    pub(super) possible: [u64; 3],
    /// In the order of the group's constraints.
    pub(super) verdicts: Vec<VerdictCounts>,
    pub(super) causes: BTreeMap<CauseKind, u64>,
    /// Completions with a share of cases met strictly between 0 and 1 on some constraint.
    pub(super) graded: u64,
    /// Per scheme: the rewards seen.
    pub(super) rewards: Vec<PromptLevels>,
    /// Per scheme: rewards of the partial completions added up, in billionths.
    pub(super) partial_credit: Vec<u64>,
}

impl<'a> Summary<'a> {
    pub(super) fn new(group: &'a Group, schemes: &[Scheme]) -> Self {
        let constraints = group.constraints().len();
        let mut summary = Self {
            group,
            constraints,
            completions: group.outcomes.len() as u64,
            classes: [0; 3],
            forfeited: 0,
            certain: [0; 3],
            possible: [0; 3],
            verdicts: vec![VerdictCounts::default(); constraints],
            causes: BTreeMap::new(),
            graded: 0,
            rewards: Vec::new(),
            partial_credit: vec![0; schemes.len()],
        };
        let mut levels = vec![BTreeMap::<u64, u64>::new(); schemes.len()];
        for outcome in &group.outcomes {
            let class = Class::of(outcome);
            summary.count_class(outcome, class);
            summary.count_verdicts(outcome);
            // A reward may be known where something is unscored, but only a low one: to count it would hold answers
            // that nearly all lost points for typical.
            for (n, scheme) in schemes.iter().enumerate().filter(|_| class.is_some()) {
                if let Some(reward) = scheme.reward(outcome) {
                    // Whole billionths, so that equal rewards summed in another order stay equal.
                    let level = (reward.value() * PromptLevels::ONE as f64).round() as u64;
                    *levels[n].entry(level).or_default() += 1;
                    if class == Some(Class::Partial) {
                        summary.partial_credit[n] += level;
                    }
                }
            }
        }
        let seen = |levels: BTreeMap<u64, u64>| levels.into_iter().collect();
        summary.rewards = levels.into_iter().map(|levels| PromptLevels { counts: seen(levels) }).collect();
        summary
    }

    fn count_class(&mut self, outcome: &Outcome, class: Option<Class>) {
        if let Some(class) = class {
            self.classes[class as usize] += 1;
            let cancelled = |(constraint, verdict): (&Constraint, &Verdict)| {
                constraint.cancels() && verdict.passed() == Some(false)
            };
            self.forfeited += u64::from(class == Class::Partial && outcome.iter().any(cancelled));
            return;
        }
        let (full, none) = (outcome.full(), outcome.none());
        let between = full == Some(false) && none == Some(false);
        self.certain[Class::Partial as usize] += u64::from(between);
        self.possible[Class::Full as usize] += u64::from(full != Some(false));
        self.possible[Class::Partial as usize] += u64::from(self.constraints > 1);
        self.possible[Class::None as usize] += u64::from(none != Some(false));
    }

    fn count_verdicts(&mut self, outcome: &Outcome) {
        let mut graded = false;
        for (counts, verdict) in self.verdicts.iter_mut().zip(outcome.verdicts()) {
            match verdict {
                Verdict::Passed => counts.passed += 1,
                Verdict::Failed(failure) => {
                    counts.failed += 1;
                    graded |= failure.score > 0.0;
                }
                Verdict::Unscored(cause) => {
                    counts.unscored += 1;
                    *self.causes.entry(cause.kind).or_default() += 1;
                }
            }
        }
        self.graded += u64::from(graded);
    }

    /// How often the same verdicts were seen, of completions with every verdict known: what a reward made of them can tell apart.
    pub(super) fn verdicts_alike(&self) -> Vec<(u64, u64)> {
        let mut counts: HashMap<Vec<u64>, u64> = HashMap::new();
        for outcome in self.group.outcomes.iter().filter(|outcome| Class::of(outcome).is_some()) {
            let score = |verdict: &Verdict| match verdict {
                Verdict::Failed(failure) => failure.score.to_bits(),
                _ => u64::MAX,
            };
            *counts.entry(outcome.verdicts().iter().map(score).collect()).or_default() += 1;
        }
        let mut counts: Vec<u64> = counts.into_values().collect();
        counts.sort_unstable();
        // Which they are does not matter here.
        (1..).zip(counts).collect()
    }

    /// Completions with every verdict known.
    pub(super) fn known(&self) -> u64 {
        self.classes.iter().sum()
    }
}
