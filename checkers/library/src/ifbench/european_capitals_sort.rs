//! `custom:european_capitals_sort`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::SOURCE;
use crate::{
    ifeval::common::{NoParams, unless_blank},
    text::{ascii::ascii, python::strip},
};

#[rustfmt::skip]
const CAPITALS: &[&str] = &[
    "Reykjavik", "Helsinki", "Oslo", "Tallinn", "Stockholm", "Riga", "Moscow", "Copenhagen", "Vilnius", "Minsk",
    "Dublin", "Berlin", "Amsterdam", "Warsaw", "London", "Brussels", "Prague", "Luxembourg", "Paris", "Vienna",
    "Bratislava", "Budapest", "Vaduz", "Chisinau", "Bern", "Ljubljana", "Zagreb",
];

/// The published list of capitals.
pub struct EuropeanCapitalsSort;

impl Checker for EuropeanCapitalsSort {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "custom:european_capitals_sort",
        summary: "The response is the 27 capitals of the published list, in its order, separated by commas.",
        details: "Accents are taken off (NFKD) and what is not ASCII is left out; parts that are blank do not \
                  count. The list: Reykjavik, Helsinki, Oslo, Tallinn, Stockholm, Riga, Moscow, Copenhagen, Vilnius, \
                  Minsk, Dublin, Berlin, Amsterdam, Warsaw, London, Brussels, Prague, Luxembourg, Paris, Vienna, \
                  Bratislava, Budapest, Vaduz, Chisinau, Bern, Ljubljana, Zagreb. A blank response fails.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &[
                "Reykjavik, Helsinki, Oslo, Tallinn, Stockholm, Riga, Moscow, Copenhagen, Vilnius, Minsk, Dublin, Berlin, Amsterdam, Warsaw, London, Brussels, Prague, Luxembourg, Paris, Vienna, Bratislava, Budapest, Vaduz, Chisinau, Bern, Ljubljana, Zagreb",
            ],
            fails: &[
                "Oslo, Helsinki",
                "Reykjavik, Helsinki, Oslo, Tallinn, Stockholm, Riga, Moscow, Copenhagen, Vilnius, Minsk, Dublin, Berlin, Amsterdam, Warsaw, London, Brussels, Prague, Luxembourg, Paris, Vienna, Bratislava, Budapest, Vaduz, Chisinau, Bern, Ljubljana, Zagreb.",
            ],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(_: NoParams) -> Result<Self, String> {
        Ok(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let text = ascii(text);
            let capitals = text.split(',').map(strip).filter(|capital| !capital.is_empty());
            Verdict::pass_if(capitals.eq(CAPITALS.iter().copied()), || {
                "the capitals are others, or in another order".into()
            })
        })
    }
}
