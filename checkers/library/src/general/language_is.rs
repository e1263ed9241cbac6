//! `language.is`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::blank::{empty, is_blank};
use crate::text::language::{LANGUAGES, detect};

/// Parameters of `language.is`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    language: String,
}

/// `language.is`
pub struct LanguageIs(String);

impl Checker for LanguageIs {
    type Params = Params;
    const DOC: Doc = Doc {
        id: "language.is",
        summary: "The text is in the given language.",
        details: "The language is the one `language:response_language` finds, with the n-gram statistics of the Python \
            package `langdetect`: the most probable of 55 languages over the first 10000 characters, links and mail \
            addresses left out. Here a text in which no language can be told (digits, symbols, code, too little text) \
            fails; `language:response_language` lets it pass. Answers on texts of a few words, of several languages or \
            of close relatives (Danish and Norwegian) are unsure; leave quotations and code to other constraints. \
            Empty text fails.",
        params: &[Param::required(
            "language",
            Kind::Choice(LANGUAGES),
            "ISO 639-1 code of the language; Chinese is zh-cn (simplified) or zh-tw (traditional)",
        )],
        example: Example {
            params: r#"{"language": "de"}"#,
            passes: &["Die Eule schläft am Tag und jagt in der Nacht, wenn alle anderen Vögel schlafen."],
            fails: &["", "The owl sleeps by day and hunts by night, while all the other birds sleep.", "12345 67890"],
            prompt: "",
        },
        source: "docs of `langdetect` 1.0.9; Nakatani Shuyo, Language Detection Library for Java, 2010",
    };

    fn new(params: Params) -> Result<Self, String> {
        let Params { language } = params;
        if LANGUAGES.contains(&language.as_str()) {
            return Ok(Self(language));
        }
        Err(format!("`language` is `{language}`; it must be one of {}", LANGUAGES.join(", ")))
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        if is_blank(input.text) {
            return empty();
        }
        match detect(input.text) {
            Some(found) if found == self.0 => Verdict::Passed,
            Some(found) if found != "unknown" => Verdict::fail(format!("looks like `{found}`, not `{}`", self.0)),
            _ => Verdict::fail("no language can be told from the text"),
        }
    }
}
