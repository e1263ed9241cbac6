//! `format:emoji`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::SOURCE;
use crate::{
    ifeval::common::{NoParams, unless_blank},
    text::{emoji::is_emoji, marks::without_marks, punkt::sentences, python::strip},
};

/// Each sentence ends with an emoji.
pub struct Emoji;

impl Checker for Emoji {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "format:emoji",
        summary: "Each sentence ends with an emoji, or the next one begins with it.",
        details: "Sentences are those of NLTK's Punkt. ASCII punctuation is taken out of a sentence; then its last \
                  character, or the last but one, is an emoji of Unicode's emoji-test.txt, or else the first of the \
                  next sentence. A sentence of punctuation alone fails the response. A blank response fails.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &["Owls hoot 🦉. Mice flee! 🐭", "Owls hoot. 🦉 Mice flee 🐭"],
            fails: &["Owls hoot.", "Owls hoot 🦉. Mice flee."],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(_: NoParams) -> Result<Self, String> {
        Ok(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let sentences: Vec<String> = sentences(text).into_iter().map(without_marks).collect();
            let bare: Vec<&str> = sentences.iter().map(|sentence| strip(sentence)).collect();
            for (at, sentence) in bare.iter().enumerate() {
                let mut last = sentence.chars().rev().take(2).peekable();
                if last.peek().is_none() {
                    return Verdict::fail("a sentence is punctuation alone");
                }
                let next = bare.get(at + 1).and_then(|next| next.chars().next());
                if !last.chain(next).any(is_emoji) {
                    return Verdict::fail(format!("sentence {} does not end with an emoji", at + 1));
                }
            }
            Verdict::Passed
        })
    }
}
