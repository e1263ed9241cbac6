//! `sentence:keyword`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::common::SOURCE;
use crate::{
    ifeval::common::{not_blank, unless_blank},
    text::{punkt::sentences, whole_word::WholeWord},
};

/// The keyword and its sentence.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    word: String,
    #[serde(rename = "N")]
    n: u64,
}

/// A sentence has a keyword.
pub struct Keyword {
    word: WholeWord,
    n: u64,
}

impl Checker for Keyword {
    type Params = Params;

    const DOC: Doc = Doc {
        id: "sentence:keyword",
        summary: "The `N`th sentence has the keyword `word` in it.",
        details: "Sentences are those of NLTK's Punkt. The keyword is a whole word (`\\b` on both sides), in any \
                  case. A blank response fails.",
        params: &[
            Param::required("word", Kind::Text, "the keyword"),
            Param::required("N", Kind::POSITIVE, "number of the sentence, from 1"),
        ],
        example: Example {
            params: r#"{"word": "owl", "N": 2}"#,
            passes: &["Hush. An OWL hoots."],
            fails: &["An owl hoots.", "Hush. Owls hoot."],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(params: Params) -> Result<Self, String> {
        not_blank("word", &params.word)?;
        if params.n == 0 {
            return Err("`N` counts from 1; 0 is before the first sentence".into());
        }
        Ok(Self { word: WholeWord::new(&params.word, true), n: params.n })
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let n = self.n;
            let sentences = sentences(text);
            let Some(sentence) = usize::try_from(n - 1).ok().and_then(|at| sentences.get(at)) else {
                return Verdict::fail(format!("there is no sentence {n}"));
            };
            Verdict::pass_if(self.word.is_in(sentence), || format!("sentence {n} does not have the keyword"))
        })
    }
}
