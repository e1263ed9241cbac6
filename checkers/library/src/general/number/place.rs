//! Where an answer stands in a text.

use super::{
    MARKER,
    grammar::{number, undressed, whole},
};
use num_rational::BigRational;
use serde::Deserialize;

/// Where the answer stands.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum Place {
    /// In `\boxed{…}`.
    Boxed,
    /// After a marker, to the end of the line.
    Marked,
    /// All of the text.
    Whole,
    /// The last number of the text.
    Last,
}

impl Place {
    /// The number there, or why there is none.
    pub(super) fn find(self, text: &str, marker: &str) -> Result<BigRational, String> {
        match self {
            Self::Boxed => read(last_box(text), "\\boxed{…}"),
            Self::Marked => read(line_after(text, marker).map(Some), marker),
            Self::Whole => whole(text).ok_or_else(|| "the text is not one number that is understood".into()),
            Self::Last => last(text).ok_or_else(|| "there is no number".into()),
        }
    }
}

/// The number of a worked solution: after its marker, in its box, or all of it.
pub(super) fn of_solution(text: &str) -> Option<BigRational> {
    let place = match () {
        () if text.contains(MARKER) => Place::Marked,
        () if text.contains(BOX) => Place::Boxed,
        () => Place::Whole,
    };
    place.find(text, MARKER).ok()
}

/// The number of what was found, which is nothing where a box does not close.
fn read(found: Option<Option<&str>>, what: &str) -> Result<BigRational, String> {
    let found = found.ok_or_else(|| format!("there is no `{what}`"))?;
    let number = found.and_then(whole);
    number.ok_or_else(|| format!("what stands at the last `{what}` is not one number that is understood"))
}

const BOX: &str = "\\boxed";

/// What the last box holds.
fn last_box(text: &str) -> Option<Option<&str>> {
    let (_, rest) = text.rsplit_once(BOX)?;
    let Some(inner) = rest.trim_start().strip_prefix('{') else { return Some(None) };
    let mut open = 1usize;
    let end = inner.bytes().position(|byte| {
        match byte {
            b'{' => open += 1,
            b'}' => open -= 1,
            _ => {}
        }
        open == 0
    });
    Some(end.map(|end| &inner[..end]))
}

/// The rest of the last line with the marker.
fn line_after<'a>(text: &'a str, marker: &str) -> Option<&'a str> {
    let (_, rest) = text.rsplit_once(marker)?;
    let line = rest.trim_start_matches([' ', '\t', ':', '=']).lines().next().unwrap_or_default().trim();
    // A line in bold closes behind the answer what it opened before the marker.
    Some(if line.matches("**").count() % 2 == 1 { line.strip_suffix("**").unwrap_or(line) } else { line })
}

/// The last number that stands by itself.
fn last(text: &str) -> Option<BigRational> {
    let text = undressed(text);
    let (mut found, mut at, mut before) = (None, 0, None);
    while let Some(c) = text[at..].chars().next() {
        // A letter or digit before it, or a point, is part of something else.
        let free = !before.is_some_and(|before: char| before.is_alphanumeric() || before == '_' || before == '.');
        let fraction = || ["\\frac", "\\dfrac", "\\tfrac"].iter().any(|command| text[at..].starts_with(command));
        let starts = c.is_ascii_digit() || matches!(c, '-' | '−' | '.') || fraction();
        let read = if starts && free { number(&text[at..]) } else { None };
        match read {
            Some((number, rest)) if !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_') => {
                found = Some(number);
                before = text[..text.len() - rest.len()].chars().next_back();
                at = text.len() - rest.len();
            }
            _ => {
                before = Some(c);
                at += c.len_utf8();
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(value: i64) -> Option<BigRational> {
        Some(BigRational::from_integer(value.into()))
    }

    #[test]
    fn the_last_number() {
        for (text, value) in [
            ("Natalia sold 48 + 24 = 72 clips.", 72),
            ("On 2020-12-25", 25),
            ("from 5 to -3", -3),
            ("5-3", 3),
            ("It costs $1,200.", 1200),
            ("x = 7, y2", 7),
            ("7 and 5x", 7),
            ("The answer is **42**.", 42),
            ("so \\frac{6}{2}", 3),
            ("at 3pm: 9", 9),
        ] {
            assert_eq!(last(text), number(value), "{text:?}");
        }
        assert_eq!(last("none, x2 and 5x"), None);
    }

    #[test]
    fn boxes_and_markers() {
        assert_eq!(Place::Boxed.find("\\boxed{7} and \\boxed {\\frac{14}{2}}", ""), Ok(number(7).unwrap()));
        assert_eq!(Place::Marked.find("48/2 = <<48/2=24>>24\n#### 72", "####"), Ok(number(72).unwrap()));
        assert_eq!(Place::Marked.find("**Answer: $72**\n", "Answer"), Ok(number(72).unwrap()));
        assert_eq!(Place::Marked.find("Answer: 72\nmore 5", "Answer:"), Ok(number(72).unwrap()));
        // The last one counts, so that candidates do not add up, and headings of Markdown are no answers.
        assert_eq!(Place::Boxed.find("\\boxed{x} \\boxed{7}", ""), Ok(number(7).unwrap()));
        assert_eq!(Place::Marked.find("#### Step 1\n7\n#### 8\n#### 7", "####"), Ok(number(7).unwrap()));
        for (place, text, why) in [
            (Place::Boxed, "\\boxed{7", "what stands at the last `\\boxed{…}` is not one number that is understood"),
            (
                Place::Boxed,
                "\\boxed{7} \\boxed",
                "what stands at the last `\\boxed{…}` is not one number that is understood",
            ),
            (
                Place::Boxed,
                "\\boxed{7, 8}",
                "what stands at the last `\\boxed{…}` is not one number that is understood",
            ),
            (Place::Boxed, "7", "there is no `\\boxed{…}`"),
            (Place::Marked, "#### 7 or 8", "what stands at the last `####` is not one number that is understood"),
            (Place::Marked, "########", "what stands at the last `####` is not one number that is understood"),
            (Place::Whole, "It is 7", "the text is not one number that is understood"),
        ] {
            assert_eq!(place.find(text, "####"), Err(why.into()), "{text:?}");
        }
    }

    #[test]
    fn worked_solutions() {
        assert_eq!(of_solution("He has 5 - 2 = 3.\n#### 3"), number(3));
        assert_eq!(of_solution("Thus $x = \\boxed{12}$."), number(12));
        assert_eq!(of_solution(" 1,000 "), number(1000));
        assert_eq!(of_solution("twelve"), None);
    }
}
