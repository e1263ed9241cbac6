//! `count:keywords_multiple`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::common::{SOURCE, fail_if_any};
use crate::{
    ifeval::common::{not_blank, unless_blank},
    text::{python::strip, whole_word::WholeWord},
};

/// How often each occurs.
const TIMES: [usize; 5] = [1, 2, 3, 5, 7];

/// The keywords.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    keyword1: String,
    keyword2: String,
    keyword3: String,
    keyword4: String,
    keyword5: String,
}

/// Five keywords occur once, twice, three, five and seven times.
pub struct KeywordsMultiple([(String, WholeWord); 5]);

impl Checker for KeywordsMultiple {
    type Params = Params;

    const DOC: Doc = Doc {
        id: "count:keywords_multiple",
        summary: "`keyword1` occurs exactly once, `keyword2` twice, `keyword3` three times, `keyword4` five times, \
                  `keyword5` seven times.",
        details: "Counts whole words (`\\b` on both sides) without regard to case. A blank response fails.",
        params: &[
            Param::required("keyword1", Kind::Text, "the word to occur once"),
            Param::required("keyword2", Kind::Text, "the word to occur twice"),
            Param::required("keyword3", Kind::Text, "the word to occur three times"),
            Param::required("keyword4", Kind::Text, "the word to occur five times"),
            Param::required("keyword5", Kind::Text, "the word to occur seven times"),
        ],
        example: Example {
            params: r#"{"keyword1": "owl", "keyword2": "fox", "keyword3": "elk", "keyword4": "ant", "keyword5": "bee"}"#,
            passes: &["Owl fox Fox elk elk elk ant ant ant ant ant bee bee bee bee bee bee bee."],
            fails: &[
                "Owl fox Fox elk elk elk.",
                "Owl fox foxes elk elk elk ant ant ant ant ant bee bee bee bee bee bee bee.",
            ],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(params: Params) -> Result<Self, String> {
        let keywords = [
            ("keyword1", params.keyword1),
            ("keyword2", params.keyword2),
            ("keyword3", params.keyword3),
            ("keyword4", params.keyword4),
            ("keyword5", params.keyword5),
        ];
        for (name, keyword) in &keywords {
            not_blank(name, keyword)?;
        }
        Ok(Self(keywords.map(|(_, keyword)| {
            let keyword = strip(&keyword).to_owned();
            let word = WholeWord::new(&keyword, true);
            (keyword, word)
        })))
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let mut counts =
                self.0.iter().zip(TIMES).map(|((keyword, word), times)| (keyword, word.count(text), times));
            let wrong = counts.find(|(_, found, times)| found != times);
            fail_if_any(
                wrong.map(|(keyword, found, times)| format!("`{keyword}` occurs {found} times, {times} wanted")),
            )
        })
    }
}
