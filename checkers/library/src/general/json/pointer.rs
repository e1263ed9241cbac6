//! JSON Pointer (RFC 6901), as a local `$ref` uses it.

use serde_json::Value;

/// What `#` or `#/…` points to in `root`.
pub(super) fn resolve<'a>(root: &'a Value, reference: &str) -> Option<&'a Value> {
    root.pointer(&decoded(reference.strip_prefix('#')?)?)
}

/// A fragment without its percent-encoding.
fn decoded(fragment: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(fragment.len());
    let mut rest = fragment.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let (hex, after) = rest.split_first_chunk::<2>()?;
        rest = after;
        let digit = |byte: u8| char::from(byte).to_digit(16);
        bytes.push(u8::try_from(digit(hex[0])? * 16 + digit(hex[1])?).ok()?);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn follows_escapes_of_both_kinds() {
        let root = json!({"$defs": {"a b": 1, "c/d": 2, "e~f": 3, "%": 4}});
        for (reference, value) in
            [("#/$defs/a%20b", 1), ("#/$defs/c~1d", 2), ("#/$defs/e~0f", 3), ("#/$defs/%25", 4), ("#/%24defs/%", 0)]
        {
            let found = resolve(&root, reference).and_then(Value::as_i64).unwrap_or_default();
            assert_eq!(found, value, "{reference}");
        }
        assert_eq!(resolve(&root, "#"), Some(&root));
        assert_eq!(resolve(&root, "other.json#/a"), None);
    }
}
