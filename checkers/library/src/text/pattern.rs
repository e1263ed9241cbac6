//! Regular expressions with the meaning Python's `re` gives them on text, in time linear in the text.
//!
//! IFEval hands keywords to `re` as they stand. Crates for regular expressions differ from `re` in syntax (`C++` is a
//! possessive quantifier to Python), in what `\w` contains and in which letters are equal when case is ignored, and
//! they pay for generality in start-up time, which every check would pay anew.
//!
//! The matcher simulates all alternatives in parallel in order of priority (Pike's virtual machine, described by Russ
//! Cox, "Regular Expression Matching: the Virtual Machine Approach", 2009), so what it finds is what backtracking
//! would find first. Look-around, back references and atomic groups have no such form and are refused.

use super::{
    case::fold,
    pattern_parse::parse,
    pattern_program::{Inst, Place},
};

pub use super::pattern_flags::Flags;

/// A compiled pattern.
#[derive(Debug)]
pub struct Pattern {
    program: Vec<Inst>,
    groups: usize,
}

/// A state of the simulation: the next instruction, and where the match it belongs to began.
type Thread = (usize, usize);

#[derive(Default)]
struct Threads {
    list: Vec<Thread>,
    /// For each instruction, the last step that reached it, plus one.
    seen: Vec<usize>,
}

impl Pattern {
    /// Compiles a pattern.
    ///
    /// # Errors
    /// Why Python would refuse it, or which of its features is not supported here.
    pub fn new(pattern: &str, flags: Flags) -> Result<Self, String> {
        let (program, groups) = parse(pattern, flags)?;
        Ok(Self { program, groups })
    }

    /// How many capturing groups the pattern has.
    #[must_use]
    pub fn groups(&self) -> usize {
        self.groups
    }

    /// Whether `re.search` finds anything.
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        match self.literal() {
            Some(literal) => next_literal(&literal, text, 0).is_some(),
            None => self.search(text, 0, false).is_some(),
        }
    }

    /// How many matches `re.findall` lists.
    #[must_use]
    pub fn count(&self, text: &str) -> usize {
        let (mut at, mut count) = (0, 0);
        if let Some(literal) = self.literal() {
            while let Some(end) = next_literal(&literal, text, at) {
                (at, count) = (end, count + 1);
            }
            return count;
        }
        // After an empty match, the next one may begin at the same place but must not be empty.
        let mut not_empty = false;
        while let Some((start, end)) = self.search(text, at, not_empty) {
            count += 1;
            (at, not_empty) = (end, start == end);
        }
        count
    }

    /// Where the matches that `re.findall` lists begin and end.
    #[must_use]
    pub fn spans(&self, text: &str) -> Vec<(usize, usize)> {
        let mut spans = Vec::new();
        let (mut at, mut not_empty) = (0, false);
        while let Some((start, end)) = self.search(text, at, not_empty) {
            spans.push((start, end));
            (at, not_empty) = (end, start == end);
        }
        spans
    }

    /// The characters of a pattern that is nothing but characters: what nearly every keyword is.
    fn literal(&self) -> Option<Vec<(char, bool)>> {
        let (last, body) = self.program.split_last()?;
        if body.is_empty() || !matches!(last, Inst::Match) {
            return None;
        }
        body.iter()
            .map(|inst| match inst {
                Inst::Char(c) => Some((*c, false)),
                Inst::Folded(c) => Some((*c, true)),
                _ => None,
            })
            .collect()
    }

    /// The first match at or after `from`.
    fn search(&self, text: &str, from: usize, not_empty: bool) -> Option<(usize, usize)> {
        let fresh = || Threads { list: Vec::new(), seen: vec![0; self.program.len()] };
        let (mut now, mut next) = (fresh(), fresh());
        let mut found = None;
        let mut at = from;
        let mut before = text[..from].chars().next_back();
        loop {
            let c = text[at..].chars().next();
            let place = Place { before, after: c, last: c == Some('\n') && at + 1 == text.len() };
            if found.is_none() {
                self.follow(&mut now, (0, at), at, place);
            }
            if now.list.is_empty() && found.is_some() {
                break;
            }
            let width = c.map_or(0, char::len_utf8);
            let after = text[at + width..].chars().next();
            let onward = Place { before: c, after, last: after == Some('\n') && at + width + 1 == text.len() };
            for &(pc, start) in &now.list {
                let inst = &self.program[pc];
                if matches!(inst, Inst::Match) {
                    if not_empty && start == from && at == from {
                        continue;
                    }
                    found = Some((start, at));
                    // Whatever comes later in the list has lower priority.
                    break;
                }
                if c.is_some_and(|c| inst.accepts(c)) {
                    self.follow(&mut next, (pc + 1, start), at + width, onward);
                }
            }
            if c.is_none() {
                break;
            }
            before = c;
            at += width;
            core::mem::swap(&mut now, &mut next);
            next.list.clear();
        }
        found
    }

    /// Adds a thread and everything it reaches without reading a character, in order of priority.
    fn follow(&self, threads: &mut Threads, (pc, start): Thread, at: usize, place: Place) {
        let mut pending = vec![pc];
        while let Some(pc) = pending.pop() {
            if core::mem::replace(&mut threads.seen[pc], at + 1) == at + 1 {
                continue;
            }
            match &self.program[pc] {
                Inst::Jump(target) => pending.push(*target),
                Inst::Split(first, second) => pending.extend([*second, *first]),
                Inst::Assert(assertion) if assertion.holds(place) => pending.push(pc + 1),
                Inst::Assert(_) => {}
                Inst::NotNext(set) if place.after.is_none_or(|c| !set.accepts(c)) => pending.push(pc + 1),
                Inst::NotNext(_) => {}
                _ => threads.list.push((pc, start)),
            }
        }
    }
}

/// Where the first occurrence of a literal at or after `from` ends.
fn next_literal(literal: &[(char, bool)], text: &str, from: usize) -> Option<usize> {
    let equal = |&(wanted, folded): &(char, bool), c: char| if folded { fold(c) == wanted } else { c == wanted };
    for (offset, c) in text[from..].char_indices() {
        if !equal(&literal[0], c) {
            continue;
        }
        let mut rest = text[from + offset..].chars();
        if literal.iter().all(|wanted| rest.next().is_some_and(|c| equal(wanted, c))) {
            return Some(text.len() - rest.as_str().len());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Flags, Pattern};

    // Expected values from CPython 3.11: `len(re.findall(pattern, text, re.I))`.
    #[test]
    fn counts_as_python_does() {
        let cases = [
            ("a", "aAbA", 3),
            ("c++", "C++ ccc c", 3),
            ("a*", "baac", 4),
            ("a*?", "baac", 7),
            ("", "ab", 3),
            (r"\bhi\b", "Hi hi! shi", 2),
            ("a|ab", "abab", 2),
            ("[^a-c]+", "abXcdE", 2),
            (r"(?:x|y){2,3}", "xyxyx", 2),
            (r"\.", "a.b.", 2),
            ("straße", "STRASSE STRAßE", 1),
            ("i", "İıI", 3),
            ("a{,2}", "aaa", 3),
            ("a{x}", "a{X}", 1),
            ("^a$", "a\n", 1),
            (r"a\Z", "a\n", 0),
            (r"x*+y", "xxy", 1),
            ("(?P<n>a)(?#note)b", "AB", 1),
        ];
        for (pattern, text, count) in cases {
            let compiled = Pattern::new(pattern, Flags { ignore_case: true, multiline: false }).expect(pattern);
            assert_eq!(compiled.count(text), count, "{pattern} on {text}");
            assert_eq!(compiled.is_match(text), count > 0, "{pattern} on {text}");
            assert_eq!(compiled.spans(text).len(), count, "{pattern} on {text}");
        }
    }

    #[test]
    fn refuses_what_it_cannot_do() {
        for (pattern, reason) in [
            ("(a", "a group is not closed"),
            ("*a", "nothing to repeat"),
            (r"(a)\1", "back references are not supported"),
            ("(?=a)", "look-around is not supported"),
            ("[z-a]", "the range z-a is empty"),
            ("a**", "a repeat of a repeat"),
            (r"\y", r"\y has no meaning"),
            ("[a", "a set is not closed"),
            ("(?>a)", "atomic groups are not supported"),
            ("((a{1000}){1000})", "the pattern is too large"),
        ] {
            let error = Pattern::new(pattern, Flags::default()).expect_err(pattern);
            assert!(error.contains(reason), "{pattern}: {error}");
        }
    }
}
