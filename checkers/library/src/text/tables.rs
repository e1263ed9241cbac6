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
        let mut start = low + (high - low) / 2;
        while start > low && bytes[start - 1] != b'\n' {
            start -= 1;
        }
        let (ordering, end) = compare(&bytes[start..high], key.as_bytes());
        let end = start + end;
        match ordering {
            Ordering::Equal => {
                let value = bytes.get(end).filter(|&&byte| byte == b'\t').map_or("", |_| &table[end + 1..]);
                return value.split('\n').next();
            }
            Ordering::Less => {
                low = bytes[end..high].iter().position(|&byte| byte == b'\n').map_or(high, |at| end + at + 1)
            }
            Ordering::Greater => high = start,
        }
    }
    None
}

/// How the first line's key compares with another one, and where the comparison ended.
fn compare(line: &[u8], key: &[u8]) -> (Ordering, usize) {
    for (at, &wanted) in key.iter().enumerate() {
        match line.get(at).filter(|&&byte| byte != b'\t' && byte != b'\n') {
            None => return (Ordering::Less, at),
            Some(byte) if *byte != wanted => return (byte.cmp(&wanted), at),
            Some(_) => {}
        }
    }
    let ends = matches!(line.get(key.len()), None | Some(b'\t' | b'\n'));
    (if ends { Ordering::Equal } else { Ordering::Greater }, key.len())
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
