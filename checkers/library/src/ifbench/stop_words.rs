//! `ratio:stop_words`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::common::{SOURCE, percentage};
use crate::{
    ifeval::common::unless_blank,
    text::{python::word_runs, stop_words::is_stop_word},
};

/// How many at most.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    percentage: f64,
}

/// Few enough words are stop words.
pub struct StopWords(Params);

impl Checker for StopWords {
    type Params = Params;

    const DOC: Doc = Doc {
        id: "ratio:stop_words",
        summary: "At most `percentage` percent of the words are stop words.",
        details: "Words are longest runs of `\\w`; stop words are those of NLTK's English list, in any case \
                  (`don't` is `don` and `t`, both of them on it). A response without words fails, as does a blank \
                  one.",
        params: &[Param::required(
            "percentage",
            Kind::Number { min: 0.0, max: 100.0 },
            "largest share of stop words, in percent",
        )],
        example: Example {
            params: r#"{"percentage": 40}"#,
            passes: &["Owls hunt at night.", "It hunts mice silently"],
            fails: &["The owl is in the tree.", "!?"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(params: Params) -> Result<Self, String> {
        percentage(params.percentage)?;
        Ok(Self(params))
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let (mut all, mut stop) = (0_usize, 0_usize);
            for word in word_runs(text) {
                all += 1;
                stop += usize::from(is_stop_word(&word.to_lowercase()));
            }
            if all == 0 {
                return Verdict::fail("there are no words");
            }
            let share = stop as f64 / all as f64 * 100.0;
            Verdict::pass_if(share <= self.0.percentage, || {
                format!("{share:.1} % of the words are stop words, at most {} % wanted", self.0.percentage)
            })
        })
    }
}
