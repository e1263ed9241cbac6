//! The outputs of a prompt as the policy's dynamics see them: completions that are worth and paid the same are one.

use super::{
    samples::{Known, mean},
    scale::Scale,
    spread::unit,
};
use std::collections::BTreeMap;

/// Completions of a prompt of the same worth and reward.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Output {
    pub(super) truth: f64,
    pub(super) proxy: f64,
    /// What the proxy would pay without its error.
    pub(super) corrected: f64,
    /// What the error is, on the truth's scale; 0 for none.
    pub(super) error: f64,
    /// Share of the policy.
    pub(super) mass: f64,
    /// Which samples of the prompt.
    pub(super) members: Vec<usize>,
}

/// More outputs than these are put together on a grid.
const MOST: usize = 24;

/// The outputs of a prompt under a proxy, sorted by truth and reward.
pub(super) fn outputs(known: &Known, proxy: usize, scale: &Scale) -> Vec<Output> {
    let paid = &known.proxies[proxy];
    let exactly = |sample: usize| (key(known.truth[sample]), key(paid[sample]));
    let mut groups = group(known.truth.len(), exactly);
    let mut cells = MOST as u32;
    while groups.len() > MOST {
        cells -= 1;
        let (truth, proxy) = (Grid::over(&known.truth, cells), Grid::over(paid, cells));
        groups = group(known.truth.len(), |sample| (truth.cell(known.truth[sample]), proxy.cell(paid[sample])));
    }
    let mut outputs: Vec<Output> = groups.into_iter().map(|members| output(known, paid, members)).collect();
    scale.mark(&mut outputs, unit(known, proxy, scale.own));
    outputs
}

/// A total order of numbers, 0 and −0 the same.
fn key(value: f64) -> i64 {
    let bits = (value + 0.0).to_bits() as i64;
    bits ^ (((bits >> 63) as u64) >> 1) as i64
}

fn group(samples: usize, key: impl Fn(usize) -> (i64, i64)) -> Vec<Vec<usize>> {
    let mut groups: BTreeMap<(i64, i64), Vec<usize>> = BTreeMap::new();
    for sample in 0..samples {
        groups.entry(key(sample)).or_default().push(sample);
    }
    groups.into_values().collect()
}

fn output(known: &Known, paid: &[f64], members: Vec<usize>) -> Output {
    let mass: f64 = members.iter().map(|&member| known.mass[member]).sum();
    let of = |values: &[f64]| {
        let first = values[members[0]];
        if members.iter().all(|&member| values[member] == first) {
            return first;
        }
        let shares: Vec<f64> = members.iter().map(|_| 1.0 / members.len() as f64).collect();
        mean(&shares, &members.iter().map(|&member| values[member]).collect::<Vec<_>>())
    };
    let (truth, proxy) = (of(&known.truth), of(paid));
    Output { truth, proxy, corrected: proxy, error: 0.0, mass, members }
}

/// Cells of equal width over the range of values.
struct Grid {
    least: f64,
    width: f64,
    cells: u32,
}

impl Grid {
    fn over(values: &[f64], cells: u32) -> Self {
        let least = values.iter().copied().fold(f64::INFINITY, f64::min);
        let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        Self { least, width: (most - least) / f64::from(cells), cells }
    }

    fn cell(&self, value: f64) -> i64 {
        let at = if self.width > 0.0 { ((value - self.least) / self.width).floor() } else { 0.0 };
        (at as i64).min(i64::from(self.cells) - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_orders_numbers() {
        let sorted = [f64::MIN, -1.5, -1e-300, 0.0, 1e-300, 0.3, 7.0, f64::MAX];
        assert!(sorted.windows(2).all(|pair| key(pair[0]) < key(pair[1])));
        assert_eq!(key(0.0), key(-0.0));
    }
}
