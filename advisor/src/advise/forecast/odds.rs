//! What can come of two schemes: one is better by more than a tenth, the other is, or it hardly matters.

use super::gaps::{Gaps, TENTH};
use statrs::distribution::{Continuous, ContinuousCDF, Normal};

/// Spread, on the scale of ln(area of one / area of the other), of what no kernel explains: seeds, and that no kernel is right.
const WIDTH: f64 = 0.1;

/// Least share of [`WIDTH`], so that it can be divided by.
const NARROWEST: f64 = 1e-3;

/// Spread of what is left of a difference that a network does not show.
const TIED: f64 = 0.05;

/// The most that [`hidden`] comes to, and the full answers in a group at which it is half of that: where the optimiser scales its steps, and
/// where it is plain gradient descent, as the model's is.
const HIDDEN: [(f64, f64); 2] = [(0.8, 0.1), (0.3, 0.03)];

/// Of a difference that a network shows, the share of the simulated one: with it, losses were foretold as large as they were seen.
const REAL: f64 = 0.5;

/// What opinions count that are pooled: their logarithms are weighed, since they rest on the same samples in part.
const POOLED: f64 = 0.7;

/// What a forecast counts beside areas that were seen, which are those of one run only.
const FORETOLD: f64 = 0.35;

/// No opinion is surer than this when it is pooled with another.
const LEAST: f64 = 0.01;

/// Probabilities of the three, which add up to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Odds {
    /// The second scheme has the larger area under its p_full curve, by more than a tenth.
    pub rival: f64,
    /// The first has.
    pub first: f64,
    /// Neither has.
    pub small: f64,
}

impl Odds {
    /// From draws of ln(area of the second / area of the first), each with some spread. Not empty.
    pub(super) fn of(ratios: &[f64]) -> Self {
        Self::spread(&ratios.iter().copied().map(Ratio::seen).collect::<Vec<_>>(), 1.0)
    }

    /// The same, where schemes differ in a `share` of what they pay only, in [0, 1]: what no kernel explains shrinks with it. Schemes that
    /// pay alike learn alike.
    pub(super) fn spread(draws: &[Ratio], share: f64) -> Self {
        let share = share.max(NARROWEST);
        let normal = Normal::standard();
        let beyond = |sign: f64| {
            let tied = normal.cdf(-TENTH / (TIED * share));
            let of = |draw: &Ratio| {
                draw.hidden * tied + (1.0 - draw.hidden) * normal.cdf((sign * draw.ratio - TENTH) / (WIDTH * share))
            };
            draws.iter().map(of).sum::<f64>() / draws.len() as f64
        };
        let (rival, first) = (beyond(1.0), beyond(-1.0));
        Self { rival, first, small: (1.0 - rival - first).max(0.0) }
    }

    /// Of the same draws, by how much each is ahead where it is by more than a tenth; a tenth where it never is.
    pub(super) fn gaps(draws: &[Ratio]) -> Gaps {
        let normal = Normal::standard();
        // The mean of the part of a normal distribution that lies beyond a tenth, times its probability.
        let gap = |sign: f64| {
            let (mut chance, mut sum) = (0.0, 0.0);
            for (ratio, shown) in draws.iter().map(|draw| (sign * draw.ratio, 1.0 - draw.hidden)) {
                let beyond = (ratio - TENTH) / WIDTH;
                chance += shown * normal.cdf(beyond);
                sum += shown * (ratio * normal.cdf(beyond) + WIDTH * normal.pdf(beyond));
            }
            // What is hardly ever ahead has no average worth the name.
            if chance > 1e-6 * draws.len() as f64 { sum / chance } else { TENTH }
        };
        Gaps { first: gap(-1.0), rival: gap(1.0) }
    }

    /// Probability that the second scheme wins, given that it makes a difference.
    #[must_use]
    pub fn probability(self) -> f64 {
        let either = self.rival + self.first;
        if either > 0.0 { self.rival / either } else { 0.5 }
    }

    /// Probability of the likeliest of the three.
    #[must_use]
    pub fn surest(self) -> f64 {
        self.rival.max(self.first).max(self.small)
    }

    /// Two opinions in one: a logarithmic pool (Genest and Zidek 1986, Statistical Science 1(1)).
    #[must_use]
    pub fn pooled(self, other: Self) -> Self {
        self.weighed(POOLED, other, POOLED)
    }

    /// A forecast and what was seen since: the latter counts in full.
    #[must_use]
    pub(super) fn corrected(self, seen: Self) -> Self {
        self.weighed(FORETOLD, seen, 1.0)
    }

    fn weighed(self, weight: f64, other: Self, other_weight: f64) -> Self {
        let pool = |a: f64, b: f64| a.max(LEAST).powf(weight) * b.max(LEAST).powf(other_weight);
        let (rival, first, small) =
            (pool(self.rival, other.rival), pool(self.first, other.first), pool(self.small, other.small));
        let total = rival + first + small;
        Self { rival: rival / total, first: first / total, small: small / total }
    }
}

/// A draw of ln(area of the second scheme / area of the first).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Ratio {
    /// As the simulation has it.
    pub(super) ratio: f64,
    /// The probability that a network shows no such difference.
    pub(super) hidden: f64,
}

impl Ratio {
    /// As it was seen, or as a network is sure to show it.
    pub(super) fn seen(ratio: f64) -> Self {
        Self { ratio, hidden: 0.0 }
    }

    /// What of it a network shows on average.
    pub(super) fn expected(self) -> f64 {
        (1.0 - self.hidden) * self.ratio
    }

    /// What of it a network shows where it shows any.
    pub(super) fn in_real_runs(self) -> Self {
        Self { ratio: REAL * self.ratio, ..self }
    }
}

/// How likely it is that a network shows no difference between schemes, where groups of `group_size` start with that p_full, under `plain` gradient
/// descent or an optimiser that scales its steps.
///
/// Where groups hold full answers from the start, a network may learn them under any credit: the model's few outcomes stand for many
/// completions, most of which a small step does not reach. Real runs either differed about as the model has it, or not at all. Fitted to them
/// (docs/advisor.md).
#[must_use]
pub(super) fn hidden(p_full: f64, group_size: usize, plain: bool) -> f64 {
    let (most, halved) = HIDDEN[usize::from(plain)];
    let full = p_full * group_size as f64;
    most * full / (full + halved)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_add_up_and_mirror_each_other() {
        let odds = Odds::of(&[-0.3, 0.0, 0.05, 1.2]);
        assert!((odds.rival + odds.first + odds.small - 1.0).abs() < 1e-12);
        let mirrored = Odds::of(&[0.3, 0.0, -0.05, -1.2]);
        assert!((odds.rival - mirrored.first).abs() < 1e-12 && (odds.small - mirrored.small).abs() < 1e-12);
        // Half of what lies a tenth away is beyond it.
        assert!((Odds::of(&[1.1_f64.ln()]).rival - 0.5).abs() < 1e-12);
    }

    /// Against sums over a fine grid of the same normal distributions.
    #[test]
    fn gaps_are_the_means_beyond_a_tenth() {
        let ratios = [-0.3, 0.0, 0.05, 1.2];
        let normal = Normal::standard();
        let (mut chance, mut sum) = (0.0, 0.0);
        for ratio in ratios {
            for step in 0..60_000 {
                let x = TENTH + (f64::from(step) + 0.5) * 1e-4;
                let density = normal.pdf((x - ratio) / WIDTH);
                chance += density;
                sum += density * x;
            }
        }
        assert!((Odds::gaps(&ratios.map(Ratio::seen)).rival - sum / chance).abs() < 1e-6);
        let none = Odds::gaps(&[Ratio::seen(0.0); 3]);
        assert_eq!(none.first, none.rival);
    }

    /// Where half of the networks show nothing, half of the odds are those of a tie, and what a network shows is as large as before.
    #[test]
    fn what_is_hidden_is_a_tie() {
        let half = [Ratio { ratio: 2.0, hidden: 0.5 }];
        let odds = Odds::spread(&half, 1.0);
        let tied = Normal::standard().cdf(-TENTH / TIED);
        assert!((odds.rival - (0.5 + 0.5 * tied)).abs() < 1e-9 && (odds.first - 0.5 * tied).abs() < 1e-9, "{odds:?}");
        assert!((Odds::gaps(&half).rival - Odds::gaps(&[Ratio::seen(2.0)]).rival).abs() < 1e-12);
        // Nothing is hidden where no group holds a full answer, and more where more do.
        for plain in [false, true] {
            let of = |p_full| hidden(p_full, 8, plain);
            assert!(of(0.0) == 0.0 && of(0.01) < of(0.1) && of(0.1) < of(1.0) && of(1.0) < 1.0);
        }
    }

    #[test]
    fn pooling_keeps_order_and_knows_no_certainty() {
        let (sure, unsure) = (Odds { rival: 1.0, first: 0.0, small: 0.0 }, Odds { rival: 0.4, first: 0.3, small: 0.3 });
        let pooled = sure.pooled(unsure);
        assert_eq!(pooled, unsure.pooled(sure));
        assert!(pooled.rival > 0.9 && pooled.rival < 1.0 && pooled.first > 0.0, "{pooled:?}");
        assert!((pooled.rival + pooled.first + pooled.small - 1.0).abs() < 1e-12);
    }
}
