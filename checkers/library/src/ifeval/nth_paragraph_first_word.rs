//! `length_constraints:nth_paragraph_first_word`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::common::{SOURCE, not_blank, unless_blank};
use crate::text::python::{split, strip};

/// How many paragraphs, and how one of them begins.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    num_paragraphs: usize,
    nth_paragraph: usize,
    first_word: String,
}

/// A paragraph begins with a word.
pub struct NthParagraphFirstWord(Params);

impl Checker for NthParagraphFirstWord {
    type Params = Params;

    const DOC: Doc = Doc {
        id: "length_constraints:nth_paragraph_first_word",
        summary: "The response has exactly a number of paragraphs, and one of them begins with a word.",
        details: "The response is split at every pair of newlines. The number of parts that are not blank must be \
                  `num_paragraphs`; `nth_paragraph`, from 1, counts blank parts too, and that part must not be blank. \
                  Its first word runs to white space; leading `'`, then leading `\"` are removed, then everything \
                  from the first of `. , ? ! ' \"` on. It is compared without regard to case. A blank response fails.",
        params: &[
            Param::required("num_paragraphs", Kind::POSITIVE, "the number of paragraphs"),
            Param::required("nth_paragraph", Kind::POSITIVE, "which paragraph, from 1 to `num_paragraphs`"),
            Param::required("first_word", Kind::Text, "the word it begins with"),
        ],
        example: Example {
            params: r#"{"num_paragraphs": 2, "nth_paragraph": 2, "first_word": "owls"}"#,
            passes: &["Hoot.\n\n\"Owls!\" they said."],
            fails: &["Hoot.\n\nThe owls.", "Hoot.\nOwls.", "Hoot.\n\nOwls.\n\nEnd."],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(mut params: Params) -> Result<Self, String> {
        not_blank("first_word", &params.first_word)?;
        if params.nth_paragraph == 0 || params.nth_paragraph > params.num_paragraphs {
            return Err(format!(
                "`nth_paragraph` is {}; it needs to be between 1 and `num_paragraphs`, which is {}",
                params.nth_paragraph, params.num_paragraphs
            ));
        }
        params.first_word = params.first_word.to_lowercase();
        Ok(Self(params))
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        let Params { num_paragraphs, nth_paragraph, first_word } = &self.0;
        unless_blank(input.text, |text| {
            let found = text.split("\n\n").filter(|part| !strip(part).is_empty()).count();
            if found != *num_paragraphs {
                return Verdict::fail(format!("found {found} paragraphs, exactly {num_paragraphs} wanted"));
            }
            let part = text.split("\n\n").nth(nth_paragraph - 1).unwrap_or_default();
            let Some(word) = split(part).next() else {
                return Verdict::fail(format!("paragraph {nth_paragraph} is blank"));
            };
            let word = word.trim_start_matches('\'').trim_start_matches('"');
            let word = word.split(['.', ',', '?', '!', '\'', '"']).next().unwrap_or_default();
            // Character by character: Python's `str.lower` on one character knows no final sigma.
            let met = word.chars().flat_map(char::to_lowercase).eq(first_word.chars());
            Verdict::pass_if(met, || format!("paragraph {nth_paragraph} begins with another word"))
        })
    }
}
