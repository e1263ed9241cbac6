//! Outcomes as points of a space, and how often each prompt had each.

use super::stones::stones;
use crate::{
    reward::Scheme,
    verdict::{Constraint, Group, Outcome},
};
use std::collections::{BTreeMap, BTreeSet};

/// Points of a space that are kept apart; rarer ones count as the nearest of these.
const POINTS: usize = 128;

/// Steps that scores between failed and passed are rounded down to.
const STEPS: f64 = 4.0;

/// The outcomes of prompts whose completions can be compared: prompts with the same constraints, or, where prompts bring
/// different ones, those with as many. In the latter constraints have no identity, so scores are sorted, and what is left is how
/// many are met.
#[derive(Clone, Debug, PartialEq)]
pub struct Space {
    /// The outcomes that were seen and those on the way from them to the full one, which is the last.
    pub points: Vec<Point>,
    /// Of each prompt with a known completion, the points and how many of its completions were there.
    pub prompts: Vec<Vec<(usize, u64)>>,
    /// Per scheme, the mean reward at each point.
    pub rewards: Vec<Vec<f64>>,
    /// Where outcomes are, by their key.
    places: BTreeMap<Vec<u8>, usize>,
    /// Whether constraints have an identity.
    same: bool,
}

/// An outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Scores of the constraints, in [0, 1], rounded down to quarters: 1 is met.
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
        self.points[0].scores.len()
    }

    /// Whether its constraints are the same for all prompts, so that a place among scores means the same everywhere.
    #[must_use]
    pub fn identified(&self) -> bool {
        self.same
    }

    /// The point of an outcome that it was made of; `None` when something in it is unscored.
    #[must_use]
    pub fn place(&self, outcome: &Outcome) -> Option<usize> {
        self.places.get(&key(outcome, self.same)?).copied()
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
        let mut seen: BTreeMap<Vec<u8>, Seen> = BTreeMap::new();
        let mut prompts: Vec<BTreeMap<Vec<u8>, u64>> = Vec::new();
        for group in groups {
            let mut of_prompt: BTreeMap<Vec<u8>, u64> = BTreeMap::new();
            for outcome in &group.outcomes {
                let (Some(key), Some(fraction)) = (key(outcome, same), outcome.fraction()) else { continue };
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
        let size = groups[0].constraints().len();
        for stone in stones(groups[0].constraints(), &seen_marks(&seen), same, POINTS.saturating_sub(seen.len())) {
            if let (Some(key), Some(fraction)) = (key(&stone, same), stone.fraction()) {
                seen.entry(key).or_insert_with(|| Seen::once(&stone, fraction, schemes));
            }
        }
        Some(Self::of(seen, &prompts, same, size, schemes))
    }

    fn of(
        mut seen: BTreeMap<Vec<u8>, Seen>,
        prompts: &[BTreeMap<Vec<u8>, u64>],
        same: bool,
        size: usize,
        schemes: &[Scheme],
    ) -> Self {
        let full = vec![STEPS as u8; size];
        seen.entry(full.clone()).or_insert_with(|| Seen {
            fraction: 1.0,
            completions: 1,
            rewards: vec![1.0; schemes.len()],
        });
        let mut kept: Vec<&Vec<u8>> = seen.keys().filter(|key| **key != full).collect();
        kept.sort_by_key(|key| (std::cmp::Reverse(seen[*key].completions), *key));
        kept.truncate(POINTS - 1);
        kept.sort_unstable();
        kept.push(&full);
        let nearest = |key: &Vec<u8>| {
            let exact = kept.iter().position(|other| *other == key);
            exact.or_else(|| (0..kept.len() - 1).min_by_key(|&place| (distance(kept[place], key), place))).unwrap_or(0)
        };
        let place: BTreeMap<&Vec<u8>, usize> = seen.keys().map(|key| (key, nearest(key))).collect();
        let mut merged = vec![Seen::new(schemes.len()); kept.len()];
        for (key, of_key) in &seen {
            merged[place[key]].add(of_key);
        }
        let points = kept
            .iter()
            .zip(&merged)
            .map(|(key, seen)| Point {
                scores: key.iter().map(|&score| f64::from(score) / STEPS).collect(),
                fraction: seen.fraction / seen.completions as f64,
            })
            .collect();
        let rewards = (0..schemes.len())
            .map(|scheme| merged.iter().map(|seen| seen.rewards[scheme] / seen.completions as f64).collect())
            .collect();
        let counts = |of_prompt: &BTreeMap<Vec<u8>, u64>| {
            let mut counts: BTreeMap<usize, u64> = BTreeMap::new();
            for (key, completions) in of_prompt {
                *counts.entry(place[key]).or_default() += completions;
            }
            counts.into_iter().collect()
        };
        let prompts = prompts.iter().map(counts).collect();
        let places = place.into_iter().map(|(key, place)| (key.clone(), place)).collect();
        Self { points, prompts, rewards, places, same }
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

    fn add(&mut self, other: &Self) {
        self.completions += other.completions;
        self.fraction += other.fraction;
        self.rewards.iter_mut().zip(&other.rewards).for_each(|(sum, value)| *sum += value);
    }
}

/// Which constraints each seen outcome meets, and in how many completions.
fn seen_marks(seen: &BTreeMap<Vec<u8>, Seen>) -> Vec<(Vec<bool>, u64)> {
    let marks = |key: &Vec<u8>| key.iter().map(|&score| score == STEPS as u8).collect();
    seen.iter().map(|(key, seen)| (marks(key), seen.completions)).collect()
}

/// The scores of an outcome in steps; `None` when something is unscored.
fn key(outcome: &Outcome, same: bool) -> Option<Vec<u8>> {
    let step = |score: f64| match score {
        0.0 => 0.0,
        1.0.. => STEPS,
        // A share of the cases met is never the same as none, or all.
        score => (score * STEPS).floor().clamp(1.0, STEPS - 1.0),
    };
    let mut key: Vec<u8> =
        outcome.verdicts().iter().map(|verdict| Some(step(verdict.score()?) as u8)).collect::<Option<_>>()?;
    if !same {
        key.sort_unstable_by(|a, b| b.cmp(a));
    }
    Some(key)
}

fn distance(a: &[u8], b: &[u8]) -> u64 {
    a.iter().zip(b).map(|(a, b)| u64::from(a.abs_diff(*b))).sum()
}
