//! Which reward to take.

use super::gradients::Lead;
use crate::advise::Answer;

/// By how much the share of groups with a gradient has to be larger: what is below is not worth another reward.
const WORTH: f64 = 0.05;

/// Which reward to take, by what they teach. What is right to pay for, no comparison of rewards says.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Choice {
    /// Too little was sampled, or nothing is known of one of them.
    CannotTell {
        /// Place of the reward that nothing can be said of yet.
        reward: usize,
    },
    /// All rewards pay all completions, and the same.
    Same,
    /// This one: it has a gradient in more groups than each of the others.
    Take {
        /// Its place.
        reward: usize,
        /// Over each of the others, the closest first.
        leads: Vec<Lead>,
    },
    /// This one has a gradient in more groups, and it is not known to pay for what is wanted: noise and length have one in all groups.
    More {
        /// Its place.
        reward: usize,
        /// Over each of the others, the closest first.
        leads: Vec<Lead>,
    },
    /// What they teach does not differ, or by so little that it does not matter.
    Alike {
        /// Of the one with most groups over the others, the closest first.
        leads: Vec<Lead>,
    },
    /// This one has a gradient in more groups, and yet something comes first that another one does not need.
    Torn {
        /// Its place.
        reward: usize,
        /// Place of one with a better decision.
        other: usize,
        /// Over each of the others, the closest first.
        leads: Vec<Lead>,
    },
}

/// Whether completions are paid differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Paid {
    /// At least one is.
    Differently,
    /// None is, and all rewards pay each of them.
    Same,
    /// None is, and one of the rewards does not pay some of them.
    Unknown,
}

impl Choice {
    /// By the decisions, whether completions are paid differently, the leads between all pairs, and which rewards are of specs, whose constraints say
    /// what is wanted.
    pub(super) fn of(answers: &[&Answer], paid: Paid, leads: &[Lead], of_spec: &[bool]) -> Self {
        let unknown = |answer: &&Answer| matches!(answer, Answer::SampleMore { .. } | Answer::Nothing);
        if let Some(reward) = answers.iter().position(unknown) {
            return Self::CannotTell { reward };
        }
        if paid == Paid::Same {
            return Self::Same;
        }
        let of = |reward: usize| -> Vec<Lead> {
            let oriented = leads.iter().filter_map(|lead| match reward {
                _ if lead.first == reward => Some(*lead),
                _ if lead.second == reward => Some(lead.turned()),
                _ => None,
            });
            let mut over: Vec<Lead> = oriented.collect();
            over.sort_by(|a, b| a.estimate.total_cmp(&b.estimate));
            over
        };
        let least = |reward: &usize| of(*reward).first().map_or(f64::MIN, |lead| lead.estimate);
        let best = (0..answers.len()).rev().max_by(|a, b| least(a).total_cmp(&least(b))).unwrap_or_default();
        let over = of(best);
        let ahead = |lead: &Lead| lead.interval.low > 0.0 && lead.estimate >= WORTH;
        if paid == Paid::Unknown || over.len() + 1 < answers.len() || !over.iter().all(ahead) {
            return Self::Alike { leads: over };
        }
        let starts = |place: &usize| matches!(answers[*place], Answer::Start(_));
        match (0..answers.len()).find(starts).filter(|_| !starts(&best)) {
            Some(other) => Self::Torn { reward: best, other, leads: over },
            None if of_spec[best] => Self::Take { reward: best, leads: over },
            None => Self::More { reward: best, leads: over },
        }
    }

    /// A name in kebab case, stable.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::CannotTell { .. } => "cannot-tell",
            Self::Same => "same",
            Self::Take { .. } => "take",
            Self::More { .. } => "more-mixed",
            Self::Alike { .. } => "alike",
            Self::Torn { .. } => "torn",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::advise::{Fix, Pick, stats::Interval};

    fn lead(first: usize, second: usize, estimate: f64, low: f64) -> Lead {
        Lead { first, second, estimate, interval: Interval::new(low, estimate + (estimate - low)), prompts: 40 }
    }

    #[test]
    fn a_winner_is_ahead_of_each_other_one_and_no_worse_a_start() {
        let start = Answer::Start(Pick::Unclear(None));
        let fix = Answer::FixFirst(Fix::Solved, None);
        let more = Answer::SampleMore { prompts: 10, completions: 8 };
        let far = [lead(0, 1, -0.3, -0.4)];
        let take =
            |answers: &[&Answer], leads: &[Lead]| Choice::of(answers, Paid::Differently, leads, &[true; 3]).name();
        let found = Choice::of(&[&start, &start], Paid::Differently, &far, &[true; 3]);
        assert_eq!(found, Choice::Take { reward: 1, leads: vec![far[0].turned()] });
        // A column may hold anything: noise has a gradient in all groups.
        assert_eq!(Choice::of(&[&start, &start], Paid::Differently, &far, &[true, false]).name(), "more-mixed");
        assert_eq!(take(&[&fix, &fix], &far), "take");
        assert_eq!(take(&[&start, &fix], &far), "torn");
        assert_eq!(take(&[&fix, &start], &far), "take");
        assert_eq!(take(&[&start, &more], &far), "cannot-tell");
        assert_eq!(take(&[&start, &start], &[lead(0, 1, 0.3, -0.01)]), "alike");
        assert_eq!(take(&[&start, &start], &[lead(0, 1, 0.04, 0.03)]), "alike");
        // Nothing is known of the pair.
        assert_eq!(take(&[&start, &start], &[]), "alike");
        assert_eq!(Choice::of(&[&start, &start], Paid::Same, &far, &[true; 3]), Choice::Same);
        // No completion is paid by both, or some are paid by one alone.
        assert_eq!(Choice::of(&[&start, &start], Paid::Unknown, &[], &[true; 3]), Choice::Alike { leads: Vec::new() });
        assert_eq!(Choice::of(&[&start, &start], Paid::Unknown, &far, &[true; 3]).name(), "alike");
        let three = [lead(0, 1, 0.3, 0.2), lead(0, 2, 0.2, -0.1), lead(1, 2, -0.1, -0.2)];
        assert_eq!(take(&[&start; 3], &three), "alike");
        let three = [lead(0, 1, 0.3, 0.2), lead(0, 2, 0.2, 0.1), lead(1, 2, -0.1, -0.2)];
        assert_eq!(take(&[&start; 3], &three), "take");
    }
}
