//! Which outcomes are one point.

use super::classes::{Classes, Trait, classes};
use crate::{
    advise::dynamics::Lumps,
    verdict::{Constraint, FailureKind, Group, Outcome, Verdict},
};
use std::{collections::BTreeMap, sync::Arc};

/// Constraints up to which every combination of them can be a point.
const APART: usize = 7;

/// Points of a space, at most.
pub(super) const POINTS: usize = 128;

/// Steps that scores between failed and passed are rounded down to; fewer where there would be too many points.
const STEPS: [u8; 3] = [4, 2, 1];

/// Makes keys of outcomes: those of the same key are one point.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Keys {
    /// Every combination of scores is a point. Where constraints have no identity (`same` is false) scores are sorted, and what is
    /// left is how many are met.
    Apart { constraints: usize, same: bool, steps: u8 },
    /// How many constraints of each class are met.
    Lumped(Classes),
}

impl Keys {
    /// For prompts of as many constraints, from the finest to the coarsest.
    pub(super) fn of(groups: &[&Group], same: bool) -> Vec<Self> {
        let constraints = groups[0].constraints().len();
        if constraints <= APART {
            return STEPS.map(|steps| Self::Apart { constraints, same, steps }).to_vec();
        }
        let classes = if same { classes(&traits(groups)) } else { classes(&vec![Trait::NONE; constraints]) };
        vec![Self::Lumped(classes)]
    }

    /// The key of an outcome; `None` when something is unscored. Only a full outcome has the key of full ones.
    pub(super) fn key(&self, outcome: &Outcome) -> Option<Vec<u8>> {
        let scores = outcome.verdicts().iter().map(Verdict::score);
        match self {
            Self::Apart { same, steps, .. } => {
                let mut key: Vec<u8> = scores.map(|score| Some(step(score?, *steps))).collect::<Option<_>>()?;
                if !same {
                    key.sort_unstable_by(|a, b| b.cmp(a));
                }
                Some(key)
            }
            Self::Lumped(classes) => {
                // In the finest steps, so that sums are exact.
                let mut sums = vec![0; classes.sizes.len()];
                for (score, &class) in scores.zip(&classes.of) {
                    sums[class] += usize::from(step(score?, STEPS[0]));
                }
                let of = |(class, sum): (usize, usize)| {
                    (sum * classes.sizes[class] / (usize::from(STEPS[0]) * classes.members(class))) as u8
                };
                Some(sums.into_iter().enumerate().map(of).collect())
            }
        }
    }

    /// The key of full outcomes.
    pub(super) fn full(&self) -> Vec<u8> {
        match self {
            Self::Apart { constraints, steps, .. } => vec![*steps; *constraints],
            Self::Lumped(classes) => classes.sizes.iter().map(|&size| size as u8).collect(),
        }
    }

    /// What a key says of each constraint, or of each class: the share that is met, 1 only where it is met.
    pub(super) fn scores(&self, key: &[u8]) -> Vec<f64> {
        let full = self.full();
        key.iter().zip(full).map(|(&met, all)| f64::from(met) / f64::from(all)).collect()
    }

    /// The lumps of these keys, and of each how alike its completions are, of which there are so many of each outcome; `None` where
    /// outcomes are apart.
    pub(super) fn lumps(&self, groups: &[&Group], points: &BTreeMap<Vec<u8>, usize>) -> Option<Lumps> {
        let Self::Lumped(classes) = self else { return None };
        let mut lumps = Lumps::all(classes.sizes.clone());
        let mut seen: BTreeMap<(usize, Vec<bool>), f64> = BTreeMap::new();
        for outcome in groups.iter().flat_map(|group| &group.outcomes) {
            if let Some(place) = self.key(outcome).and_then(|key| points.get(&key)) {
                let marks = outcome.verdicts().iter().map(|verdict| verdict.passed() == Some(true)).collect();
                *seen.entry((*place, marks)).or_default() += 1.0;
            }
        }
        let mut pairs = vec![(0.0, 0.0); lumps.met.len()];
        for ((place, _), count) in &seen {
            pairs[*place].0 += count * (count - 1.0) / 2.0;
            pairs[*place].1 += count;
        }
        for (alike, (same, all)) in lumps.alike.iter_mut().zip(pairs) {
            // One pair's worth of doubt: that all outcomes of a lump are equally likely.
            *alike = alike.max((same + *alike) / (all * (all - 1.0) / 2.0 + 1.0));
        }
        Some(lumps)
    }

    /// An outcome of every key that there can be of failed and passed constraints.
    ///
    /// A policy that learns one constraint after another comes through combinations of which its first samples show none. Without them
    /// credit would pay for what was seen and lead nowhere.
    pub(super) fn stones(&self, constraints: &[Constraint]) -> Vec<Outcome> {
        let size = constraints.len();
        match self {
            Self::Apart { same: false, .. } => {
                let marks = (0..=size).map(|met| (0..size).map(|place| place < met).collect());
                outcomes(constraints, marks)
            }
            Self::Apart { .. } => {
                let marks = (0..1_u32 << size).map(|bits| (0..size).map(|place| bits >> place & 1 == 1).collect());
                outcomes(constraints, marks)
            }
            Self::Lumped(classes) => {
                let lumps = Lumps::all(classes.sizes.clone());
                outcomes(&classes.averaged(constraints), lumps.met.iter().map(|met| classes.marks(met)))
            }
        }
    }
}

impl Trait {
    /// Where constraints have no identity.
    const NONE: Self = Self { rate: 0.5, cancels: false };
}

impl Classes {
    fn members(&self, class: usize) -> usize {
        self.of.iter().filter(|of| **of == class).count()
    }

    /// Which constraints a representative of a lump meets: the first of each class, as few as give its count.
    fn marks(&self, met: &[usize]) -> Vec<bool> {
        let mut left: Vec<usize> = met
            .iter()
            .enumerate()
            .map(|(class, met)| (met * self.members(class)).div_ceil(self.sizes[class]))
            .collect();
        let mark = |&class: &usize| {
            let met = left[class] > 0;
            left[class] -= usize::from(met);
            met
        };
        self.of.iter().map(mark).collect()
    }

    /// The same constraints, each of the mean weight of its class: which of them a representative meets is then no matter.
    fn averaged(&self, constraints: &[Constraint]) -> Vec<Constraint> {
        let mean = |class: usize| {
            let of_class = constraints.iter().zip(&self.of).filter(|(_, of)| **of == class);
            of_class.map(|(constraint, _)| constraint.weight).sum::<f64>() / self.members(class) as f64
        };
        let means: Vec<f64> = (0..self.sizes.len()).map(mean).collect();
        let with =
            |(constraint, &class): (&Constraint, &usize)| Constraint { weight: means[class], ..constraint.clone() };
        constraints.iter().zip(&self.of).map(with).collect()
    }
}

fn outcomes(constraints: &[Constraint], marks: impl Iterator<Item = Vec<bool>>) -> Vec<Outcome> {
    let constraints: Arc<[Constraint]> = constraints.into();
    let verdict = |&met: &bool| if met { Verdict::Passed } else { Verdict::failed(FailureKind::Unmet, "") };
    marks.map(|marks| Outcome::new(constraints.clone(), marks.iter().map(verdict).collect())).collect()
}

/// What classes are cut by, from what was seen.
fn traits(groups: &[&Group]) -> Vec<Trait> {
    let constraints = groups[0].constraints();
    let mut met = vec![0.5; constraints.len()];
    let mut all = 1.0;
    let known = groups.iter().flat_map(|group| &group.outcomes).filter(|outcome| outcome.full().is_some());
    for outcome in known {
        all += 1.0;
        for (met, verdict) in met.iter_mut().zip(outcome.verdicts()) {
            *met += f64::from(u8::from(verdict.passed() == Some(true)));
        }
    }
    let of = |(constraint, met): (&Constraint, &f64)| Trait { rate: met / all, cancels: constraint.cancels() };
    constraints.iter().zip(&met).map(of).collect()
}

/// A score in steps. A share of the cases met is never the same as all, nor as none where there are steps between.
fn step(score: f64, steps: u8) -> u8 {
    match score {
        0.0 => 0,
        1.0.. => steps,
        score => ((score * f64::from(steps)).floor().clamp(1.0, f64::from(steps)) as u8).min(steps - 1),
    }
}
