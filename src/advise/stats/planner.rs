//! How much more to sample.

/// What would about halve the width of an interval for a mean over prompts.
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
    ///
    /// At an `estimate` of 0 or 1 the width falls like 1 / prompts, and twice the prompts are enough. `None` with one
    /// prompt, from which nothing can be said about others.
    #[must_use]
    pub fn plan(prompts: u64, completions_each: u64, estimate: f64, correlation: Option<f64>) -> Option<Self> {
        let enough = correlation.and_then(|correlation| {
            let now = correlation + (1.0 - correlation) / completions_each as f64;
            let left = now / 4.0 - correlation;
            (left > 0.0).then(|| ((1.0 - correlation) / left).ceil() as u64)
        });
        let more = if estimate == 0.0 || estimate == 1.0 { prompts } else { 3 * prompts };
        (prompts > 1).then_some(Self { more_prompts: more, completions_each: enough })
    }
}

#[cfg(test)]
mod tests {
    use super::Halving;

    #[test]
    fn four_times_as_many_of_either_when_prompts_are_alike() {
        let halving = Halving { more_prompts: 60, completions_each: Some(32) };
        assert_eq!(Halving::plan(20, 8, 0.3, Some(0.0)), Some(halving));
    }

    #[test]
    fn completions_cannot_replace_prompts_that_differ() {
        assert_eq!(Halving::plan(20, 96, 0.3, Some(0.4)).unwrap().completions_each, None);
        assert_eq!(Halving::plan(20, 1, 0.3, None).unwrap().completions_each, None);
    }

    #[test]
    fn twice_the_prompts_do_where_nothing_varied_and_one_prompt_plans_nothing() {
        assert_eq!(Halving::plan(20, 8, 0.0, None), Some(Halving { more_prompts: 20, completions_each: None }));
        assert_eq!(Halving::plan(1, 96, 0.3, Some(0.2)), None);
    }
}
