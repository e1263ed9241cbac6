//! Putting a proxy and the truth on one scale, without which no single reward can be called wrong.

use super::samples::Known;

/// How a proxy is put on the truth's scale: the truth it stands for is `offset + slope · proxy`.
///
/// Policy gradients do not see the offset of a reward, and its slope only as a learning rate, so a proxy that is a rising line
/// of the truth has no error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// What a proxy of 0 stands for.
    pub offset: f64,
    /// What a difference of 1 stands for; above 0.
    pub slope: f64,
    /// The least difference from the truth that is an error, on the truth's scale.
    pub tolerance: f64,
    /// Whether the line was fitted, or the two are compared as they are.
    pub fitted: bool,
}

/// How to choose it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Scaling {
    /// As they are when every proxy reward lies in the range of the truth and some are the truth itself, unless the proxy is a rising
    /// line of the truth; else by the fitted line.
    #[default]
    Auto,
    /// As they are.
    Same,
    /// By the line through truth over proxy of least squares, each prompt counting the same.
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

/// Differences that rounding makes.
const ROUNDING: f64 = 1e-9;

impl Scale {
    /// The proxy reward that stands for this truth.
    #[must_use]
    pub fn proxy_of(&self, truth: f64) -> f64 {
        if self.fitted { (truth - self.offset) / self.slope } else { truth }
    }

    /// The truth that this proxy reward stands for.
    #[must_use]
    pub fn truth_of(&self, proxy: f64) -> f64 {
        if self.fitted { self.offset + self.slope * proxy } else { proxy }
    }

    /// How far a proxy reward is from the truth, on the truth's scale; 0 when that is no error.
    #[must_use]
    pub fn error(&self, proxy: f64, truth: f64) -> f64 {
        let error = self.truth_of(proxy) - truth;
        if error.abs() > self.tolerance { error } else { 0.0 }
    }

    /// The scale of a proxy; `None` when it does not rise with the truth, so that no line fits.
    pub(super) fn new(known: &[Known], proxy: usize, scaling: Scaling, tolerance: Option<f64>) -> Option<Self> {
        let all = |values: fn(&Known, usize) -> &[f64]| known.iter().flat_map(move |known| values(known, proxy));
        let mut levels: Vec<f64> = all(|known, _| &known.truth).copied().collect();
        levels.sort_by(f64::total_cmp);
        levels.dedup();
        let (least, most) = (*levels.first()?, *levels.last()?);
        // Rewards of verdicts lie in [0, 1] even where no completion was worth 1.
        let unit = least >= 0.0 && most <= 1.0;
        let (least, most) = if unit { (0.0, 1.0) } else { (least, most) };
        let within = all(|known, proxy| &known.proxies[proxy]).all(|paid| (least..=most).contains(paid));
        let line = line(known, proxy);
        let rounding = ROUNDING * most.abs().max(least.abs());
        // A learned reward may lie in [0, 1] and yet on a scale of its own.
        let pairs = || known.iter().flat_map(|known| known.proxies[proxy].iter().zip(&known.truth));
        let meets = |offset: f64, slope: f64| {
            move |(paid, truth): (&f64, &f64)| (offset + slope * paid - truth).abs() <= rounding
        };
        let shared = pairs().any(meets(0.0, 1.0));
        let straight = line.is_some_and(|(offset, slope)| pairs().all(meets(offset, slope)));
        let same = pairs().all(meets(0.0, 1.0)) || within && (line.is_none() || shared && !straight);
        if scaling == Scaling::Same || scaling == Scaling::Auto && same {
            let tolerance = tolerance.unwrap_or(0.0).max(rounding);
            return Some(Self { offset: 0.0, slope: 1.0, tolerance, fitted: false });
        }
        let (offset, slope) = line?;
        // Half-way to the next value of the truth, the proxy means another one.
        let gap = levels.windows(2).map(|pair| pair[1] - pair[0]).fold(f64::INFINITY, f64::min);
        let half = if levels.len() <= LEVELS { gap / 2.0 } else { 0.0 };
        // A difference of just the tolerance is none, in whatever order the line was summed up.
        let tolerance = tolerance.unwrap_or(half) + rounding;
        Some(Self { offset, slope, tolerance, fitted: true })
    }
}

/// Offset and slope of least squares; `None` when the slope is not above 0 by more than rounding.
fn line(known: &[Known], proxy: usize) -> Option<(f64, f64)> {
    let points = || {
        known.iter().flat_map(move |known| {
            let pairs = known.proxies[proxy].iter().zip(&known.truth);
            known.mass.iter().zip(pairs).map(|(mass, (paid, truth))| (*mass, *paid, *truth))
        })
    };
    let total: f64 = points().map(|(mass, ..)| mass).sum();
    let mean = |value: fn(f64, f64) -> f64| points().map(|(mass, x, y)| mass * value(x, y)).sum::<f64>() / total;
    let (x, y) = (mean(|x, _| x), mean(|_, y| y));
    let (mut across, mut along, mut up) = (0.0, 0.0, 0.0);
    for (mass, paid, truth) in points() {
        across += mass * (paid - x) * (truth - y);
        along += mass * (paid - x).powi(2);
        up += mass * (truth - y).powi(2);
    }
    // A correlation of nothing but rounding is none, whichever way the sums went.
    let rises = across > ROUNDING * (along * up).sqrt();
    let slope = across / along;
    (rises && slope.is_finite()).then_some((y - slope * x, slope))
}
