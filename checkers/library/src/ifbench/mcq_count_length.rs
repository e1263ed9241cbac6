//! `custom:mcq_count_length`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::SOURCE;
use crate::{
    ifeval::common::{NoParams, unless_blank},
    text::python::{is_digit, is_space, is_word, strip},
};

/// Four questions with five options each, longer and longer.
pub struct McqCountLength;

impl Checker for McqCountLength {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "custom:mcq_count_length",
        summary: "The response is four questions with five options each, and each question is longer than the one \
                  before it.",
        details: "It begins with `Question`. A question follows `Question` and a number; an option is a line of a \
                  letter from A to E in either case, one of `.`, `)` and `|`, and a word. What comes before the \
                  first option is the question; its lines are stripped and joined by spaces. A blank response fails.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &[
                "Question 1: Who?\nA) a\nB) b\nC) c\nD) d\nE) e\nQuestion 2: Who is it?\nA. a\nB. b\nC. c\nD. d\nE. e\n\nQuestion 3: Who was it then?\nA) a\nB) b\nC) c\nD) d\nE) e\nQuestion 4: Who was it in the end?\nA) a\nB) b\nC) c\nD) d\nE) e",
            ],
            fails: &["Here: Question 1: Who?\nA) a", "Question 1: Who?\nA) a\nB) b\nC) c\nD) d\nE) e"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(_: NoParams) -> Result<Self, String> {
        Ok(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            if !text.starts_with("Question") {
                return Verdict::fail("the response does not begin with `Question`");
            }
            let questions = questions(text);
            if questions.len() != 4 {
                return Verdict::fail(format!("found {} questions, 4 wanted", questions.len()));
            }
            let mut longest = None;
            for (at, question) in questions.into_iter().enumerate() {
                let lines = || question.split('\n').map(strip);
                let options = lines().filter(|line| is_option(line)).count();
                if options != 5 {
                    return Verdict::fail(format!("question {} has {options} options, 5 wanted", at + 1));
                }
                let asked: Vec<&str> = lines().take_while(|line| !is_option(line)).collect();
                let length = strip(&asked.join(" ")).chars().count();
                if longest.is_some_and(|longest| length <= longest) {
                    return Verdict::fail(format!("question {} is not longer than the one before it", at + 1));
                }
                longest = Some(length);
            }
            Verdict::Passed
        })
    }
}

/// The parts between the headings `Question N`, stripped, without blank ones.
fn questions(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut begin, mut from) = (0, 0);
    while let Some(at) = text[from..].find("Question ").map(|at| from + at) {
        from = at + "Question ".len();
        let rest = text[from..].trim_start_matches(is_digit);
        if rest.len() == text.len() - from {
            continue;
        }
        parts.push(&text[begin..at]);
        let rest = rest.strip_prefix(['.', '|', ')', ':', ';']).unwrap_or(rest).trim_start_matches(is_space);
        begin = text.len() - rest.len();
        from = begin;
    }
    parts.push(&text[begin..]);
    parts.into_iter().map(strip).filter(|part| !part.is_empty()).collect()
}

/// `[A-Ea-e][\.|\)]\s*\w+` at the beginning.
fn is_option(line: &str) -> bool {
    let rest = line.strip_prefix(|c: char| matches!(c, 'A'..='E' | 'a'..='e'));
    let rest = rest.and_then(|rest| rest.strip_prefix(['.', '|', ')']));
    rest.is_some_and(|rest| rest.trim_start_matches(is_space).starts_with(is_word))
}
