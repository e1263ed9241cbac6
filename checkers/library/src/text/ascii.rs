//! A text without accents.

use unicode_normalization::UnicodeNormalization;

/// The text in ASCII: decomposed (NFKD), and without all that is not ASCII then.
#[must_use]
pub fn ascii(text: &str) -> String {
    text.nfkd().filter(char::is_ascii).collect()
}

#[cfg(test)]
mod tests {
    use super::ascii;

    // Expected values from CPython 3.11: `unicodedata.normalize("NFKD", text).encode("ASCII", "ignore")`.
    #[test]
    fn agrees_with_python() {
        assert_eq!(ascii("São Tomé, Reykjavík; ﬁ½ ø 中"), "Sao Tome, Reykjavik; fi12  ");
    }
}
