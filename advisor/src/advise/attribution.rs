//! What moves the policy: which share of the groups' advantages comes from which part of the reward.
//!
//! A reward R is a sum of parts p, and an advantage is R less its group's mean, times a factor k of the group. So is each part's
//! contribution, and `share = Σ k² Σ c(R) c(p) / Σ k² Σ c(R)²`, c being what is left without the group's mean. The shares sum to 1. A part that
//! works against the rest has a share below 0. What a part adds alike to all completions of a prompt changes nothing.

use super::PaidRewards;
use crate::{
    reward::{AdvantageRule, Algorithm, RewardFunction},
    verdict::{Group, Outcome, family},
};
use std::{collections::BTreeMap, sync::Arc};

/// Differences of rewards below this are rounding.
const SAME: f64 = 1e-9;

/// Where a part of a reward comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum PartKind {
    /// A constraint, by its family.
    Constraint,
    /// A column of rewards.
    Column,
    /// What length costs.
    Penalty,
    /// What a rule for advantages adds by itself.
    Rule,
}

impl PartKind {
    /// Its name in kebab case.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Constraint => "constraint",
            Self::Column => "column",
            Self::Penalty => "penalty",
            Self::Rule => "rule",
        }
    }
}

/// A part of the rewards, and its share of the advantages.
#[derive(Clone, Debug, PartialEq)]
pub struct AttributedPart {
    /// What it is.
    pub kind: PartKind,
    /// Its name.
    pub name: Arc<str>,
    /// Its share; below 0 where it works against the rest.
    pub share: f64,
}

/// What moves the policy.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// Groups whose rewards differ, of all completions of a prompt: what is attributed.
    pub groups: u64,
    /// The parts, the largest first. Their shares sum to 1.
    pub parts: Vec<AttributedPart>,
    /// How much of the advantages goes along with length, in [-1, 1]: the squared correlation within groups, with its sign. It overlaps with the
    /// parts. `None` where lengths are not known or do not differ.
    pub length: Option<f64>,
}

/// What a task pays by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PaysBy {
    /// Gates, scheme and penalty.
    pub function: RewardFunction,
    /// How a group gets its advantages, where that is not left to the trainer.
    pub rule: Option<AdvantageRule>,
}

impl Attribution {
    /// Of what a task pays groups; `paid` is what it pays them where length costs. What an answer loses of the full reward is charged to the
    /// constraints that it fails, by weight × (1 − score); where it fails something required, or a gate, to those alone.
    ///
    /// `None` where no rewards differ, or what length costs is not known.
    #[must_use]
    pub fn of_task(
        groups: &[Group],
        by: &PaysBy,
        paid: Option<&PaidRewards>,
        lengths: &[Vec<Option<f64>>],
        algorithm: Algorithm,
    ) -> Option<Self> {
        if by.function.penalty.is_some() && paid.is_none() {
            return None;
        }
        let mut sums = Sums::default();
        for (at, group) in groups.iter().enumerate() {
            let lengths = lengths.get(at).map_or(&[][..], Vec::as_slice);
            match by.rule {
                Some(rule) => sums.add_rule(group, rule, lengths),
                None => {
                    let paid = paid.map(|paid| paid.rewards.get(at).map_or(&[][..], Vec::as_slice));
                    sums.add_task(group, &by.function, paid, lengths, algorithm);
                }
            }
        }
        sums.shares()
    }
}

/// Sums over groups behind the shares.
#[derive(Debug, Default)]
pub(super) struct Sums {
    groups: u64,
    all: f64,
    parts: BTreeMap<(PartKind, Arc<str>), f64>,
    /// Of groups with known lengths: squares of advantages, of lengths, and their products.
    lengths: [f64; 3],
}

/// A part of the rewards of a group: where from, what it is called, and what it adds to each completion.
pub(super) type Part = (PartKind, Arc<str>, Vec<f64>);

impl Sums {
    /// A group whose rewards are the sums of parts.
    pub(super) fn add(&mut self, rewards: &[f64], parts: Vec<Part>, lengths: &[Option<f64>], algorithm: Algorithm) {
        let spread = |values: &[f64]| {
            let (low, high) = values.iter().fold((f64::MAX, f64::MIN), |(low, high), v| (low.min(*v), high.max(*v)));
            high - low
        };
        if rewards.len() < 2 || spread(rewards) <= SAME {
            return;
        }
        let reward = centred(rewards);
        let squares = dot(&reward, &reward);
        let advantages = centred(&algorithm.advantages(rewards));
        // Advantages are the centred rewards times a factor; so are the parts of them.
        let factor = dot(&advantages, &reward) / squares;
        let parts = parts.into_iter().map(|(kind, name, values)| {
            let values = centred(&values).into_iter().map(|value| factor * value).collect();
            (kind, name, values)
        });
        self.add_advantages(&advantages, parts.collect(), lengths);
    }

    /// A group whose advantages are the sums of parts. Each prompt counts alike, however many completions it has.
    fn add_advantages(&mut self, advantages: &[f64], parts: Vec<Part>, lengths: &[Option<f64>]) {
        let each = 1.0 / advantages.len() as f64;
        let squares = each * dot(advantages, advantages);
        if squares <= SAME * SAME {
            return;
        }
        self.groups += 1;
        self.all += squares;
        for (kind, name, values) in parts {
            *self.parts.entry((kind, name)).or_default() += each * dot(advantages, &values);
        }
        let known: Option<Vec<f64>> = lengths.iter().copied().collect();
        if let Some(known) = known.filter(|known| known.len() == advantages.len()) {
            let length = centred(&known);
            let sums = [squares, each * dot(&length, &length), each * dot(advantages, &length)];
            self.lengths.iter_mut().zip(sums).for_each(|(all, sum)| *all += sum);
        }
    }

    fn add_rule(&mut self, group: &Group, rule: AdvantageRule, lengths: &[Option<f64>]) {
        let found = rule.advantages(&group.outcomes);
        let known = places(found.values());
        let at = |values: &[Option<f64>]| -> Vec<f64> { known.iter().map(|&at| values[at].unwrap_or(0.0)).collect() };
        let constraint = |name: &str| group.constraints().iter().any(|constraint| *constraint.id == *name);
        let part = |part: &crate::reward::AdvantagePart| {
            let kind = if constraint(&part.name) { PartKind::Constraint } else { PartKind::Rule };
            (kind, Arc::from(family(&part.name)), at(&part.values))
        };
        let parts = found.parts().iter().map(part).collect();
        if !known.is_empty() {
            self.add_advantages(&at(found.values()), parts, &picked(lengths, &known));
        }
    }

    fn add_task(
        &mut self,
        group: &Group,
        function: &RewardFunction,
        paid: Option<&[Option<f64>]>,
        lengths: &[Option<f64>],
        algorithm: Algorithm,
    ) {
        let earned = function.scheme.rewards(&group.outcomes);
        // What the verdicts earn, under any tier, and what is left of it.
        let pay = |at: usize| {
            let held = function.held(earned[at]?);
            let reward = match paid {
                Some(paid) => (*paid.get(at)?)?,
                None => held,
            };
            group.outcomes[at].fraction().map(|_| (held, reward))
        };
        let pay: Vec<Option<(f64, f64)>> = (0..group.outcomes.len()).map(pay).collect();
        let known = places(&pay);
        let of: Vec<(f64, f64)> = pay.into_iter().flatten().collect();
        let mut parts: Vec<Part> = Vec::new();
        let lost = known.iter().zip(&of).map(|(&at, (held, _))| losses(&group.outcomes[at], 1.0 - held));
        let lost: Vec<Vec<f64>> = lost.collect();
        for (nth, constraint) in group.constraints().iter().enumerate() {
            let values = lost.iter().map(|lost| -lost[nth]).collect();
            parts.push((PartKind::Constraint, Arc::from(constraint.family()), values));
        }
        if function.penalty.is_some() {
            let values = of.iter().map(|(held, reward)| reward - held).collect();
            parts.push((PartKind::Penalty, Arc::from("length penalty"), values));
        }
        let rewards: Vec<f64> = of.iter().map(|(_, reward)| *reward).collect();
        self.add(&rewards, parts, &picked(lengths, &known), algorithm);
    }

    pub(super) fn shares(self) -> Option<Attribution> {
        let Self { groups, all, parts, lengths: [advantages, lengths, both] } = self;
        let share = |((kind, name), sum): ((PartKind, Arc<str>), f64)| AttributedPart { kind, name, share: sum / all };
        let mut parts: Vec<AttributedPart> = parts.into_iter().map(share).collect();
        parts.sort_by(|a, b| b.share.total_cmp(&a.share));
        let length = (advantages > 0.0 && lengths > 0.0).then(|| both * both.abs() / (advantages * lengths));
        (groups > 0).then_some(Attribution { groups, parts, length })
    }
}

/// What each constraint is charged of a loss.
fn losses(outcome: &Outcome, loss: f64) -> Vec<f64> {
    let unmet = |score: Option<f64>| 1.0 - score.unwrap_or(1.0);
    let charged = |only_cancelling: bool| -> Vec<f64> {
        let of = outcome.iter().map(|(constraint, verdict)| match () {
            () if only_cancelling && !constraint.cancels() => 0.0,
            () if only_cancelling => f64::from(u8::from(verdict.passed() == Some(false))),
            () => constraint.weight * unmet(verdict.score()),
        });
        of.collect()
    };
    let cancelling = charged(true);
    let by = if cancelling.iter().sum::<f64>() > 0.0 { cancelling } else { charged(false) };
    let all: f64 = by.iter().sum();
    by.into_iter().map(|part| if all > 0.0 { loss * part / all } else { 0.0 }).collect()
}

fn places<T>(values: &[Option<T>]) -> Vec<usize> {
    values.iter().enumerate().filter_map(|(at, value)| value.as_ref().map(|_| at)).collect()
}

fn picked(lengths: &[Option<f64>], places: &[usize]) -> Vec<Option<f64>> {
    places.iter().filter_map(|&at| lengths.get(at).copied()).collect()
}

fn centred(values: &[f64]) -> Vec<f64> {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    values.iter().map(|value| value - mean).collect()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests;
