//! Case-insensitive comparison as Python's `re.IGNORECASE` does it: by simple lower case, then a list of letters that
//! count as equal (CPython's `re/_casefix.py`, which derives it from the Unicode data).

/// Letters that match each other although their lower cases differ; each group's first is its representative.
const EQUAL: &[&[char]] = &[
    &['i', '\u{131}'],
    &['s', '\u{17f}'],
    &['\u{b5}', '\u{3bc}'],
    &['\u{345}', '\u{3b9}', '\u{1fbe}'],
    &['\u{390}', '\u{1fd3}'],
    &['\u{3b0}', '\u{1fe3}'],
    &['\u{3b2}', '\u{3d0}'],
    &['\u{3b5}', '\u{3f5}'],
    &['\u{3b8}', '\u{3d1}'],
    &['\u{3ba}', '\u{3f0}'],
    &['\u{3c0}', '\u{3d6}'],
    &['\u{3c1}', '\u{3f1}'],
    &['\u{3c2}', '\u{3c3}'],
    &['\u{3c6}', '\u{3d5}'],
    &['\u{432}', '\u{1c80}'],
    &['\u{434}', '\u{1c81}'],
    &['\u{43e}', '\u{1c82}'],
    &['\u{441}', '\u{1c83}'],
    &['\u{442}', '\u{1c84}', '\u{1c85}'],
    &['\u{44a}', '\u{1c86}'],
    &['\u{463}', '\u{1c87}'],
    &['\u{1c88}', '\u{a64b}'],
    &['\u{1e61}', '\u{1e9b}'],
    &['\u{fb05}', '\u{fb06}'],
];

/// The representative of all characters that match `c` when case is ignored.
#[must_use]
pub fn fold(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    // The first character is the simple mapping; only U+0130 has a second one.
    let lower = c.to_lowercase().next().unwrap_or(c);
    let group = EQUAL.iter().find(|group| group[1..].contains(&lower));
    group.map_or(lower, |group| group[0])
}

#[cfg(test)]
mod tests {
    use super::fold;

    // Each pair as `re.match(a, b, re.I)` answers in CPython 3.11.
    #[test]
    fn agrees_with_python() {
        for (a, b) in [('i', 'İ'), ('ı', 'I'), ('k', '\u{212a}'), ('ß', 'ẞ'), ('ς', 'Σ'), ('µ', 'Μ'), ('ǆ', 'ǅ')]
        {
            assert_eq!(fold(a), fold(b), "{a} {b}");
        }
        assert_ne!(fold('ß'), fold('s'));
    }
}
