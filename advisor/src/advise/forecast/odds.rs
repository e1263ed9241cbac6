//! What can come of two schemes: one is better by more than a tenth, the other is, or it hardly matters.

use super::gaps::{Gaps, TENTH};
use statrs::distribution::{Continuous, ContinuousCDF, Normal};

/// Spread, on the scale of ln(area of one / area of the other), of what no kernel explains: that no kernel is right. It shrinks with how
/// differently two schemes pay, and with the room that there is to differ in.
const WIDTH: f64 = 0.125;

/// Of a simulated difference, what a network shows where it shows any, and the deviation of that between networks and runs: what is at stake
/// is what varies. Fitted to real runs (docs/advisor.md).
const REAL: f64 = 0.66;
const VARIES: f64 = 0.41;

/// The surest that an opinion of a scheme is: of real runs of which it was said, about as many came true (docs/advisor.md).
const PROVED: f64 = 0.9;

/// The least deviation, so that it can be divided by.
const NARROWEST: f64 = 1e-3;

/// Spread of what is left of a difference that a network does not show.
const TIED: f64 = 0.05;

/// The most that [`hidden`] comes to, and the share of groups with a full answer at which it is half of that: where the optimiser scales its
/// steps, and where it is plain gradient descent, as the model's is.
const HIDDEN: [(f64, f64); 2] = [(0.8, 0.1), (0.3, 0.03)];

/// What samples and pilots count where they are pooled: their logarithms are weighed. A pilot counts for more, since what samples say of the
/// direction did not carry over to another kind of network.
const FORETOLD: f64 = 0.35;
const PILOTED: f64 = 0.8;

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
    /// From draws of ln(area of the second / area of the first), which were seen and vary by nothing but what they are. Not empty.
    pub(super) fn seen(ratios: &[f64], deviation: f64) -> Self {
        let of = |sign: f64| {
            let beyond = |ratio: &f64| Normal::standard().cdf((sign * ratio - TENTH) / deviation.max(1e-9));
            ratios.iter().map(beyond).sum::<f64>() / ratios.len() as f64
        };
        let (rival, first) = (of(1.0), of(-1.0));
        Self { rival, first, small: (1.0 - rival - first).max(0.0) }
    }

    /// From draws as they are simulated, where schemes differ in a `share` of what they pay only, in [0, 1]: what no kernel explains shrinks
    /// with it. Schemes that pay alike learn alike. Not empty.
    pub(super) fn spread(draws: &[Ratio], share: f64) -> Self {
        let normal = Normal::standard();
        let beyond = |sign: f64| {
            let of = |draw: &Ratio| {
                let tied = normal.cdf(-TENTH / (TIED * draw.room * share).max(NARROWEST));
                let shown = normal.cdf((sign * REAL * draw.ratio - TENTH) / draw.deviation(share));
                draw.hidden * tied + (1.0 - draw.hidden) * shown
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
            for draw in draws {
                let (ratio, shown, deviation) = (sign * REAL * draw.ratio, 1.0 - draw.hidden, draw.deviation(1.0));
                let beyond = (ratio - TENTH) / deviation;
                chance += shown * normal.cdf(beyond);
                sum += shown * (ratio * normal.cdf(beyond) + deviation * normal.pdf(beyond));
            }
            // What is hardly ever ahead has no average worth the name.
            if chance > 1e-6 * draws.len() as f64 { sum / chance } else { TENTH }
        };
        Gaps { first: gap(-1.0), rival: gap(1.0) }
    }

    /// No surer of a scheme than what was seen to come true: what is more is doubt about whether it matters.
    #[must_use]
    pub(super) fn capped(self) -> Self {
        let cap = |of: f64| of.min(PROVED);
        let (rival, first) = (cap(self.rival), cap(self.first));
        Self { rival, first, small: (1.0 - rival - first).max(0.0) }
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

    /// A forecast from samples, and what pilots say: a logarithmic pool (Genest and Zidek 1986, Statistical Science 1(1)).
    #[must_use]
    pub(super) fn pooled(self, pilots: Self) -> Self {
        self.weighed(FORETOLD, pilots, PILOTED)
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
    /// How far areas can differ, from 0 to 1: see [`room`].
    pub(super) room: f64,
}

impl Ratio {
    /// What of it a network shows on average.
    pub(super) fn expected(self) -> f64 {
        (1.0 - self.hidden) * REAL * self.ratio
    }

    /// How far a network that shows it is from what is expected.
    fn deviation(self, share: f64) -> f64 {
        (WIDTH * self.room * share).hypot(VARIES * self.ratio).max(NARROWEST)
    }
}

/// How far areas can differ that begin at that p_full and are compared until half-way to all: the logarithm of the most that one can be over
/// the start, no more than 1. Where 98 % is solved no area is larger than another by a tenth.
#[must_use]
pub(super) fn room(p_full: f64) -> f64 {
    ((1.0 + p_full) / (2.0 * p_full.max(1e-9))).ln().clamp(0.0, 1.0)
}

/// How likely it is that a network shows no difference between schemes, where groups of `group_size` start with that p_full, under `plain` gradient
/// descent or an optimiser that scales its steps.
///
/// Where groups hold full answers from the start, a network may learn them under any credit, whatever their size: the model's few outcomes stand for many
/// completions, most of which a small step does not reach. Real runs either differed about as the model has it, or not at all. Fitted to them
/// (docs/advisor.md).
#[must_use]
pub(super) fn hidden(p_full: f64, group_size: usize, plain: bool) -> f64 {
    let (most, halved) = HIDDEN[usize::from(plain)];
    let full = 1.0 - (1.0 - p_full).powf(group_size as f64);
    most * full / (full + halved)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of a policy that has all to learn, and whose differences all show.
    fn shown(ratio: f64) -> Ratio {
        Ratio { ratio, hidden: 0.0, room: 1.0 }
    }

    #[test]
    fn the_three_add_up_and_mirror_each_other() {
        let odds = Odds::spread(&[-0.3, 0.0, 0.05, 1.2].map(shown), 1.0);
        assert!((odds.rival + odds.first + odds.small - 1.0).abs() < 1e-12);
        let mirrored = Odds::spread(&[0.3, 0.0, -0.05, -1.2].map(shown), 1.0);
        assert!((odds.rival - mirrored.first).abs() < 1e-12 && (odds.small - mirrored.small).abs() < 1e-12);
        // Half of what lies a tenth away is beyond it.
        assert!((Odds::seen(&[1.1_f64.ln()], 0.1).rival - 0.5).abs() < 1e-12);
    }

    /// Against sums over a fine grid of the same normal distributions.
    #[test]
    fn gaps_are_the_means_beyond_a_tenth() {
        let ratios = [-0.3, 0.0, 0.05, 1.2];
        let normal = Normal::standard();
        let (mut chance, mut sum) = (0.0, 0.0);
        for ratio in ratios.map(shown) {
            let deviation = ratio.deviation(1.0);
            for step in 0..60_000 {
                let x = TENTH + (f64::from(step) + 0.5) * 1e-4;
                let density = normal.pdf((x - REAL * ratio.ratio) / deviation) / deviation;
                chance += density;
                sum += density * x;
            }
        }
        assert!((Odds::gaps(&ratios.map(shown)).rival - sum / chance).abs() < 1e-6);
        let none = Odds::gaps(&[shown(0.0); 3]);
        assert_eq!(none.first, none.rival);
    }

    /// Where half of the networks show nothing, half of the odds are those of a tie, and what a network shows is as large as before.
    #[test]
    fn what_is_hidden_is_a_tie() {
        let half = [Ratio { hidden: 0.5, ..shown(2.0) }];
        let (odds, whole) = (Odds::spread(&half, 1.0), Odds::spread(&[shown(2.0)], 1.0));
        let tied = Normal::standard().cdf(-TENTH / TIED);
        assert!((odds.rival - (0.5 * whole.rival + 0.5 * tied)).abs() < 1e-9, "{odds:?}");
        assert!((Odds::gaps(&half).rival - Odds::gaps(&[shown(2.0)]).rival).abs() < 1e-12);
        // Nothing is hidden where no group holds a full answer, and more where more do; as much in groups of every size that do.
        for plain in [false, true] {
            let of = |p_full| hidden(p_full, 8, plain);
            assert!(of(0.0) == 0.0 && of(0.01) < of(0.1) && of(0.1) < of(1.0) && of(1.0) < 1.0);
            assert!(hidden(0.02, 4, plain) < hidden(0.02, 64, plain) && hidden(0.9, 64, plain) <= HIDDEN[0].0);
        }
    }

    /// Schemes that pay everything alike, or have nothing left to differ in, do not differ, whatever else is unknown.
    #[test]
    fn what_cannot_differ_does_not() {
        assert!(Odds::spread(&[shown(0.0)], 0.0).small > 0.999);
        for p_full in [0.9, 0.98, 1.0] {
            let odds = Odds::spread(&[Ratio { room: room(p_full), ..shown(0.0) }], 1.0);
            assert!(odds.small > 0.99, "{p_full}: {odds:?}");
        }
        assert!(room(0.0) == 1.0 && room(0.2) == 1.0 && room(0.5) < 0.5 && room(1.0) == 0.0);
    }

    #[test]
    fn no_scheme_is_said_to_be_surer_than_was_seen() {
        let capped = Odds { rival: 0.97, first: 0.01, small: 0.02 }.capped();
        assert!(capped.rival == PROVED && (capped.rival + capped.first + capped.small - 1.0).abs() < 1e-12);
        let small = Odds { rival: 0.0, first: 0.0, small: 1.0 };
        assert_eq!(small.capped(), small);
    }

    /// Samples do not turn a pilot that is sure of itself.
    #[test]
    fn pilots_outweigh_samples() {
        let (one, other) = (Odds { rival: 0.7, first: 0.1, small: 0.2 }, Odds { rival: 0.1, first: 0.7, small: 0.2 });
        assert!(one.pooled(other).first > one.pooled(other).rival);
        let sure = Odds { rival: 1.0, first: 0.0, small: 0.0 }.pooled(one);
        assert!(sure.rival < 1.0 && sure.first > 0.0 && (sure.rival + sure.first + sure.small - 1.0).abs() < 1e-12);
    }
}
