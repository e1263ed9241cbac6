//! `keywords:forbidden_words`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::common::{SOURCE, unless_blank};
use crate::text::pattern::{Flags, Pattern};

/// The words.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    forbidden_words: Vec<String>,
}

/// The response avoids all words.
pub struct ForbiddenWords(Vec<(String, Pattern)>);

impl Checker for ForbiddenWords {
    type Params = Params;

    const DOC: Doc = Doc {
        id: "keywords:forbidden_words",
        summary: "The response contains none of the words.",
        details: "Each word is searched for as `\\bWORD\\b`, a regular expression of Python's `re`, without regard to \
                  case: part of a longer word is allowed. A word that begins or ends with punctuation is therefore \
                  found only where a letter, digit or underscore touches it. Look-around and back references are \
                  refused. A blank response fails.",
        params: &[Param::required("forbidden_words", Kind::Texts, "the words to avoid")],
        example: Example {
            params: r#"{"forbidden_words": ["owl", "night"]}"#,
            passes: &["Owls hunt in a fortnight."],
            fails: &["An OWL hunts.", "Good night!"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(params: Params) -> Result<Self, String> {
        if params.forbidden_words.is_empty() {
            return Err("`forbidden_words` is empty; it needs at least one word".into());
        }
        let compile = |word: String| {
            if word.is_empty() {
                return Err("`forbidden_words` contains an empty text, which would forbid every word".into());
            }
            let pattern = Pattern::new(&format!(r"\b{word}\b"), Flags { ignore_case: true, multiline: false });
            Ok((word, pattern.map_err(|why| format!("`forbidden_words`: {why}"))?))
        };
        params.forbidden_words.into_iter().map(compile).collect::<Result<_, String>>().map(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| match self.0.iter().find(|(_, pattern)| pattern.is_match(text)) {
            None => Verdict::Passed,
            Some((word, _)) => Verdict::fail(format!("found `{word}`")),
        })
    }
}
