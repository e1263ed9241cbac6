//! Long strings of Python, which may hold fences: an example in a docstring.

/// The quotes around a long string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quotes {
    Double,
    Single,
}

impl Quotes {
    fn text(self) -> &'static str {
        match self {
            Self::Double => "\"\"\"",
            Self::Single => "'''",
        }
    }

    fn at_start(text: &str) -> Option<Self> {
        [Self::Double, Self::Single].into_iter().find(|quotes| text.starts_with(quotes.text()))
    }
}

/// The last lines of a text that have long quotes. A string which nothing closes holds no fence.
pub(super) struct Lines {
    double: Option<usize>,
    single: Option<usize>,
}

impl Lines {
    pub(super) fn of(text: &str) -> Self {
        let last = |quotes: Quotes| text.rfind(quotes.text()).map(|at| text[..at].matches('\n').count());
        Self { double: last(Quotes::Double), single: last(Quotes::Single) }
    }

    /// Whether these quotes come again after a line.
    pub(super) fn end_after(&self, quotes: Quotes, line: usize) -> bool {
        let last = match quotes {
            Quotes::Double => self.double,
            Quotes::Single => self.single,
        };
        last.is_some_and(|last| last > line)
    }
}

/// The long string that a program is within after a line, from what it was within before.
pub(super) fn after(mut within: Option<Quotes>, line: &str) -> Option<Quotes> {
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        if let Some(quotes) = Quotes::at_start(rest).filter(|found| within.is_none_or(|open| open == *found)) {
            within = if within.is_some() { None } else { Some(quotes) };
            rest = &rest[3..];
            continue;
        }
        rest = &rest[c.len_utf8()..];
        match (within, c) {
            (None, '#') => return None,
            // What is escaped is no quote.
            (_, '\\') => rest = rest.strip_prefix(|_: char| true).unwrap_or(rest),
            // A string on one line may hold the sign of a comment, and other quotes.
            (None, '"' | '\'') => rest = rest.split_once(c).map_or("", |(_, after)| after),
            _ => {}
        }
    }
    within
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_opens_and_closes_long_strings() {
        for (line, expected) in [
            ("x = 1", None),
            ("    \"\"\"Doc.", Some(Quotes::Double)),
            ("    \"\"\"Doc.\"\"\"", None),
            ("    '''Doc \"\"\"", Some(Quotes::Single)),
            ("x = \"#\" + \"\"\"a", Some(Quotes::Double)),
            ("# \"\"\"", None),
            ("x = \"it'''s\"", None),
            ("x = \"\"\"\\\"\"\"", Some(Quotes::Double)),
            ("x = \"\"", None),
        ] {
            assert_eq!(after(None, line), expected, "{line}");
        }
        assert_eq!(after(Some(Quotes::Double), "# end \"\"\"  # and more"), None);
        assert_eq!(after(Some(Quotes::Double), "it's '''"), Some(Quotes::Double));
    }
}
