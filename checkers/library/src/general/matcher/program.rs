//! What a pattern is compiled to.

use regex_syntax::hir::Look;

use super::class::Class;

/// An instruction. Distances are counted in nodes from the instruction itself, so that a run of nodes can be copied;
/// what is not said to lead elsewhere leads to the node behind it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Node {
    /// Takes this character.
    Char(char),
    /// Takes a character of the class of that number.
    Class(u32),
    /// Takes nothing; passes where this holds.
    Look(Look),
    /// Leads to two places: the node behind it and this distance.
    Split(i32),
    /// Leads this distance.
    Jump(i32),
    /// The pattern is found.
    Match,
}

/// A compiled pattern; it starts at the first node.
#[derive(Clone, Debug)]
pub(super) struct Program {
    pub(super) nodes: Vec<Node>,
    pub(super) classes: Vec<Class>,
    /// The characters that nodes take by themselves, in order.
    pub(super) chars: Vec<char>,
    /// Bits of [`super::look`] that some node looks at.
    pub(super) heeded: u32,
    /// Whether it can be found at the start of the text only.
    pub(super) anchored: bool,
}

/// The node that is a distance away.
pub(super) fn target(from: u32, distance: i32) -> u32 {
    from.wrapping_add_signed(distance)
}
