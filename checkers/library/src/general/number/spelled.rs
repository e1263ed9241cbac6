//! Numbers in English words: `five`, `forty-two`, `one hundred and five`.

const ONES: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];

const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// The longest text that is read.
const LONGEST: usize = 100;

/// The whole number below a million that a text spells, and nothing else.
pub(super) fn spelled(text: &str) -> Option<u32> {
    let text = text.trim();
    // Before any copy is made: texts are long.
    if text.len() > LONGEST || !text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let small = text.strip_suffix('.').unwrap_or(text).to_ascii_lowercase().replace('-', " ");
    let words: Vec<&str> = small.split_ascii_whitespace().collect();
    match words.iter().position(|word| *word == "thousand") {
        Some(at) => {
            let thousands = hundreds(&words[..at]).filter(|count| *count > 0)?;
            let rest = &words[at + 1..];
            let rest = rest.strip_prefix(&["and"]).filter(|rest| !rest.is_empty()).unwrap_or(rest);
            let below = if rest.is_empty() { 0 } else { hundreds(rest).filter(|count| *count > 0)? };
            Some(thousands * 1000 + below)
        }
        None => hundreds(&words),
    }
}

/// A number below a thousand.
fn hundreds(words: &[&str]) -> Option<u32> {
    let [count, "hundred", rest @ ..] = words else { return tens(words) };
    let count = tens(&[*count]).filter(|count| (1..10).contains(count))?;
    match rest {
        [] => Some(count * 100),
        ["and", rest @ ..] | rest => Some(count * 100 + tens(rest).filter(|below| *below > 0)?),
    }
}

/// A number below a hundred.
fn tens(words: &[&str]) -> Option<u32> {
    let of = |list: &[&str], word: &str| list.iter().position(|one| *one == word).and_then(|at| u32::try_from(at).ok());
    match words {
        [word] => of(&ONES, word).or_else(|| Some(20 + 10 * of(&TENS, word)?)),
        [ten, one] => Some(20 + 10 * of(&TENS, ten)? + of(&ONES[..10], one).filter(|one| *one > 0)?),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_words_spell() {
        for (text, value) in [
            ("five", 5),
            ("Zero", 0),
            ("Forty-two.", 42),
            ("nineteen", 19),
            ("one hundred", 100),
            ("one hundred and five", 105),
            ("nine hundred ninety-nine thousand nine hundred ninety nine", 999_999),
            ("two thousand and one", 2001),
        ] {
            assert_eq!(spelled(text), Some(value), "{text}");
        }
        for text in [
            "",
            "and",
            "no",
            "four two",
            "ten five",
            "twenty ten",
            "twenty zero",
            "hundred",
            "ten hundred",
            "one hundred and",
            "thousand",
            "one thousand and",
            "one thousand thousand",
            "forty or two",
            "five apples",
            "5",
            "one, two",
            "zero thousand",
        ] {
            assert_eq!(spelled(text), None, "{text}");
        }
    }
}
