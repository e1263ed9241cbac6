//! What paying a batch looks at beside its outcomes.

use crate::reward::Length;

/// What rewarding a batch looks at beside its outcomes.
#[derive(Clone, Debug, PartialEq)]
pub struct Circumstances {
    /// One id per sample: the one given, else that of its prompt's row, else its place in the batch.
    pub ids: Vec<String>,
    /// One length per sample where length costs, else none.
    pub lengths: Vec<Length>,
    /// Where training is, from 0 to 1.
    pub progress: Option<f64>,
}
