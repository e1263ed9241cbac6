//! How much more to sample.

/// What would halve the width of an interval for a mean over prompts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Halving {
    /// More prompts, with as many completions each as now.
    pub more_prompts: u64,
    /// Completions per prompt in all, with the prompts there are; `None` when differences between prompts alone already
    /// make more than half of the width, so that no number of completions is enough, or when they cannot be seen.
    pub completions_each: Option<u64>,
}

impl Halving {
    /// The variance of a mean over prompts is proportional to (ρ + (1 − ρ) / m) / prompts for m completions each with
    /// intra-prompt correlation ρ (Kish 1965, Survey Sampling); halving the width takes a quarter of it.
    #[must_use]
    pub fn plan(prompts: u64, completions_each: u64, correlation: Option<f64>) -> Self {
        let enough = correlation.and_then(|correlation| {
            let now = correlation + (1.0 - correlation) / completions_each as f64;
            let left = now / 4.0 - correlation;
            (left > 0.0).then(|| ((1.0 - correlation) / left).ceil() as u64)
        });
        Self { more_prompts: 3 * prompts, completions_each: enough }
    }
}

#[cfg(test)]
mod tests {
    use super::Halving;

    #[test]
    fn four_times_as_many_of_either_when_prompts_are_alike() {
        assert_eq!(Halving::plan(20, 8, Some(0.0)), Halving { more_prompts: 60, completions_each: Some(32) });
    }

    #[test]
    fn completions_cannot_replace_prompts_that_differ() {
        assert_eq!(Halving::plan(20, 96, Some(0.4)).completions_each, None);
        assert_eq!(Halving::plan(20, 1, None).completions_each, None);
    }
}
