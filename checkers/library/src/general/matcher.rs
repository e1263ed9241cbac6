//! A regular expression that is cheap to build: an instance lives for one check, so each is built for a single search.
//!
//! The `regex` crate builds several engines and chooses between them when it searches; building them can take ten times as
//! long as searching a page. Two of its engines are put together here instead: the lazy DFA, and where that gives up (a
//! Unicode word boundary beside non-ASCII text, or a cache that thrashes) the Pike VM, which can do everything.

use regex_automata::{
    Input,
    hybrid::dfa::DFA,
    nfa::thompson::{BuildError, Compiler, Config, NFA, WhichCaptures, pikevm::PikeVM},
    util::syntax,
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
