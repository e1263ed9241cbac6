//! What the changes seen so far say of a kernel.

use serde::{Deserialize, Serialize};

/// Sums of a weighted regression of log-probabilities on what is foretold of them: first by the kernel, then by agreement on each
/// constraint alone. Sums of several spans of windows add up.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Record {
    /// Σ w gᵢ gⱼ, row by row, of what was foretold.
    foretold: Vec<f64>,
    /// Σ w gᵢ d, with what was seen.
    product: Vec<f64>,
}

impl Record {
    /// From what was foretold, the kernel's first, and what was seen, with weights.
    pub(super) fn new(foretold: &[&[f64]], seen: &[f64], weights: &[f64]) -> Self {
        let product =
            |a: &[f64], b: &[f64]| -> f64 { a.iter().zip(b).zip(weights).map(|((a, b), weight)| weight * a * b).sum() };
        Self {
            foretold: foretold.iter().flat_map(|a| foretold.iter().map(|b| product(a, b))).collect(),
            product: foretold.iter().map(|a| product(a, seen)).collect(),
        }
    }

    /// Both; the newer where they are of different numbers of constraints.
    pub(super) fn and(&self, newer: &Self) -> Self {
        if newer.is_empty() {
            return self.clone();
        }
        if self.product.len() != newer.product.len() {
            return newer.clone();
        }
        let sum = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a + b).collect();
        Self { foretold: sum(&self.foretold, &newer.foretold), product: sum(&self.product, &newer.product) }
    }

    /// Whether nothing was seen.
    pub(super) fn is_empty(&self) -> bool {
        self.product.is_empty()
    }

    /// Constraints that were looked at one by one.
    pub(super) fn constraints(&self) -> usize {
        self.product.len().saturating_sub(1)
    }

    /// Whether its sums belong together.
    pub(super) fn is_whole(&self) -> bool {
        let sums = self.foretold.iter().chain(&self.product);
        self.foretold.len() == self.product.len().pow(2) && sums.into_iter().all(|sum| sum.is_finite())
    }

    pub(super) fn foretold(&self, row: usize, column: usize) -> f64 {
        self.foretold[row * self.product.len() + column]
    }

    pub(super) fn product(&self, place: usize) -> f64 {
        self.product[place]
    }

    /// The likeliest slope of what was seen on what the kernel alone foretold; 0 where nothing says so.
    pub(super) fn slope(&self) -> f64 {
        match (self.foretold.first(), self.product.first()) {
            (Some(foretold), Some(product)) if *foretold > 0.0 => product / foretold,
            _ => 0.0,
        }
    }
}
