//! Advantages of whole groups: for schemes that compare completions and give none of them a reward of its own.

use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The advantages of the completions of one prompt: finite, zero-mean, and permuted when the group is.
///
/// A completion with something unscored that matters has none, and the others are compared without it.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupAdvantage {
    values: Vec<Option<f64>>,
    parts: Vec<AdvantagePart>,
}

/// What one part adds to the advantages.
#[derive(Clone, Debug, PartialEq)]
pub struct AdvantagePart {
    /// A constraint's id, or what the rule calls it.
    pub name: Arc<str>,
    /// By completion.
    pub values: Vec<Option<f64>>,
}

/// The advantage of one completion.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Advantage {
    /// It; `None` when something unscored matters to it.
    pub value: Option<f64>,
    /// What it is the sum of: what each part is called, and what it adds.
    pub parts: Vec<(String, Option<f64>)>,
}

impl GroupAdvantage {
    /// The advantage of the completion of a place.
    #[must_use]
    pub fn of(&self, place: usize) -> Advantage {
        let part = |part: &AdvantagePart| (part.name.to_string(), part.values[place]);
        Advantage { value: self.values[place], parts: self.parts.iter().map(part).collect() }
    }

    /// The sum of parts, each of which is zero-mean, over a group of `size`. What rounding leaves of the mean is taken off.
    pub(super) fn of_parts(size: usize, parts: Vec<AdvantagePart>) -> Self {
        let sum = |place: usize| parts.iter().map(|part| part.values[place]).sum::<Option<f64>>();
        let mut values: Vec<Option<f64>> = (0..size).map(sum).collect();
        centre(&mut values);
        assert!(values.iter().flatten().all(|value| value.is_finite()), "an advantage is a finite number");
        Self { values, parts }
    }

    /// By completion.
    #[must_use]
    pub fn values(&self) -> &[Option<f64>] {
        &self.values
    }

    /// What they are the sum of.
    #[must_use]
    pub fn parts(&self) -> &[AdvantagePart] {
        &self.parts
    }

    /// Divides the advantages of a batch, and their parts, by their deviation over the whole batch: the last step of GDPO
    /// (arXiv 2601.05242), which keeps their size from growing with the number of constraints. Groups are zero-mean, so the
    /// batch is. A batch of zeros stays as it is.
    pub fn whiten(batch: &mut [Self]) {
        let all = || batch.iter().flat_map(|group| &group.values).flatten();
        let count = all().count() as f64;
        let deviation = (all().map(|value| value * value).sum::<f64>() / (count - 1.0).max(1.0)).sqrt();
        let scale = 1.0 / (deviation + EPSILON);
        for group in batch {
            let parts = group.parts.iter_mut().flat_map(|part| &mut part.values);
            group.values.iter_mut().chain(parts).flatten().for_each(|value| *value *= scale);
        }
    }
}

/// What is added to deviations, so that equal values divide by something: TRL's and verl's.
pub(crate) const EPSILON: f64 = 1e-4;

/// Takes the mean of what is known off.
pub(super) fn centre(values: &mut [Option<f64>]) {
    let known = values.iter().flatten().count() as f64;
    let mean = values.iter().flatten().sum::<f64>() / known.max(1.0);
    values.iter_mut().flatten().for_each(|value| *value -= mean);
}
