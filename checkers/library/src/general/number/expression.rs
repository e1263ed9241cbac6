//! An answer that is a short expression of numbers, worked out exactly: `2^{10}`, `\sqrt{25}`, `\frac{10!}{8!}`.
//!
//! What people read in two ways is not read: `6/2(1+2)`, `2^3^2`, the range `40-42`, the date `2020-12-25`, `5(6)`.

use super::{
    dress::{CURRENCIES, skip_any, spaces, unit},
    grammar::{FRACTIONS, decimal, mixed},
    powers::{binomial, factorial, power, root, small},
    things::Things,
};
use num_rational::BigRational;
use num_traits::Zero;

/// The longest expression, and most steps: both bound the work.
const LONGEST: usize = 120;
const STEPS: u32 = 60;

/// Signs of a difference. Other dashes are for ranges.
const MINUS: [char; 2] = ['-', '−'];

const TIMES: [&str; 6] = ["\\times", "\\cdot", "×", "·", "⋅", "*"];
const OVER: [&str; 3] = ["\\div", "÷", "/"];
/// Signs of roots besides `\sqrt`, and which roots they are.
const ROOTS: [(&str, u32); 4] = [("√", 2), ("∛", 3), ("∜", 4), ("sqrt(", 2)];
const BINOMIALS: [&str; 3] = ["\\binom", "\\dbinom", "\\tbinom"];
const BRACKETS: [(&str, &str); 5] =
    [("\\left(", "\\right)"), ("\\left[", "\\right]"), ("(", ")"), ("[", "]"), ("{", "}")];

/// An expression that was worked out.
pub(super) struct Worked {
    pub(super) value: BigRational,
    /// The numbers in it.
    pub(super) numbers: Vec<BigRational>,
    /// Whether it has sums, differences, products and quotients alone.
    pub(super) simple: bool,
}

/// What a text is worth that is one expression, with a unit behind it or without.
pub(super) fn evaluated(text: &str, things: &Things<'_>) -> Option<Worked> {
    let text = skip_any(spaces(text), &CURRENCIES);
    if text.len() > LONGEST || text.contains(['$', '€', '£', '¥', '₹']) || is_date(text) {
        return None;
    }
    let mut reader = Reader {
        rest: text,
        steps: 0,
        gap: false,
        factorial: false,
        numbers: Vec::new(),
        simple: true,
        operations: 0,
        depth: 0,
    };
    let value = reader.sum()?.value;
    let rest = spaces(unit(reader.rest, things)).trim_end();
    let all = rest.strip_suffix(['.', ',', ';']).unwrap_or(rest).trim().is_empty();
    (all && reader.operations > 0).then_some(Worked { value, numbers: reader.numbers, simple: reader.simple })
}

/// Three numbers with nothing but hyphens between them.
fn is_date(text: &str) -> bool {
    let parts = || text.split('-');
    parts().count() > 2 && parts().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// What a part of an expression looks like, where that says how it is read beside its neighbours.
#[derive(Clone, Copy, PartialEq)]
enum Look {
    /// A number by itself.
    Number,
    /// A number in brackets.
    Bracketed,
    /// More than a number in brackets.
    Bracket,
    Fraction,
    Other,
}

struct Part {
    value: BigRational,
    look: Look,
}

struct Reader<'a> {
    rest: &'a str,
    steps: u32,
    /// Whether a space stands before the rest.
    gap: bool,
    /// Whether a factorial stands before the rest, behind which a number is a factor: `5!4!`.
    factorial: bool,
    numbers: Vec<BigRational>,
    simple: bool,
    operations: u32,
    /// How many brackets are open.
    depth: u32,
}

impl<'a> Reader<'a> {
    /// Whether there may be one more step.
    fn step(&mut self) -> Option<()> {
        self.steps += 1;
        (self.steps <= STEPS).then_some(())
    }

    fn take(&mut self, signs: &[&str]) -> bool {
        let rest = skip_any(self.rest, signs);
        let taken = rest.len() < self.rest.len();
        if taken {
            self.rest = spaces(rest);
        }
        taken
    }

    fn take_minus(&mut self) -> bool {
        let rest = self.rest.strip_prefix(MINUS);
        self.rest = spaces(rest.unwrap_or(self.rest));
        rest.is_some()
    }

    fn sum(&mut self) -> Option<Part> {
        let negative = self.take_minus();
        let mut all = self.product()?;
        if negative {
            all = Part { value: -all.value, look: if all.look == Look::Number { Look::Number } else { Look::Other } };
        }
        for count in 0.. {
            self.step()?;
            let plus = self.take(&["+"]);
            if !plus && !self.take_minus() {
                break;
            }
            self.operations += 1;
            let next = self.product()?;
            let numbers = all.look == Look::Number && next.look == Look::Number;
            // `40-42` is a range.
            if self.depth == 0
                && !plus
                && count == 0
                && numbers
                && all.value < next.value
                && !self.rest.starts_with(['+', '-', '−'])
            {
                return None;
            }
            let value = if plus { all.value + next.value } else { all.value - next.value };
            all = Part { value: small(value)?, look: Look::Other };
        }
        Some(all)
    }

    fn product(&mut self) -> Option<Part> {
        let mut all = self.factor()?;
        let mut divided = false;
        loop {
            self.step()?;
            if self.rest.starts_with("**") {
                return None;
            }
            let over = self.take(&OVER);
            let times = !over && self.take(&TIMES);
            let beside = !over && !times && self.begins_factor();
            if !(over || times || beside) {
                return Some(all);
            }
            // `1/2 \cdot 3` and `6/2(1+2)` are read in two ways.
            if divided {
                return None;
            }
            divided = over;
            self.operations += 1;
            let (apart, negative) = (self.gap, !beside && self.take_minus());
            let next = self.factor()?;
            let unclear = match (all.look, next.look) {
                (Look::Number, Look::Bracketed | Look::Fraction) => true,
                // `5 (3 + 2)` may be 5 and an aside.
                (Look::Number, Look::Bracket) => apart,
                _ => false,
            };
            if beside && unclear {
                return None;
            }
            let value = match over {
                true if next.value.is_zero() => return None,
                true => all.value / next.value,
                false => all.value * next.value,
            };
            all = Part { value: small(if negative { -value } else { value })?, look: Look::Other };
        }
    }

    /// Whether a factor begins without a sign before it, as in `2\sqrt{9}` and `2(3 + 4)`.
    fn begins_factor(&self) -> bool {
        let begins = |opens: &[&str]| opens.iter().any(|open| self.rest.starts_with(open));
        begins(&["(", "\\left(", "[", "\\left["])
            || self.begins_root()
            || begins(&BINOMIALS)
            || begins(&FRACTIONS)
            || self.factorial && self.rest.starts_with(|next: char| next.is_ascii_digit())
    }

    fn begins_root(&self) -> bool {
        self.rest.starts_with("\\sqrt") || ROOTS.iter().any(|(sign, _)| self.rest.starts_with(sign))
    }

    fn factor(&mut self) -> Option<Part> {
        self.step()?;
        let mut part = self.primary()?;
        self.factorial = false;
        if let Some(rest) = self.rest.strip_prefix('!') {
            part = Part { value: factorial(&part.value)?, look: Look::Other };
            self.special(rest);
            self.factorial = true;
        } else if let Some(rest) = spaces(self.rest).strip_prefix('^') {
            self.rest = rest.trim_start();
            let exponent = self.exponent()?;
            part = Part { value: power(&part.value, &exponent)?, look: Look::Other };
            self.numbers.push(exponent);
            self.special(self.rest);
        }
        // `5!!`, `2^3^2` and `2^3!` are read in two ways.
        if part.look == Look::Other && spaces(self.rest).starts_with(['!', '^']) {
            return None;
        }
        let rest = spaces(self.rest);
        self.gap = rest.len() < self.rest.len();
        self.rest = rest;
        Some(part)
    }

    /// After what is more than a sum or a product.
    fn special(&mut self, rest: &'a str) {
        self.rest = rest;
        self.simple = false;
        self.operations += 1;
    }

    fn primary(&mut self) -> Option<Part> {
        if let Some((open, close)) = BRACKETS.iter().find(|(open, _)| self.rest.starts_with(open)) {
            self.rest = spaces(&self.rest[open.len()..]);
            self.depth += 1;
            let inner = self.sum()?;
            self.depth -= 1;
            self.rest = self.rest.strip_prefix(close)?;
            let look = if inner.look == Look::Number { Look::Bracketed } else { Look::Bracket };
            return Some(Part { value: inner.value, look });
        }
        if let Some(rest) = FRACTIONS.iter().find_map(|command| self.rest.strip_prefix(command)) {
            let (above, below) = self.two(rest)?;
            self.operations += 1;
            return (!below.is_zero()).then(|| Part { value: above / below, look: Look::Fraction });
        }
        if let Some(rest) = BINOMIALS.iter().find_map(|command| self.rest.strip_prefix(command)) {
            let (of, chosen) = self.two(rest)?;
            self.special(self.rest);
            return Some(Part { value: binomial(&of, &chosen)?, look: Look::Other });
        }
        if self.begins_root() {
            return self.root();
        }
        let (value, rest) = decimal(self.rest)?;
        let (value, rest) = match mixed(self.rest, &value, rest) {
            Some((part, rest)) => (value + part, rest),
            None => (value, rest),
        };
        self.rest = rest;
        self.numbers.push(value.clone());
        Some(Part { value, look: Look::Number })
    }

    /// What stands behind `^`: an expression in braces or brackets, or a whole number.
    fn exponent(&mut self) -> Option<BigRational> {
        if self.rest.starts_with(['{', '(']) {
            return Some(self.primary()?.value);
        }
        let negative = self.rest.strip_prefix(MINUS);
        let (value, rest) = decimal(negative.unwrap_or(self.rest)).filter(|(value, _)| value.is_integer())?;
        self.rest = rest;
        // `2^1/2`
        (!rest.starts_with(['/', '.'])).then(|| if negative.is_some() { -value } else { value })
    }

    /// The arguments of a command.
    fn two(&mut self, rest: &'a str) -> Option<(BigRational, BigRational)> {
        self.rest = rest.trim_start();
        let first = self.argument()?;
        self.rest = self.rest.trim_start();
        Some((first, self.argument()?))
    }

    /// An expression in braces, or one digit.
    fn argument(&mut self) -> Option<BigRational> {
        if self.rest.starts_with('{') {
            return Some(self.primary()?.value);
        }
        let digit = self.rest.chars().next()?.to_digit(10)?;
        self.rest = &self.rest[1..];
        let value = BigRational::from_integer(digit.into());
        self.numbers.push(value.clone());
        Some(value)
    }

    /// `\sqrt{25}`, `\sqrt[3]{27}`, `√25`.
    fn root(&mut self) -> Option<Part> {
        let sign = ROOTS.iter().find(|(sign, _)| self.rest.starts_with(sign));
        let (value, degree) = match sign {
            // What is in brackets or braces, or a number.
            Some((sign, degree)) => {
                self.rest = &self.rest[sign.trim_end_matches('(').len()..];
                (self.primary()?.value, *degree)
            }
            None => {
                let rest = self.rest.strip_prefix("\\sqrt")?.trim_start();
                let (degree, rest) = match rest.strip_prefix('[').and_then(|index| index.split_once(']')) {
                    Some((index, rest)) => (index.trim().parse().ok()?, rest.trim_start()),
                    None => (2, rest),
                };
                self.rest = rest;
                let value = self.argument()?;
                // TeX takes one digit of `\sqrt25`.
                if self.rest.starts_with(|next: char| next.is_ascii_digit()) {
                    return None;
                }
                (value, degree)
            }
        };
        self.special(self.rest);
        Some(Part { value: root(&value, degree)?, look: Look::Other })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Option<BigRational> {
        evaluated(text, &Things::any()).map(|worked| worked.value)
    }

    #[test]
    fn expressions_are_worked_out_exactly() {
        for (text, numerator, denominator) in [
            ("2^{10}", 1024, 1),
            ("2^{-3}", 1, 8),
            ("27^{2/3}", 9, 1),
            ("-3^2", -9, 1),
            ("\\sqrt{\\frac{4}{9}}", 2, 3),
            ("\\sqrt[4]{16}", 2, 1),
            ("√(9 + 16)", 5, 1),
            ("2 sqrt(49)", 14, 1),
            ("\\frac{6!}{3!3!}", 20, 1),
            ("\\frac{3 \\cdot 5!}{2^2}", 90, 1),
            ("\\binom{6}{2} - \\binom52", 5, 1),
            ("2(3+4)(1+1)", 28, 1),
            ("6\\frac15 \\cdot 5", 31, 1),
            ("3 \\times -4", -12, 1),
            ("5 - (-3)", 8, 1),
            ("1{,}000 + 1", 1001, 1),
            ("7 - 9 + 1", -1, 1),
            ("2(3-5)", -4, 1),
            ("2^{1 - 3!}", 1, 32),
            ("\\sqrt[3]{-27}", -3, 1),
            ("∛8 + ∜16", 4, 1),
        ] {
            assert_eq!(value(text), Some(BigRational::new(numerator.into(), denominator.into())), "{text}");
        }
    }

    #[test]
    fn what_is_no_expression_or_read_in_two_ways_is_left() {
        for text in [
            "",
            "5",
            "+",
            "2^",
            "2^{}",
            "2^x",
            "\\sqrt",
            "\\sqrt{2}",
            "\\sqrt{}",
            "\\sqrt[0]{1}",
            "3!!",
            "2^3!",
            "(-1)!",
            "2.5!",
            "5--3",
            "1+",
            "1 + + 2",
            "2 3",
            "(5)6",
            "\\frac{1}{0}",
            "\\binom{2}{3}",
            "0^{-1}",
            "2**3",
            "3 < 5",
            "5 \\pm 1",
            "5_2",
            "5 + 2\\pi",
            "4 - 6",
            "555-1234",
            "1-2-3",
            "3:4",
            "12/25/2020",
            "5 (2 + 3)",
            "5(6)",
            "5\\frac{6}{3}",
            "\\$5 + \\$6",
            "5\\% + 1",
        ] {
            assert_eq!(value(text), None, "{text}");
        }
        for text in ["9^{99999999}", "(2^{400})^{400}", "9999!", "\\binom{99999}{9}"] {
            assert_eq!(value(text), None, "{text}");
        }
        assert_eq!(value(&format!("{}1+1{}", "(".repeat(50), ")".repeat(50))), None);
    }
}
