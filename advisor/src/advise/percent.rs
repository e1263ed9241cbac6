//! Shares as a reader wants them: never more precise than useful, never 0 or 100 unless they are.

use std::fmt;

/// What sums of shares lose.
const ROUNDING: f64 = 1e-12;

/// A share in [0, 1], shown in percent.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Percent(pub f64);

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let share = self.0;
        let text = if share == 0.0 || share >= 1.0 - ROUNDING {
            // A sum of shares that is all of them may miss 1 by rounding.
            format!("{:.0}%", share * 100.0)
        } else if share < 0.0005 {
            "<0.1%".to_owned()
        } else if share > 0.9995 {
            ">99.9%".to_owned()
        } else if !(0.0995..=0.9905).contains(&share) {
            format!("{:.1}%", share * 100.0)
        } else {
            format!("{:.0}%", share * 100.0)
        };
        f.pad(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::Percent;

    #[test]
    fn never_rounds_to_certainty() {
        for (share, text) in [
            (0.0, "0%"),
            (1e-9, "<0.1%"),
            (0.004, "0.4%"),
            (0.0949, "9.5%"),
            (0.0996, "10%"),
            (0.454, "45%"),
            (0.9949, "99.5%"),
            (0.99999, ">99.9%"),
            (1.0, "100%"),
        ] {
            assert_eq!(Percent(share).to_string(), text);
        }
        assert_eq!(format!("{:>6}", Percent(0.5)), "   50%");
    }
}
