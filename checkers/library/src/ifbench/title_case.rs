//! `format:title_case`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::{SOURCE, fail_if_any};
use crate::{
    ifeval::common::{NoParams, unless_blank},
    text::{
        python::{is_alpha, is_lower, is_lower_char, is_upper},
        words::words,
    },
};

/// Each word begins with a capital letter.
pub struct TitleCase;

impl Checker for TitleCase {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "format:title_case",
        summary: "No word of more than one letter is all in lower case or begins in lower case before capitals, \
                  and no letter alone is in lower case.",
        details: "Words are those of NLTK's `word_tokenize` that begin with a letter, so that `Don't` is `Do` and \
                  `n't`, which fails. Mixed case as in `iPhone` passes. A blank response fails.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &["Owls Hoot At Night.", "iPhone 5 NASA"],
            fails: &["Owls hoot At Night.", "A Wise oWL"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(_: NoParams) -> Result<Self, String> {
        Ok(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let broken = words(text).into_iter().find(|word| {
                let mut rest = word.chars();
                match rest.next().filter(|&c| is_alpha(c)) {
                    Some(first) if is_lower_char(first) => {
                        let rest = rest.as_str();
                        rest.is_empty() || is_upper(rest) || is_lower(rest)
                    }
                    _ => false,
                }
            });
            fail_if_any(broken.map(|word| format!("`{word}` is not in title case")))
        })
    }
}
