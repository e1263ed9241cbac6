//! JSON that comes as text, with what Python writes and JSON numbers cannot hold: whole numbers of any size, `NaN`, `Infinity`.

use serde_json::Value;
use std::borrow::Cow;

/// Digits that a 64-bit number holds whatever they are.
const DIGITS: usize = 18;

/// Reads it. What a JSON number cannot hold becomes an expression, as people write one in a spec: `{python: "10 ** 30"}`.
pub(super) fn parse(text: &str) -> Result<Value, serde_json::Error> {
    serde_json::from_str(&expressed(text))
}

fn expressed(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let (mut out, mut copied, mut at) = (String::new(), 0, 0);
    while at < bytes.len() {
        match bytes[at] {
            b'"' => at = after_string(bytes, at),
            b'-' | b'0'..=b'9' | b'N' | b'I' => {
                let end = after_word(bytes, at);
                if let Some(expression) = expression(&text[at..end]) {
                    out.push_str(&text[copied..at]);
                    out.push_str(&format!(r#"{{"python":"{expression}"}}"#));
                    copied = end;
                }
                at = end;
            }
            _ => at += 1,
        }
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[copied..]);
    Cow::Owned(out)
}

/// The place after the string that begins here.
fn after_string(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// The place after the number or word that begins here.
fn after_word(bytes: &[u8], start: usize) -> usize {
    let inside = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.' | b'_');
    start + bytes[start..].iter().take_while(|byte| inside(byte)).count()
}

fn expression(word: &str) -> Option<String> {
    match word {
        "NaN" => return Some("float('nan')".into()),
        "Infinity" => return Some("float('inf')".into()),
        "-Infinity" => return Some("float('-inf')".into()),
        _ => {}
    }
    let digits = word.strip_prefix('-').unwrap_or(word);
    let whole = digits.len() > DIGITS && digits.bytes().all(|byte| byte.is_ascii_digit());
    (whole && !digits.starts_with('0')).then(|| word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn large_whole_numbers_keep_their_digits() {
        let large = "[1, -12345678901234567890123, 1.5, \"99999999999999999999\", NaN, -Infinity, Infinity]";
        let expected = json!([
            1, {"python": "-12345678901234567890123"}, 1.5, "99999999999999999999",
            {"python": "float('nan')"}, {"python": "float('-inf')"}, {"python": "float('inf')"}
        ]);
        assert_eq!(parse(large).unwrap(), expected);
        for wrong in ["[1", "00000000000000000000001", "Nan", "12345678901234567890x", "--Infinity", "\"a"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn ordinary_json_is_read_as_it_is(texts in prop::collection::vec("(?s).{0,12}", 0..6), number in -1e15..1e15f64) {
            let value = json!({"texts": texts, "number": number, "NaN": [texts.len(), null, true]});
            prop_assert_eq!(parse(&value.to_string()).unwrap(), value);
        }
    }
}
