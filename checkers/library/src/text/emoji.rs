//! Emoji as the Python package `emoji` tells them: code points that Unicode's emoji-test.txt lists.

use super::emoji_table::EMOJI;

/// `emoji.is_emoji` of one character. Digits, and the parts of a sequence that are no emoji alone, are none.
#[must_use]
pub fn is_emoji(c: char) -> bool {
    let c = u32::from(c);
    let after = EMOJI.partition_point(|&(first, _)| first <= c);
    after > 0 && c <= EMOJI[after - 1].1
}

#[cfg(test)]
mod tests {
    use super::is_emoji;

    // Expected values from emoji 2.16.0.
    #[test]
    fn agrees_with_the_package() {
        for c in ['😀', '©', '☺', '🏻', '🇦', '🫩', '❤'] {
            assert_eq!(is_emoji(c), c != '🇦', "{c}");
        }
        for c in ['a', '1', '#', '\u{fe0f}', '\u{200d}', '→', '★'] {
            assert!(!is_emoji(c), "{c}");
        }
    }
}
