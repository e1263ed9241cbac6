//! ASCII punctuation, Python's `string.punctuation`, taken off or out of a text.

use super::python::split;

/// `text.translate(str.maketrans("", "", string.punctuation))`: the text without ASCII punctuation.
#[must_use]
pub fn without_marks(text: &str) -> String {
    text.chars().filter(|c| !c.is_ascii_punctuation()).collect()
}

/// `text.strip(string.punctuation + " ")`: without ASCII punctuation and spaces at both ends.
#[must_use]
pub fn strip_marks(text: &str) -> &str {
    text.trim_matches(is_mark)
}

/// Whether `strip_marks` takes a character off.
#[must_use]
pub fn is_mark(c: char) -> bool {
    c == ' ' || c.is_ascii_punctuation()
}

/// The words of a text between white space, in lower case and without punctuation; what was only that is no word.
#[must_use]
pub fn plain_words(text: &str) -> Vec<String> {
    split(&without_marks(&text.to_lowercase())).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    // Expected values from CPython 3.11.
    #[test]
    fn agrees_with_python() {
        assert_eq!(without_marks("don't «a»—b_c, 1.5 €~"), "dont «a»—bc 15 €");
        assert_eq!(strip_marks(" (\"Hi, you\")\n. "), "Hi, you\")\n");
        assert_eq!(plain_words("It's -- ΣΑΣ A-B"), ["its", "σας", "ab"]);
    }
}
