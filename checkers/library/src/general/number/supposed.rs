//! Numbers that are only supposed (`if it were linear, we would get 42`), and those that are said in other words.

use super::dress::LONG;

/// What says the same once more.
const AGAIN: [&str; 6] = ["i.e.", "i.e", "ie", "namely", "viz.", "that is"];

/// Words after which a sentence says how it is.
const TURNS: [&str; 9] = ["but", "so", "therefore", "thus", "hence", "however", "actually", "instead", "because"];

/// The end of a text, of a length that is looked at.
fn end(text: &str) -> &str {
    let mut from = text.len().saturating_sub(LONG);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    &text[from..]
}

/// What is said in other words by what follows a text.
pub(super) fn reworded(text: &str) -> Option<&str> {
    let text = end(text).trim_end();
    let comma = text.strip_suffix(',').map(str::trim_end);
    let small = comma.unwrap_or(text).to_ascii_lowercase();
    let again = AGAIN.iter().find(|words| small.ends_with(**words) && (comma.is_some() || **words != "that is"))?;
    let before = &text[..small.len() - again.len()];
    let said = before.trim_end().strip_suffix([',', ';', ':', '(', '—', '–'])?;
    Some(said.trim_end_matches('.'))
}

/// Whether the sentence before a number says what would be if it were otherwise, or what it seems to be.
pub(super) fn supposes(text: &str) -> bool {
    let sentence = end(text).rsplit(['\n', '?', '!']).next().unwrap_or_default();
    let sentence = sentence.rsplit(". ").next().unwrap_or_default().to_lowercase();
    let words: Vec<&str> = sentence
        .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .filter(|word| !word.is_empty())
        .collect();
    let start = words.iter().rposition(|word| TURNS.contains(word)).map_or(0, |at| at + 1);
    let words = &words[start..];
    if words.windows(2).any(|pair| matches!(pair, ["first", "glance" | "sight"])) {
        return true;
    }
    let after = |at: usize, wanted: &dyn Fn(&str) -> bool| {
        words[at..].iter().position(|word| wanted(word)).map(|found| at + found + 1)
    };
    // `Were it linear`, `had we begun at 1`, `if it were linear`.
    let otherwise = match words.first() {
        Some(&("were" | "had")) => Some(1),
        // What may come (`if we were to add them`) is what a problem asks for.
        _ => after(0, &|word| word == "if")
            .and_then(|at| after(at, &|word| matches!(word, "were" | "weren't")))
            .filter(|at| words.get(*at) != Some(&"to")),
    };
    otherwise
        .is_some_and(|at| after(at, &|word| word == "would" || word.ends_with("'d") || word.ends_with("’d")).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_be_is_told_from_what_is() {
        for text in [
            "If it were linear, we would get ",
            "2 + 2 = 4. If the steps were equal, we'd get ",
            "Had we begun at 1, the result would have been ",
            "Were it a square, its area would be ",
            "At first glance it looks like ",
        ] {
            assert!(supposes(text), "{text}");
        }
        for text in [
            "If we add both, we get ",
            "So the total would be ",
            "If it were linear, we would get 40, but it is ",
            "If it were linear, we would get 40. It is ",
            "If 6 boxes are sold, she would earn ",
            "If she were to sell 6 boxes, she would earn ",
            "There were 6 boxes, so they would cost ",
            "",
        ] {
            assert!(!supposes(text), "{text}");
        }
    }

    #[test]
    fn other_words_are_for_what_was_said() {
        for (text, said) in [
            ("It is not six squared, i.e. ", Some("It is not six squared")),
            ("not the sum (that is, ", Some("not the sum ")),
            ("not the sum; namely ", Some("not the sum")),
            ("I see that is ", None),
            ("a pie ", None),
            ("", None),
        ] {
            assert_eq!(reworded(text), said, "{text}");
        }
    }
}
