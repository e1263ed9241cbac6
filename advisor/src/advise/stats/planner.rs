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

/// How many standard deviations a plan allows for, so that it holds nine times in ten.
const NINE_IN_TEN: f64 = 1.2816;

/// The most prompts that a plan asks for, as a multiple of those that there are.
const MOST: f64 = 64.0;

impl Halving {
    /// Of an interval of that `width` at that `level`. The variance of a mean over prompts is proportional to (ρ + (1 − ρ) / m) / prompts
    /// for m completions each with intra-prompt correlation ρ (Kish 1965, Survey Sampling). What is left of the width where every prompt
    /// shows just the estimate no completion takes away: squares of the two add up. It falls like 1 / prompts and not like the root, so that
    /// rare events, of whose width it is most, take fewer prompts. Halving the width takes a quarter of the sum.
    ///
    /// The spread was itself only estimated, from as many of the rarer of hits and misses as were seen, and the new sample will have its own; the
    /// plan allows for that, so that it is enough nine times in ten. `None` with one prompt, from which nothing can be said about others.
    #[must_use]
    pub fn plan(
        prompts: u64,
        completions_each: u64,
        estimate: f64,
        correlation: Option<f64>,
        width: f64,
        level: f64,
    ) -> Option<Self> {
        let floor = |prompts: u64| {
            PromptMean::of_values(&[(estimate, prompts)]).map_or(0.0, |mean| mean.interval(level).width())
        };
        let sampled = (width.powi(2) - floor(prompts).powi(2)).max(0.0);
        let each = completions_each.max(1) as f64;
        let enough = correlation.filter(|_| sampled > 0.0).and_then(|correlation| {
            let now = correlation + (1.0 - correlation) / each;
            let left = now * (width.powi(2) / 4.0 - floor(prompts).powi(2)) / sampled - correlation;
            (left > 0.0).then(|| ((1.0 - correlation) / left).ceil() as u64)
        });
        // Events' worth of what was seen, where completions of a prompt are alike.
        let alike = 1.0 + (each - 1.0) * correlation.unwrap_or(1.0);
        let events = estimate.min(1.0 - estimate) * prompts as f64 * each / alike;
        let narrow = |times: f64| {
            let room = 1.0 + NINE_IN_TEN * ((1.0 + 1.0 / times) / events.max(1.0)).sqrt();
            let after = sampled / times * room + floor((prompts as f64 * times).ceil() as u64).powi(2);
            after <= width.powi(2) / 4.0
        };
        let (mut low, mut high) = (1.0, MOST);
        while prompts as f64 * (high - low) > 0.5 {
            let middle = f64::midpoint(low, high);
            if narrow(middle) { high = middle } else { low = middle }
        }
        let more_prompts = (prompts as f64 * (high - 1.0)).round() as u64;
        (prompts > 1).then_some(Self { more_prompts, completions_each: enough })
    }
}

#[cfg(test)]
mod tests {
    use super::{super::Tally, Halving, PromptMean};
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    /// The width of a mean of 0.3 over so many prompts, half of which show more by `spread` and half less.
    fn width(prompts: u64, spread: f64) -> f64 {
        let half = prompts / 2;
        PromptMean::of_values(&[(0.3 - spread, half), (0.3 + spread, half)]).unwrap().interval(0.9).width()
    }

    #[test]
    fn more_of_either_when_prompts_are_alike() {
        // The deviation of 2 completions each is 0.32, of n times as many 1/√n of that.
        let plan = Halving::plan(500, 2, 0.3, Some(0.0), width(500, 0.3), 0.9).unwrap();
        // Four times as many in the mean, and a tenth more to be sure.
        assert!((1500..1900).contains(&plan.more_prompts), "{plan:?}");
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
        let none = PromptMean::of_values(&[(0.0, 20)]).unwrap().interval(0.9).width();
        let plan = Halving::plan(20, 8, 0.0, None, none, 0.9).unwrap();
        assert!((19..=23).contains(&plan.more_prompts) && plan.completions_each.is_none(), "{plan:?}");
        assert_eq!(Halving::plan(1, 96, 0.3, Some(0.2), 0.9, 0.9), None);
    }

    /// Prompts of two kinds, three in four with a third of the mean rate: as many as a plan asks for halve the width nine times in ten, and
    /// hardly more than that: not the three times too many of a plan that has the width fall like a root.
    #[test]
    fn plans_halve_the_width_nine_times_in_ten() {
        let mut rng = ChaCha8Rng::seed_from_u64(3);
        let (mut halved, mut planned, mut asked) = (0, 0, 0.0);
        for (rate, prompts, each) in [(0.01, 40, 8), (0.02, 60, 8), (0.05, 40, 16), (0.01, 100, 32), (0.3, 60, 8)] {
            for _ in 0..40 {
                let mut sample = |prompts: u64| -> Tally {
                    let mut of = |_| {
                        let own = if rng.random_bool(0.75) { rate / 3.0 } else { 3.0 * rate };
                        ((0..each).filter(|_| rng.random_bool(own)).count() as u64, each)
                    };
                    (0..prompts).map(&mut of).collect()
                };
                let first = sample(prompts);
                let mean = PromptMean::of_rates(&first).unwrap();
                let width = mean.interval(0.9).width();
                let plan = Halving::plan(prompts, each, mean.estimate(), first.correlation(), width, 0.9).unwrap();
                let more = sample(plan.more_prompts);
                let all: Tally = [&first, &more].into_iter().flat_map(Tally::iter).flat_map(one_by_one).collect();
                halved += u32::from(PromptMean::of_rates(&all).unwrap().interval(0.9).width() <= width / 2.0);
                planned += 1;
                asked += plan.more_prompts as f64 / prompts as f64 / 200.0;
            }
        }
        let share = f64::from(halved) / f64::from(planned);
        println!("halved {share:.3}; asked for {asked:.2} times the prompts");
        assert!((0.85..=1.0).contains(&share), "{share}");
        assert!(asked < 2.6, "{asked}");
    }

    fn one_by_one((hits, trials, prompts): (u64, u64, u64)) -> impl Iterator<Item = (u64, u64)> {
        (0..prompts).map(move |_| (hits, trials))
    }
}
