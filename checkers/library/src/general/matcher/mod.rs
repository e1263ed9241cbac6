//! A regular expression that is cheap to build: an instance lives for one check, so each is built for a few searches.
//!
//! `regex-syntax` parses, and so settles what a pattern means. What is built of that is a short program over characters
//! (not over bytes of UTF-8: `\w` is one node here and hundreds there), run as a Pike VM whose steps are
//! remembered, which makes it a lazily built DFA. Both are Russ Cox's: "Regular Expression Matching: the Virtual Machine
//! Approach" (2009) and "Regular Expression Matching in the Wild" (2010), <https://swtch.com/~rsc/regexp/>.

mod class;
mod compile;
mod dead;
mod dfa;
mod intern;
mod look;
mod program;
mod step;
mod symbols;
#[cfg(test)]
mod tests;

use std::cell::RefCell;

use regex_syntax::ParserBuilder;

use dfa::Dfa;
use program::Program;

/// A compiled regular expression.
#[derive(Clone, Debug)]
pub(super) struct Matcher {
    pattern: String,
    program: Program,
    /// What earlier searches found out about the program.
    dfa: RefCell<Box<Dfa>>,
}

/// Why a pattern cannot be compiled.
#[derive(Debug)]
pub(super) enum BuildError {
    /// The parser's explanation.
    Syntax(Box<regex_syntax::Error>),
    /// The program is larger than the limit.
    Size,
}

impl Matcher {
    /// Compiles a pattern to a program of at most `limit` bytes.
    pub(super) fn new(pattern: &str, syntax: &ParserBuilder, limit: usize) -> Result<Self, BuildError> {
        let hir = syntax.build().parse(pattern).map_err(|error| BuildError::Syntax(Box::new(error)))?;
        let program = compile::compile(&hir, limit).ok_or(BuildError::Size)?;
        let dfa = RefCell::new(Box::new(Dfa::new(&program)));
        Ok(Self { pattern: pattern.to_owned(), program, dfa })
    }

    /// The pattern.
    pub(super) fn as_str(&self) -> &str {
        &self.pattern
    }

    /// Whether it is found in the text. Takes time linear in the text: at worst a visit to every node for each character.
    pub(super) fn is_match(&self, text: &str) -> bool {
        self.dfa.borrow_mut().is_match(&self.program, text)
    }

    /// Whether no text but an empty one can match, as far as the ends of the text tell: `a^`, `$a`, `^$`, `[a&&b]`.
    pub(super) fn never_matches(&self) -> bool {
        dead::never_matches(&self.program)
    }
}
