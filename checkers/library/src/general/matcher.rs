//! A regular expression that is cheap to build: an instance lives for one check, so each is built for a single search.
//!
//! The `regex` crate builds several engines and chooses between them when it searches; building them can take ten times as
//! long as searching a page. Two of its engines are put together here instead: the lazy DFA, and where that gives up (a
//! Unicode word boundary beside non-ASCII text, or a cache that thrashes) the Pike VM, which can do everything.

use regex_automata::{
    Input,
    hybrid::dfa::DFA,
    nfa::thompson::{BuildError, Compiler, Config, NFA, State, WhichCaptures, pikevm::PikeVM},
    util::{look::Look, syntax},
};

/// A compiled regular expression.
#[derive(Clone, Debug)]
pub(super) struct Matcher {
    pattern: String,
    nfa: NFA,
}

impl Matcher {
    /// Compiles a pattern to a program of at most `limit` bytes.
    pub(super) fn new(pattern: &str, syntax: syntax::Config, limit: usize) -> Result<Self, Box<BuildError>> {
        let config = Config::new().which_captures(WhichCaptures::None).nfa_size_limit(Some(limit));
        let nfa = Compiler::new().syntax(syntax).configure(config).build(pattern).map_err(Box::new)?;
        Ok(Self { pattern: pattern.to_owned(), nfa })
    }

    /// The pattern.
    pub(super) fn as_str(&self) -> &str {
        &self.pattern
    }

    /// Whether it is found in the text.
    pub(super) fn is_match(&self, text: &str) -> bool {
        self.by_dfa(text).unwrap_or_else(|| self.by_vm(text))
    }

    /// Whether no text but an empty one can match, as far as the ends of the text tell: `a^`, `$a`, `^$`, `[a&&b]`.
    pub(super) fn never_matches(&self) -> bool {
        /// What a path has been through: the start of the text, a character, the end of the text.
        const START: u8 = 1;
        const CONSUMED: u8 = 2;
        const END: u8 = 4;
        let states = self.nfa.states();
        let mut known = vec![0_u8; states.len()];
        let mut todo = vec![(self.nfa.start_anchored(), 0_u8)];
        while let Some((id, been)) = todo.pop() {
            let Some((known, state)) = known.get_mut(id.as_usize()).zip(states.get(id.as_usize())) else {
                return false;
            };
            if *known & (1 << been) != 0 {
                continue;
            }
            *known |= 1 << been;
            let mut consume = |next| {
                if been & END == 0 {
                    todo.push((next, been | CONSUMED));
                }
            };
            match state {
                State::ByteRange { trans } => consume(trans.next),
                State::Sparse(sparse) => sparse.transitions.iter().for_each(|trans| consume(trans.next)),
                State::Dense(_) => return false,
                State::Look { look: Look::Start, .. } if been & CONSUMED != 0 => {}
                State::Look { look: Look::Start, next } => todo.push((*next, been | START)),
                State::Look { look: Look::End, next } => todo.push((*next, been | END)),
                State::Look { next, .. } | State::Capture { next, .. } => todo.push((*next, been)),
                State::Union { alternates } => todo.extend(alternates.iter().map(|next| (*next, been))),
                State::BinaryUnion { alt1, alt2 } => todo.extend([(*alt1, been), (*alt2, been)]),
                State::Fail => {}
                State::Match { .. } if been == START | END => {}
                State::Match { .. } => return false,
            }
        }
        true
    }

    /// `None` when the lazy DFA cannot tell.
    fn by_dfa(&self, text: &str) -> Option<bool> {
        let config = DFA::config()
            .unicode_word_boundary(true)
            .skip_cache_capacity_check(true)
            // Giving up early is cheap: the other engine goes over the text once more.
            .minimum_cache_clear_count(Some(3))
            .minimum_bytes_per_state(Some(10));
        let dfa = DFA::builder().configure(config).build_from_nfa(self.nfa.clone()).ok()?;
        let found = dfa.try_search_fwd(&mut dfa.create_cache(), &Input::new(text).earliest(true)).ok()?;
        Some(found.is_some())
    }

    fn by_vm(&self, text: &str) -> bool {
        let vm = PikeVM::new_from_nfa(self.nfa.clone()).expect("the Pike VM takes every NFA without captures");
        vm.is_match(&mut vm.create_cache(), Input::new(text).earliest(true))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Patterns that use what the engines treat apart: boundaries, anchors, classes, repetition, case.
    const PATTERNS: [&str; 8] =
        [r"\bé?a\b", r"^a+b*$", r"(?m)^b", r"\w{2,3}\s", r"[^a]\z", r"(?i)straße|k", r"a.{0,4}b", r"\Bb|\d"];

    proptest! {
        /// The `regex` crate is the reference.
        #[test]
        fn agrees_with_the_regex_crate(which in 0..PATTERNS.len(), text in "[abBé ß1Kk\n\u{212A}]{0,30}") {
            let matcher = Matcher::new(PATTERNS[which], syntax::Config::new(), 1 << 20).unwrap();
            let reference = regex::Regex::new(PATTERNS[which]).unwrap().is_match(&text);
            prop_assert_eq!(matcher.by_vm(&text), reference);
            prop_assert_eq!(matcher.is_match(&text), reference);
        }
    }
}
