//! `format:options`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::common::SOURCE;
use crate::{
    ifeval::common::{not_blank, unless_blank},
    text::{
        marks::strip_marks,
        python::{is_word, strip},
    },
};

/// The options.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    options: String,
}

/// The response is one of the options.
pub struct Options {
    options: Vec<String>,
    exact: bool,
}

impl Checker for Options {
    type Params = Params;

    const DOC: Doc = Doc {
        id: "format:options",
        summary: "The response is one of the options and nothing else.",
        details: "The options are separated by slashes; without a slash by `or`, wherever it stands, even inside a \
                  word; without either by commas. Case, and ASCII punctuation and spaces at the ends, do not matter, \
                  except where the options begin with the letters a, b and c with only signs and spaces between: \
                  then the response is one of them exactly. A blank response fails.",
        params: &[Param::required("options", Kind::Text, "the options, as in `yes/no/maybe`")],
        example: Example {
            params: r#"{"options": "yes/no/maybe"}"#,
            passes: &["Yes.", "maybe"],
            fails: &["Yes, it is.", "yes/no"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(params: Params) -> Result<Self, String> {
        not_blank("options", &params.options)?;
        let separator = ["/", "or"].into_iter().find(|separator| params.options.contains(separator)).unwrap_or(",");
        let exact = lists_letters(&params.options);
        let option = |text: &str| if exact { strip(text).to_owned() } else { plain(strip(text)) };
        Ok(Self { options: params.options.split(separator).map(option).collect(), exact })
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let text = if self.exact { text.to_owned() } else { plain(text) };
            Verdict::pass_if(self.options.contains(&text), || "the response is none of the options".into())
        })
    }
}

fn plain(text: &str) -> String {
    strip_marks(text).to_lowercase()
}

/// `\W*[aA]\W*[bB]\W*[cC]` at the beginning.
fn lists_letters(options: &str) -> bool {
    let mut rest = options;
    ['a', 'b', 'c'].into_iter().all(|letter| {
        rest = rest.trim_start_matches(|c| !is_word(c));
        let found = rest.starts_with(|c: char| c.to_ascii_lowercase() == letter);
        rest = rest.get(1..).unwrap_or_default();
        found
    })
}
