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
    /// All completions are paid the same.
    Same,
    /// This one: it has a gradient in more groups than each of the others.
    Take {
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

impl Choice {
    /// By the decisions, the rewards of each, whether any completion is paid differently, and the leads between all pairs.
    pub(super) fn of(answers: &[&Answer], differ: bool, leads: &[Lead]) -> Self {
        let unknown = |answer: &&Answer| matches!(answer, Answer::SampleMore { .. } | Answer::Nothing);
        if let Some(reward) = answers.iter().position(unknown) {
            return Self::CannotTell { reward };
        }
        if !differ {
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
        if over.len() + 1 < answers.len() || !over.iter().all(ahead) {
            return Self::Alike { leads: over };
        }
        let starts = |place: &usize| matches!(answers[*place], Answer::Start(_));
        match (0..answers.len()).find(starts).filter(|_| !starts(&best)) {
            Some(other) => Self::Torn { reward: best, other, leads: over },
            None => Self::Take { reward: best, leads: over },
        }
    }

    /// A name in kebab case, stable.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::CannotTell { .. } => "cannot-tell",
            Self::Same => "same",
            Self::Take { .. } => "take",
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
        let take = |answers: &[&Answer], leads: &[Lead]| Choice::of(answers, true, leads).name();
        assert_eq!(Choice::of(&[&start, &start], true, &far), Choice::Take { reward: 1, leads: vec![far[0].turned()] });
        assert_eq!(take(&[&fix, &fix], &far), "take");
        assert_eq!(take(&[&start, &fix], &far), "torn");
        assert_eq!(take(&[&fix, &start], &far), "take");
        assert_eq!(take(&[&start, &more], &far), "cannot-tell");
        assert_eq!(take(&[&start, &start], &[lead(0, 1, 0.3, -0.01)]), "alike");
        assert_eq!(take(&[&start, &start], &[lead(0, 1, 0.04, 0.03)]), "alike");
        // Nothing is known of the pair.
        assert_eq!(take(&[&start, &start], &[]), "alike");
        assert_eq!(Choice::of(&[&start, &start], false, &far), Choice::Same);
        let three = [lead(0, 1, 0.3, 0.2), lead(0, 2, 0.2, -0.1), lead(1, 2, -0.1, -0.2)];
        assert_eq!(take(&[&start; 3], &three), "alike");
        let three = [lead(0, 1, 0.3, 0.2), lead(0, 2, 0.2, 0.1), lead(1, 2, -0.1, -0.2)];
        assert_eq!(take(&[&start; 3], &three), "take");
    }
}
