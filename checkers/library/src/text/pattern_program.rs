//! The program that a pattern is compiled to: instructions, conditions on places, and putting pieces together.

use super::{case::fold, pattern_set::Set, python::is_boundary};

/// Most instructions a pattern may need, counted repeats written out.
pub(super) const LARGEST: usize = 10_000;

/// An instruction.
#[derive(Clone, Debug)]
pub(super) enum Inst {
    Char(char),
    /// A character equal to this one when case is ignored.
    Folded(char),
    NotNewline,
    Set(Box<Set>),
    Jump(usize),
    /// Two ways on, the preferred one first.
    Split(usize, usize),
    Assert(Assertion),
    /// Holds where the next character is not one of these: what makes a possessive repeat possessive.
    NotNext(Box<Inst>),
    Match,
}

impl Inst {
    pub(super) fn accepts(&self, c: char) -> bool {
        match self {
            Self::Char(wanted) => c == *wanted,
            Self::Folded(wanted) => fold(c) == *wanted,
            Self::NotNewline => c != '\n',
            Self::Set(set) => set.contains(c),
            _ => false,
        }
    }
}

/// A condition on the place between two characters.
#[derive(Clone, Copy, Debug)]
pub(super) enum Assertion {
    Start,
    LineStart,
    End,
    /// The end, or before a newline that ends the text.
    EndOrLastNewline,
    LineEnd,
    Boundary,
    NoBoundary,
}

/// A place in the text, with its neighbours.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) before: Option<char>,
    pub(super) after: Option<char>,
    /// Whether `after` is a newline and the text's last character.
    pub(super) last: bool,
}

impl Assertion {
    pub(super) fn holds(self, place: Place) -> bool {
        match self {
            Self::Start => place.before.is_none(),
            Self::LineStart => matches!(place.before, None | Some('\n')),
            Self::End => place.after.is_none(),
            Self::EndOrLastNewline => place.after.is_none() || place.last,
            Self::LineEnd => matches!(place.after, None | Some('\n')),
            Self::Boundary => is_boundary(place.before, place.after),
            Self::NoBoundary => {
                // Python finds neither kind of place in an empty text.
                (place.before.is_some() || place.after.is_some()) && !is_boundary(place.before, place.after)
            }
        }
    }
}

/// Two ways on; the body first, unless it is lazy.
pub(super) fn split(body: usize, after: usize, lazy: bool) -> Inst {
    if lazy { Inst::Split(after, body) } else { Inst::Split(body, after) }
}

/// Appends a piece, whose jumps count from its own start.
pub(super) fn append(program: &mut Vec<Inst>, piece: &[Inst]) -> Result<(), String> {
    let base = program.len();
    if base + piece.len() > LARGEST {
        return Err("the pattern is too large".into());
    }
    program.extend(piece.iter().map(|inst| match inst {
        Inst::Jump(target) => Inst::Jump(base + target),
        Inst::Split(first, second) => Inst::Split(base + first, base + second),
        other => other.clone(),
    }));
    Ok(())
}

/// A program that tries the first, then the second.
pub(super) fn either(first: &[Inst], second: &[Inst]) -> Result<Vec<Inst>, String> {
    let mut program = vec![Inst::Split(1, first.len() + 2)];
    append(&mut program, first)?;
    program.push(Inst::Jump(first.len() + second.len() + 2));
    append(&mut program, second)?;
    Ok(program)
}
