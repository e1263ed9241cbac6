//! One step of the Pike VM: from what may go on before a character to what may go on behind it.

use std::mem;

use super::{
    look,
    program::{Node, Program, target},
    symbols::Description,
};

/// The bits of the character before, told from a node by this one.
const BITS: u32 = 1 << 31;

/// The nodes to go on from, in order, with the bits of the character before them. Assertions are not looked at until the
/// character behind is known.
pub(super) type State = [u32];

/// The state in which a search starts.
pub(super) fn start(program: &Program) -> Vec<u32> {
    vec![BITS | look::EDGE & program.heeded]
}

/// Room for making steps, kept from one to the next.
#[derive(Clone, Debug)]
pub(super) struct Stepper {
    /// The step in which each node was last visited.
    visited: Vec<u32>,
    step: u32,
    stack: Vec<u32>,
    next: Vec<u32>,
}

/// Where a step leads.
pub(super) enum Step<'s> {
    /// The pattern is found before the symbol.
    Found,
    /// It can no longer be found.
    Lost,
    /// Neither; this may go on behind the symbol.
    On(&'s State),
}

impl Stepper {
    pub(super) fn new(program: &Program) -> Self {
        Self {
            visited: vec![0; program.nodes.len()],
            step: 0,
            stack: Vec::with_capacity(16),
            next: Vec::with_capacity(16),
        }
    }

    /// Steps over a symbol.
    pub(super) fn step(&mut self, program: &Program, state: &State, symbol: Description<'_>) -> Step<'_> {
        let (before, nodes) = state.split_first().expect("a state starts with the bits of a character");
        if self.step == u32::MAX {
            self.visited.fill(0);
            self.step = 0;
        }
        self.step += 1;
        self.next.clear();
        self.next.push(BITS | symbol.bits());
        let may_start = !program.anchored || before & look::EDGE != 0;
        if may_start && self.follow(program, *before, symbol, 0) {
            return Step::Found;
        }
        for &node in nodes {
            if self.follow(program, *before, symbol, node) {
                return Step::Found;
            }
        }
        let nowhere = program.anchored && self.next.len() == 1;
        if nowhere || symbol.bits() & look::EDGE != 0 {
            return Step::Lost;
        }
        if !self.next[1..].is_sorted_by(|one, next| one < next) {
            self.next[1..].sort_unstable();
            self.next.dedup();
        }
        Step::On(&self.next)
    }

    /// Follows all ways from a node up to the symbol, and over it. True when one leads to a match before it.
    fn follow(&mut self, program: &Program, before: u32, symbol: Description<'_>, mut at: u32) -> bool {
        self.stack.clear();
        loop {
            let passes = self.visit(at)
                && match program.nodes[at as usize] {
                    Node::Char(c) => symbol.is(c) && self.land(program, at + 1),
                    Node::Class(class) => symbol.is_of(class) && self.land(program, at + 1),
                    Node::Look(look) => look::holds(look, before, symbol.bits()),
                    Node::Split(distance) => {
                        self.stack.push(target(at, distance));
                        true
                    }
                    Node::Jump(distance) => {
                        at = target(at, distance);
                        continue;
                    }
                    Node::Match => return true,
                };
            if passes {
                at += 1;
            } else if let Some(other) = self.stack.pop() {
                at = other;
            } else {
                return false;
            }
        }
    }

    /// Whether this step comes by the node for the first time.
    fn visit(&mut self, node: u32) -> bool {
        mem::replace(&mut self.visited[node as usize], self.step) != self.step
    }

    /// Goes on from a node behind the symbol, and no further before it: false. Jumps are taken at once, so that the ends
    /// of all branches are the same node.
    fn land(&mut self, program: &Program, mut at: u32) -> bool {
        while let Node::Jump(distance) = program.nodes[at as usize] {
            at = target(at, distance);
        }
        self.next.push(at);
        false
    }
}
