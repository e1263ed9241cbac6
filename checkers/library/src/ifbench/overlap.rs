//! `ratio:overlap`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::common::{SOURCE, percentage};
use crate::{ifeval::common::unless_blank, text::words::words};

/// What a trigram is made of.
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Unit {
    #[default]
    Characters,
    Words,
}

/// The text and the share.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    reference_text: String,
    percentage: f64,
    #[serde(default)]
    unit: Unit,
}

/// Trigrams are shared with a reference text.
pub struct Overlap(Params);

impl Checker for Overlap {
    type Params = Params;

    const DOC: Doc = Doc {
        id: "ratio:overlap",
        summary: "The share of the response's trigrams that occur in `reference_text` is within 2 points of \
                  `percentage`.",
        details: "Different trigrams count once each. They are made of characters, white space included, as in the \
                  edition of the official checker that IFBench was published with; its newest one takes NLTK's words \
                  instead, which `unit: words` asks for. A response too short for one fails, as does a blank one.",
        params: &[
            Param::required("reference_text", Kind::Text, "the text to share trigrams with"),
            Param::required("percentage", Kind::Number { min: 0.0, max: 100.0 }, "share of trigrams, in percent"),
            Param::with_default(
                "unit",
                Kind::Choice(&["characters", "words"]),
                "\"characters\"",
                "what a trigram is made of",
            ),
        ],
        example: Example {
            params: r#"{"reference_text": "The owl hoots at night.", "percentage": 100}"#,
            passes: &["The owl hoots at night.", "The owl hoots"],
            fails: &["A mouse flees by day.", "Hi"],
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
            let share = match self.0.unit {
                Unit::Characters => {
                    let [ours, theirs] = [text, &self.0.reference_text].map(|text| text.chars().collect::<Vec<_>>());
                    shared(&ours, &theirs)
                }
                Unit::Words => shared(&words(text), &words(&self.0.reference_text)),
            };
            let Some(share) = share else { return Verdict::fail("the response is too short for a trigram") };
            let wanted = self.0.percentage;
            Verdict::pass_if((wanted - 2.0..=wanted + 2.0).contains(&(share * 100.0)), || {
                format!("{:.1} % of the trigrams are the reference's, {wanted} % wanted, give or take 2", share * 100.0)
            })
        })
    }
}

/// The share of the different trigrams of `ours` that `theirs` has as well; none when there are none.
fn shared<T: Ord>(ours: &[T], theirs: &[T]) -> Option<f64> {
    let trigrams = |items| {
        let mut trigrams: Vec<&[T]> = <[T]>::windows(items, 3).collect();
        trigrams.sort_unstable();
        trigrams.dedup();
        trigrams
    };
    let (ours, theirs) = (trigrams(ours), trigrams(theirs));
    let shared = ours.iter().filter(|trigram| theirs.binary_search(trigram).is_ok()).count();
    (!ours.is_empty()).then(|| shared as f64 / ours.len() as f64)
}
