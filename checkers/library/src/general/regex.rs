//! `regex.matches` and `regex.absent`: a regular expression is found, or is nowhere to be found.

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::{
    blank::{empty, is_blank},
    fold::{disguised, disguises},
    matcher::Matcher,
    pattern::{compile, is_vacuous, never_matches, shown},
};

macro_rules! syntax {
    () => {
        "The syntax is that of Rust's `regex` crate, matched in time linear in the text: no look-around, no \
         backreferences. White space at both ends of the text is not looked at. `^` and `$` are the ends of the text; \
         put (?m) in front for the ends of lines and (?s) to let `.` match a line break. `\\w`, `\\d`, `\\s` and \
         `\\b` are Unicode's. A pattern found in every text (such as `a*`) or in none (`a^`), with a control character other than \
         tab and line feed in it, longer than 4 KiB, nested deeper than 50 \
         or compiling to more than 1024 KiB is refused. Empty text fails. "
    };
}

const PARAMS: &[Param] = &[
    Param::required("pattern", Kind::Text, "the regular expression"),
    Param::with_default("ignore_case", Kind::Boolean, "false", "whether a letter also matches its other case"),
];

/// Parameters of the checkers here.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    pattern: String,
    #[serde(default)]
    ignore_case: bool,
}

impl Params {
    fn compile(self) -> Result<Matcher, String> {
        let regex = compile("pattern", &self.pattern, self.ignore_case)?;
        if is_vacuous(&regex) {
            return Err(format!(
                "`pattern` ({}) is found in every text; give one that needs something to be there",
                shown(&self.pattern)
            ));
        }
        if never_matches(&regex) {
            return Err(format!(
                "`pattern` ({}) is found in no text; remove what contradicts itself, such as a letter in front of ^",
                shown(&self.pattern)
            ));
        }
        Ok(regex)
    }
}

/// `regex.matches`
pub struct RegexMatches(Matcher);

impl Checker for RegexMatches {
    type Params = Params;
    const DOC: Doc = Doc {
        id: "regex.matches",
        summary: "The regular expression is found in the text.",
        details: concat!(syntax!(), "Anchor the pattern with ^ and $ to match the whole text."),
        params: PARAMS,
        example: Example {
            params: r#"{"pattern": "^[A-Z]{2}-[0-9]{4}$"}"#,
            passes: &["AB-1234", "AB-1234\n"],
            fails: &["", "ab-1234", "The code is AB-1234.", "AB-12\u{200B}34"],
            prompt: "",
        },
        source: "fullmarks; docs.rs/regex",
    };

    fn new(params: Params) -> Result<Self, String> {
        params.compile().map(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        if is_blank(input.text) {
            return empty();
        }
        Verdict::pass_if(self.0.is_match(input.text.trim()), || "the pattern is not found".into())
    }
}

/// `regex.absent`
pub struct RegexAbsent(Matcher);

impl Checker for RegexAbsent {
    type Params = Params;
    const DOC: Doc = Doc {
        id: "regex.absent",
        summary: "The regular expression is found nowhere in the text.",
        details: concat!(syntax!(), disguises!()),
        params: PARAMS,
        example: Example {
            params: r#"{"pattern": "\\b(very|really)\\b", "ignore_case": true}"#,
            passes: &["An owl.", "Everything."],
            fails: &["", "Very good.", "ve\u{200B}ry good", "_very_ good", "re**al**ly", "vеry with a Cyrillic е"],
            prompt: "",
        },
        source: "fullmarks; docs.rs/regex",
    };

    fn new(params: Params) -> Result<Self, String> {
        params.compile().map(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        if is_blank(input.text) {
            return empty();
        }
        let text = input.text.trim();
        if self.0.is_match(text) {
            return Verdict::fail("the forbidden pattern is found");
        }
        let disguised = disguised(text).iter().any(|form| self.0.is_match(form));
        Verdict::pass_if(!disguised, || "the forbidden pattern is found in disguised spelling".into())
    }
}
