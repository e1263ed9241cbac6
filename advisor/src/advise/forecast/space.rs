//! Outcomes as points of a space, and how often each prompt had each.

use super::keys::{Keys, POINTS};
use crate::{
    advise::dynamics::{Kernel, Lumps, Matrix, choose},
    reward::Scheme,
    verdict::{Constraint, Group, Outcome},
};
use std::collections::{BTreeMap, BTreeSet};

/// The outcomes of prompts whose completions can be compared: prompts with the same constraints, or, where prompts bring
/// different ones, those with as many. In the latter constraints have no identity, so scores are sorted, and what is left is how
/// many are met. Of eight constraints and more a point is how many are met of each class of constraints of similar rates.
#[derive(Clone, Debug, PartialEq)]
pub struct Space {
    /// The outcomes that were seen and all that constraints met or not can make, of which the full one is the last.
    pub points: Vec<Point>,
    /// Of each prompt with a known completion, the points and how many of its completions were there.
    pub prompts: Vec<Vec<(usize, u64)>>,
    /// Per scheme, the mean reward at each point.
    pub rewards: Vec<Vec<f64>>,
    /// Where outcomes are, by their key.
    places: BTreeMap<Vec<u8>, usize>,
    keys: Keys,
    /// What points are where there are many constraints.
    lumps: Option<Lumps>,
    size: usize,
    identified: bool,
}

/// An outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Scores of the constraints, or of classes of many of them the share that is met: in [0, 1], rounded down.
    pub scores: Vec<f64>,
    /// Mean over its completions of the weighted share of constraints met.
    pub fraction: f64,
}

impl Space {
    /// The place of the full outcome.
    #[must_use]
    pub fn full(&self) -> usize {
        self.points.len() - 1
    }

    /// Whether two schemes pay anything that was seen differently.
    #[must_use]
    pub fn tells_apart(&self, a: usize, b: usize) -> bool {
        self.prompts.iter().flatten().any(|&(point, _)| self.rewards[a][point] != self.rewards[b][point])
    }

    /// Constraints of its outcomes.
    #[must_use]
    pub fn size(&self) -> usize {
        self.size
    }

    /// Whether a place among scores means the same constraint everywhere.
    #[must_use]
    pub fn identified(&self) -> bool {
        self.identified
    }

    /// What carries over between its points.
    #[must_use]
    pub fn matrix(&self, kernel: &Kernel) -> Matrix {
        match &self.lumps {
            Some(lumps) => lumps.matrix(kernel),
            None => kernel.matrix(&self.points.iter().map(|point| point.scores.clone()).collect::<Vec<_>>()),
        }
    }

    /// Probabilities of the points if each constraint were met as often as in completions of which so many were at each point, half a
    /// one more being met and not, and independently of the others.
    #[must_use]
    pub fn independent(&self, counts: &[f64]) -> Vec<f64> {
        let all: f64 = counts.iter().sum();
        // Of a class, the mean share that is met; of a single constraint only the whole of it counts.
        let share = |score: f64| if self.lumps.is_some() { score } else { f64::from(u8::from(score == 1.0)) };
        let rate = |place: usize| {
            let met = self.points.iter().zip(counts).map(|(point, count)| share(point.scores[place]) * count);
            (met.sum::<f64>() + 0.5) / (all + 1.0)
        };
        let rates: Vec<f64> = (0..self.points[0].scores.len()).map(rate).collect();
        let chance = |(place, point): (usize, &Point)| -> f64 {
            let single = |(score, rate): (&f64, &f64)| if *score == 1.0 { *rate } else { 1.0 - rate };
            let class = |((&met, &size), rate): ((&usize, &usize), &f64)| {
                choose(size, met) * rate.powi(met as i32) * (1.0 - rate).powi((size - met) as i32)
            };
            match &self.lumps {
                Some(lumps) => lumps.met[place].iter().zip(&lumps.sizes).zip(&rates).map(class).product(),
                None => point.scores.iter().zip(&rates).map(single).product(),
            }
        };
        let chances: Vec<f64> = self.points.iter().enumerate().map(chance).collect();
        let total: f64 = chances.iter().sum();
        chances.into_iter().map(|chance| chance / total).collect()
    }

    /// The point of an outcome that it was made of; `None` when something in it is unscored.
    #[must_use]
    pub fn place(&self, outcome: &Outcome) -> Option<usize> {
        self.places.get(&self.keys.key(outcome)?).copied()
    }

    /// All spaces of some groups, those of fewer constraints first. Outcomes with anything unscored are left out.
    #[must_use]
    pub fn all(groups: &[&Group], schemes: &[Scheme]) -> Vec<Self> {
        let mut by_size: BTreeMap<usize, Vec<&Group>> = BTreeMap::new();
        for group in groups {
            by_size.entry(group.constraints().len()).or_default().push(group);
        }
        by_size.into_values().filter_map(|groups| Self::new(&groups, schemes)).collect()
    }

    fn new(groups: &[&Group], schemes: &[Scheme]) -> Option<Self> {
        let ids =
            |group: &Group| group.constraints().iter().map(|Constraint { id, .. }| id.clone()).collect::<Vec<_>>();
        let same = groups.iter().map(|group| ids(group)).collect::<BTreeSet<_>>().len() == 1;
        let keys = Keys::of(groups, same);
        let coarsest = keys.len() - 1;
        keys.into_iter().enumerate().find_map(|(number, keys)| {
            Self::with(keys, groups, schemes, same).filter(|space| number == coarsest || space.points.len() <= POINTS)
        })
    }

    fn with(keys: Keys, groups: &[&Group], schemes: &[Scheme], same: bool) -> Option<Self> {
        let mut seen: BTreeMap<Vec<u8>, Seen> = BTreeMap::new();
        let mut prompts: Vec<BTreeMap<Vec<u8>, u64>> = Vec::new();
        for group in groups {
            let mut of_prompt: BTreeMap<Vec<u8>, u64> = BTreeMap::new();
            for outcome in &group.outcomes {
                let (Some(key), Some(fraction)) = (keys.key(outcome), outcome.fraction()) else { continue };
                let entry = seen.entry(key.clone()).or_insert_with(|| Seen::new(schemes.len()));
                entry.add(&Seen::once(outcome, fraction, schemes));
                *of_prompt.entry(key).or_default() += 1;
            }
            if !of_prompt.is_empty() {
                prompts.push(of_prompt);
            }
        }
        if prompts.is_empty() {
            return None;
        }
        for stone in keys.stones(groups[0].constraints()) {
            if let (Some(key), Some(fraction)) = (keys.key(&stone), stone.fraction()) {
                seen.entry(key).or_insert_with(|| Seen::once(&stone, fraction, schemes));
            }
        }
        let place: BTreeMap<Vec<u8>, usize> = seen.keys().cloned().zip(0..).collect();
        let points =
            seen.iter().map(|(key, seen)| Point { scores: keys.scores(key), fraction: seen.mean(seen.fraction) });
        let points = points.collect();
        let rewards = (0..schemes.len())
            .map(|scheme| seen.values().map(|seen| seen.mean(seen.rewards[scheme])).collect())
            .collect();
        let prompts = prompts.iter().map(|of| of.iter().map(|(key, count)| (place[key], *count)).collect()).collect();
        let lumps = keys.lumps(groups, &place);
        let identified = same && lumps.is_none();
        let size = groups[0].constraints().len();
        Some(Self { points, prompts, rewards, places: place, keys, lumps, size, identified })
    }
}

/// What was seen at a point, added up.
#[derive(Clone, Debug)]
struct Seen {
    completions: u64,
    fraction: f64,
    rewards: Vec<f64>,
}

impl Seen {
    fn new(schemes: usize) -> Self {
        Self { completions: 0, fraction: 0.0, rewards: vec![0.0; schemes] }
    }

    fn once(outcome: &Outcome, fraction: f64, schemes: &[Scheme]) -> Self {
        let reward = |scheme: &Scheme| scheme.reward(outcome).map_or(0.0, |reward| reward.value());
        Self { completions: 1, fraction, rewards: schemes.iter().map(reward).collect() }
    }

    /// A sum over its completions as their mean. Rounded, so that equal rewards stay one level of reward.
    fn mean(&self, sum: f64) -> f64 {
        (sum / self.completions as f64 * 1e12).round() / 1e12
    }

    fn add(&mut self, other: &Self) {
        self.completions += other.completions;
        self.fraction += other.fraction;
        self.rewards.iter_mut().zip(&other.rewards).for_each(|(sum, value)| *sum += value);
    }
}
