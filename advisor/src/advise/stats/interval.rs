//! A range of values.

/// A closed range of values, `low ≤ high`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Interval {
    /// A range from one end to the other.
    #[must_use]
    pub fn new(low: f64, high: f64) -> Self {
        debug_assert!(low <= high, "{low} ≤ {high}");
        Self { low, high }
    }

    /// The distance between the ends.
    #[must_use]
    pub fn width(self) -> f64 {
        self.high - self.low
    }

    /// Whether the value lies in the range, ends included.
    #[must_use]
    pub fn contains(self, value: f64) -> bool {
        (self.low..=self.high).contains(&value)
    }

    /// The range, widened where needed to hold the value.
    #[must_use]
    pub fn including(self, value: f64) -> Self {
        Self { low: self.low.min(value), high: self.high.max(value) }
    }
}
