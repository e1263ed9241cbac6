//! `copy:repeat_phrase`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::common::SOURCE;
use crate::{
    ifeval::common::unless_blank,
    text::{
        pattern::{Flags, Pattern},
        python::split,
    },
};

/// The phrase, and how often.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    phrase: String,
    small_n: u64,
}

/// The phrase with a word changed, a number of times.
pub struct RepeatPhrase {
    phrase: Vec<String>,
    occurrence: Pattern,
    times: u64,
}

impl Checker for RepeatPhrase {
    type Params = Params;

    const DOC: Doc = Doc {
        id: "copy:repeat_phrase",
        summary: "The phrase occurs exactly `small_n` times, each time with one word changed.",
        details: "An occurrence begins with the first word of the phrase and ends with its last, on one line, with \
                  a space beside each and as little as possible between; both words are regular expressions of \
                  Python's `re`, and case matters. It has as many words as the phrase. A blank response fails.",
        params: &[
            Param::required("phrase", Kind::Text, "the phrase"),
            Param::required("small_n", Kind::POSITIVE, "how many times"),
        ],
        example: Example {
            params: r#"{"phrase": "Owls hunt mice at night", "small_n": 2}"#,
            passes: &[
                "Owls hunt voles at night. Owls hunt hares at night.",
                "Owls chase mice at night! Owls eat mice at night",
            ],
            fails: &[
                "Owls hunt voles at night.",
                "Owls hunt mice at night! Owls eat mice at night",
                "Owls hunt voles at night. Owls hunt mice at night.",
            ],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(params: Params) -> Result<Self, String> {
        let phrase: Vec<String> = split(&params.phrase).map(str::to_owned).collect();
        let [first, .., last] = phrase.as_slice() else {
            return Err(format!("`phrase` is `{}`; it needs at least two words", params.phrase));
        };
        let occurrence = Pattern::new(&format!("{first} .*? {last}"), Flags::default());
        let occurrence = occurrence.map_err(|why| format!("`phrase`: {why}"))?;
        Ok(Self { phrase, occurrence, times: params.small_n })
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let found = self.occurrence.spans(text);
            if found.len() as u64 != self.times {
                return Verdict::fail(format!("the phrase occurs {} times, {} wanted", found.len(), self.times));
            }
            for (begin, end) in found {
                let words: Vec<&str> = split(&text[begin..end]).collect();
                let changed = words.iter().zip(&self.phrase).filter(|(word, wanted)| word != wanted).count();
                if words.len() != self.phrase.len() || changed != 1 {
                    return Verdict::fail("not one word of the phrase is changed each time");
                }
            }
            Verdict::Passed
        })
    }
}
