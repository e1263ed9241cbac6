//! How far learning one outcome carries over to another.

use super::matrix::{Matrix, dot};

/// What moves when an outcome is reinforced: the logit of c gains K(c, c′) for each unit of advantage that c′ is paid.
///
/// A neural network has a kernel too, the inner products of its gradients (the neural tangent kernel of Jacot et al. 2018,
/// arXiv 1806.07572, summed over the completions of an outcome), and nobody knows it before training. So there are families to
/// average over. Each outcome is a point: the scores of its constraints, each in [0, 1].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Kernel {
    /// Nothing carries over: the tabular softmax of arXiv 2604.25872.
    Tabular,
    /// λ ⟨c, c′⟩ / k + (1 − λ) 1[c = c′]: the share λ of what is learnt is learnt per constraint.
    SharedSkills {
        /// λ in [0, 1].
        carry: f64,
    },
    /// a (1 − d(c, c′) / k) + (1 − a) 1[c = c′]: the share a of what is learnt is learnt per verdict, met or not.
    Agreement {
        /// a in [0, 1].
        share: f64,
    },
    /// exp(−d(c, c′) / τ), with d the sum of the differences of scores (Hamming's distance where all are 0 or 1).
    Hamming {
        /// τ > 0.
        range: f64,
    },
    /// The inner products of given features, a row for each outcome: a linear softmax policy.
    Features(Vec<Vec<f64>>),
}

impl Kernel {
    /// The name of its family, in kebab case.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Tabular => "tabular",
            Self::SharedSkills { .. } => "shared-skills",
            Self::Agreement { .. } => "agreement",
            Self::Hamming { .. } => "hamming",
            Self::Features(_) => "features",
        }
    }

    /// How much carries over: its family's parameter, where it has one.
    #[must_use]
    pub fn parameter(&self) -> Option<f64> {
        match self {
            Self::Tabular | Self::Features(_) => None,
            Self::SharedSkills { carry: parameter }
            | Self::Agreement { share: parameter }
            | Self::Hamming { range: parameter } => Some(*parameter),
        }
    }

    /// Its values between outcomes.
    ///
    /// # Panics
    /// With features, when there are not as many as outcomes.
    #[must_use]
    pub fn matrix(&self, outcomes: &[Vec<f64>]) -> Matrix {
        let size = outcomes.len();
        match self {
            Self::Tabular => Matrix::from_fn(size, |a, b| f64::from(u8::from(a == b))),
            Self::SharedSkills { carry } => Matrix::from_fn(size, |a, b| {
                let skills = dot(&outcomes[a], &outcomes[b]) / outcomes[a].len() as f64;
                carry * skills + (1.0 - carry) * f64::from(u8::from(a == b))
            }),
            Self::Agreement { share } => Matrix::from_fn(size, |a, b| {
                let apart = distance(&outcomes[a], &outcomes[b]) / outcomes[a].len() as f64;
                share * (1.0 - apart) + (1.0 - share) * f64::from(u8::from(a == b))
            }),
            Self::Hamming { range } => {
                Matrix::from_fn(size, |a, b| (-distance(&outcomes[a], &outcomes[b]) / range).exp())
            }
            Self::Features(features) => {
                assert_eq!(features.len(), size, "features of every outcome");
                Matrix::from_fn(size, |a, b| dot(&features[a], &features[b]))
            }
        }
    }
}

fn distance(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).sum()
}
