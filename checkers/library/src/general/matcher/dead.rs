//! Telling patterns that nothing matches.

use regex_syntax::hir::Look;

use super::program::{Node, Program, target};

/// What a path has been through: the start of the text, a character, the end of the text.
const START: u8 = 1;
const CONSUMED: u8 = 2;
const END: u8 = 4;

/// Whether no text but an empty one can match, as far as the ends of the text tell.
pub(super) fn never_matches(program: &Program) -> bool {
    let mut known = vec![0_u8; program.nodes.len()];
    let mut todo = vec![(0, 0_u8)];
    while let Some((id, been)) = todo.pop() {
        let Some((known, node)) = known.get_mut(id as usize).zip(program.nodes.get(id as usize)) else {
            return false;
        };
        if *known & (1 << been) != 0 {
            continue;
        }
        *known |= 1 << been;
        match node {
            Node::Class(class) if program.classes.get(*class as usize).is_none_or(|class| class.is_empty()) => {}
            Node::Char(_) | Node::Class(_) if been & END != 0 => {}
            Node::Char(_) | Node::Class(_) => todo.push((id + 1, been | CONSUMED)),
            Node::Look(Look::Start) if been & CONSUMED != 0 => {}
            Node::Look(Look::Start) => todo.push((id + 1, been | START)),
            Node::Look(Look::End) => todo.push((id + 1, been | END)),
            Node::Look(_) => todo.push((id + 1, been)),
            Node::Split(distance) => todo.extend([(target(id, *distance), been), (id + 1, been)]),
            Node::Jump(distance) => todo.push((target(id, *distance), been)),
            Node::Match if been == START | END => {}
            Node::Match => return false,
        }
    }
    true
}
