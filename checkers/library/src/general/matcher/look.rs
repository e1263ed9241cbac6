//! Look-around assertions: what holds between two characters.
//!
//! What is known of the character on either side is a set of bits. Only the bits that a program heeds are kept, so that
//! characters it does not tell apart stay alike.

use regex_syntax::hir::{Look, LookSet};

/// No character: the text starts or ends here.
pub(super) const EDGE: u32 = 1;
/// A line feed.
const LF: u32 = 1 << 1;
/// A carriage return.
const CR: u32 = 1 << 2;
/// A character of `\w`.
const WORD: u32 = 1 << 3;
/// A character of `(?-u:\w)`.
const ASCII_WORD: u32 = 1 << 4;

/// The bits that these assertions look at. That the text ends is always looked at.
pub(super) fn heeded(looks: LookSet) -> u32 {
    let bits = |look| match look {
        Look::Start => EDGE,
        Look::End => 0,
        Look::StartLF | Look::EndLF => EDGE | LF,
        Look::StartCRLF | Look::EndCRLF => EDGE | LF | CR,
        look if LookSet::singleton(look).contains_word_unicode() => WORD,
        _ => ASCII_WORD,
    };
    looks.iter().map(bits).fold(0, |all, bits| all | bits)
}

/// The bits of a character, of those that are heeded.
pub(super) fn bits(c: char, heeded: u32) -> u32 {
    let bit = |bit, test: &dyn Fn() -> bool| if heeded & bit != 0 && test() { bit } else { 0 };
    bit(LF, &|| c == '\n')
        | bit(CR, &|| c == '\r')
        | bit(WORD, &|| regex_syntax::is_word_character(c))
        | bit(ASCII_WORD, &|| c.is_ascii_alphanumeric() || c == '_')
}

/// Whether the assertion holds between two characters with these bits.
pub(super) fn holds(look: Look, before: u32, after: u32) -> bool {
    let (left, right) = (|bits| before & bits != 0, |bits| after & bits != 0);
    match look {
        Look::Start => left(EDGE),
        Look::End => right(EDGE),
        Look::StartLF => left(EDGE | LF),
        Look::EndLF => right(EDGE | LF),
        Look::StartCRLF => left(EDGE | LF) || left(CR) && !right(LF),
        Look::EndCRLF => right(EDGE | CR) || right(LF) && !left(CR),
        Look::WordAscii => left(ASCII_WORD) != right(ASCII_WORD),
        Look::WordAsciiNegate => left(ASCII_WORD) == right(ASCII_WORD),
        Look::WordUnicode => left(WORD) != right(WORD),
        Look::WordUnicodeNegate => left(WORD) == right(WORD),
        Look::WordStartAscii => !left(ASCII_WORD) && right(ASCII_WORD),
        Look::WordEndAscii => left(ASCII_WORD) && !right(ASCII_WORD),
        Look::WordStartUnicode => !left(WORD) && right(WORD),
        Look::WordEndUnicode => left(WORD) && !right(WORD),
        Look::WordStartHalfAscii => !left(ASCII_WORD),
        Look::WordEndHalfAscii => !right(ASCII_WORD),
        Look::WordStartHalfUnicode => !left(WORD),
        Look::WordEndHalfUnicode => !right(WORD),
    }
}
