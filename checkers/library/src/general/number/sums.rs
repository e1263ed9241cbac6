//! Sums and products on the left of an equation, whose right side is the answer: `48 + 24 = 72`.

use super::{
    dress::{skip_any, spaces, unit},
    grammar::{DASHES, number},
    powers::small,
    things::Things,
};
use num_rational::BigRational;
use num_traits::Zero;

/// Most steps, which bounds the work.
const STEPS: u32 = 24;

/// The longest that is worked out.
const LONGEST: usize = 200;

/// The number that sums, differences, products and quotients of numbers make.
pub(super) fn worked_out(text: &str, things: &Things<'_>) -> Option<BigRational> {
    let mut reader = Reader { rest: spaces(text.trim_start_matches('$')), steps: 0, things };
    let value = (text.len() <= LONGEST).then(|| reader.sum()).flatten()?;
    reader.rest.trim_matches([' ', '$', '*', '&']).is_empty().then_some(value)
}

struct Reader<'a, 'b> {
    rest: &'a str,
    steps: u32,
    things: &'b Things<'b>,
}

impl Reader<'_, '_> {
    /// Whether there may be one more step.
    fn step(&mut self) -> Option<()> {
        self.steps += 1;
        (self.steps <= STEPS).then_some(())
    }

    fn sum(&mut self) -> Option<BigRational> {
        let mut value = self.product()?;
        loop {
            self.step()?;
            if let Some(rest) = self.rest.strip_prefix('+') {
                self.rest = spaces(rest);
                value += self.product()?;
            } else if let Some(rest) = self.rest.strip_prefix(DASHES) {
                self.rest = spaces(rest);
                value -= self.product()?;
            } else {
                return small(value);
            }
        }
    }

    fn product(&mut self) -> Option<BigRational> {
        let mut value = self.factor()?;
        loop {
            self.step()?;
            let rest = self.rest;
            let after = skip_any(rest, &["\\times", "\\cdot", "×", "·", "⋅", "*"]);
            if after.len() < rest.len() && !after.starts_with('*') {
                self.rest = spaces(after);
                value *= self.factor()?;
                continue;
            }
            let after = skip_any(rest, &["\\div", "÷", "/"]);
            if after.len() == rest.len() {
                return small(value);
            }
            self.rest = spaces(after);
            let divisor = self.factor().filter(|divisor| !divisor.is_zero())?;
            value /= divisor;
        }
    }

    fn factor(&mut self) -> Option<BigRational> {
        self.step()?;
        let inner = ["\\left(", "("].iter().find_map(|open| self.rest.strip_prefix(open));
        let value = if let Some(inner) = inner {
            self.rest = spaces(inner);
            let value = self.sum()?;
            let close = ["\\right)", ")"].iter().find_map(|close| self.rest.strip_prefix(close))?;
            self.rest = close;
            value
        } else {
            let (value, rest) = number(self.rest)?;
            self.rest = rest;
            value
        };
        self.rest = spaces(unit(self.rest, self.things));
        Some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_worked_out_exactly() {
        for (text, value) in [
            ("48 + 24", 72),
            ("6 \\cdot 7", 42),
            ("2 × (3 + 4) - 1", 13),
            ("\\$48 + \\$24", 72),
            ("48 clips + 24 clips", 72),
            ("10 / 4 * 2", 5),
            ("5 - -3", 8),
            ("\\left(1 + 2\\right) \\times 3", 9),
        ] {
            assert_eq!(worked_out(text, &Things::any()), Some(BigRational::from_integer(value.into())), "{text}");
        }
        for text in ["48 +", "2^5 + 1", "x + 1", "1/0", "(1", "1 + 2 or 3", "", "2 ** 3"] {
            assert_eq!(worked_out(text, &Things::any()), None, "{text}");
        }
        let deep = format!("{}1{}", "(".repeat(90), ")".repeat(90));
        assert_eq!(worked_out(&deep, &Things::any()), None);
    }
}
