//! The one writer for what leaves the program as text: whatever others wrote in it, it moves no cursor, colours nothing, shows
//! what is there, and keeps its direction.

use crate::printable::{is_odd, printable};
use serde::Serialize;
use std::{
    borrow::Cow,
    io::{self, Write},
};

/// A writer that shows odd characters by their numbers. Ends of lines are ours: texts of others lose theirs where they are put
/// into a sentence or a table.
pub struct Clean<W> {
    inner: W,
    clean: fn(&str) -> Cow<'_, str>,
}

impl<W: Write> Clean<W> {
    /// For text that people read.
    pub fn text(inner: W) -> Self {
        Self { inner, clean: lines }
    }

    /// For JSON: odd characters stand only in strings there, where an escape means the same.
    pub fn json(inner: W) -> Self {
        Self { inner, clean: escaped }
    }
}

impl<W: Write> Write for Clean<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // Most is plain.
        if bytes.iter().all(|byte| matches!(byte, b' '..=b'~' | b'\n')) {
            return self.inner.write(bytes);
        }
        // What formats text writes whole characters.
        self.inner.write_all((self.clean)(&String::from_utf8_lossy(bytes)).as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// JSON of one line.
///
/// # Errors
/// As `serde_json`.
pub fn json_line(value: &impl Serialize) -> serde_json::Result<String> {
    serde_json::to_string(value).map(|json| escaped(&json).into_owned())
}

/// JSON with odd characters escaped.
fn escaped(json: &str) -> Cow<'_, str> {
    let odd = |c: char| is_odd(c) && c != '\n';
    if !json.contains(odd) {
        return Cow::Borrowed(json);
    }
    let mut text = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        match c {
            c if odd(c) => {
                c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| text.push_str(&format!("\\u{unit:04x}")));
            }
            c => text.push(c),
        }
    }
    Cow::Owned(text)
}

/// Text whose lines are ours.
fn lines(text: &str) -> Cow<'_, str> {
    if !text.contains(|c: char| is_odd(c) && c != '\n') {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.split('\n').map(printable).collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOSTILE: &str = "p\u{1b}[2J\u{7}\u{202e}\u{7f}\u{9b}\u{e0041}é雪";

    #[test]
    fn json_means_the_same_and_shows_nothing_odd() {
        let value = serde_json::json!({HOSTILE: [HOSTILE, "\n\t\"\\"]});
        let line = json_line(&value).unwrap();
        let mut pretty = Vec::new();
        write!(Clean::json(&mut pretty), "{value:#}").unwrap();
        for text in [line, String::from_utf8(pretty).unwrap()] {
            assert!(!text.contains(|c| is_odd(c) && c != '\n') && text.contains("é雪"), "{text}");
            assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), value);
        }
    }

    #[test]
    fn text_keeps_its_lines_and_nothing_else_that_moves() {
        let mut out = Vec::new();
        write!(Clean::text(&mut out), "one {HOSTILE}\ntwo\n").unwrap();
        let shown = "one p\\u{1b}[2J\\u{7}\\u{202e}\\u{7f}\\u{9b}\\u{e0041}é雪\ntwo\n";
        assert_eq!(String::from_utf8(out).unwrap(), shown);
    }
}
