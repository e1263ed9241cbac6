//! What the instructions share.

use fullmarks_checker_sdk::Verdict;
use serde_json::Value;

use crate::{
    ifeval::common::not_blank,
    text::{
        pattern::{Flags, Pattern},
        python::{is_space, is_word, split, strip},
    },
};

/// Where the definitions come from.
pub(super) const SOURCE: &str = "allenai/open-instruct, IFEvalG/instructions.py; arXiv 2507.02833";

/// Fails with the reason for what breaks the rule, if anything does.
pub(super) fn fail_if_any(broken: Option<String>) -> Verdict {
    broken.map_or(Verdict::Passed, Verdict::fail)
}

/// A keyword, stripped and read as a regular expression of Python's `re` without regard to case.
pub(super) fn pattern(name: &str, keyword: &str) -> Result<Pattern, String> {
    not_blank(name, keyword)?;
    let flags = Flags { ignore_case: true, multiline: false };
    Pattern::new(strip(keyword), flags).map_err(|why| format!("`{name}`: {why}"))
}

/// A word, stripped: some prompts have it as the first item of a list.
pub(super) fn one_word(name: &str, value: &Value) -> Result<String, String> {
    let first = value.as_array().and_then(|list| list.first()).unwrap_or(value);
    let Some(word) = first.as_str() else {
        return Err(format!("`{name}` is {value}; it needs to be a text, or a list that begins with one"));
    };
    not_blank(name, word)?;
    Ok(strip(word).to_owned())
}

/// Whether the response is the request, but for case and for white space at the ends.
pub(super) fn is_copy(text: &str, request: &str) -> bool {
    strip(text).to_lowercase() == strip(request).to_lowercase()
}

/// `re.split(r"\s?\*\*\*\s?", text)`: the parts between dividers, each without one character of white space at either.
pub(super) fn divided(text: &str) -> Vec<&str> {
    let mut parts: Vec<&str> = text.split("***").collect();
    let last = parts.len() - 1;
    for (at, part) in parts.iter_mut().enumerate() {
        if at > 0 {
            *part = part.strip_prefix(is_space).unwrap_or(part);
        }
        if at < last {
            *part = part.strip_suffix(is_space).unwrap_or(part);
        }
    }
    parts
}

/// Exactly two paragraphs: a blank first or last part does not count, a blank one elsewhere fails the response.
pub(super) fn two_paragraphs(parts: &[&str]) -> Verdict {
    let blank: Vec<bool> = parts.iter().map(|part| strip(part).is_empty()).collect();
    if blank.len() > 2 && blank[1..blank.len() - 1].contains(&true) {
        return Verdict::fail("there is nothing between two dividers");
    }
    let found = blank.iter().filter(|blank| !**blank).count();
    Verdict::pass_if(found == 2, || format!("found {found} paragraphs, 2 wanted"))
}

/// The last word between white space, in lower case, without the characters that are neither `\w` nor white space.
pub(super) fn last_word(text: &str) -> String {
    let word = split(text).last().unwrap_or_default();
    word.chars().filter(|&c| is_word(c)).collect::<String>().to_lowercase()
}
