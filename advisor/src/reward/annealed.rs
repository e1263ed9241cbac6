//! `annealed`: `partial` whose credit changes with the progress of training.
//!
//! Shaping that is not a difference of potentials can change which policy is best (Ng, Harada & Russell 1999, ICML), so credit
//! that helps at first is taken away later. The cosine is that of SGDR's schedule (Loshchilov & Hutter, arXiv 1608.03983).

use super::{Param, Partial, Reward, Takes, named::named};
use crate::verdict::Outcome;
use std::{f64::consts::PI, fmt};

/// Credit that goes from one value to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Annealed {
    /// The scheme at the start; its credit is where the fall begins.
    pub start: Partial,
    /// The credit at the end, in [0, 1].
    pub to: f64,
    /// The share of training after which the credit is `to`, above 0 and at most 1.
    pub until: f64,
    /// How the credit gets there.
    pub shape: Shape,
}

/// The course of a credit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Shape {
    /// In equal steps.
    #[default]
    Linear,
    /// Slow at both ends: half a cosine.
    Cosine,
}

named!(Shape as NAMES { Linear = "linear", Cosine = "cosine" });

impl Default for Annealed {
    /// From equal-weight credit to none over the whole run.
    fn default() -> Self {
        Self { start: Partial::default(), to: 0.0, until: 1.0, shape: Shape::Linear }
    }
}

impl Annealed {
    /// What a spec may say of it, beside what [`Partial`] takes.
    pub const PARAMS: &[Param] = &[
        Param {
            name: "to",
            doc: "the credit at the end",
            is: "a number",
            takes: Takes::Within(0.0, 1.0),
            help: None,
            default: || Self::default().to.to_string(),
        },
        Param {
            name: "until",
            doc: "the share of training after which the credit is `to`",
            is: "a share of training,",
            takes: Takes::AboveTo(0.0, 1.0),
            help: None,
            default: || Self::default().until.to_string(),
        },
        Param {
            name: "shape",
            doc: "how the credit gets there",
            is: "a number",
            takes: Takes::Names(Shape::NAMES),
            help: None,
            default: || Self::default().shape.name().into(),
        },
    ];
}

impl Annealed {
    /// The scheme after a share of training, from 0 to 1; shares outside count as the nearest of these.
    #[must_use]
    pub fn at(&self, progress: f64) -> Partial {
        let done = (progress.clamp(0.0, 1.0) / self.until).min(1.0);
        let left = match self.shape {
            Shape::Linear => 1.0 - done,
            Shape::Cosine => (1.0 + (PI * done).cos()) / 2.0,
        };
        let credit = self.to + (self.start.credit - self.to) * left;
        Partial { credit: credit.clamp(0.0, 1.0), ..self.start }
    }

    /// The reward at the start of training, which is what is known of a scheme before the run.
    #[must_use]
    pub fn reward(&self, outcome: &Outcome) -> Option<Reward> {
        self.at(0.0).reward(outcome)
    }
}

impl fmt::Display for Annealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { start, to, until, shape } = self;
        write!(f, "annealed (credit {} to {to} until {until}, {}", start.credit, shape.name())?;
        let plain = Partial::default();
        for (name, value, plain) in [
            ("threshold", start.threshold, plain.threshold),
            ("power", start.power, plain.power),
            ("cap", start.cap, plain.cap),
        ] {
            if value != plain {
                write!(f, ", {name} {value}")?;
            }
        }
        f.write_str(")")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_credit_follows_its_shape() {
        let linear = Annealed { start: Partial::with_credit(0.8), to: 0.2, until: 0.5, shape: Shape::Linear };
        let credits = |scheme: Annealed| [0.0, 0.125, 0.25, 0.5, 1.0].map(|progress| scheme.at(progress).credit);
        let near = |found: [f64; 5], expected: [f64; 5]| {
            assert!(found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12), "{found:?}");
        };
        near(credits(linear), [0.8, 0.65, 0.5, 0.2, 0.2]);
        // A quarter of the way, half a cosine has fallen by (1 − cos 45°) / 2.
        let quarter = 0.8 - 0.6 * (1.0 - 0.5_f64.sqrt()) / 2.0;
        near(credits(Annealed { shape: Shape::Cosine, ..linear }), [0.8, quarter, 0.5, 0.2, 0.2]);
    }
}
