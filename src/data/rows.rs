//! Rows of a JSONL or Parquet file, one after the other, in memory that does not grow with the file.

use super::{
    BadRow,
    bounded::{Memory, Unread, Want, read_bounded},
    open::open,
    parquet::{Broken, ParquetRows},
    reading::Reading,
};
use serde_json::{Map, Value};
use std::{
    io::{self, BufRead, Read},
    path::Path,
    sync::Arc,
};

/// The rows of a file, unparsed, with their places. Blank lines are passed over.
pub struct Rows {
    source: Source,
    line: u64,
    compressed: bool,
    reading: Arc<Reading>,
}

enum Source {
    Lines(Box<dyn BufRead + Send>),
    Parquet(ParquetRows),
    Ended,
}

/// A row before it is parsed, so that parsing can be shared between threads.
#[derive(Clone)]
pub struct RawRow {
    /// Its place, counted from 1.
    pub line: u64,
    content: Content,
}

#[derive(Clone)]
enum Content {
    Line(Vec<u8>, Arc<Reading>),
    Row(Map<String, Value>),
}

impl RawRow {
    /// A row that is read already.
    #[must_use]
    pub fn of(line: u64, columns: Map<String, Value>) -> Self {
        Self { line, content: Content::Row(columns) }
    }
}

impl Rows {
    /// Opens a file: Parquet by its ending, else JSONL, plain, `.gz` or `.zst`; `-` is standard input. Rows have all columns, those that are not
    /// to be read without their values.
    ///
    /// # Errors
    /// When it cannot be opened or is no Parquet file.
    pub fn open(path: &Path, reading: Reading) -> io::Result<Self> {
        let (source, compressed) = if path.extension().is_some_and(|extension| extension == "parquet") {
            (Source::Parquet(ParquetRows::open(path, &reading)?), false)
        } else {
            let (lines, compressed) = open(path)?;
            (Source::Lines(lines), compressed)
        };
        Ok(Self { source, line: 0, compressed, reading: Arc::new(reading) })
    }
}

impl Iterator for Rows {
    type Item = io::Result<RawRow>;

    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.source {
            Source::Parquet(rows) => {
                let row = match rows.next()? {
                    Ok(row) => row,
                    // The reader does not get beyond it, and columns may have come out of step.
                    Err(error) => {
                        self.source = Source::Ended;
                        let (why, more) = match error {
                            Broken::TooLarge(why) => (why, ""),
                            Broken::Damaged(why) => {
                                (why, " (it is damaged, or compressed otherwise than by snappy, gzip or zstd)")
                            }
                        };
                        let message = format!("the Parquet file cannot be read after row {}: {why}{more}", self.line);
                        return Some(Err(io::Error::new(io::ErrorKind::InvalidData, message)));
                    }
                };
                self.line += 1;
                Some(Ok(RawRow { line: self.line, content: Content::Row(row) }))
            }
            Source::Ended => None,
            Source::Lines(reader) => loop {
                let mut bytes = Vec::new();
                let most = self.reading.most() as u64;
                match reader.by_ref().take(most + 1).read_until(b'\n', &mut bytes) {
                    Err(error) if self.compressed => {
                        let said = error.to_string();
                        let plain =
                            ["invalid gzip header", "Unknown frame"].iter().any(|start| said.starts_with(start));
                        let remedy =
                            if plain { ". If it is plain text, take `.gz` or `.zst` off its name" } else { "" };
                        let message = format!("the compressed file is damaged or cut short: {said}{remedy}");
                        return Some(Err(io::Error::new(error.kind(), message)));
                    }
                    Err(error) => return Some(Err(error)),
                    Ok(0) => return None,
                    Ok(_) => self.line += 1,
                }
                if bytes.len() as u64 > most && !bytes.ends_with(b"\n") {
                    let most = bytesize::ByteSize::b(most);
                    let message = format!("line {} is longer than {most}: allow longer ones by --max-row", self.line);
                    return Some(Err(io::Error::new(io::ErrorKind::InvalidData, message)));
                }
                if !bytes.trim_ascii().is_empty() {
                    return Some(Ok(RawRow { line: self.line, content: Content::Line(bytes, self.reading.clone()) }));
                }
            },
        }
    }
}

impl RawRow {
    /// Size in memory, roughly, in bytes.
    #[must_use]
    pub fn size(&self) -> usize {
        match &self.content {
            Content::Line(bytes, _) => bytes.len(),
            Content::Row(row) => row.values().map(size).sum(),
        }
    }

    /// The row's columns.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn parse(self) -> Result<Map<String, Value>, BadRow> {
        let Self { line, content } = self;
        let bad = |message: String| BadRow { line, message };
        let (bytes, reading) = match content {
            Content::Row(row) => return Ok(row),
            Content::Line(bytes, reading) => (bytes, reading),
        };
        let text = std::str::from_utf8(&bytes)
            .map_err(|error| bad(format!("not UTF-8 (byte {} of the line)", error.valid_up_to() + 1)))?;
        // A byte-order mark is how some programs begin a file.
        let text = if line == 1 { text.trim_start_matches('\u{feff}') } else { text };
        let wants = |path: &[&str]| if path.len() > 1 || reading.wants(path[0]) { Want::Keep } else { Want::Skip };
        match read_bounded(text, &Memory::new(reading.most()), &wants) {
            Ok(Value::Object(row)) => Ok(row),
            Ok(other) => {
                let list =
                    if other.is_array() { ": a file that is one list becomes that by `jq -c '.[]'`" } else { "" };
                Err(bad(format!("a JSON object is needed, not {}{list}", crate::completion::kind(&other))))
            }
            Err(Unread::TooLarge(error)) => Err(bad(format!("{}: allow it by --max-row", without_line(&error)))),
            Err(Unread::Json(error)) if error.is_data() => Err(bad(without_line(&error))),
            Err(Unread::Json(error)) => {
                let why = [no_number(text, &error), no_object(text)].concat();
                Err(bad(format!("not JSON: {}{why}", without_line(&error))))
            }
        }
    }
}

/// serde_json counts lines inside the one line it is given; only the column helps.
fn without_line(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let text = text.rsplit_once(" at line ").map_or(text.as_str(), |(what, _)| what);
    format!("{text} (column {})", error.column())
}

/// Python writes numbers that JSON does not have.
fn no_number(text: &str, error: &serde_json::Error) -> &'static str {
    let at = text.get(error.column().saturating_sub(1)..).unwrap_or_default();
    let is = |name: &&str| at.starts_with(name);
    if ["NaN", "Infinity", "-Infinity"].iter().any(is)
        || at.starts_with("Inf")
        || text[..text.len() - at.len()].ends_with('-')
    {
        ": JSON has no NaN and no infinity"
    } else {
        ""
    }
}

/// Files of other kinds, by how their lines begin.
fn no_object(text: &str) -> &'static str {
    match text.trim_start().chars().next() {
        Some('[') => ": each line is one JSON object; a file that is one list becomes that by `jq -c '.[]'`",
        Some('{') => "",
        _ => ": each line is one JSON object (a CSV file has to be converted)",
    }
}

fn size(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len(),
        Value::Array(items) => items.iter().map(size).sum(),
        Value::Object(object) => object.values().map(size).sum(),
        _ => 8,
    }
}
