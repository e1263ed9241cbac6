//! Which English words are verbs more often than anything else.

use super::tables;

/// Forms that Brill's lexicon tags as verbs most often, and those it does not although they end like one
/// (`data/README.md`).
const VERBS: &str = include_str!("../../data/verbs.txt");

/// Whether a word, as it is written at the beginning of a sentence, is most likely a verb in some form.
///
/// A word that the lexicon lacks is one if it ends in -ing or -ed.
#[must_use]
pub fn is_verb(word: &str) -> bool {
    if !word.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return false;
    }
    let lower = word.to_ascii_lowercase();
    match tables::find(VERBS, word).or_else(|| tables::find(VERBS, &lower)) {
        Some(mark) => mark.is_empty(),
        None => lower.len() > 4 && lower.ends_with("ing") || lower.len() > 3 && lower.ends_with("ed"),
    }
}

#[cfg(test)]
mod tests {
    use super::is_verb;

    #[test]
    fn tells_verbs_from_others() {
        for word in ["Write", "Prove", "Whirring", "went", "Is", "walked", "Regrokked", "ANALYZE"] {
            assert!(is_verb(word), "{word}");
        }
        for word in ["", "The", "Owl", "Building", "Red", "King", "naïve", "x-rayed", "1", "Seed"] {
            assert!(!is_verb(word), "{word}");
        }
    }
}
