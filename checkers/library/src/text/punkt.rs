//! Sentences as NLTK's Punkt tokenizer splits them with its English parameters.
//!
//! The method is Kiss and Strunk's ("Unsupervised Multilingual Sentence Boundary Detection", Computational Linguistics
//! 32, 2006); where the paper leaves room, this follows what NLTK 3.8 does. The parameters were trained by them on the
//! Wall Street Journal and are distributed with NLTK (`punkt_tab`, Apache-2.0).

use super::{
    punkt_token::{Token, ends_word, tokens},
    python::is_space,
};

/// The sentences, with the closing quotation marks and brackets that belong to them.
#[must_use]
pub fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut slices = slices(text).into_iter().peekable();
    // How much of the next slice was given to the one before it.
    let mut taken = 0;
    while let Some((start, end)) = slices.next() {
        let start = start + taken;
        let Some(&(next, next_end)) = slices.peek() else {
            found.extend(text.get(start..end).filter(|sentence| !sentence.is_empty()));
            break;
        };
        match closing(text.get(next..next_end).unwrap_or_default()) {
            Some((marks, length)) => {
                found.push(&text[start.min(next)..next + marks]);
                taken = length;
            }
            None => {
                taken = 0;
                found.extend(text.get(start..end).filter(|sentence| !sentence.is_empty()));
            }
        }
    }
    found
}

/// The length of the closing marks a slice begins with if they end the sentence before it, without and with the white
/// space after them.
fn closing(slice: &str) -> Option<(usize, usize)> {
    let marks = slice.bytes().take_while(|byte| b"\"')]}".contains(byte)).count();
    let rest = &slice[marks..];
    if marks == 0 || !(rest.is_empty() || rest.starts_with("--") || rest.starts_with(is_space)) {
        return None;
    }
    Some((marks, slice.len() - rest.trim_start_matches(is_space).len()))
}

/// A character that may end a sentence, with its surroundings.
#[derive(Clone, Copy)]
struct Candidate {
    /// Where its word begins.
    word: usize,
    at: usize,
    /// Where what follows it and decides about it ends.
    end: usize,
    /// Where the next word begins, if white space comes first.
    next: Option<usize>,
}

/// The text cut at each sentence break.
fn slices(text: &str) -> Vec<(usize, usize)> {
    let mut slices = Vec::new();
    let mut start = 0;
    let mut cut = |candidate: Candidate| {
        if has_break(&text[candidate.word..candidate.end]) {
            slices.push((start, candidate.at + 1));
            start = candidate.next.unwrap_or(candidate.at + 1);
        }
    };
    let mut previous: Option<Candidate> = None;
    for (at, _) in text.match_indices(['.', '?', '!']) {
        let Some((end, next)) = context(text, at) else { continue };
        let (word, from) = previous.map_or((0, 0), |previous| (previous.word, previous.at));
        // Only what lies behind the first character counts as white space before the word, as in NLTK.
        let space = text[from..at].rfind([' ', '\t', '\n', '\r', '\u{b}', '\u{c}']).filter(|&space| space > 0);
        let word = space.map_or(word, |space| from + space + 1);
        // Of several candidates in one word, the last one speaks for all.
        if let Some(previous) = previous.filter(|previous| previous.at <= word) {
            cut(previous);
        }
        previous = Some(Candidate { word, at, end, next });
    }
    if let Some(previous) = previous {
        cut(previous);
    }
    slices.push((start, text.trim_end_matches(is_space).len()));
    slices
}

/// What follows a candidate: a character that cannot be in a word, or white space and a word.
fn context(text: &str, at: usize) -> Option<(usize, Option<usize>)> {
    let rest = &text[at + 1..];
    let first = rest.chars().next()?;
    if ends_word(first) {
        return Some((at + 1 + first.len_utf8(), None));
    }
    let word = rest.trim_start_matches(is_space);
    if word.len() == rest.len() || word.is_empty() {
        return None;
    }
    let next = text.len() - word.len();
    Some((next + word.find(is_space).unwrap_or(word.len()), Some(next)))
}

/// Whether a token other than the last one ends a sentence.
fn has_break(context: &str) -> bool {
    let tokens: Vec<Token<'_>> = tokens(context).collect();
    tokens.windows(2).any(|pair| pair[0].breaks_before(&pair[1]))
}

#[cfg(test)]
mod tests {
    use super::sentences;

    // Expected values from NLTK 3.8.1 with punkt_tab/english.
    #[test]
    fn agrees_with_nltk() {
        let cases: &[(&str, &[&str])] = &[
            ("", &[]),
            ("One. Two! Three?", &["One.", "Two!", "Three?"]),
            ("Dr. Smith met J. Bach in the U.S. They left.", &["Dr. Smith met J. Bach in the U.S.", "They left."]),
            ("(It rained.) \"We left.\" So?", &["(It rained.)", "\"We left.\"", "So?"]),
            ("Wait... what?! No", &["Wait...", "what?!", "No"]),
            ("It cost $3.50. Then 5. then", &["It cost $3.50.", "Then 5. then"]),
            ("a.b.c. d e.g. this", &["a.b.c.", "d e.g.", "this"]),
            ("Mr. Owl et al. agree (p. 5). See No. 7.", &["Mr. Owl et al.", "agree (p. 5).", "See No.", "7."]),
            ("He said \"Go!\" -- and left... Bye.", &["He said \"Go!\"", "-- and left... Bye."]),
            ("Привет! Как дела? «Да.» Нет.", &["Привет!", "Как дела?", "«Да.» Нет."]),
            ("1. One\n2. Two\n\nEnd", &["1.", "One\n2.", "Two\n\nEnd"]),
        ];
        for (text, expected) in cases {
            assert_eq!(sentences(text), *expected, "{text}");
        }
    }
}
