//! `number.equals`

mod answer;
mod base;
mod denied;
mod dress;
mod expression;
mod grammar;
mod last;
mod named;
mod place;
mod powers;
mod signs;
mod spelled;
mod sums;
mod supposed;
mod things;
mod whole;
mod words;

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use num_rational::BigRational;
use num_traits::{Signed, Zero};
use serde::Deserialize;
use serde_json::{Number, Value};

use super::blank::{empty, is_blank};
use answer::{Expected, Reading};
use place::Place;
use things::Things;

/// What stands before the answer in worked solutions, by default: GSM8K's.
const MARKER: &str = "####";

/// Parameters of `number.equals`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    value: Value,
    place: Place,
    marker: Option<String>,
    tolerance: Option<Number>,
}

/// What a mistake shows of a value: all of it, unless it is very long.
fn shown(text: &str) -> String {
    match text.char_indices().nth(200) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.into(),
    }
}

/// `number.equals`
pub struct NumberEquals {
    expected: Expected,
    place: Place,
    marker: String,
    tolerance: BigRational,
}

impl Checker for NumberEquals {
    type Params = Params;
    const DOC: Doc = Doc {
        id: "number.equals",
        summary: "The final answer is the given number.",
        details: "`place` says where the answer stands: in `\\boxed{…}`; after the `marker`, to the end of the line, or in the next \
            line where nothing follows it; as the whole text; or as the last number in it. Of several boxes or markers the last one \
            counts. Two boxes side by side with two numbers fail. Numbers are compared exactly, as fractions: 0.5, .50, 1/2, \\frac12 \
            and 5e-1 are one. They may have a sign (every dash is a minus), separators between thousands (`1,234`, `1{,}234`, \
            `1 234`, `1\\,234`, `1,\\!234`), a mixed fraction (`6\\frac15`, `6 1/5`), decimals that repeat (`0.\\overline{3}`), a power of ten \
            (`1.2 \\times 10^3`), and a name (`x=5`, `f(3) = 5`, `\\text{Total} = 5`, `The answer is 5`, `\\approx 5`). Nothing is said by bold, italics, `$…$` and `\\text{…}` \
            around them, nor by emphasis in or around the marker, currencies, percent and degree signs, and units: 50% is 50, and `5 cm^2`, `72 \
            clips` and `440\\text{ cm}^2` are 5, 72 and 440. Things that are counted are common ones, and those that the prompt or the \
            answer speaks of elsewhere. `48 + 24 = 72` is 72, and `48 + 25 = 72` fails. An answer may be a short expression of numbers, which is worked out exactly: `2^{10}`, \
            `\\sqrt{25}`, `3!`, `\\binom52`, `6 \\cdot 7`. It fails where it can be read in two ways, where its root is no fraction, and where it only repeats the question's \
            numbers. Digits of other scripts (`５`), `½`, `2¹⁰` and English words (`five`, `5 (five)`) are read. A number of another base (`120_8`) answers only an expected one \
            of that base. Anything else beside the number fails: another number, a letter, `5 million`, `0,5`. With `place: last` the last number must stand by itself in a \
            sentence: not in an expression, a list, a range, a date or a version, and not in `4 or 5`. Nor may the sentence deny it (`anything but 42`, `42 is wrong`) or report it \
            (`some say 42`). English denials that are commonly written are known, not all. Numbers have at most 400 digits, and powers of ten go from -400 to 400. A text without \
            anything to read fails.",
        params: &[
            Param::required(
                "value",
                Kind::Any,
                "the number, as a number or as text; or a worked solution that gives it after `####` or in `\\boxed{…}`",
            ),
            Param::required("place", Kind::Choice(&["boxed", "marked", "whole", "last"]), "where the answer stands"),
            Param::optional("marker", Kind::Text, "what stands before it, for `place: marked`; `####` without it"),
            Param::with_default(
                "tolerance",
                Kind::Number { min: 0.0, max: 1.0 },
                "0",
                "the largest difference that passes, as a share of the value",
            ),
        ],
        example: Example {
            params: r#"{"value": "1,234.5", "place": "boxed"}"#,
            passes: &[
                "So it is \\boxed{1234.50}.",
                "$\\boxed{\\$1{,}234.5}$",
                "First \\boxed{\\frac{2469}{3}}; after all it is \\boxed{1234.5\\text{ km}}",
            ],
            fails: &[
                "",
                "1234.5",
                "\\boxed{1234}",
                "\\boxed{1234.5} or \\boxed{1235}",
                "\\boxed{1234.5, 1235}",
                "\\boxed{1234.5x}",
                "\\boxed{}",
            ],
            prompt: "",
        },
        source: "fullmarks; the marker is GSM8K's (arXiv 2110.14168), the box MATH's (arXiv 2103.03874)",
    };

    fn new(params: Params) -> Result<Self, String> {
        let expected = match &params.value {
            Value::Number(number) => Expected::of(&number.to_string()).ok_or(params.value.to_string()),
            Value::String(text) => place::of_solution(text).map_err(|found| Value::from(shown(found)).to_string()),
            _ => Err(params.value.to_string()),
        };
        let expected = expected.map_err(|found| {
            format!("`value` is {found}, in which no number is understood; give a number, or text with one")
        })?;
        let marker = match (params.place, params.marker) {
            (Place::Marked, Some(marker)) if is_blank(&marker) => {
                return Err("`marker` is empty; give what stands before the answer".into());
            }
            (Place::Marked, marker) => marker.unwrap_or_else(|| MARKER.into()),
            (_, Some(_)) => return Err("`marker` is for `place: marked`; leave it out, or change the place".into()),
            (_, None) => String::new(),
        };
        let tolerance = match &params.tolerance {
            // As it is written: the nearest double may lie below.
            Some(given) => {
                whole::whole(&given.to_string(), &Things::any()).ok_or("`tolerance` is no number that is understood")?
            }
            None => BigRational::zero(),
        };
        Ok(Self { expected, place: params.place, marker, tolerance })
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        if is_blank(input.text) {
            return empty();
        }
        let (things, expected) = (Things::of(input.prompt, input.text), &self.expected);
        let reading = Reading { things, prompt: input.prompt, expected };
        let found = match self.place.find(input.text, &self.marker, &reading) {
            Ok(found) => found,
            Err(why) => return Verdict::fail(why),
        };
        let value = &expected.value;
        if (&found - value).abs() <= &self.tolerance * value.abs() {
            return Verdict::Passed;
        }
        Verdict::Failed {
            score: 0.0,
            public: "the answer is another number".into(),
            private: format!("expected {value}, found {found}"),
        }
    }
}
