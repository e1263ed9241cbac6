//! `text.equals`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::{
    blank::{empty, is_blank},
    fold::canonical,
};

/// Parameters of `text.equals`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    text: String,
    #[serde(default)]
    ignore_case: bool,
    #[serde(default = "yes")]
    trim: bool,
}

fn yes() -> bool {
    true
}

/// `text.equals`
pub struct TextEquals(Params);

impl Checker for TextEquals {
    type Params = Params;
    const DOC: Doc = Doc {
        id: "text.equals",
        summary: "The text equals the given text.",
        details: "Characters are compared in canonical form (Unicode NFC: an accented letter equals the letter \
            followed by its accent), with `ignore_case` also after upper- and lower-casing each. White space inside \
            counts, invisible characters too. An empty text never passes.",
        params: &[
            Param::required("text", Kind::Text, "the text expected"),
            Param::with_default("ignore_case", Kind::Boolean, "false", "whether upper and lower case are the same"),
            Param::with_default("trim", Kind::Boolean, "true", "whether white space at the ends of both is left out"),
        ],
        example: Example {
            params: r#"{"text": "Paris"}"#,
            passes: &["Paris", " Paris\n"],
            fails: &["", "paris", "Paris.", "Pa\u{200B}ris"],
            prompt: "",
        },
        source: "fullmarks",
    };

    fn new(params: Params) -> Result<Self, String> {
        if is_blank(&params.text) {
            return Err("`text` is empty, and an empty text never passes; give the text expected".into());
        }
        Ok(Self(params))
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        if is_blank(input.text) {
            return empty();
        }
        let (text, expected) =
            if self.0.trim { (input.text.trim(), self.0.text.trim()) } else { (input.text, self.0.text.as_str()) };
        if canonical(text, self.0.ignore_case) == canonical(expected, self.0.ignore_case) {
            return Verdict::Passed;
        }
        Verdict::Failed {
            score: 0.0,
            public: "the text is not the expected one".into(),
            private: format!("expected: {:?}", self.0.text),
        }
    }
}
