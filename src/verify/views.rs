//! The views of a completion that constraints look at.

use super::{
    code_blocks::{self, Wanted},
    end_tokens, thinking,
};
use crate::{
    completion::Completion,
    spec::{Extract, Thinking, ThinkingMode, View},
};
use std::cell::OnceCell;

/// A completion, and what is known of it beside its text.
#[derive(Clone, Copy)]
pub(super) struct Given<'a> {
    pub(super) completion: &'a Completion,
    /// Whether its prompt ends within a section of thinking.
    pub(super) opened: bool,
    /// Whether it was cut at a limit.
    pub(super) cut: bool,
}

impl Given<'_> {
    /// Who opens the first section, after all that is known.
    fn mode(&self, thinking: &Thinking) -> ThinkingMode {
        match thinking.mode {
            ThinkingMode::None => ThinkingMode::None,
            // A server has taken the section out.
            _ if self.completion.is_set_apart() => ThinkingMode::Marked,
            ThinkingMode::Marked if self.opened => ThinkingMode::Opened,
            mode => mode,
        }
    }

    fn thinking(&self, thinking: &Thinking) -> Thinking {
        Thinking { mode: self.mode(thinking), ..thinking.clone() }
    }
}

/// The views of one completion, each made once and only when looked at.
pub(super) struct Views<'a> {
    given: Given<'a>,
    extract: &'a Extract,
    wanted: Wanted<'a>,
    answer: OnceCell<&'a str>,
    code: OnceCell<String>,
    all: OnceCell<String>,
}

impl<'a> Views<'a> {
    pub(super) fn new(given: Given<'a>, extract: &'a Extract, wanted: Wanted<'a>) -> Self {
        let (answer, code, all) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        Self { given, extract, wanted, answer, code, all }
    }

    /// The text of a view; `code` is empty when the spec extracts none.
    pub(super) fn text(&self, view: View) -> &str {
        match view {
            View::Answer => self.answer(),
            View::All => {
                let all = self.all.get_or_init(|| self.given.completion.everything());
                end_tokens::without(all, &self.extract.end_tokens)
            }
            View::Code => self.code.get_or_init(|| match &self.extract.code {
                Some(language) if self.extract.opened => code_blocks::opened_code(self.answer(), language, self.wanted),
                Some(language) => code_blocks::code(self.answer(), language, self.wanted, self.extract.bare),
                None => String::new(),
            }),
        }
    }

    fn answer(&self) -> &'a str {
        self.answer.get_or_init(|| self.read_answer())
    }

    fn read_answer(&self) -> &'a str {
        let text = end_tokens::without(self.given.completion.text(), &self.extract.end_tokens);
        let answer = thinking::answer(text, &self.given.thinking(&self.extract.thinking), self.given.cut);
        // With nothing set apart, everything is answer.
        match self.extract.thinking.mode {
            ThinkingMode::None => answer,
            _ => end_tokens::without_first(answer, &self.extract.end_tokens),
        }
    }
}

/// What marks of thinking a completion has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thought {
    /// It closes a section that no mark in it opened.
    Unopened,
    /// It has none, where it would open its sections itself: an answer, or thinking that was cut.
    Unmarked,
    /// Others, or nobody looks at them.
    Other,
}

/// What marks of thinking a completion has.
pub(super) fn thought(given: Given<'_>, extract: &Extract) -> Thought {
    let thinking = given.thinking(&extract.thinking);
    let text = given.completion.text();
    match () {
        () if thinking::closes_unopened(text, &thinking) => Thought::Unopened,
        () if given.completion.is_set_apart() || thinking.mode != ThinkingMode::Marked => Thought::Other,
        () if thinking::is_unmarked(text, &thinking) => Thought::Unmarked,
        () => Thought::Other,
    }
}

/// What to call an empty view in a reason.
pub(super) fn name(view: View) -> &'static str {
    match view {
        View::Answer => "the answer",
        View::Code => "the extracted code",
        View::All => "the completion",
    }
}
