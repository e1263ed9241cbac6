//! How many steps it takes to a target, by what pilots have shown.

use super::Samples;
use crate::{
    advise::stats::Interval,
    verdict::{Group, Outcome},
};
use statrs::distribution::{ContinuousCDF, Normal, StudentsT};
use std::collections::BTreeMap;

/// How much longer it took in real runs than a straight line says, in the median (docs/advisor.md).
const SLOWER: f64 = 1.25;

/// Standard deviation of the logarithm of what it took over what was said: seeds, and that no line is right.
const SPREAD: f64 = 0.55;

/// Steps to a target under one scheme.
#[derive(Clone, Debug, PartialEq)]
pub struct Cost {
    /// The scheme that was piloted.
    pub scheme: String,
    /// Steps from the start of training: estimate and interval. `None` where the pilot shows no growth beyond its noise.
    pub steps: Option<(f64, Interval)>,
}

/// What a snapshot says of p_full.
struct Seen {
    step: f64,
    log_odds: f64,
    /// Variance of the log-odds.
    noise: f64,
    /// Prompts that it was drawn from.
    prompts: f64,
}

impl Seen {
    /// Prompts are what was drawn: completions of one prompt are alike, so that thousands of a few prompts say little. Of a single prompt, or where
    /// nobody says which is whose, completions are all there is.
    fn new<'a>(step: u64, groups: impl Iterator<Item = &'a Group>) -> Option<Self> {
        let mut prompts: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
        for group in groups {
            let known = group.outcomes.iter().filter_map(Outcome::full);
            let (full, all) = prompts.entry(&group.prompt).or_default();
            known.for_each(|is_full| {
                *full += f64::from(u8::from(is_full));
                *all += 1.0;
            });
        }
        prompts.retain(|_, (_, all)| *all > 0.0);
        let (count, completions) = (prompts.len() as f64, prompts.values().map(|(_, all)| all).sum::<f64>());
        let full = prompts.values().map(|(full, _)| full).sum::<f64>() + 0.5;
        let not = completions + 1.0 - full;
        let rate = full / (full + not);
        // Of a ratio of sums over prompts, by linearisation; no less than drawing completions alone makes.
        let squares: f64 = prompts.values().map(|(full, all)| (full - rate * all).powi(2)).sum();
        let of_prompts = if count > 1.0 { squares * count / (count - 1.0) / completions.powi(2) } else { 0.0 };
        let noise = (1.0 / full + 1.0 / not).max(of_prompts / (rate * (1.0 - rate)).powi(2));
        (count > 0.0).then(|| Self { step: step as f64, log_odds: (full / not).ln(), noise, prompts: count })
    }
}

/// The steps until `target` is reached, of each scheme with pilots whose snapshots say at which step they were taken. Pilots of several seeds are
/// taken together.
///
/// The log-odds of p_full are taken to grow in a straight line through the last two snapshots, or the start and the only one. Under
/// constant advantages a logit does; real runs took a quarter longer in the median, and half of them were within a factor 1.4
/// of the line.
pub(super) fn costs(samples: &Samples<'_>, target: f64, level: f64) -> Vec<Cost> {
    let start = Seen::new(0, samples.groups.iter());
    let mut schemes: Vec<&str> = Vec::new();
    for pilot in samples.pilots.iter().filter(|pilot| pilot.snapshots.iter().any(|snapshot| snapshot.step.is_some())) {
        if !schemes.contains(&&*pilot.scheme) {
            schemes.push(&pilot.scheme);
        }
    }
    let of = |scheme: &str| {
        let mut by_step: BTreeMap<u64, Vec<&Group>> = BTreeMap::new();
        let snapshots = samples.pilots.iter().filter(|pilot| pilot.scheme == scheme).flat_map(|pilot| &pilot.snapshots);
        for snapshot in snapshots {
            if let Some(step) = snapshot.step {
                by_step.entry(step).or_default().extend(&snapshot.groups);
            }
        }
        let seen = by_step.into_iter().filter_map(|(step, groups)| Seen::new(step, groups.into_iter()));
        let mut seen: Vec<Seen> = seen.collect();
        let last = seen.pop()?;
        let before = seen.pop();
        let before = before.as_ref().or(start.as_ref())?;
        (last.step > before.step)
            .then(|| Cost { scheme: scheme.to_owned(), steps: steps(before, &last, target, level) })
    };
    schemes.into_iter().filter_map(of).collect()
}

fn steps(before: &Seen, last: &Seen, target: f64, level: f64) -> Option<(f64, Interval)> {
    let missing = (target / (1.0 - target)).ln() - last.log_odds;
    let grown = last.log_odds - before.log_odds;
    if missing <= 0.0 {
        return Some((last.step, Interval::new(0.0, last.step)));
    }
    let normal = Normal::standard().inverse_cdf((1.0 + level) / 2.0);
    // Growth that drawing alone would show is none; of few prompts it shows more.
    let noise = (before.noise + last.noise).sqrt();
    let freedom = (before.prompts.min(last.prompts) - 1.0).max(1.0);
    let few = StudentsT::new(0.0, 1.0, freedom).map_or(normal, |of| of.inverse_cdf((1.0 + level) / 2.0));
    let least = if before.prompts > 1.0 && last.prompts > 1.0 { few } else { normal };
    if grown <= least * noise {
        return None;
    }
    let more = SLOWER * missing / (grown / (last.step - before.step));
    let spread = (SPREAD.powi(2) + (noise / grown).powi(2)).sqrt();
    let times = (normal * spread).exp();
    Some((last.step + more, Interval::new(last.step + more / times, last.step + more * times)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(step: f64, p: f64) -> Seen {
        Seen { step, log_odds: (p / (1.0 - p)).ln(), noise: 1e-6, prompts: 1.0 }
    }

    /// From 1/11 (odds 0.1) to 1/6 (0.2) in 20 steps is ln 2; to one half ln 5 more are missing.
    #[test]
    fn a_line_of_log_odds() {
        let (steps, interval) = steps(&seen(20.0, 1.0 / 11.0), &seen(40.0, 1.0 / 6.0), 0.5, 0.9).unwrap();
        assert!((steps - (40.0 + 1.25 * 20.0 * 5.0_f64.ln() / 2.0_f64.ln())).abs() < 1e-9, "{steps}");
        assert!((steps - 40.0) / (interval.low - 40.0) > 2.0 && (interval.high - 40.0) / (steps - 40.0) > 2.0);
    }

    #[test]
    fn no_growth_is_no_number_and_what_is_there_is_there() {
        assert_eq!(steps(&seen(20.0, 0.1), &seen(40.0, 0.1), 0.5, 0.9), None);
        let noisy = Seen { noise: 1.0, ..seen(40.0, 0.2) };
        assert_eq!(steps(&seen(20.0, 0.1), &noisy, 0.5, 0.9), None);
        assert_eq!(steps(&seen(20.0, 0.1), &seen(40.0, 0.6), 0.5, 0.9).unwrap().0, 40.0);
    }

    /// Policies that do not change, on prompts of which few are solved nearly always and most hardly ever: growth is claimed as seldom as its level says,
    /// whether pilots come from the same prompts or from others. With completions for the unit it was claimed in a quarter.
    #[test]
    fn growth_is_not_claimed_where_there_is_none() {
        use rand::{RngExt, SeedableRng};
        let mut rng = rand_chacha::ChaCha8Rng::seed_from_u64(7);
        for (prompts, easy) in [(12, 0.4), (40, 0.1), (40, 0.3), (100, 0.2)] {
            let mut claimed = 0;
            for round in 0..400 {
                let mut snapshot = |rates: &[f64], from: usize| -> Vec<Group> {
                    let mut of = |(place, rate): (usize, &f64)| {
                        let marks: Vec<&str> =
                            (0..16).map(|_| if rng.random::<f64>() < *rate { "11" } else { "10" }).collect();
                        crate::advise::testing::group(&(from + place).to_string(), &marks)
                    };
                    rates.iter().enumerate().map(&mut of).collect()
                };
                let mut other = rand_chacha::ChaCha8Rng::seed_from_u64(round);
                let mut draw = || -> Vec<f64> {
                    (0..prompts).map(|_| if other.random::<f64>() < easy { 0.9 } else { 0.02 }).collect()
                };
                let (first, second) = (draw(), draw());
                let again = if round % 2 == 0 { &first } else { &second };
                let before = Seen::new(20, snapshot(&first, 0).iter()).unwrap();
                let after = Seen::new(40, snapshot(again, 0).iter()).unwrap();
                claimed += usize::from(steps(&before, &after, 0.99, 0.9).is_some());
            }
            assert!(claimed <= 24, "{prompts} prompts: {claimed} of 400");
        }
    }

    #[test]
    fn pilots_of_a_scheme_are_taken_together() {
        use crate::advise::forecast::{Pilot, Snapshot};
        let groups = |marks: &[&str]| -> Vec<Group> {
            (0..40).map(|n| crate::advise::testing::group(&n.to_string(), marks)).collect()
        };
        let start = groups(&["11", "10", "00", "00", "00", "00", "00", "00"]);
        let pilot = |marks: &[&str]| Pilot {
            scheme: "binary".into(),
            snapshots: vec![Snapshot { step: Some(40), groups: groups(marks) }],
        };
        let pilots = [pilot(&["11", "11", "00", "00"]), pilot(&["11", "00", "00", "00"])];
        let found = costs(&Samples { groups: &start, logprobs: &[], pilots: &pilots }, 0.9, 0.9);
        let one = costs(&Samples { groups: &start, logprobs: &[], pilots: &pilots[..1] }, 0.9, 0.9);
        assert_eq!(found.len(), 1);
        assert!(found[0].steps.unwrap().0 > one[0].steps.unwrap().0);
    }
}
