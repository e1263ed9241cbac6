//! `custom:reverse_newline`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::{SOURCE, fail_if_any};
use crate::{
    ifeval::common::{NoParams, unless_blank},
    text::{ascii::ascii, marks::strip_marks},
};

/// The countries of Africa, for the example.
const AFRICA: &str = "Zimbabwe\nZambia\nUganda\nTunisia\nTogo\nTanzania\nSudan\nSouth Sudan\nSouth Africa\nSomalia\n\
    Sierra Leone\nSeychelles\nSenegal\nSão Tomé and Príncipe\nRwanda\nRepublic of the Congo\nNigeria\n\
    Niger\nNamibia\nMozambique\nMorocco\nMauritius\nMauritania\nMali\nMalawi\nMadagascar\nLibya\nLiberia\n\
    Lesotho\nKenya\nIvory Coast\nGuinea-Bissau\nGuinea\nGhana\nGambia\nGabon\nEthiopia\nEswatini\nEritrea\n\
    Equatorial Guinea\nEgypt\nDjibouti\nDemocratic Republic of the Congo\nComoros\nChad\n\
    Central African Republic\nCape Verde\nCameroon\nBurundi\nBurkina Faso\nBotswana\nBenin\nAngola\n\
    Algeria";

/// Lines in reverse alphabetical order from Zimbabwe on.
pub struct ReverseNewline;

impl Checker for ReverseNewline {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "custom:reverse_newline",
        summary: "From the first line with `Zimbabwe` in it, there are at least 52 lines in reverse alphabetical \
                  order.",
        details: "Lines are stripped of ASCII punctuation and spaces, and those left empty do not count; accents \
                  are taken off (NFKD) and what is not ASCII is left out before they are compared, code point by \
                  code point. A blank response fails.",
        params: &[],
        example: Example { params: "{}", passes: &[AFRICA], fails: &["Zimbabwe\nZambia", "Owls"], prompt: "" },
        source: SOURCE,
    };

    fn new(_: NoParams) -> Result<Self, String> {
        Ok(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let lines = text.split('\n').map(strip_marks).filter(|line| !line.is_empty());
            let lines: Vec<String> = lines.skip_while(|line| !line.contains("Zimbabwe")).map(ascii).collect();
            if lines.len() < 52 {
                return Verdict::fail(format!("found {} lines from Zimbabwe on, at least 52 wanted", lines.len()));
            }
            let later = lines.windows(2).find(|pair| pair[0] < pair[1]);
            fail_if_any(later.map(|pair| format!("`{}` comes before `{}`", pair[0], pair[1])))
        })
    }
}
