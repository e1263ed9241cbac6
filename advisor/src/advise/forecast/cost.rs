//! How many steps it takes to a target, by what pilots have shown.

use super::{Pilot, Samples};
use crate::{
    advise::stats::Interval,
    verdict::{Group, Outcome},
};
use statrs::distribution::{ContinuousCDF, Normal};

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
}

impl Seen {
    fn new(step: u64, groups: &[Group]) -> Option<Self> {
        let known: Vec<bool> = groups.iter().flat_map(|group| &group.outcomes).filter_map(Outcome::full).collect();
        let full = known.iter().filter(|full| **full).count() as f64 + 0.5;
        let not = known.len() as f64 + 1.0 - full;
        let seen = Self { step: step as f64, log_odds: (full / not).ln(), noise: 1.0 / full + 1.0 / not };
        (!known.is_empty()).then_some(seen)
    }
}

/// The steps until `target` is reached, of each pilot whose snapshots say at which step they were taken.
///
/// The log-odds of p_full are taken to grow in a straight line through the last two snapshots, or the start and the only one. Under
/// constant advantages a logit does; real runs took a quarter longer in the median, and half of them were within a factor 1.4
/// of the line.
pub(super) fn costs(samples: &Samples<'_>, target: f64, level: f64) -> Vec<Cost> {
    let start = Seen::new(0, samples.groups);
    let of = |pilot: &Pilot| {
        let known = |snapshot: &super::Snapshot| Seen::new(snapshot.step?, &snapshot.groups);
        let mut seen: Vec<Seen> = pilot.snapshots.iter().filter_map(known).collect();
        seen.sort_by(|a, b| a.step.total_cmp(&b.step));
        let last = seen.pop()?;
        let before = seen.pop();
        let before = before.as_ref().or(start.as_ref())?;
        (last.step > before.step)
            .then(|| Cost { scheme: pilot.scheme.clone(), steps: steps(before, &last, target, level) })
    };
    samples.pilots.iter().filter_map(of).collect()
}

fn steps(before: &Seen, last: &Seen, target: f64, level: f64) -> Option<(f64, Interval)> {
    let missing = (target / (1.0 - target)).ln() - last.log_odds;
    let grown = last.log_odds - before.log_odds;
    if missing <= 0.0 {
        return Some((last.step, Interval::new(0.0, last.step)));
    }
    let normal = Normal::standard().inverse_cdf((1.0 + level) / 2.0);
    // Growth that counting alone would show is none.
    let noise = (before.noise + last.noise).sqrt();
    if grown <= normal * noise {
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
        Seen { step, log_odds: (p / (1.0 - p)).ln(), noise: 1e-6 }
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
}
