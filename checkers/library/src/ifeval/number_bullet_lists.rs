//! `detectable_format:number_bullet_lists`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::common::{SOURCE, unless_blank};
use crate::text::python::is_space;

/// How many bullet points.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    num_bullets: u64,
}

/// The response has exactly so many bullet points.
pub struct NumberBulletLists(Params);

impl Checker for NumberBulletLists {
    type Params = Params;

    const DOC: Doc = Doc {
        id: "detectable_format:number_bullet_lists",
        summary: "The response contains exactly a number of Markdown bullet points.",
        details: "A bullet point is a line that begins, after white space, with `-`, or with `*` and a character other \
                  than `*`. That character may be the newline after the asterisk, which then takes the next line with \
                  it. A line of dashes counts too. A blank response fails.",
        params: &[Param::required("num_bullets", Kind::COUNT, "the number of bullet points")],
        example: Example {
            params: r#"{"num_bullets": 2}"#,
            passes: &["* one\n* two", "List:\n  - one\n\n  * two"],
            fails: &["* one", "* one\n* two\n---", "**one**\n* two"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(params: Params) -> Result<Self, String> {
        Ok(Self(params))
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let found = count(text, '*') + count(text, '-');
            Verdict::pass_if(found == self.0.num_bullets, || {
                format!("found {found} bullet points, exactly {} wanted", self.0.num_bullets)
            })
        })
    }
}

fn count(text: &str, mark: char) -> u64 {
    let mut found = 0;
    // Always the beginning of a line. White space may run over line ends, so every line start in it leads to the
    // same first visible character and only the first one needs to be tried.
    let mut line = text;
    loop {
        let mut end = line.trim_start_matches(is_space);
        if let Some(rest) = end.strip_prefix(mark) {
            let mut after = rest.chars();
            let bullet = mark == '-' || after.next().is_some_and(|c| c != '*');
            found += u64::from(bullet);
            end = if bullet && mark == '*' { after.as_str() } else { rest };
            // What a bullet takes ends before the next newline; right there another line may begin.
            if bullet && mark == '*' && rest.starts_with('\n') && end.starts_with('\n') {
                line = end;
                continue;
            }
        }
        match end.split_once('\n') {
            Some((_, next)) => line = next,
            None => return found,
        }
    }
}
