//! Where an answer stands in a text.

use super::{
    MARKER,
    answer::{Expected, Reading, Unread},
    dress::{LONG, closed, undressed},
    last::last,
    signs::digits,
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
    pub(super) fn find(self, text: &str, marker: &str, reading: &Reading<'_>) -> Result<BigRational, String> {
        match self {
            Self::Boxed => match hedged(text, reading) {
                true => Err("two boxes give two numbers".into()),
                false => read(last_box(text), "\\boxed{…}", true, reading),
            },
            Self::Marked => read(line_after(text, marker).map(Some), marker, false, reading),
            Self::Whole => reading.answer(text, false).map_err(|why| unread(&why, "the text")),
            Self::Last => last(&digits(text), &reading.things),
        }
    }
}

/// The number of a worked solution: after its marker, in its box, or all of it; or what was read in vain.
pub(super) fn of_solution(text: &str) -> Result<Expected, &str> {
    let found = match () {
        () if text.contains(MARKER) => line_after(text, MARKER).unwrap_or_default(),
        () if text.contains(BOX) => last_box(text).flatten().unwrap_or(text),
        () => text,
    };
    Expected::of(found).ok_or(found)
}

/// The number of what was found, which is nothing where a box does not close.
fn read(found: Option<Option<&str>>, what: &str, math: bool, reading: &Reading<'_>) -> Result<BigRational, String> {
    let found = found.ok_or_else(|| format!("there is no `{what}`"))?;
    let number = found.ok_or(Unread::Other).and_then(|found| reading.answer(found, math));
    number.map_err(|why| unread(&why, &format!("what stands at the last `{what}`")))
}

fn unread(why: &Unread, what: &str) -> String {
    match why {
        Unread::Other => format!("{what} is not one number that is understood"),
        Unread::Question => format!("{what} repeats the question, and nothing is worked out"),
    }
}

const BOX: &str = "\\boxed";

/// What the last box holds; `\fbox{…}` is one where there is no other.
fn last_box(text: &str) -> Option<Option<&str>> {
    let (_, rest) = text.rsplit_once(BOX).or_else(|| text.rsplit_once("\\fbox"))?;
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

/// Whether two boxes side by side, with nothing or `or` between them, give two numbers.
fn hedged(text: &str, reading: &Reading<'_>) -> bool {
    let Some((front, _)) = text.rsplit_once(BOX) else { return false };
    let Some((_, back)) = front.rsplit_once(BOX) else { return false };
    let Some(first) = last_box(front).flatten() else { return false };
    let at = back.find(first).map_or(0, |at| at + first.len());
    let between = &back[at..];
    let words = between.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let only = between.len() <= LONG && words.clone().count() <= 4;
    let links =
        ["or", "and", "maybe", "perhaps", "possibly", "text", "either", "alternatively", "mbox", "also", "quad"];
    if !only || !words.clone().all(|word| links.contains(&word.to_lowercase().as_str())) {
        return false;
    }
    let number = |text| reading.answer(text, true).ok();
    let last = last_box(text).flatten().and_then(number);
    matches!((number(first), last), (Some(first), Some(last)) if first != last)
}

/// The rest of the last line with the marker, or the next line where nothing follows it.
fn line_after<'a>(text: &'a str, marker: &str) -> Option<&'a str> {
    let (start, end) = last_marker(text, marker)?;
    let before = text[..start].rsplit('\n').next().unwrap_or_default();
    let rest = &text[end..];
    // What the line opened before the marker may close right behind it, or behind the answer.
    let mut open: Vec<&str> = Vec::new();
    for sign in ["**", "__", "*", "_"] {
        let marked = &text[start..end];
        let times = |part: &str| {
            part.matches(sign).count() - if sign.len() == 1 { 2 * part.matches(&sign.repeat(2)).count() } else { 0 }
        };
        if times(before) % 2 != times(marked) % 2 {
            open.push(sign);
        }
    }
    let mut rest = behind_signs(without_closing_tags_before(rest));
    let mut closes = Vec::new();
    for sign in open {
        match rest.strip_prefix(sign) {
            Some(behind) => rest = behind_signs(behind),
            None => closes.push(sign),
        }
    }
    let line = rest.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    // A formula in lines of its own.
    for (open, close) in [("$$", "$$"), ("\\[", "\\]")] {
        if line == open {
            let inner = rest.trim_start().strip_prefix(open)?;
            return Some(inner.split_once(close).map_or("", |(inner, _)| inner));
        }
    }
    let line = without_closing_tags(line);
    Some(closes.iter().fold(line, |line, sign| {
        let bare = line.strip_suffix('.').unwrap_or(line);
        if line.matches(*sign).count() % 2 == 1 { bare.strip_suffix(*sign).unwrap_or(line).trim_end() } else { line }
    }))
}

/// What follows the signs that go on from a marker; `==72==` is highlighted.
fn behind_signs(text: &str) -> &str {
    let text = text.trim_start_matches([' ', '\t', ':']);
    if text.starts_with("==") { text } else { text.trim_start_matches([' ', '\t', ':', '=']) }
}

/// What follows the tags that close right behind a marker: `<b>Answer:</b> 72`.
fn without_closing_tags_before(text: &str) -> &str {
    let mut rest = text;
    while let Some((name, after)) =
        rest.trim_start_matches([' ', ':']).strip_prefix("</").and_then(|tag| closed(tag, '>'))
    {
        if !(1..=20).contains(&name.len()) || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            break;
        }
        rest = after;
    }
    rest
}

/// A line without the tags that close on it: `72</answer>`.
fn without_closing_tags(line: &str) -> &str {
    let mut line = line;
    // What is set in bold is read with its tags.
    if line.starts_with('<') && undressed(line).len() < line.len() {
        return line;
    }
    while let Some((before, tag)) = line.strip_suffix('>').and_then(|line| line.rsplit_once("</")) {
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        if !(1..=20).contains(&tag.len()) || !tag.bytes().all(is_name) {
            break;
        }
        line = before.trim_end();
    }
    line
}

/// Where the last marker begins and ends: as it is; else with other capitals, or a space before the sign that ends it.
fn last_marker(text: &str, marker: &str) -> Option<(usize, usize)> {
    exact_marker(text, marker).or_else(|| loose_marker(text, marker))
}

/// `answer :` for `Answer:`.
fn loose_marker(text: &str, marker: &str) -> Option<(usize, usize)> {
    let sign = marker.chars().next_back().filter(|sign| [':', '='].contains(sign))?;
    let name = marker[..marker.len() - sign.len_utf8()].trim_end();
    // Only a whole word: its letters are all that tells it from other text.
    if !name.starts_with(|first: char| first.is_ascii_alphabetic()) {
        return None;
    }
    let (bytes, first) = (text.as_bytes(), name.as_bytes()[0]);
    let is_name =
        |at: usize| bytes.get(at..at + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()));
    (0..bytes.len()).rev().filter(|at| bytes[*at].eq_ignore_ascii_case(&first) && is_name(*at)).find_map(|at| {
        let free = !text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
        let rest = free.then(|| &text[at + name.len()..])?;
        // Emphasis may close before the sign.
        let space = rest.bytes().take(8).take_while(|byte| b" \t*_".contains(byte)).count();
        let after = rest[space..].strip_prefix(sign)?;
        Some((at, text.len() - after.len()))
    })
}

/// Where the last marker begins and ends: as it is, or with Markdown's emphasis within.
fn exact_marker(text: &str, marker: &str) -> Option<(usize, usize)> {
    let emphasis = |c: char| matches!(c, '*' | '_');
    let plain = text.rfind(marker).map(|start| (start, start + marker.len()));
    if marker.contains(emphasis) || !text.contains(emphasis) {
        return plain;
    }
    let bare: String = text.chars().filter(|c| !emphasis(*c)).collect();
    let start = bare.rfind(marker)?;
    let end = start + marker.len();
    // The same places in the text itself.
    let (mut at, mut from) = (0, None);
    for (place, c) in text.char_indices().filter(|(_, c)| !emphasis(*c)) {
        if at == start {
            from = Some(place);
        }
        at += c.len_utf8();
        if at == end {
            return Some((from?, place + c.len_utf8()));
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::{super::things::Things, *};

    fn find(place: Place, text: &str, marker: &str) -> Result<BigRational, String> {
        let expected = Expected::of("1").ok_or("no number")?;
        place.find(text, marker, &Reading { things: Things::any(), prompt: "", expected: &expected })
    }

    fn number(value: i64) -> Option<BigRational> {
        Some(BigRational::from_integer(value.into()))
    }

    #[test]
    fn boxes_and_markers() {
        assert_eq!(find(Place::Boxed, "\\boxed{7} and \\boxed {\\frac{14}{2}}", ""), Ok(number(7).unwrap()));
        assert_eq!(find(Place::Marked, "48/2 = <<48/2=24>>24\n#### 72", "####"), Ok(number(72).unwrap()));
        assert_eq!(find(Place::Marked, "**Answer: $72**\n", "Answer"), Ok(number(72).unwrap()));
        assert_eq!(find(Place::Marked, "Answer: 72\nmore 5", "Answer:"), Ok(number(72).unwrap()));
        // The last one counts, so that candidates do not add up, and headings of Markdown are no answers.
        assert_eq!(find(Place::Boxed, "\\boxed{x} \\boxed{7}", ""), Ok(number(7).unwrap()));
        assert_eq!(find(Place::Marked, "#### Step 1\n7\n#### 8\n#### 7", "####"), Ok(number(7).unwrap()));
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
            assert_eq!(find(place, text, "####"), Err(why.into()), "{text:?}");
        }
    }

    #[test]
    fn worked_solutions() {
        let value = |text| of_solution(text).map(|expected| expected.value);
        assert_eq!(value("He has 5 - 2 = 3.\n#### 3").ok(), number(3));
        assert_eq!(value("Thus $x = \\boxed{12}$.").ok(), number(12));
        assert_eq!(value(" 1,000 ").ok(), number(1000));
        assert_eq!(value("twelve").ok(), number(12));
        assert_eq!(value("a dozen"), Err("a dozen"));
        assert_eq!(value("So\n#### 7 or 8"), Err("7 or 8"));
    }
}
