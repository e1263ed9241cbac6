//! `similar.to`: closeness to a reference text.

use std::{collections::BTreeMap, convert::Infallible};

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;
use similar::algorithms::{DiffHook, myers::diff_deadline_raw};
use unicode_segmentation::UnicodeSegmentation;

use super::{
    blank::{empty, is_blank},
    fold::canonical,
};

/// Most units of the reference. With [`TEXT`] it bounds the work: the longest common subsequence of two unrelated
/// texts takes time proportional to the product of their lengths.
const REFERENCE: usize = 3_000;
/// Most units of the text.
const TEXT: usize = 6_000;

/// What a text is cut into.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum By {
    /// Grapheme clusters.
    #[default]
    Characters,
    /// Pieces between white space.
    Words,
    /// Lines, without white space at their ends; blank ones are left out.
    Lines,
}

impl By {
    fn cut(self, text: &str) -> Vec<&str> {
        match self {
            Self::Characters => text.trim().graphemes(true).collect(),
            Self::Words => text.split_whitespace().collect(),
            Self::Lines => text.lines().map(str::trim).filter(|line| !line.is_empty()).collect(),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Characters => "characters",
            Self::Words => "words",
            Self::Lines => "lines",
        }
    }
}

/// Parameters of `similar.to`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    reference: String,
    at_least: f64,
    #[serde(default)]
    by: By,
}

/// `similar.to`
pub struct SimilarTo(Params);

impl Checker for SimilarTo {
    type Params = Params;
    const DOC: Doc = Doc {
        id: "similar.to",
        summary: "The text is close to a reference text.",
        details: "Closeness is 2 M / (A + B): A and B are the lengths of the text and of the reference, in units of \
            `by`, and M is the length of their longest common subsequence, found exactly. 1 means equal, 0 nothing in \
            common. Characters are grapheme clusters (UAX #29), white space at the ends left out; words are the pieces \
            between white space, punctuation included; lines have no white space at their ends and blank ones are left \
            out. Both texts are in canonical form (Unicode NFC); case counts. A reference of more than 3000 units is \
            refused, a text of more than 6000 fails: choose a larger unit. Empty text fails.",
        params: &[
            Param::required("reference", Kind::Text, "the text to be close to; never shown in a public reason"),
            Param::required("at_least", Kind::Number { min: 0.01, max: 1.0 }, "the smallest closeness that passes"),
            Param::with_default(
                "by",
                Kind::Choice(&["characters", "words", "lines"]),
                "\"characters\"",
                "the unit compared",
            ),
        ],
        example: Example {
            params: r#"{"reference": "the quick brown fox", "at_least": 0.75, "by": "words"}"#,
            passes: &["the quick brown fox", "the quick red fox", "the\nquick brown"],
            fails: &["", "the fox", "fox brown quick the"],
            prompt: "",
        },
        source: "fullmarks; the ratio of docs.rs/similar and Python's difflib, over an exact longest common subsequence",
    };

    fn new(params: Params) -> Result<Self, String> {
        if !(0.01..=1.0).contains(&params.at_least) {
            return Err(format!("`at_least` is {}; it must be from 0.01 to 1", params.at_least));
        }
        if is_blank(&params.reference) {
            return Err("`reference` is empty; give the text to be close to".into());
        }
        match params.by.cut(&params.reference).len() {
            0..=REFERENCE => Ok(Self(params)),
            units => Err(format!(
                "`reference` has {units} {}; at most {REFERENCE} can be compared: use a larger unit for `by`",
                params.by.name()
            )),
        }
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        if is_blank(input.text) {
            return empty();
        }
        let Params { reference, at_least, by } = &self.0;
        let (text, reference) = (canonical(input.text, false), canonical(reference, false));
        let (text, reference) = (by.cut(&text), by.cut(&reference));
        if text.len() > TEXT {
            return Verdict::fail(format!("{} {}, more than the {TEXT} compared", text.len(), by.name()));
        }
        let (text, reference) = numbered(&text, &reference);
        let closeness = |common: usize| 2.0 * common as f64 / (text.len() + reference.len()) as f64;
        // Units in common, in whatever order, are a cheap upper bound; most unrelated texts stop here.
        let most = closeness(overlap(&text, &reference));
        if most < *at_least {
            return Verdict::fail(format!("closeness at most {most:.3}, {at_least} needed"));
        }
        let closeness = closeness(common(&text, &reference));
        Verdict::pass_if(closeness >= *at_least, || format!("closeness {closeness:.3}, {at_least} needed"))
    }
}

/// Both texts with each distinct unit replaced by a number.
fn numbered(a: &[&str], b: &[&str]) -> (Vec<usize>, Vec<usize>) {
    let mut numbers = BTreeMap::new();
    for unit in a.iter().chain(b) {
        let next = numbers.len();
        numbers.entry(*unit).or_insert(next);
    }
    let number = |units: &[&str]| units.iter().map(|unit| numbers[unit]).collect();
    (number(a), number(b))
}

/// How many units two texts share, order aside.
fn overlap(a: &[usize], b: &[usize]) -> usize {
    let mut left = vec![0usize; a.len() + b.len()];
    a.iter().for_each(|unit| left[*unit] += 1);
    let mut take = |unit: &&usize| left[**unit].checked_sub(1).map(|rest| left[**unit] = rest).is_some();
    b.iter().filter(|unit| take(unit)).count()
}

/// Length of the longest common subsequence. Only the raw algorithm is exact: the others, and any with a deadline,
/// may settle for less on a long text.
fn common(a: &[usize], b: &[usize]) -> usize {
    struct Equal(usize);
    impl DiffHook for Equal {
        type Error = Infallible;
        fn equal(&mut self, _old: usize, _new: usize, length: usize) -> Result<(), Infallible> {
            self.0 += length;
            Ok(())
        }
    }
    let mut equal = Equal(0);
    let Ok(()) = diff_deadline_raw(&mut equal, a, 0..a.len(), b, 0..b.len(), None);
    equal.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lcs(a: &[usize], b: &[usize]) -> usize {
        let mut row = vec![0; b.len() + 1];
        for x in a {
            let mut corner = 0;
            for (j, y) in b.iter().enumerate() {
                let above = row[j + 1];
                row[j + 1] = if x == y { corner + 1 } else { above.max(row[j]) };
                corner = above;
            }
        }
        row[b.len()]
    }

    proptest::proptest! {
        #[test]
        fn common_is_the_longest_common_subsequence(
            a in proptest::collection::vec(0usize..4, 0..60),
            b in proptest::collection::vec(0usize..4, 0..60),
        ) {
            proptest::prop_assert_eq!(common(&a, &b), lcs(&a, &b));
            proptest::prop_assert!(overlap_of(&a, &b) >= lcs(&a, &b));
        }
    }

    /// `overlap` expects numbers below the sum of the lengths, which `numbered` gives.
    fn overlap_of(a: &[usize], b: &[usize]) -> usize {
        let name = |units: &[usize]| units.iter().map(usize::to_string).collect::<Vec<_>>();
        let (a, b) = (name(a), name(b));
        let (a, b): (Vec<&str>, Vec<&str>) =
            (a.iter().map(String::as_str).collect(), b.iter().map(String::as_str).collect());
        let (a, b) = numbered(&a, &b);
        overlap(&a, &b)
    }

    #[test]
    fn long_references_and_thresholds_out_of_range_are_refused() {
        let new =
            |reference: String, at_least| SimilarTo::new(Params { reference, at_least, by: By::Characters }).err();
        assert!(new("ab".repeat(1501), 0.5).is_some_and(|why| why.contains("3002 characters")));
        assert!(new("a".into(), 0.0).is_some_and(|why| why.contains("`at_least` is 0")));
        assert!(new("a".into(), 1.5).is_some());
    }
}
