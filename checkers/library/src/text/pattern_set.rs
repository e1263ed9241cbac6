//! What one position of a pattern may match: character classes and sets such as `[^a-z\d]`.

use super::{
    case::fold,
    python::{is_digit, is_space, is_word},
};

/// `\w`, `\d`, `\s`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Class {
    Word,
    Digit,
    Space,
}

impl Class {
    pub(super) fn contains(self, c: char) -> bool {
        match self {
            Self::Word => is_word(c),
            Self::Digit => is_digit(c),
            Self::Space => is_space(c),
        }
    }
}

/// Longest range whose members are folded one by one; longer ones hold whole scripts, both cases of them.
const LONGEST_FOLDED: u32 = 0x1000;

/// A set of characters.
#[derive(Clone, Debug, Default)]
pub(super) struct Set {
    pub(super) negated: bool,
    pub(super) ignore_case: bool,
    pub(super) classes: Vec<(Class, bool)>,
    pub(super) ranges: Vec<(char, char)>,
    pub(super) folded: Vec<char>,
}

impl Set {
    pub(super) fn add(&mut self, first: char, last: char) {
        if self.ignore_case && u32::from(last) - u32::from(first) < LONGEST_FOLDED {
            self.folded.extend((first..=last).map(fold));
        } else {
            self.ranges.push((first, last));
        }
    }

    pub(super) fn contains(&self, c: char) -> bool {
        let in_range = |c: char| self.ranges.iter().any(|&(first, last)| first <= c && c <= last);
        let found = self.classes.iter().any(|&(class, negated)| class.contains(c) != negated)
            || in_range(c)
            || self.ignore_case && (in_range(fold(c)) || self.folded.contains(&fold(c)));
        found != self.negated
    }
}
