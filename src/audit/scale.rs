//! Putting a proxy and the truth on one scale, without which no single reward can be called wrong.
//!
//! A policy gradient sees what a completion is paid beside what the policy earns on the prompt. So a prompt has an offset of its own, and
//! nothing here changes when a constant is added to a prompt's rewards. Where the trainer divides by the deviation of a group, a prompt
//! has a slope of its own as well.

use super::{
    own::Own,
    samples::Known,
    spread::{ROUNDING, Spread},
};
use crate::reward::Algorithm;

/// How a proxy is put on the truth's scale: on each prompt the truth it stands for is `offset + slope · proxy`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// What a difference of 1 stands for; above 0. Where a prompt has its own slope, this is the one in deviations of the prompt's rewards.
    pub slope: f64,
    /// The least difference from the truth that is an error, on the truth's scale.
    pub tolerance: f64,
    /// Whether the slope was fitted, or a difference means the same for both.
    pub fitted: bool,
    /// What a prompt has of its own.
    pub own: Own,
}

/// How to choose it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Scaling {
    /// As they are but for an offset, where differences of rewards often are those of the truth; else by a fitted slope.
    #[default]
    Auto,
    /// As they are, offset included.
    Same,
    /// By the slope of least squares within prompts.
    Fit,
}

impl Scaling {
    /// The names the command line uses.
    pub const NAMES: &[&str] = &["auto", "same", "fit"];

    /// The choice of that name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        match name {
            "auto" => Some(Self::Auto),
            "same" => Some(Self::Same),
            "fit" => Some(Self::Fit),
            _ => None,
        }
    }
}

/// Different values of the truth up to which a fitted proxy is only asked for the right one.
const LEVELS: usize = 16;

/// Share of the pairs of a prompt whose difference must be that of the truth, for a proxy to be on the truth's own scale.
const SHARED: f64 = 0.1;

/// Deviations of ordinary residuals that are noise, and the most that noise may be of the truth's own deviation.
const NOISE: (f64, f64) = (3.0, 0.25);

/// A normal deviation over a median absolute deviation.
const NORMAL: f64 = 1.4826;

impl Scale {
    /// The scale of a proxy; `None` when it does not rise with the truth, so that no slope fits.
    pub(super) fn new(
        known: &[Known],
        proxy: usize,
        scaling: Scaling,
        tolerance: Option<f64>,
        algorithm: Algorithm,
    ) -> Option<Self> {
        let mut levels: Vec<f64> = known.iter().flat_map(|known| &known.truth).copied().collect();
        levels.sort_by(f64::total_cmp);
        levels.dedup();
        let (least, most) = (*levels.first()?, *levels.last()?);
        let rounding = ROUNDING * most.abs().max(least.abs());
        let exact = |own| Self { slope: 1.0, tolerance: tolerance.unwrap_or(0.0).max(rounding), fitted: false, own };
        if scaling == Scaling::Same {
            return Some(exact(Own::Nothing));
        }
        let own = if algorithm.normalises() { Own::OffsetAndSlope } else { Own::Offset };
        // Rewards of verdicts span 0 to 1 even where no completion was worth 1.
        let unit = least >= 0.0 && most <= 1.0;
        let width = if unit { 1.0 } else { most - least };
        let spread = Spread::of(known, proxy, own);
        if scaling == Scaling::Auto {
            match own {
                Own::OffsetAndSlope if spread.tied >= SHARED => {
                    return Some(Self { slope: spread.slope.unwrap_or(spread.truth), ..exact(own) });
                }
                Own::OffsetAndSlope => {}
                _ => {
                    let fits = spread.widest <= width * (1.0 + ROUNDING);
                    let straight = spread.slope.is_some_and(|slope| Spread::is_straight(known, proxy, slope));
                    let flat = spread.widest == 0.0;
                    if flat || fits && !straight && (spread.slope.is_none() || spread.shared >= SHARED) {
                        return Some(exact(own));
                    }
                }
            }
        }
        if spread.truth == 0.0 {
            // All completions of each prompt are worth alike: there is no slope to find, and none is needed.
            return Some(exact(own));
        }
        let slope = spread.slope?;
        // Half-way to the next value of the truth, the proxy means another one.
        let gap = levels.windows(2).map(|pair| pair[1] - pair[0]).fold(f64::INFINITY, f64::min);
        let half = if levels.len() <= LEVELS { gap / 2.0 } else { 0.0 };
        let noise = NOISE.0 * NORMAL * Spread::residual(known, proxy, slope, own);
        let tolerance = tolerance.unwrap_or(half.max(noise.min(NOISE.1 * spread.truth)));
        Some(Self { slope, tolerance: tolerance.max(rounding), fitted: true, own })
    }
}
