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
    pattern_needed::{Needed, begins_after_optional},
    pattern_parse::parse,
    pattern_program::{Inst, Place},
};

pub use super::pattern_flags::Flags;

/// A compiled pattern.
#[derive(Debug)]
pub struct Pattern {
    program: Vec<Inst>,
    groups: usize,
    needed: Option<Needed>,
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
        let needed = Needed::of(&program);
        Ok(Self { program, groups, needed })
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
            Some(needed) => needed.find(text, 0).is_some(),
            // A match needs nothing of what may be left out at its beginning.
            None => self.search(text, 0, false, begins_after_optional(&self.program)).is_some(),
        }
    }

    /// How many matches `re.findall` lists.
    #[must_use]
    pub fn count(&self, text: &str) -> usize {
        let (mut at, mut count) = (0, 0);
        if let Some(needed) = self.literal() {
            while let Some((_, end)) = needed.find(text, at) {
                (at, count) = (end, count + 1);
            }
            return count;
        }
        // After an empty match, the next one may begin at the same place but must not be empty.
        let mut not_empty = false;
        while let Some((start, end)) = self.search(text, at, not_empty, 0) {
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
        while let Some((start, end)) = self.search(text, at, not_empty, 0) {
            spans.push((start, end));
            (at, not_empty) = (end, start == end);
        }
        spans
    }

    /// What is looked for, if the pattern is nothing but characters, as nearly every keyword is.
    fn literal(&self) -> Option<&Needed> {
        self.needed.as_ref().filter(|needed| needed.len() + 1 == self.program.len())
    }

    /// The first match at or after `from`, of the program from the instruction `first` on.
    fn search(&self, text: &str, from: usize, not_empty: bool, first: usize) -> Option<(usize, usize)> {
        let fresh = || Threads { list: Vec::new(), seen: vec![0; self.program.len()] };
        let (mut now, mut next) = (fresh(), fresh());
        let mut pending = Vec::new();
        let mut found = None;
        // Where the next occurrence of what is needed begins, and the first match that may hold it; looked for again only beyond it.
        let mut ahead: Option<(usize, usize)> = None;
        let mut at = from;
        let mut before = text[..from].chars().next_back();
        loop {
            if now.list.is_empty() && found.is_none() {
                // Nothing is under way, so the next place that matters is where a match can begin.
                if let Some(needed) = &self.needed {
                    let (_, start) = match ahead.filter(|&(occurrence, _)| occurrence >= at) {
                        Some(known) => known,
                        None => *ahead.insert(needed.next(text, at)?),
                    };
                    if start > at {
                        at = start;
                        before = text[..at].chars().next_back();
                    }
                }
            }
            let c = text[at..].chars().next();
            let place = Place { before, after: c, last: c == Some('\n') && at + 1 == text.len() };
            if found.is_none() {
                self.follow(&mut now, &mut pending, (first, at), at, place);
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
                    self.follow(&mut next, &mut pending, (pc + 1, start), at + width, onward);
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
    fn follow(&self, threads: &mut Threads, pending: &mut Vec<usize>, (pc, start): Thread, at: usize, place: Place) {
        pending.push(pc);
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

    proptest::proptest! {
        /// What a match needs is only a way to find it sooner.
        #[test]
        fn the_search_for_what_is_needed_changes_nothing(
            pieces in proptest::collection::vec(proptest::sample::select(&[
                "a", "b", "k", "é", ".", "[ab]", "(a|bk)", "(?:ab)", "(b|)", r"\b", r"\s", "^", "$", "?", "*", "+", "*?", "{2}", "{0,2}", "|",
            ][..]), 1..8),
            text in "[abkéKK \n]{0,12}",
        ) {
            for ignore_case in [false, true] {
                let Ok(quick) = Pattern::new(&pieces.concat(), Flags { ignore_case, multiline: true }) else { continue };
                let plain = Pattern { program: quick.program.clone(), groups: quick.groups, needed: None };
                let spans = plain.spans(&text);
                proptest::prop_assert_eq!(quick.spans(&text), spans.clone());
                proptest::prop_assert_eq!(quick.count(&text), spans.len());
                proptest::prop_assert_eq!(quick.is_match(&text), !spans.is_empty());
            }
        }
    }

    #[test]
    fn repetitions_take_linear_time() {
        for (pattern, piece) in [(r"a\s*b", "a"), (r"\s*ab$", " "), ("(x|a)*b", "a"), ("a{0,50}b", "a"), (".*ab", "a")]
        {
            let pattern = Pattern::new(pattern, Flags::default()).expect(pattern);
            for end in ["", "b", " ab"] {
                let text = piece.repeat(1 << 17) + end;
                let _ = (pattern.is_match(&text), pattern.is_match(&text));
            }
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
