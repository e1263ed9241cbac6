//! Rows of separated values as Python's `csv.reader` reads them from a text, with its defaults.

/// What `csv.reader` raises an error for: a carriage return inside a line, or a field that is too long.
#[derive(Debug, PartialEq)]
pub struct Malformed;

/// The most characters a field may have.
const FIELD_LIMIT: usize = 131_072;

#[derive(Clone, Copy, PartialEq)]
enum State {
    StartRecord,
    StartField,
    InField,
    InQuotes,
    QuoteInQuotes,
    EatNewline,
}

/// The rows of a text; an empty line is a row without fields.
///
/// Fields are quoted by `"`, which is doubled inside; a quote elsewhere is a character like any other, as is anything
/// between a closing quote and the delimiter. The text may end inside a quoted field.
///
/// # Errors
/// [`Malformed`]
pub fn rows(text: &str, delimiter: char) -> Result<Vec<Vec<String>>, Malformed> {
    let mut rows = Vec::new();
    let mut reader =
        Reader { state: State::StartRecord, field: String::new(), characters: 0, row: Vec::new(), delimiter };
    for line in text.split_inclusive('\n') {
        for c in line.chars() {
            reader.read(Some(c))?;
        }
        reader.read(None)?;
        if reader.state == State::StartRecord {
            rows.push(core::mem::take(&mut reader.row));
        }
    }
    if reader.state != State::StartRecord && (reader.characters > 0 || reader.state == State::InQuotes) {
        reader.save();
        rows.push(reader.row);
    }
    Ok(rows)
}

struct Reader {
    state: State,
    field: String,
    characters: usize,
    row: Vec<String>,
    delimiter: char,
}

impl Reader {
    /// Reads a character, or the end of a line after its newline.
    fn read(&mut self, c: Option<char>) -> Result<(), Malformed> {
        let newline = matches!(c, Some('\n' | '\r'));
        match (self.state, c) {
            (State::StartRecord, None) => {}
            (State::StartRecord, _) if newline => self.state = State::EatNewline,
            (State::StartRecord | State::StartField, Some('"')) => self.state = State::InQuotes,
            (State::StartField | State::InField | State::QuoteInQuotes, None) => {
                self.save();
                self.state = State::StartRecord;
            }
            (State::StartField | State::InField | State::QuoteInQuotes, _) if newline => {
                self.save();
                self.state = State::EatNewline;
            }
            (State::InQuotes, None) => {}
            (State::InQuotes, Some('"')) => self.state = State::QuoteInQuotes,
            (State::InQuotes, Some(c)) => self.add(c)?,
            (State::QuoteInQuotes, Some('"')) => {
                self.add('"')?;
                self.state = State::InQuotes;
            }
            (State::EatNewline, None) => self.state = State::StartRecord,
            (State::EatNewline, _) if newline => {}
            (State::EatNewline, Some(_)) => return Err(Malformed),
            (_, Some(c)) if c == self.delimiter => {
                self.save();
                self.state = State::StartField;
            }
            (_, Some(c)) => {
                self.add(c)?;
                self.state = State::InField;
            }
        }
        Ok(())
    }

    fn add(&mut self, c: char) -> Result<(), Malformed> {
        if self.characters >= FIELD_LIMIT {
            return Err(Malformed);
        }
        self.field.push(c);
        self.characters += 1;
        Ok(())
    }

    fn save(&mut self) {
        self.row.push(core::mem::take(&mut self.field));
        self.characters = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::{Malformed, rows};

    // Expected values from CPython 3.11: `list(csv.reader(io.StringIO(text)))`.
    #[test]
    fn agrees_with_python() {
        let cases: &[(&str, &[&[&str]])] = &[
            ("", &[]),
            ("a,b\n1,2", &[&["a", "b"], &["1", "2"]]),
            ("a, \"b\"\r\n\n", &[&["a", " \"b\""], &[]]),
            ("\"a\"\"b\"c,\n", &[&["a\"bc", ""]]),
            ("\"a\nb,", &[&["a\nb,"]]),
            ("x,\"", &[&["x", ""]]),
            ("a\r", &[&["a"]]),
        ];
        for (text, expected) in cases {
            let expected: Vec<Vec<String>> =
                expected.iter().map(|row| row.iter().map(|&f| f.into()).collect()).collect();
            assert_eq!(rows(text, ','), Ok(expected), "{text:?}");
        }
        assert_eq!(rows("a\rb", ','), Err(Malformed));
        assert_eq!(rows(&"x".repeat(131_073), ','), Err(Malformed));
    }
}
