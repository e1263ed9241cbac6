//! Which completions of a prompt a proxy pays wrongly: as few as there can be, since nothing but differences is seen.

use super::{outputs::Output, own::Own, scale::Scale, spread::ROUNDING};

/// Where the truth of a prompt's outputs lies against a proxy: `truth − slope · proxy` is between two numbers where it is paid rightly.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Alignment {
    slope: f64,
    offset: f64,
    low: f64,
    high: f64,
}

/// How good an alignment is: the least is best.
#[derive(Clone, Copy)]
struct Fault {
    /// Outputs that are paid wrongly.
    kinds: usize,
    /// Their share of the policy.
    mass: f64,
    /// By how much.
    distance: f64,
}

impl Scale {
    /// Marks the outputs of a prompt that are paid wrongly. A prompt's offset is the one by which the fewest kinds of completions are,
    /// then the least of the policy, then by the least. `unit` is what rewards of the prompt are measured in.
    pub(super) fn mark(&self, outputs: &mut [Output], unit: f64) {
        let Some(best) = self.align(outputs, unit) else { return };
        let left = |output: &Output| output.truth - best.slope * output.proxy;
        let right: Vec<bool> = outputs.iter().map(|output| (best.low..=best.high).contains(&left(output))).collect();
        let rightly: Vec<Output> =
            outputs.iter().zip(&right).filter(|(_, right)| **right).map(|(output, _)| output.clone()).collect();
        for (output, right) in outputs.iter_mut().zip(right) {
            if !right {
                output.error = best.offset - left(output);
                output.corrected = paid_for(&rightly, output.truth, &best);
            }
        }
    }

    fn align(&self, outputs: &[Output], unit: f64) -> Option<Alignment> {
        let slope = self.slope / unit;
        if self.own == Own::Nothing {
            return Some(Alignment { slope, offset: 0.0, low: -self.tolerance, high: self.tolerance });
        }
        let mut slopes = vec![slope];
        if self.own == Own::OffsetAndSlope {
            slopes.extend(slopes_between(outputs));
        }
        let mut best: Option<(Fault, Alignment)> = None;
        for slope in slopes {
            for found in self.of_slope(outputs, slope) {
                if best.is_none_or(|(known, _)| found.0.is_less(&known)) {
                    best = Some(found);
                }
            }
        }
        best.map(|(_, alignment)| alignment)
    }

    /// The alignments of a slope: each output is once the first that is paid rightly.
    fn of_slope(&self, outputs: &[Output], slope: f64) -> Vec<(Fault, Alignment)> {
        let mut left: Vec<(f64, f64)> =
            outputs.iter().map(|output| (output.truth - slope * output.proxy, output.mass)).collect();
        left.sort_by(|a, b| a.0.total_cmp(&b.0));
        let size = left.iter().fold(0.0_f64, |most, (left, _)| most.max(left.abs()));
        let near = ROUNDING * outputs.iter().fold(size, |most, output| most.max(output.truth.abs()));
        // Half-way between two truths is an error: a proxy that pays both alike does not tell them apart.
        let width = if self.fitted { 2.0 * self.tolerance * (1.0 - ROUNDING) - near } else { 2.0 * self.tolerance };
        let width = width.max(near);
        let from = |&(low, _): &(f64, f64)| {
            let within = |value: f64| (low - near..=low + width).contains(&value);
            let inside = || left.iter().filter(|(left, _)| within(*left));
            let mass: f64 = inside().map(|(_, mass)| mass).sum();
            let high = inside().map(|(left, _)| *left).fold(low, f64::max);
            let even = |mass: f64| if mass > 0.0 { mass } else { 1e-300 };
            let total: f64 = inside().map(|(_, mass)| even(*mass)).sum();
            let offset = inside().map(|(left, mass)| left * (even(*mass) / total)).sum::<f64>();
            let outside = || left.iter().filter(|(left, _)| !within(*left));
            let fault = Fault {
                kinds: outside().count(),
                mass: (1.0 - mass).max(0.0),
                distance: outside().map(|(left, mass)| mass * (left - offset).abs()).sum(),
            };
            (fault, Alignment { slope, offset, low: low - near, high: high + near })
        };
        left.iter().map(from).collect()
    }
}

impl Fault {
    fn is_less(&self, other: &Self) -> bool {
        let differ = |a: f64, b: f64| (a - b).abs() > 1e-7 * a.abs().max(b.abs());
        match () {
            () if self.kinds != other.kinds => self.kinds < other.kinds,
            () if differ(self.mass, other.mass) && (self.mass - other.mass).abs() > 1e-9 => self.mass < other.mass,
            () => differ(self.distance, other.distance) && self.distance < other.distance,
        }
    }
}

/// The slopes by which two outputs are both paid rightly, in order.
fn slopes_between(outputs: &[Output]) -> Vec<f64> {
    let mut slopes = Vec::new();
    for a in outputs {
        for b in outputs.iter().filter(|b| b.truth > a.truth && b.proxy > a.proxy) {
            slopes.push((b.truth - a.truth) / (b.proxy - a.proxy));
        }
    }
    slopes.retain(|slope| slope.is_finite());
    slopes.sort_by(f64::total_cmp);
    slopes.dedup_by(|a, b| (*a - *b).abs() <= ROUNDING * b.abs());
    slopes
}

/// What a truth is paid where it is paid rightly: as others of that worth, else by the line.
fn paid_for(rightly: &[Output], truth: f64, by: &Alignment) -> f64 {
    let alike = || rightly.iter().filter(|output| output.truth == truth);
    let mass: f64 = alike().map(|output| output.mass).sum();
    match alike().next() {
        Some(only) if alike().count() == 1 => only.proxy,
        Some(_) if mass > 0.0 => alike().map(|output| output.proxy * (output.mass / mass)).sum(),
        _ => (truth - by.offset) / by.slope,
    }
}
