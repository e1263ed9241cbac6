//! `count:pronouns`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::common::{SOURCE, at_least};
use crate::{ifeval::common::unless_blank, text::words::words};

#[rustfmt::skip]
const PRONOUNS: &[&str] = &[
    "i", "me", "we", "us", "you", "he", "him", "she", "her", "it", "they", "them", "my", "mine", "our", "ours",
    "your", "yours", "his", "hers", "its", "their", "theirs", "myself", "ourselves", "yourself", "yourselves",
    "himself", "herself", "itself", "themselves", "this", "that", "these", "those", "who", "whom", "whose",
    "which", "what", "whoever", "whomever", "whatever", "whichever", "anybody", "anyone", "anything", "everybody",
    "everyone", "everything", "nobody", "nothing", "somebody", "someone", "something", "each", "either",
    "neither", "both", "all", "some", "any", "none",
];

/// How many pronouns.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    #[serde(rename = "N")]
    n: u64,
}

/// The response has enough pronouns.
pub struct Pronouns(Params);

impl Checker for Pronouns {
    type Params = Params;

    const DOC: Doc = Doc {
        id: "count:pronouns",
        summary: "The response has at least `N` pronouns.",
        details: "Counts every occurrence of a personal, possessive, reflexive, demonstrative, interrogative, \
                  relative or indefinite pronoun of the published list among the words of NLTK's `word_tokenize`, in \
                  any case; a slash separates words (`she/her` are two). A blank response fails.",
        params: &[Param::required("N", Kind::COUNT, "smallest number of pronouns")],
        example: Example {
            params: r#"{"N": 2}"#,
            passes: &["She saw them.", "It's mine", "she/her"],
            fails: &["Owls saw her.", "Whoever hoots hoots."],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(params: Params) -> Result<Self, String> {
        Ok(Self(params))
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let found = words(&text.replace('/', " ").to_lowercase());
            let found = found.iter().filter(|word| PRONOUNS.contains(&word.as_str())).count();
            at_least(found, self.0.n, "pronouns")
        })
    }
}
