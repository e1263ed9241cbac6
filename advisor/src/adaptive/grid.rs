//! The credits that a controller chooses from.

use crate::reward::{Partial, Scheme};

/// The credits to choose from, as shares of the most that may be given.
pub(super) const GRID: [f64; 5] = [0.0, 0.03, 0.1, 0.3, 1.0];

/// The scheme at a credit of the grid.
pub(super) fn grid(partial: &Partial, share: f64) -> Scheme {
    Scheme::Partial(Partial { credit: partial.credit * share, ..*partial })
}
