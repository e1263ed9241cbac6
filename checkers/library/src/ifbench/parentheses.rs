//! `format:parentheses`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::SOURCE;
use crate::ifeval::common::{NoParams, unless_blank};

const DEPTH: usize = 5;

/// Brackets nest five deep.
pub struct Parentheses;

impl Checker for Parentheses {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "format:parentheses",
        summary: "Parentheses, brackets or braces nest at least five deep, and the innermost is closed.",
        details: "A closing mark that does not match the last open one starts the count anew. What is deeper \
                  inside need not all be closed. A blank response fails.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &["An owl (a [very {white (snowy [Arctic] one)}])", "(((((owl)"],
            fails: &["An owl (a [very {white}])", "((((( owl", "(((((]"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(_: NoParams) -> Result<Self, String> {
        Ok(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let (mut open, mut deepest) = (Vec::new(), 0);
            for c in text.chars() {
                match c {
                    '(' | '[' | '{' => {
                        open.push(c);
                        deepest = deepest.max(open.len());
                    }
                    ')' | ']' | '}' if open.last().is_some_and(|&last| closes(last, c)) => {
                        open.pop();
                        if deepest >= DEPTH {
                            return Verdict::Passed;
                        }
                    }
                    ')' | ']' | '}' => {
                        open.clear();
                        deepest = 0;
                    }
                    _ => {}
                }
            }
            Verdict::fail(format!("no closed brackets nest {DEPTH} deep"))
        })
    }
}

fn closes(open: char, close: char) -> bool {
    matches!((open, close), ('(', ')') | ('[', ']') | ('{', '}'))
}
