//! A keyword as a whole word: `\bKEYWORD\b` of Python's `re`, the keyword taken as it is written.

use super::{case::fold, python::is_boundary};

/// A keyword to look for.
#[derive(Debug)]
pub struct WholeWord {
    /// Its characters, folded when case does not matter.
    keyword: Vec<char>,
    ignore_case: bool,
}

impl WholeWord {
    /// A keyword, with or without regard to case.
    #[must_use]
    pub fn new(keyword: &str, ignore_case: bool) -> Self {
        Self { keyword: keyword.chars().map(|c| if ignore_case { fold(c) } else { c }).collect(), ignore_case }
    }

    /// How many occurrences `re.findall` lists: from the left, none beginning inside the one before it.
    #[must_use]
    pub fn count(&self, text: &str) -> usize {
        let (mut count, mut before, mut rest) = (0, None, text);
        while let Some(c) = rest.chars().next() {
            match self.begins(before, rest) {
                Some((last, after)) => {
                    count += 1;
                    (before, rest) = (Some(last), after);
                }
                None => {
                    before = Some(c);
                    rest = &rest[c.len_utf8()..];
                }
            }
        }
        count
    }

    /// Whether it occurs.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        let (mut before, mut rest) = (None, text);
        while let Some(c) = rest.chars().next() {
            if self.begins(before, rest).is_some() {
                return true;
            }
            before = Some(c);
            rest = &rest[c.len_utf8()..];
        }
        false
    }

    /// The last character of an occurrence at the beginning of `text`, and what follows it.
    fn begins<'a>(&self, before: Option<char>, text: &'a str) -> Option<(char, &'a str)> {
        let mut rest = text.chars();
        let mut last = None;
        for &wanted in &self.keyword {
            let c = rest.next()?;
            if (if self.ignore_case { fold(c) } else { c }) != wanted {
                return None;
            }
            last = Some(c);
        }
        let after = rest.as_str();
        let whole = is_boundary(before, text.chars().next()) && is_boundary(last, after.chars().next());
        whole.then_some((last?, after))
    }
}

#[cfg(test)]
mod tests {
    use super::WholeWord;

    // Expected values from CPython 3.11: `len(re.findall(r"\b" + re.escape(keyword) + r"\b", text, re.I))`.
    #[test]
    fn counts_as_python_does() {
        let cases = [
            ("owl", "Owl owls OWL, owl_ an owl", 3),
            ("a a", "a a a a", 2),
            ("c++", "c++ c++a", 1),
            ("été", "Été été étés", 2),
            ("straße", "STRASSE STRASSE STRAẞE", 1),
            ("-x", "a-x -x", 1),
            ("x", "", 0),
        ];
        for (keyword, text, count) in cases {
            assert_eq!(WholeWord::new(keyword, true).count(text), count, "{keyword} in {text}");
        }
        assert!(!WholeWord::new("Mia", false).is_in("mia MIA Miami") && WholeWord::new("Mia", false).is_in("(Mia)"));
    }
}
