//! By how much one scheme is ahead of another.

/// A difference of areas that hardly matters: ln of a tenth more.
pub(super) const TENTH: f64 = 0.095_310_179_804_324_86;

/// By how much each scheme is ahead where it is by more than a tenth: the mean of |ln(ratio of areas)|.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gaps {
    /// Where the first is.
    pub first: f64,
    /// Where the rival is.
    pub rival: f64,
}

impl Default for Gaps {
    fn default() -> Self {
        Self { first: TENTH, rival: TENTH }
    }
}
