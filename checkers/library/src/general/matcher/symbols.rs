//! Characters that a program does not tell apart are one symbol to it. The end of the text is a symbol as well.

use super::{class::Class, intern::Interner, look, program::Program};

/// The symbol behind the last character.
pub(super) const END: u32 = 0;

/// In a description: no node takes the character by itself.
const NO_CHAR: u32 = u32::MAX;
/// A character that is not known yet.
const UNKNOWN: u32 = u32::MAX;
/// Characters beyond ASCII that are remembered: a power of two.
const REMEMBERED: usize = 1 << 10;

/// The symbols met so far, numbered in the order in which they were met.
#[derive(Clone, Debug)]
pub(super) struct Symbols {
    ascii: [u32; 128],
    /// Characters and their symbols, each at its code point modulo the length; empty until there is a need.
    others: Vec<(char, u32)>,
    /// What is known of each symbol.
    described: Interner,
    scratch: Vec<u32>,
}

impl Symbols {
    pub(super) fn new(program: &Program) -> Self {
        let mut described = Interner::new();
        let mut end = vec![look::EDGE, NO_CHAR];
        end.resize(end.len() + program.classes.len().div_ceil(32), 0);
        described.intern(&end);
        Self { ascii: [UNKNOWN; 128], others: Vec::new(), described, scratch: Vec::new() }
    }

    pub(super) fn description(&self, symbol: u32) -> Description<'_> {
        Description(self.described.get(symbol))
    }

    /// The symbol of a character, if it was met before and is still remembered.
    #[inline]
    pub(super) fn known(&self, c: char) -> Option<u32> {
        if let Some(symbol) = self.ascii.get(c as usize) {
            return (*symbol != UNKNOWN).then_some(*symbol);
        }
        let (known, symbol) = self.others.get(c as usize % REMEMBERED)?;
        (*known == c).then_some(*symbol)
    }

    /// The symbol of a character.
    pub(super) fn learn(&mut self, program: &Program, c: char) -> u32 {
        let symbol = self.describe(program, c);
        if let Some(known) = self.ascii.get_mut(c as usize) {
            *known = symbol;
            return symbol;
        }
        if self.others.is_empty() {
            // ASCII is never looked for here.
            self.others = vec![('\0', UNKNOWN); REMEMBERED];
        }
        self.others[c as usize % REMEMBERED] = (c, symbol);
        symbol
    }

    fn describe(&mut self, program: &Program, c: char) -> u32 {
        let alone = program.chars.binary_search(&c).is_ok();
        self.scratch.clear();
        self.scratch.extend([look::bits(c, program.heeded), if alone { c.into() } else { NO_CHAR }]);
        for classes in program.classes.chunks(32) {
            let bit = |(at, class): (usize, &Class)| u32::from(class.contains(c)) << at;
            self.scratch.push(classes.iter().enumerate().map(bit).fold(0, |word, bit| word | bit));
        }
        self.described.intern(&self.scratch)
    }
}

/// What is known of a symbol: the bits that assertions look at, the character if it is but one, and a bit for each class
/// that it is of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Description<'s>(&'s [u32]);

impl Description<'_> {
    pub(super) fn bits(self) -> u32 {
        self.0[0]
    }

    pub(super) fn is(self, c: char) -> bool {
        self.0[1] == u32::from(c)
    }

    pub(super) fn is_of(self, class: u32) -> bool {
        self.0[2 + class as usize / 32] >> (class % 32) & 1 != 0
    }
}
