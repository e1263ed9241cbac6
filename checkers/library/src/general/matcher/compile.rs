//! From the parsed pattern to a program.

use std::str;

use regex_syntax::hir::{Hir, HirKind, Look, Repetition};

use super::{
    class::Class,
    look,
    program::{Node, Program},
};

/// What a node is counted as, in bytes: itself, its mark and its places in two lists of nodes and on the stack.
const NODE: usize = size_of::<Node>() + 4 * size_of::<u32>();

/// `None` when the program would take more than `limit` bytes.
pub(super) fn compile(hir: &Hir, limit: usize) -> Option<Program> {
    let mut compiler = Compiler { nodes: Vec::with_capacity(64), classes: Vec::new(), class_bytes: 0, limit };
    compiler.compile(hir)?;
    compiler.nodes.push(Node::Match);
    compiler.has_room(0)?;
    let Compiler { nodes, classes, .. } = compiler;
    let mut chars: Vec<char> =
        nodes.iter().filter_map(|node| if let Node::Char(c) = node { Some(*c) } else { None }).collect();
    chars.sort_unstable();
    chars.dedup();
    let properties = hir.properties();
    Some(Program {
        nodes,
        classes,
        chars,
        heeded: look::heeded(properties.look_set()),
        anchored: properties.look_set_prefix().contains(Look::Start),
    })
}

struct Compiler {
    nodes: Vec<Node>,
    classes: Vec<Class>,
    class_bytes: usize,
    limit: usize,
}

impl Compiler {
    /// Adds nodes that start at the present end and lead to the end they leave. Recurses as deeply as the pattern is
    /// nested, which the parser limits.
    fn compile(&mut self, hir: &Hir) -> Option<()> {
        match hir.kind() {
            HirKind::Empty => {}
            HirKind::Literal(literal) => {
                let text = str::from_utf8(&literal.0).expect("the parser refuses literals that are not UTF-8");
                self.nodes.extend(text.chars().map(Node::Char));
            }
            HirKind::Class(class) => self.class(Class::new(class)),
            HirKind::Look(look) => self.nodes.push(Node::Look(*look)),
            HirKind::Capture(capture) => self.compile(&capture.sub)?,
            HirKind::Concat(parts) => parts.iter().try_for_each(|part| self.compile(part))?,
            HirKind::Alternation(branches) => self.alternation(branches)?,
            HirKind::Repetition(repetition) => self.repetition(repetition)?,
        }
        Some(())
    }

    /// Whether there is room for this many nodes more.
    fn has_room(&self, more: usize) -> Option<()> {
        let bytes = (self.nodes.len() + more).checked_mul(NODE)?.checked_add(self.class_bytes)?;
        (bytes <= self.limit).then_some(())
    }

    fn class(&mut self, class: Class) {
        let known = self.classes.iter().position(|known| *known == class);
        let number = known.unwrap_or_else(|| {
            self.class_bytes += class.size();
            self.classes.push(class);
            self.classes.len() - 1
        });
        self.nodes.push(Node::Class(number as u32));
    }

    fn alternation(&mut self, branches: &[Hir]) -> Option<()> {
        let Some((last, others)) = branches.split_last() else { return Some(()) };
        let mut jumps = Vec::with_capacity(others.len());
        for branch in others {
            let split = self.gap();
            self.compile(branch)?;
            jumps.push(self.gap());
            self.nodes[split] = Node::Split(distance(split, self.nodes.len()));
        }
        self.compile(last)?;
        for jump in jumps {
            self.nodes[jump] = Node::Jump(distance(jump, self.nodes.len()));
        }
        Some(())
    }

    /// `x{2,4}` becomes `xx(x(x)?)?`, and `x{2,}` `xx+`.
    fn repetition(&mut self, repetition: &Repetition) -> Option<()> {
        let Repetition { min, max, sub, .. } = repetition;
        if *max == Some(0) {
            return Some(());
        }
        let first_gap = (*min == 0).then(|| self.gap());
        let mut start = self.nodes.len();
        self.compile(sub)?;
        let length = self.nodes.len() - start;
        if length == 0 {
            // Repeated, it would not end.
            if let Some(gap) = first_gap {
                self.nodes.truncate(gap);
            }
            return Some(());
        }
        for _ in 1..*min {
            start = self.copy(start, length)?;
        }
        let Some(max) = max else {
            match first_gap {
                None => self.nodes.push(Node::Split(distance(self.nodes.len(), start))),
                Some(gap) => {
                    self.nodes.push(Node::Jump(distance(self.nodes.len(), gap)));
                    self.nodes[gap] = Node::Split(distance(gap, self.nodes.len()));
                }
            }
            return Some(());
        };
        let mut gaps: Vec<usize> = first_gap.into_iter().collect();
        for _ in (*min).max(1)..*max {
            gaps.push(self.gap());
            start = self.copy(start, length)?;
        }
        for gap in gaps {
            self.nodes[gap] = Node::Split(distance(gap, self.nodes.len()));
        }
        Some(())
    }

    /// Adds a node to be replaced once it is known where it leads.
    fn gap(&mut self) -> usize {
        self.nodes.push(Node::Jump(1));
        self.nodes.len() - 1
    }

    /// Adds nodes again; distances within them stay right.
    fn copy(&mut self, start: usize, length: usize) -> Option<usize> {
        self.has_room(length)?;
        let copy = self.nodes.len();
        self.nodes.extend_from_within(start..start + length);
        Some(copy)
    }
}

/// Programs are far shorter than `i32::MAX`: their size is limited.
fn distance(from: usize, to: usize) -> i32 {
    to as i32 - from as i32
}
