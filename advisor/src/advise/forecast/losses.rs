//! What each choice is expected to give up, given that nobody knows which scheme is faster.

use super::{Gaps, Odds};

/// Of what is at stake between two fixed schemes, the share that `adaptive` gave up against the better one in 44 real trainings; 0.02 in simulation
/// (docs/schemes/adaptive.md).
const GIVEN_UP: f64 = 0.13;

/// p_full at the start below which `adaptive` is not counted on: the runs in which it stalled began there.
pub const RARE: f64 = 0.001;

/// Expected shares of the area under the p_full curve that are lost against the better of two schemes, in [0, 1].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Losses {
    /// With the first scheme, `binary`.
    pub first: f64,
    /// With the rival.
    pub rival: f64,
    /// With `adaptive`; `None` where full answers are so rare that it may miss them.
    pub adaptive: Option<f64>,
}

impl Losses {
    /// From how likely each scheme is ahead, and by how much where it is, in ln(area). Differences of less than a tenth are left out.
    pub(super) fn new(odds: Odds, gaps: &Gaps, p_full: f64) -> Self {
        let (first, rival) = (odds.rival * gaps.rival, odds.first * gaps.first);
        let share = |loss: f64| 1.0 - (-loss).exp();
        let adaptive = (p_full >= RARE).then(|| share(GIVEN_UP * (first + rival)));
        Self { first: share(first), rival: share(rival), adaptive }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_likelier_to_win_loses_less() {
        let odds = Odds { rival: 0.5, first: 0.25, small: 0.25 };
        let losses = Losses::new(odds, &Gaps { first: 1.0, rival: 1.0 }, 0.05);
        assert!((losses.first - (1.0 - (-0.5_f64).exp())).abs() < 1e-12);
        assert!((losses.rival - (1.0 - (-0.25_f64).exp())).abs() < 1e-12);
        assert!(losses.adaptive.is_some_and(|adaptive| adaptive > 0.0 && adaptive < losses.rival));
    }

    #[test]
    fn adaptive_is_not_counted_on_where_full_answers_are_too_rare() {
        let odds = Odds { rival: 0.5, first: 0.25, small: 0.25 };
        assert_eq!(Losses::new(odds, &Gaps::default(), RARE / 2.0).adaptive, None);
    }
}
