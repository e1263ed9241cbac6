//! Syllables as the Python package `syllapy` counts them: a dictionary, and a rule for the words it lacks.

use super::{python::is_digit, tables};

/// Words of the dictionary that the rule gets wrong, with their number of syllables (`data/README.md`).
const EXCEPTIONS: &str = include_str!("../../data/syllables.txt");

/// `syllapy.count` of a word in lower case and without punctuation: 0 for one with a digit in it.
#[must_use]
pub fn syllables(word: &str) -> usize {
    if word.is_empty() || word.contains(is_digit) {
        return 0;
    }
    tables::find(EXCEPTIONS, word).and_then(|count| count.parse().ok()).unwrap_or_else(|| by_rule(word))
}

/// The runs of vowels, without a silent `e` at the end, which is not silent in `-le` after a consonant; at least one.
fn by_rule(word: &str) -> usize {
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let mut count = 0_usize;
    let mut before = false;
    for c in word.chars() {
        count += usize::from(vowel(c) && !before);
        before = vowel(c);
    }
    let count = count.saturating_sub(usize::from(word.ends_with('e')));
    let spoken = word.strip_suffix("le").and_then(|rest| rest.chars().next_back()).is_some_and(|c| !vowel(c));
    (count + usize::from(spoken)).max(1)
}

#[cfg(test)]
mod tests {
    use super::syllables;

    // Expected values from syllapy 0.8.0.
    #[test]
    fn agrees_with_the_package() {
        let cases = [
            ("", 0),
            ("owl", 1),
            ("e", 1),
            ("the", 1),
            ("table", 2),
            ("le", 1),
            ("rhythm", 1),
            ("absolutely", 4),
            ("syllable", 3),
            ("b2b", 0),
            ("été", 1),
            ("сова", 1),
            ("queue", 1),
            ("being", 2),
        ];
        for (word, count) in cases {
            assert_eq!(syllables(word), count, "{word}");
        }
    }
}
