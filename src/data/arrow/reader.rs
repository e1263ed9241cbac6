//! The columns that are wanted, batch by batch. A batch is held whole, a few of its rows are written out at a time.

use crate::data::Reading;
use arrow_array::RecordBatch;
use arrow_ipc::reader::StreamReader;
use arrow_json::writer::{LineDelimited, WriterBuilder};
use arrow_schema::{ArrowError, DataType, Field, SchemaRef};
use serde_json::{Map, Value};
use std::{
    collections::{HashSet, VecDeque},
    fs::File,
    io::{self, BufRead, BufReader, Write},
    path::Path,
    sync::Arc,
};

/// How a file in the file format begins; what follows is the streaming format (the Arrow columnar format, "IPC File Format").
const FILE_MARK: &[u8] = b"ARROW1\0\0";

/// Rows that are written out at once.
const AT_ONCE: usize = 64;

type Batches = StreamReader<BufReader<File>>;

/// The rows of a file.
pub(in crate::data) struct ArrowRows {
    batches: Batches,
    /// All columns, in their order.
    schema: SchemaRef,
    /// The batch in work, and its next row.
    batch: Option<(RecordBatch, usize)>,
    ready: VecDeque<Map<String, Value>>,
    most: usize,
}

fn damaged(error: &ArrowError) -> String {
    let text = error.to_string();
    if text.contains("decompression") {
        return "the Arrow file is compressed: write it without compression, or as Parquet".into();
    }
    format!("the Arrow file is damaged or cut short: {text}")
}

impl ArrowRows {
    pub(in crate::data) fn open(path: &Path, reading: &Reading) -> io::Result<Self> {
        let bad = |error: ArrowError| io::Error::new(io::ErrorKind::InvalidData, damaged(&error));
        let schema = Batches::try_new(opened(path)?, None).map_err(bad)?.schema();
        let names: Vec<&String> = schema.fields().iter().map(|field| field.name()).collect();
        let mut apart = HashSet::new();
        if let Some(name) = names.iter().find(|name| !apart.insert(name.as_str())) {
            let message = format!("two columns are called `{name}`: which of them is meant, nobody can tell");
            return Err(io::Error::new(io::ErrorKind::InvalidData, message));
        }
        let wanted = (0..names.len()).filter(|&place| reading.wants(names[place])).collect();
        let batches = Batches::try_new(opened(path)?, Some(wanted)).map_err(bad)?;
        Ok(Self { batches, schema, batch: None, ready: VecDeque::new(), most: reading.most() })
    }

    /// Writes out the next rows; whether there were any.
    fn fill(&mut self) -> Result<bool, String> {
        loop {
            let Some((batch, at)) = &mut self.batch else {
                match self.batches.next().transpose().map_err(|error| damaged(&error))? {
                    Some(batch) => self.batch = Some((batch, 0)),
                    None => return Ok(false),
                }
                continue;
            };
            let most = AT_ONCE.min(batch.num_rows() - *at);
            if most == 0 {
                self.batch = None;
                continue;
            }
            // Many rows that are too long together are tried one by one.
            let several = written(&batch.slice(*at, most), self.most)?.map(|text| (text, most));
            let (text, count) = match several {
                Some(several) => several,
                None => match written(&batch.slice(*at, 1), self.most)? {
                    Some(text) => (text, 1),
                    None => {
                        let most = bytesize::ByteSize::b(self.most as u64);
                        return Err(format!("a row takes more than {most}: allow it by --max-row"));
                    }
                },
            };
            *at += count;
            if batch.num_columns() == 0 {
                self.ready.extend(vec![Map::new(); count]);
                return Ok(true);
            }
            for line in text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
                match serde_json::from_slice(line) {
                    Ok(Value::Object(row)) => self.ready.push_back(row),
                    _ => unreachable!("a row of a batch is written as an object"),
                }
            }
            return Ok(true);
        }
    }

    /// A row with all names in their order; what is not wanted is null.
    fn whole(&self, mut row: Map<String, Value>) -> Map<String, Value> {
        let value = |field: &Arc<Field>| {
            let value = row.swap_remove(field.name()).unwrap_or_default();
            let bytes = matches!(field.data_type(), DataType::Binary | DataType::LargeBinary | DataType::BinaryView);
            (field.name().clone(), if bytes { text(value) } else { value })
        };
        self.schema.fields().iter().map(value).collect()
    }

    /// The columns with an empty value of their kind.
    pub(in crate::data) fn kinds(&self) -> Map<String, Value> {
        self.schema.fields().iter().map(|field| (field.name().clone(), kind(field.data_type()))).collect()
    }
}

/// Bytes, as JSON has them, that are text.
fn text(value: Value) -> Value {
    let digits = value.as_str().unwrap_or_default().as_bytes().chunks(2);
    let byte = |digits: &[u8]| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok();
    let bytes = digits.map(byte).collect::<Option<Vec<u8>>>().filter(|_| value.is_string());
    bytes.and_then(|bytes| String::from_utf8(bytes).ok()).map_or(value, Value::String)
}

fn kind(of: &DataType) -> Value {
    match of {
        DataType::Dictionary(_, of) => kind(of),
        DataType::Boolean => Value::Bool(false),
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => Value::String(String::new()),
        DataType::Struct(_) | DataType::Map(..) => Value::Object(Map::new()),
        of if of.is_floating() => Value::from(0.0),
        of if of.is_numeric() => Value::from(0),
        of if of.is_nested() => Value::Array(Vec::new()),
        _ => Value::Null,
    }
}

impl Iterator for ArrowRows {
    type Item = Result<Map<String, Value>, String>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ready.is_empty() {
            match self.fill() {
                Ok(true) => {}
                Ok(false) => return None,
                Err(why) => return Some(Err(why)),
            }
        }
        let row = self.ready.pop_front()?;
        Some(Ok(self.whole(row)))
    }
}

/// Rows as lines of JSON; `None` where they take more than `most` bytes.
fn written(rows: &RecordBatch, most: usize) -> Result<Option<Vec<u8>>, String> {
    let mut text = Bounded { text: Vec::new(), left: most, over: false };
    // Columns that are null are there.
    let mut writer = WriterBuilder::new().with_explicit_nulls(true).build::<_, LineDelimited>(&mut text);
    let done = writer.write(rows).and_then(|()| writer.finish());
    drop(writer);
    match done {
        Ok(()) => Ok(Some(text.text)),
        Err(_) if text.over => Ok(None),
        Err(error) => Err(damaged(&error)),
    }
}

/// The streaming format in a file, behind the mark of the file format where there is one.
fn opened(path: &Path) -> io::Result<BufReader<File>> {
    let mut file = BufReader::new(File::open(path)?);
    if file.fill_buf()?.starts_with(FILE_MARK) {
        // What follows may be aligned to more than the mark is.
        while let zeros @ 1.. = padding(file.fill_buf()?) {
            file.consume(zeros);
        }
    }
    Ok(file)
}

/// The bytes of the mark, and the zeros behind it.
fn padding(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| **byte == 0 || FILE_MARK.contains(byte)).count()
}

/// Text up to a bound: a dictionary's long value may stand in a row a million times.
struct Bounded {
    text: Vec<u8>,
    /// How much more may come.
    left: usize,
    /// Whether more came.
    over: bool,
}

impl Write for &mut Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let Some(left) = self.left.checked_sub(bytes.len()) else {
            self.over = true;
            return Err(io::Error::other("too long"));
        };
        self.left = left;
        self.text.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
