//! `count:conjunctions`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::common::{SOURCE, at_least};
use crate::{
    ifeval::common::unless_blank,
    text::{marks::strip_marks, python::split},
};

const CONJUNCTIONS: &[&str] = &["and", "but", "for", "nor", "or", "so", "yet"];

/// How many conjunctions.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    small_n: u64,
}

/// The response uses enough different conjunctions.
pub struct Conjunctions(Params);

impl Checker for Conjunctions {
    type Params = Params;

    const DOC: Doc = Doc {
        id: "count:conjunctions",
        summary: "The response has at least `small_n` different coordinating conjunctions: and, but, for, nor, or, \
                  so, yet.",
        details: "Words stand between white space; case and ASCII punctuation at their ends do not matter for what \
                  is a conjunction, but do for what is different, as in the official checker: `and`, `And` and \
                  `and,` are three. A blank response fails.",
        params: &[Param::required("small_n", Kind::COUNT, "smallest number of conjunctions")],
        example: Example {
            params: r#"{"small_n": 2}"#,
            passes: &["Owls hoot and hunt, but sleep.", "And owls and mice"],
            fails: &["Owls hoot and hunt and sleep.", "android, forty"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(params: Params) -> Result<Self, String> {
        Ok(Self(params))
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let is_conjunction = |word: &&str| CONJUNCTIONS.contains(&strip_marks(word).to_lowercase().as_str());
            let mut found: Vec<&str> = split(text).filter(is_conjunction).collect();
            found.sort_unstable();
            found.dedup();
            at_least(found.len(), self.0.small_n, "different conjunctions")
        })
    }
}
