//! What every match of a pattern has in it, so that a text is searched for that before the pattern is tried.

use super::{case::fold, pattern_program::Inst};

/// Characters that stand one after the other in every match.
#[derive(Debug)]
pub(super) struct Needed {
    /// The characters, and whether case is ignored in each.
    literal: Vec<(char, bool)>,
    /// How many characters of a match can stand before them, if that has a bound.
    before: Option<usize>,
}

impl Needed {
    /// The longest such run of a program, if it has any.
    pub(super) fn of(program: &[Inst]) -> Option<Self> {
        let (mut best, mut run) = (None::<Self>, None::<Self>);
        // Where the furthest jump seen so far lands: what lies before can be passed over. And the most characters read before here.
        let (mut landing, mut read) = (0, Some(0_usize));
        for (pc, inst) in program.iter().enumerate() {
            let character = match inst {
                Inst::Char(c) if pc >= landing => Some((*c, false)),
                Inst::Folded(c) if pc >= landing => Some((*c, true)),
                _ => None,
            };
            match (character, &mut run) {
                (Some(character), Some(run)) => run.literal.push(character),
                (Some(character), None) => run = Some(Self { literal: vec![character], before: read }),
                (None, _) => best = longer(best, run.take()),
            }
            match inst {
                Inst::Jump(target) => {
                    landing = landing.max(*target);
                    if *target <= pc {
                        read = None;
                    }
                }
                Inst::Split(first, second) => {
                    landing = landing.max(*first).max(*second);
                    if *first.min(second) <= pc {
                        read = None;
                    }
                }
                Inst::Assert(_) | Inst::NotNext(_) | Inst::Match => {}
                _ => read = read.map(|read| read + 1),
            }
        }
        longer(best, run)
    }

    pub(super) fn len(&self) -> usize {
        self.literal.len()
    }

    /// Where the first occurrence at or after `from` begins and ends.
    pub(super) fn find(&self, text: &str, from: usize) -> Option<(usize, usize)> {
        let &(first, folded) = self.literal.first()?;
        let mut at = from;
        loop {
            at = if folded { next_folded(text, at, first)? } else { at + text[at..].find(first)? };
            let mut rest = text[at..].chars();
            if self.literal.iter().all(|&wanted| rest.next().is_some_and(|c| equal(wanted, c))) {
                return Some((at, text.len() - rest.as_str().len()));
            }
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }

    /// The first occurrence at or after `from`, and the first place from there on where a match that holds it can begin.
    pub(super) fn next(&self, text: &str, from: usize) -> Option<(usize, usize)> {
        let (at, _) = self.find(text, from)?;
        let Some(before) = self.before else { return Some((at, from)) };
        let start = text[from..at].char_indices().rev().take(before).last();
        Some((at, start.map_or(at, |(offset, _)| from + offset)))
    }
}

fn longer(one: Option<Needed>, other: Option<Needed>) -> Option<Needed> {
    match (&one, &other) {
        (Some(a), Some(b)) if a.len() >= b.len() => one,
        (Some(_), None) => one,
        _ => other,
    }
}

fn equal((wanted, folded): (char, bool), c: char) -> bool {
    if folded { fold(c) == wanted } else { c == wanted }
}

/// The first character at or after `from` that is `wanted` when case is ignored.
fn next_folded(text: &str, from: usize, wanted: char) -> Option<usize> {
    // Letters beyond ASCII may be equal to one of ASCII, and are looked at one by one.
    let upper = u32::from(wanted.to_ascii_uppercase());
    let mut at = from;
    while let Some(&byte) = text.as_bytes().get(at) {
        if byte.is_ascii() {
            if u32::from(byte) == u32::from(wanted) || u32::from(byte) == upper {
                return Some(at);
            }
            at += 1;
        } else {
            let c = text[at..].chars().next()?;
            if fold(c) == wanted {
                return Some(at);
            }
            at += c.len_utf8();
        }
    }
    None
}

/// The first instruction behind what a match can begin with and can do without: where only it matters whether there is a match, the
/// search begins there.
pub(super) fn begins_after_optional(program: &[Inst]) -> usize {
    let mut pc = 0;
    while let Some(Inst::Split(first, second)) = program.get(pc) {
        let after = *first.max(second);
        // An alternative ends with a jump over the other one; a repeat ends with a jump back, and an option with none.
        let body_is_next = *first.min(second) == pc + 1;
        let last = after.checked_sub(1).and_then(|last| program.get(last));
        if !body_is_next || matches!(last, Some(Inst::Jump(target)) if *target >= after) {
            break;
        }
        pc = after;
    }
    pc
}
