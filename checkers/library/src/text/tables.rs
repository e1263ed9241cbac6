//! Lookups in sorted text: one line an entry, the key up to a tab or the line's end.
//!
//! A checker's instance lives for one check, so tables are searched where they lie instead of being loaded.

use core::cmp::Ordering;

/// The value of `key`, empty if its line has none.
#[must_use]
pub fn find<'a>(table: &'a str, key: &str) -> Option<&'a str> {
    let bytes = table.as_bytes();
    let (mut low, mut high) = (0, bytes.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let start = bytes[..middle].iter().rposition(|&byte| byte == b'\n').map_or(0, |newline| newline + 1);
        let length = bytes[start..].iter().position(|&byte| byte == b'\n').unwrap_or(bytes.len() - start);
        let line = &table[start..start + length];
        let (name, value) = line.split_once('\t').unwrap_or((line, ""));
        match name.cmp(key) {
            Ordering::Equal => return Some(value),
            Ordering::Less => low = start + length + 1,
            Ordering::Greater => high = start,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn finds_every_line_and_nothing_else() {
        let table = "a\t1\nab\nb\t22\nç\t3\n";
        for (key, value) in [("a", "1"), ("ab", ""), ("b", "22"), ("ç", "3")] {
            assert_eq!(find(table, key), Some(value));
        }
        for key in ["", "A", "aa", "abc", "c", "ç\t3", "\n", "z"] {
            assert_eq!(find(table, key), None, "{key}");
        }
        assert_eq!(find("", "a"), None);
    }
}
