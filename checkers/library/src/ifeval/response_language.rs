//! `language:response_language`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::common::{SOURCE, unless_blank};
use crate::text::language::{LANGUAGES, detect};

/// The language.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    language: String,
}

/// The response is in a language.
pub struct ResponseLanguage(Params);

impl Checker for ResponseLanguage {
    type Params = Params;

    const DOC: Doc = Doc {
        id: "language:response_language",
        summary: "The entire response is in a language.",
        details: "The language is the one the Python package `langdetect` names; a response without anything it can \
                  use, such as one of digits only, passes. `langdetect` draws random samples; where its answer \
                  depends on them, the most frequent one counts here, always the same (docs/ifeval.md). A blank \
                  response fails.",
        params: &[Param::required(
            "language",
            Kind::Choice(LANGUAGES),
            "code of the language, as `langdetect` names it",
        )],
        example: Example {
            params: r#"{"language": "de"}"#,
            passes: &["Die Eulen rufen in der Nacht, wenn alle anderen Vögel schlafen.", "123"],
            fails: &["The owls hoot at night when all the other birds are asleep.", "ฮูกร้อง"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(params: Params) -> Result<Self, String> {
        if !LANGUAGES.contains(&params.language.as_str()) {
            return Err(format!("`language` is `{}`; it needs to be one of {}", params.language, LANGUAGES.join(", ")));
        }
        Ok(Self(params))
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| match detect(text) {
            Some(found) if found != self.0.language => {
                Verdict::fail(format!("the language looks like `{found}`, `{}` wanted", self.0.language))
            }
            _ => Verdict::Passed,
        })
    }
}
