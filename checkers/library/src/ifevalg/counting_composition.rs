//! `count:counting_composition`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::common::{SOURCE, divided};
use crate::{
    ifeval::common::unless_blank,
    text::{rule_sentences::rule_sentences, words::words},
};

/// How many sentences and words.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    n_sent: u64,
    n_words: u64,
}

/// Three paragraphs of so many sentences of so many words.
pub struct CountingComposition(Params);

impl Checker for CountingComposition {
    type Params = Params;

    const DOC: Doc = Doc {
        id: "count:counting_composition",
        summary: "The response has three paragraphs separated by `***`, each with `n_sent` sentences of `n_words` \
                  words.",
        details: "Sentences are split by IFEval's rules (not Punkt's); words are those of NLTK's `word_tokenize`, \
                  punctuation among them. A blank part fails the response. A blank response fails.",
        params: &[
            Param::required("n_sent", Kind::POSITIVE, "sentences of each paragraph"),
            Param::required("n_words", Kind::POSITIVE, "words of each sentence"),
        ],
        example: Example {
            params: r#"{"n_sent": 1, "n_words": 3}"#,
            passes: &["Owls hoot.\n***\nMice flee.\n***\nElks roar."],
            fails: &["Owls hoot.\n***\nMice flee.", "Owls hoot.\n***\nMice flee.\n***\nElks roar loudly."],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(params: Params) -> Result<Self, String> {
        Ok(Self(params))
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let parts = divided(text);
            for part in &parts {
                let sentences = rule_sentences(part);
                if sentences.len() as u64 != self.0.n_sent {
                    return Verdict::fail(format!(
                        "a paragraph has {} sentences, {} wanted",
                        sentences.len(),
                        self.0.n_sent
                    ));
                }
                let counts = sentences.iter().map(|sentence| words(sentence).len() as u64);
                if let Some(count) = counts.into_iter().find(|&count| count != self.0.n_words) {
                    return Verdict::fail(format!("a sentence has {count} words, {} wanted", self.0.n_words));
                }
            }
            Verdict::pass_if(parts.len() == 3, || format!("found {} paragraphs, 3 wanted", parts.len()))
        })
    }
}
