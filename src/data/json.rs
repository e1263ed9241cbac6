//! JSON as programs write it. Python's writes the half of a character that a cut text ends in, which JSON's grammar allows and no text
//! can hold.

use serde::de::DeserializeOwned;
use std::borrow::Cow;

/// Reads JSON. Each `\ud800` to `\udfff` that is no half of a pair is read as U+FFFD: what a policy wrote is judged, however odd it is.
///
/// # Errors
/// As [`serde_json::from_str`]. Columns are those of the text as given.
pub fn read_json<T: DeserializeOwned>(text: &str) -> serde_json::Result<T> {
    mending(text, |text| serde_json::from_str(text))
}

/// Reads JSON in some way, a second time where a text has halves of characters.
pub(super) fn mending<T>(text: &str, read: impl Fn(&str) -> serde_json::Result<T>) -> serde_json::Result<T> {
    read(text).or_else(|error| match whole_characters(text) {
        Cow::Owned(text) => read(&text),
        Cow::Borrowed(_) => Err(error),
    })
}

/// The text with `\ufffd` for every escape of half a character. It stays as long as it was.
fn whole_characters(text: &str) -> Cow<'_, str> {
    let mut lone = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find('\\') {
        at += found;
        match (half(text, at), half(text, at + 6)) {
            (Some(0xd800..0xdc00), Some(0xdc00..0xe000)) => at += 12,
            (Some(_), _) => {
                lone.push(at);
                at += 6;
            }
            // Whatever is escaped, it begins no escape itself.
            (None, _) => at += 1 + text[at + 1..].chars().next().map_or(0, char::len_utf8),
        }
    }
    if lone.is_empty() {
        return Cow::Borrowed(text);
    }
    let (mut mended, mut done) = (String::with_capacity(text.len()), 0);
    for at in lone {
        mended.push_str(&text[done..at]);
        mended.push_str("\\ufffd");
        done = at + 6;
    }
    mended.push_str(&text[done..]);
    Cow::Owned(mended)
}

/// The half of a character that is escaped here.
fn half(text: &str, at: usize) -> Option<u32> {
    let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
    let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    u32::from_str_radix(digits, 16).ok().filter(|code| is_hex && (0xd800..0xe000).contains(code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_of_characters_are_replaced_and_pairs_kept() {
        for (json, text) in [
            (r#""yes \ud83d""#, "yes \u{fffd}"),
            (r#""yes \uDE00 x""#, "yes \u{fffd} x"),
            (r#""\ud83d\ude00""#, "😀"),
            (r#""\ud83d\ud83d\ude00""#, "\u{fffd}😀"),
            (r#""\ude00\ud83d""#, "\u{fffd}\u{fffd}"),
            (r#""\ud83d\n\\ud83d é""#, "\u{fffd}\n\\ud83d é"),
            (r#""\\\ud83d""#, "\\\u{fffd}"),
            (r#""\udcb2é\\""#, "\u{fffd}é\\"),
        ] {
            assert_eq!(read_json::<String>(json).unwrap(), text, "{json}");
        }
        let row: serde_json::Value = read_json(r#"{"\ud83d": ["\ud83d"]}"#).unwrap();
        assert_eq!(row, serde_json::json!({"\u{fffd}": ["\u{fffd}"]}));
    }

    #[test]
    fn mistakes_stay_mistakes_and_in_their_place() {
        for (json, column) in [(r#""\ud83d"#, 7), (r#"["\ud83d", NaN]"#, 12)] {
            let error = read_json::<serde_json::Value>(json).unwrap_err();
            assert_eq!(error.column(), column, "{json}: {error}");
        }
        for json in [r#""\ud83"#, r#""\ud8zé""#, r#""\u+d83""#, "\"\\", "\\é"] {
            let (ours, plain) = (read_json::<serde_json::Value>(json), serde_json::from_str::<serde_json::Value>(json));
            assert_eq!(ours.unwrap_err().to_string(), plain.unwrap_err().to_string(), "{json}");
        }
    }

    /// Each escape is looked at once.
    #[test]
    fn many_halves_are_read_at_once() {
        let halves = format!("\"{}\"", "\\ud83d".repeat(100_000));
        assert_eq!(read_json::<String>(&halves).unwrap().chars().count(), 100_000);
    }
}
