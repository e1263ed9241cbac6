//! How much more to sample.

use super::PromptMean;

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
    /// Of an interval of that `width` at that `level`. The variance of a mean over prompts is proportional to (ρ + (1 − ρ) / m) / prompts
    /// for m completions each with intra-prompt correlation ρ (Kish 1965, Survey Sampling). What is left of the width where every prompt
    /// shows just the estimate no completion takes away: squares of the two add up. Halving the width takes a quarter of the sum.
    ///
    /// At an `estimate` of 0 or 1 the width falls like 1 / prompts, and twice the prompts are enough. `None` with one
    /// prompt, from which nothing can be said about others.
    #[must_use]
    pub fn plan(
        prompts: u64,
        completions_each: u64,
        estimate: f64,
        correlation: Option<f64>,
        width: f64,
        level: f64,
    ) -> Option<Self> {
        let floor = PromptMean::of_values(&[(estimate, prompts)]).map_or(0.0, |mean| mean.interval(level).width());
        let sampled = width.powi(2) - floor.powi(2);
        let enough = correlation.filter(|_| sampled > 0.0).and_then(|correlation| {
            let now = correlation + (1.0 - correlation) / completions_each as f64;
            let left = now * (width.powi(2) / 4.0 - floor.powi(2)) / sampled - correlation;
            (left > 0.0).then(|| ((1.0 - correlation) / left).ceil() as u64)
        });
        let more = if estimate == 0.0 || estimate == 1.0 { prompts } else { 3 * prompts };
        (prompts > 1).then_some(Self { more_prompts: more, completions_each: enough })
    }
}

#[cfg(test)]
mod tests {
    use super::{Halving, PromptMean};

    /// The width of a mean of 0.3 over so many prompts, half of which show more by `spread` and half less.
    fn width(prompts: u64, spread: f64) -> f64 {
        let half = prompts / 2;
        PromptMean::of_values(&[(0.3 - spread, half), (0.3 + spread, half)]).unwrap().interval(0.9).width()
    }

    #[test]
    fn more_of_either_when_prompts_are_alike() {
        // The deviation of 2 completions each is 0.32, of n times as many 1/√n of that.
        let plan = Halving::plan(500, 2, 0.3, Some(0.0), width(500, 0.3), 0.9).unwrap();
        assert_eq!(plan.more_prompts, 1500);
        let each = plan.completions_each.expect("completions do it");
        let narrower = width(500, 0.3 * (2.0 / each as f64).sqrt());
        assert!((narrower / width(500, 0.3) - 0.5).abs() < 0.02, "{each}: {narrower}");
    }

    #[test]
    fn completions_cannot_replace_prompts_that_differ_or_are_few() {
        let of = |prompts, each, correlation| {
            Halving::plan(prompts, each, 0.3, correlation, width(prompts, 0.2), 0.9).unwrap().completions_each
        };
        assert_eq!(of(500, 96, Some(0.4)), None);
        assert_eq!(of(500, 1, None), None);
        assert_eq!(of(10, 4, Some(0.0)), None);
    }

    #[test]
    fn twice_the_prompts_do_where_nothing_varied_and_one_prompt_plans_nothing() {
        assert_eq!(
            Halving::plan(20, 8, 0.0, None, 0.1, 0.9),
            Some(Halving { more_prompts: 20, completions_each: None })
        );
        assert_eq!(Halving::plan(1, 96, 0.3, Some(0.2), 0.9, 0.9), None);
    }
}
