//! Sets of characters.

use regex_syntax::hir;

/// A set of characters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Class {
    /// One bit for each character of ASCII.
    ascii: u128,
    /// The other characters: ranges, both ends included, in order and apart.
    ranges: Vec<(char, char)>,
}

impl Class {
    pub(super) fn new(class: &hir::Class) -> Self {
        let mut new = Self::default();
        match class {
            hir::Class::Unicode(class) => {
                new.ranges.reserve_exact(class.ranges().len());
                class.iter().for_each(|range| new.push(range.start(), range.end()));
            }
            // ASCII only: the parser refuses what could match a part of a character.
            hir::Class::Bytes(class) => {
                class.iter().for_each(|range| new.push(range.start().into(), range.end().into()));
            }
        }
        new
    }

    /// Adds a range behind all others.
    fn push(&mut self, low: char, high: char) {
        if low.is_ascii() {
            let up_to_high = u128::MAX >> (127 - u32::from(high).min(127));
            self.ascii |= up_to_high & (u128::MAX << u32::from(low));
        }
        if !high.is_ascii() {
            self.ranges.push((low.max('\u{80}'), high));
        }
    }

    pub(super) fn contains(&self, c: char) -> bool {
        if c.is_ascii() {
            return self.ascii >> u32::from(c) & 1 != 0;
        }
        let behind = self.ranges.partition_point(|&(low, _)| low <= c);
        behind.checked_sub(1).and_then(|at| self.ranges.get(at)).is_some_and(|&(_, high)| c <= high)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.ascii == 0 && self.ranges.is_empty()
    }

    /// Memory, in bytes.
    pub(super) fn size(&self) -> usize {
        size_of::<Self>() + self.ranges.len() * size_of::<(char, char)>()
    }
}
