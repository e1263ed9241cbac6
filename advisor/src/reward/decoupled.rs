//! `decoupled`: each constraint compared within the group by itself, and the comparisons added up: GDPO (arXiv 2601.05242).
//!
//! Adding rewards first and comparing the sums, as GRPO does, makes different ways to earn the same sum the same.

use super::group_advantage::{AdvantagePart, EPSILON, GroupAdvantage, centre};
use super::scores::{scores, weights};
use crate::verdict::Outcome;

/// Per-constraint normalisation over a group.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Decoupled;

impl Decoupled {
    /// Σ wₖ (rₖ − mean rₖ) / (std rₖ + 1e-4) over the constraints that are no gates, with weights that sum to 1, rₖ a
    /// constraint's score and 0 once a gate or a required constraint failed, and std that of a sample.
    #[must_use]
    pub fn advantages(&self, group: &[Outcome]) -> GroupAdvantage {
        let scores: Vec<Option<Vec<f64>>> = group.iter().map(scores).collect();
        let weights = weights(group);
        let total: f64 = weights.iter().map(|(_, weight, _)| weight).sum();
        let part = |(nth, (_, weight, id)): (usize, &(usize, f64, std::sync::Arc<str>))| {
            let mut values: Vec<Option<f64>> =
                scores.iter().map(|scores| scores.as_ref().map(|scores| scores[nth])).collect();
            centre(&mut values);
            let known = values.iter().flatten().count() as f64;
            let squares: f64 = values.iter().flatten().map(|value| value * value).sum();
            let deviation = (squares / (known - 1.0).max(1.0)).sqrt();
            values.iter_mut().flatten().for_each(|value| *value *= weight / total / (deviation + EPSILON));
            AdvantagePart { name: id.clone(), values }
        };
        GroupAdvantage::of_parts(group.len(), weights.iter().enumerate().map(part).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verdict::{Constraint, FailureKind, Verdict};
    use std::sync::Arc;

    fn group(rows: &[&str]) -> Vec<Outcome> {
        let constraints: Arc<[Constraint]> = ["a", "b"].map(Constraint::plain).into();
        let verdict = |mark| if mark == '1' { Verdict::Passed } else { Verdict::failed(FailureKind::Unmet, "") };
        rows.iter().map(|row| Outcome::new(constraints.clone(), row.chars().map(verdict).collect())).collect()
    }

    /// By hand: `a` is met by one of four, `b` by two. Deviations √(3/4 / 3) = 1/2 and √(1/3).
    #[test]
    fn each_constraint_is_compared_by_itself() {
        let found = Decoupled.advantages(&group(&["10", "01", "01", "00"]));
        let (a, b) = (0.5 + 1e-4, (1.0_f64 / 3.0).sqrt() + 1e-4);
        let expected = [0.75 / a - 0.5 / b, -0.25 / a + 0.5 / b, -0.25 / a + 0.5 / b, -0.25 / a - 0.5 / b];
        for (found, expected) in found.values().iter().zip(expected) {
            assert!((found.unwrap() - expected / 2.0).abs() < 1e-12, "{found:?}");
        }
        // Their sums are the same, and what is rarer counts more.
        assert!(found.values()[0] > found.values()[1]);
        assert_eq!(found.parts().len(), 2);
    }
}
