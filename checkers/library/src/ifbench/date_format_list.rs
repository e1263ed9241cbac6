//! `custom:date_format_list`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::{SOURCE, fail_if_any};
use crate::{
    ifeval::common::{NoParams, unless_blank},
    text::python::{digit_value, strip},
};

/// Dates of Napoleon's lifetime, separated by commas.
pub struct DateFormatList;

impl Checker for DateFormatList {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "custom:date_format_list",
        summary: "The response is dates of the years 1769 to 1821, as in 1805-12-02, separated by commas.",
        details: "The month is at most 12 and the day at most 31, 30 or, in February, 29, whatever the year; \
                  neither has a lower bound. White space around a date does not matter. A blank response fails.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &["1805-12-02, 1815-06-18", "1796-04-12"],
            fails: &["1805-12-02 and 1815-06-18", "1805-12-32", "2 December 1805"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(_: NoParams) -> Result<Self, String> {
        Ok(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let other = text.split(',').map(strip).find(|date| !is_date(date));
            fail_if_any(other.map(|date| format!("`{date}` is no such date")))
        })
    }
}

fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let &[year, month, day] = parts.as_slice() else { return false };
    let (Some(year), Some(month), Some(day)) = (number(year, 4), number(month, 2), number(day, 2)) else {
        return false;
    };
    let days = match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        // A month 00 has any number of days.
        _ => 99,
    };
    (1769..=1821).contains(&year) && month <= 12 && day <= days
}

/// The value of so many decimal digits.
fn number(text: &str, digits: usize) -> Option<u32> {
    // Counted first: a longer number need not fit.
    if text.chars().count() != digits {
        return None;
    }
    text.chars().try_fold(0, |value, c| Some(value * 10 + digit_value(c)?))
}
