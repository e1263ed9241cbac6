//! The views of a completion that constraints look at.

use super::{
    code_blocks::{self, Wanted},
    end_tokens, thinking,
};
use crate::{
    completion::Completion,
    spec::{Extract, View},
};
use std::cell::OnceCell;

/// The views of one completion, each made once and only when looked at.
pub(super) struct Views<'a> {
    completion: &'a Completion,
    extract: &'a Extract,
    wanted: Wanted<'a>,
    answer: OnceCell<&'a str>,
    code: OnceCell<String>,
    all: OnceCell<String>,
}

impl<'a> Views<'a> {
    pub(super) fn new(completion: &'a Completion, extract: &'a Extract, wanted: Wanted<'a>) -> Self {
        let (answer, code, all) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        Self { completion, extract, wanted, answer, code, all }
    }

    /// The text of a view; `code` is empty when the spec extracts none.
    pub(super) fn text(&self, view: View) -> &str {
        match view {
            View::Answer => self.answer.get_or_init(|| self.answer()),
            View::All => {
                let all = self.all.get_or_init(|| self.completion.everything());
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
        let text = end_tokens::without(self.completion.text(), &self.extract.end_tokens);
        thinking::answer(text, &self.extract.thinking)
    }
}

/// Whether thinking ends in a completion that no mark in it opened.
pub fn closes_unopened_thinking(completion: &Completion, extract: &Extract) -> bool {
    thinking::closes_unopened(completion.text(), &extract.thinking)
}

/// What to call an empty view in a reason.
pub(super) fn name(view: View) -> &'static str {
    match view {
        View::Answer => "the answer",
        View::Code => "the extracted code",
        View::All => "the completion",
    }
}
