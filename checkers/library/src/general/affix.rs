//! `text.starts_with` and `text.ends_with`.

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::{
    blank::{empty, is_blank},
    fold::canonical,
};

const DETAILS: &str = "White space at both ends of the text and of the parameter is not looked at; every other \
    character counts, quotes and invisible characters too. Characters are compared in canonical form (Unicode NFC), \
    with `ignore_case` also after upper- and lower-casing each. Empty text fails.";

const PARAMS: &[Param] = &[
    Param::required("text", Kind::Text, "the text expected there"),
    Param::with_default("ignore_case", Kind::Boolean, "false", "whether upper and lower case are the same"),
];

/// Parameters of the checkers here.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    text: String,
    #[serde(default)]
    ignore_case: bool,
}

impl Params {
    fn validated(self) -> Result<Self, String> {
        if is_blank(&self.text) {
            return Err("`text` is empty; give the text expected there".into());
        }
        Ok(self)
    }

    fn judge(&self, text: &str, holds: impl Fn(&str, &str) -> bool, verb: &str) -> Verdict {
        if is_blank(text) {
            return empty();
        }
        let form = |text| canonical(str::trim(text), self.ignore_case);
        if holds(&form(text), &form(&self.text)) {
            return Verdict::Passed;
        }
        Verdict::Failed {
            score: 0.0,
            public: format!("the text does not {verb} as required"),
            private: format!("required: {:?}", self.text),
        }
    }
}

/// `text.starts_with`
pub struct TextStartsWith(Params);

impl Checker for TextStartsWith {
    type Params = Params;
    const DOC: Doc = Doc {
        id: "text.starts_with",
        summary: "The text starts with the given text.",
        details: DETAILS,
        params: PARAMS,
        example: Example {
            params: r#"{"text": "Dear "}"#,
            passes: &["Dear owl,", "\n Dear owl,", "Dearest,"],
            fails: &["", "dear owl,", "My dear,", "\u{200B}Dear owl,"],
            prompt: "",
        },
        source: "fullmarks",
    };

    fn new(params: Params) -> Result<Self, String> {
        params.validated().map(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        self.0.judge(input.text, |text, start| text.starts_with(start), "start")
    }
}

/// `text.ends_with`
pub struct TextEndsWith(Params);

impl Checker for TextEndsWith {
    type Params = Params;
    const DOC: Doc = Doc {
        id: "text.ends_with",
        summary: "The text ends with the given text.",
        details: DETAILS,
        params: PARAMS,
        example: Example {
            params: r#"{"text": "The End.", "ignore_case": true}"#,
            passes: &["It slept. The end.", "THE END.\n"],
            fails: &["", "The end", "The end. Or is it?"],
            prompt: "",
        },
        source: "fullmarks",
    };

    fn new(params: Params) -> Result<Self, String> {
        params.validated().map(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        self.0.judge(input.text, |text, end| text.ends_with(end), "end")
    }
}
