//! Rows of a JSONL, Parquet or Arrow file, one after the other, in memory that does not grow with the file.

use super::{
    BadRow,
    arrow::ArrowRows,
    bounded::{Memory, Unread, Want, read_bounded},
    files::Files,
    layout::{Layout, Named},
    open::open,
    parquet::{Broken, ParquetRows},
    reading::Reading,
};
use serde_json::{Map, Value};
use std::{
    collections::VecDeque,
    io::{self, BufRead, Read},
    path::{Path, PathBuf},
    sync::Arc,
};

/// The rows of a file, unparsed, with their places. Blank lines are passed over.
pub struct Rows {
    source: Source,
    /// Rows that were read to see what the file is of.
    first: VecDeque<(u64, Vec<u8>)>,
    line: u64,
    compressed: bool,
    reading: Arc<Reading>,
    layout: Option<Arc<Layout>>,
    /// The files, and the place of the next one.
    files: Option<(Arc<Files>, usize)>,
    /// Lines of earlier files.
    before: u64,
}

/// Rollouts that are open.
pub struct Opened {
    /// The rows, in our own columns.
    pub rows: Rows,
    /// How they are laid out.
    pub layout: Arc<Layout>,
    /// Which files they are of.
    pub files: Arc<Files>,
}

enum Source {
    Lines(Box<dyn BufRead + Send>),
    Parquet(ParquetRows),
    Arrow(ArrowRows),
    Ended,
}

/// A row before it is parsed, so that parsing can be shared between threads.
#[derive(Clone)]
pub struct RawRow {
    /// Its place, counted from 1.
    pub line: u64,
    content: Content,
    layout: Option<Arc<Layout>>,
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
        Self { line, content: Content::Row(columns), layout: None }
    }
}

impl RawRow {
    /// The same of a row that a tool wrote, in a layout that is known.
    #[must_use]
    pub fn laid_out(line: u64, columns: Map<String, Value>, layout: Arc<Layout>) -> Self {
        Self { line, content: Content::Row(columns), layout: Some(layout) }
    }
}

impl Rows {
    /// Opens a file: Parquet and Arrow by its ending, else JSONL, plain, `.gz` or `.zst`; `-` is standard input. Rows have all columns, those that are not
    /// to be read without their values.
    ///
    /// # Errors
    /// When it cannot be opened or is not what its ending says.
    pub fn open(path: &Path, reading: Reading) -> io::Result<Self> {
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        let (source, compressed) = match ending {
            "parquet" => (Source::Parquet(ParquetRows::open(path, &reading)?), false),
            "arrow" | "feather" => (Source::Arrow(ArrowRows::open(path, &reading)?), false),
            _ => {
                let (lines, compressed) = open(path)?;
                (Source::Lines(lines), compressed)
            }
        };
        Ok(Self {
            source,
            first: VecDeque::new(),
            line: 0,
            compressed,
            reading: Arc::new(reading),
            layout: None,
            files: None,
            before: 0,
        })
    }

    /// Opens files of rollouts. The first rows of the first one say how all are laid out; `wanted` says by that which columns matter, and those of
    /// the layout do anyway.
    ///
    /// # Errors
    /// Those of [`Rows::open`].
    pub fn of_rollouts(
        files: Vec<PathBuf>,
        named: Named<'_>,
        most: usize,
        wanted: impl FnOnce(&Layout, &[Map<String, Value>]) -> Reading,
    ) -> io::Result<Opened> {
        let files = Arc::new(Files::new(files));
        let mut rows = Self::open(files.first(), Reading::everything(most))?;
        // From a pipe the next row may take a while.
        let first = rows.peek(files.first().is_file())?;
        let layout = Arc::new(Layout::of(&first, named));
        let reading = wanted(&layout, &first).and(layout.columns());
        match &rows.source {
            Source::Lines(_) => (rows.reading, rows.line) = (Arc::new(reading), 0),
            // Only the columns that matter are decoded.
            Source::Parquet(_) | Source::Arrow(_) | Source::Ended => rows = Self::open(files.first(), reading)?,
        }
        files.begin(0);
        (rows.layout, rows.files) = (Some(layout.clone()), Some((files.clone(), 1)));
        Ok(Opened { rows, layout, files })
    }

    /// Goes on with the next file, where there is one.
    fn next_file(&mut self) -> io::Result<bool> {
        let Some((files, place)) = self.files.take() else { return Ok(false) };
        let Some(path) = files.paths().get(place) else { return Ok(false) };
        let named = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", path.display()));
        let next = Self::open(path, (*self.reading).clone()).map_err(named)?;
        (self.source, self.compressed) = (next.source, next.compressed);
        files.begin(self.line);
        self.before = self.line;
        self.files = Some((files, place + 1));
        Ok(true)
    }

    /// The columns of the first rows with the kinds of their values, and the rewards of traces. They are read again.
    fn peek(&mut self, several: bool) -> io::Result<Vec<Map<String, Value>>> {
        match &self.source {
            Source::Parquet(rows) => return Ok(vec![rows.kinds()]),
            Source::Arrow(rows) => return Ok(vec![rows.kinds()]),
            Source::Lines(_) | Source::Ended => {}
        }
        let (mut seen, mut bytes) = (Vec::new(), 0);
        let mut peeked = VecDeque::new();
        while seen.len() < if several { PEEKED } else { 1 } && bytes < PEEKED_BYTES {
            let Some(RawRow { line, content: Content::Line(text, _), .. }) = self.next().transpose()? else { break };
            bytes += text.len();
            seen.push(kinds(&text, self.reading.most())?);
            peeked.push_back((line, text));
        }
        self.first = peeked;
        Ok(seen)
    }

    fn row(&self, line: u64, content: Content) -> RawRow {
        RawRow { line, content, layout: self.layout.clone() }
    }
}

/// Rows that are looked at before a file is read, and how many bytes of them.
const PEEKED: usize = 32;
const PEEKED_BYTES: usize = 1 << 20;

/// The columns of a line with the kinds of their values; nothing where it cannot be read, which is said in its turn.
fn kinds(line: &[u8], most: usize) -> io::Result<Map<String, Value>> {
    let text = std::str::from_utf8(line).unwrap_or_default().trim_start_matches('\u{feff}');
    if ["{", "["].contains(&text.trim()) {
        let message = "it is JSON over several lines, and a row is one line: `jq -c .` writes an object on one line, `jq -c '.[]'` each of \
                       a list";
        return Err(io::Error::new(io::ErrorKind::InvalidData, message));
    }
    let wants = |path: &[&str]| {
        if path.len() > 1 || ["traces", "rewards"].contains(&path[0]) { Want::Keep } else { Want::Kind }
    };
    match read_bounded(text, &Memory::new(most), &wants) {
        Ok(Value::Object(first)) => Ok(first),
        _ => Ok(Map::new()),
    }
}

impl Iterator for Rows {
    type Item = io::Result<RawRow>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some((line, bytes)) = self.first.pop_front() {
            self.line = line;
            return Some(Ok(self.row(line, Content::Line(bytes, self.reading.clone()))));
        }
        loop {
            if let Some(row) = self.next_of_file() {
                if row.is_err() {
                    self.files = None;
                }
                return Some(row);
            }
            match self.next_file() {
                Ok(true) => {}
                Ok(false) => return None,
                Err(error) => {
                    self.source = Source::Ended;
                    return Some(Err(error));
                }
            }
        }
    }
}

impl Rows {
    fn next_of_file(&mut self) -> Option<io::Result<RawRow>> {
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
                        let row = self.line - self.before;
                        let message = format!("the Parquet file cannot be read after row {row}: {why}{more}");
                        return Some(Err(io::Error::new(io::ErrorKind::InvalidData, message)));
                    }
                };
                self.line += 1;
                Some(Ok(self.row(self.line, Content::Row(row))))
            }
            Source::Arrow(rows) => match rows.next()? {
                Ok(row) => {
                    self.line += 1;
                    Some(Ok(self.row(self.line, Content::Row(row))))
                }
                Err(why) => {
                    self.source = Source::Ended;
                    let message = format!("after row {}: {why}", self.line - self.before);
                    Some(Err(io::Error::new(io::ErrorKind::InvalidData, message)))
                }
            },
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
                    let line = self.line - self.before;
                    let message = format!("line {line} is longer than {most}: allow longer ones by --max-row");
                    return Some(Err(io::Error::new(io::ErrorKind::InvalidData, message)));
                }
                if !bytes.trim_ascii().is_empty() {
                    return Some(Ok(self.row(self.line, Content::Line(bytes, self.reading.clone()))));
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

    /// The row's columns; of rollouts our own.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn parse(mut self) -> Result<Map<String, Value>, BadRow> {
        let (line, layout) = (self.line, self.layout.take());
        let row = self.columns()?;
        match layout {
            Some(layout) => layout.unfold(row).map_err(|why| BadRow { line, message: why.into() }),
            None => Ok(row),
        }
    }

    /// The row's columns as they are written.
    fn columns(self) -> Result<Map<String, Value>, BadRow> {
        let Self { line, content, .. } = self;
        let bad = |message: String| BadRow { line, message };
        let (bytes, reading) = match content {
            Content::Row(row) => return Ok(row),
            Content::Line(bytes, reading) => (bytes, reading),
        };
        let text = std::str::from_utf8(&bytes)
            .map_err(|error| bad(format!("not UTF-8 (byte {} of the line)", error.valid_up_to() + 1)))?;
        // A byte-order mark is how some programs begin a file.
        let text = text.trim_start_matches('\u{feff}');
        let wants = |path: &[&str]| if path.len() > 1 || reading.wants(path[0]) { Want::Keep } else { Want::Skip };
        match read_bounded(text, &Memory::new(reading.most()), &wants) {
            Ok(Value::Object(row)) => Ok(row),
            Ok(other) => {
                let remedy = if other.is_array() { ": `jq -c '.[]'` writes each item of a list on a line" } else { "" };
                Err(bad(format!("a JSON object is needed, not {}{remedy}", crate::completion::kind(&other))))
            }
            Err(Unread::TooLarge(error)) => Err(bad(format!("{}: allow it by --max-row", without_line(&error)))),
            Err(Unread::Json(error)) if error.is_data() => Err(bad(without_line(&error))),
            Err(Unread::Json(error)) => {
                let why = [no_number(text, &error), no_object(text), cut_off(text, &error)].concat();
                Err(bad(format!("not JSON: {}{why}", without_line(&error))))
            }
        }
    }
}

/// Says that a row ends in its middle.
fn cut_off(text: &str, error: &serde_json::Error) -> &'static str {
    let begun = error.is_eof() && text.trim_start().starts_with('{');
    if begun { ": the row is cut off, as where a file was copied in part or is still being written" } else { "" }
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
        ": JSON has no NaN and no infinity: write null in its place"
    } else {
        ""
    }
}

/// Files of other kinds, by how their lines begin.
fn no_object(text: &str) -> &'static str {
    match text.trim_start().chars().next() {
        Some('[') => ": each line is one JSON object; a file that is one list becomes that by `jq -c '.[]'`",
        Some('{') => "",
        _ => {
            ": each line is one JSON object (a CSV file becomes that by `to_json(…, orient='records', lines=True)` of pandas)"
        }
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
