//! `format:quotes`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::SOURCE;
use crate::ifeval::common::{NoParams, unless_blank};

const DEPTH: usize = 3;

/// Quotations nest three deep.
pub struct Quotes;

impl Checker for Quotes {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "format:quotes",
        summary: "Quotations nest three deep, double and single quotation marks in turn.",
        details: "Reads `\"` and `'` alone, an apostrophe included. A mark closes the quotation last opened if it \
                  is the same one, and opens one inside it otherwise; passes once three levels of those reached have \
                  been closed again. A blank response fails.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &["\"He said: 'I heard \"hoot\" there.'\""],
            fails: &["\"He said: 'hoot'\"", "\"One\" \"two\" \"three\""],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(_: NoParams) -> Result<Self, String> {
        Ok(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let (mut open, mut deepest) = (Vec::new(), 0_usize);
            for mark in text.chars().filter(|c| matches!(c, '"' | '\'')) {
                if open.last() == Some(&mark) {
                    open.pop();
                    if deepest - open.len() >= DEPTH {
                        return Verdict::Passed;
                    }
                } else {
                    open.push(mark);
                    deepest = deepest.max(open.len());
                }
            }
            Verdict::fail(format!("no closed quotations nest {DEPTH} deep"))
        })
    }
}
