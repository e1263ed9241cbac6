//! The columns that are wanted, group by group, after each was measured: a thousand bytes can hold a row of gigabytes.

use super::measure::longest_row;
use crate::data::{Reading, parquet::Broken};
use base64::{Engine, engine::general_purpose::STANDARD};
use parquet::{
    basic::{ConvertedType, LogicalType, Type as Physical},
    file::{reader::FileReader, serialized_reader::SerializedFileReader},
    record::reader::{ReaderIter, TreeBuilder},
    schema::types::{SchemaDescriptor, Type},
};
use serde_json::{Map, Value};
use std::{collections::HashSet, fs::File, io, path::Path, sync::Arc};

fn damaged(error: parquet::errors::ParquetError) -> Broken {
    Broken::Damaged(error.to_string())
}

/// Rows that are decoded at once.
const AT_ONCE: usize = 16;

/// The rows of a file.
pub(in crate::data) struct ParquetRows {
    file: SerializedFileReader<File>,
    reading: Reading,
    /// Names of all columns, in their order.
    names: Vec<String>,
    wanted: Arc<SchemaDescriptor>,
    next_group: usize,
    rows: Option<ReaderIter>,
}

impl ParquetRows {
    pub(in crate::data) fn open(path: &Path, reading: &Reading) -> io::Result<Self> {
        let file = SerializedFileReader::new(File::open(path)?).map_err(io::Error::other)?;
        let schema = file.metadata().file_metadata().schema();
        let names: Vec<String> = schema.get_fields().iter().map(|field| field.name().to_owned()).collect();
        let mut apart = HashSet::new();
        if let Some(name) = names.iter().find(|name| !apart.insert(name.as_str())) {
            let message = format!("two columns are called `{name}`: which of them is meant, nobody can tell");
            return Err(io::Error::new(io::ErrorKind::InvalidData, message));
        }
        let fields = schema.get_fields().iter().filter(|field| reading.wants(field.name())).cloned().collect();
        let root = Type::group_type_builder(schema.name()).with_fields(fields).build().map_err(io::Error::other)?;
        let wanted = Arc::new(SchemaDescriptor::new(Arc::new(root)));
        Ok(Self { file, reading: reading.clone(), names, wanted, next_group: 0, rows: None })
    }

    /// The columns with an empty value of their kind.
    pub(in crate::data) fn kinds(&self) -> Map<String, Value> {
        let fields = self.file.metadata().file_metadata().schema().get_fields();
        fields.iter().map(|field| (field.name().to_owned(), kind(field))).collect()
    }

    /// Opens the next group; `None` after the last.
    fn group(&mut self) -> Option<Result<ReaderIter, Broken>> {
        if self.next_group == self.file.num_row_groups() {
            return None;
        }
        let place = self.next_group;
        self.next_group += 1;
        let open = || {
            let group = self.file.get_row_group(place).map_err(damaged)?;
            let (longest, most) = (longest_row(&*group, &self.reading).map_err(Broken::Damaged)?, self.reading.most());
            if longest > most as u64 {
                return Err(Broken::TooLarge(format!(
                    "a row among the next {} may take {} of memory, more than the {} of --max-row",
                    group.metadata().num_rows(),
                    bytesize::ByteSize::b(longest),
                    bytesize::ByteSize::b(most as u64)
                )));
            }
            let rows = TreeBuilder::new().with_batch_size(AT_ONCE).as_iter(self.wanted.clone(), &*group);
            rows.map_err(damaged)
        };
        Some(open())
    }

    /// A row with all names in their order; what is not wanted is null.
    fn whole(&self, mut row: Map<String, Value>) -> Map<String, Value> {
        let fields = self.file.metadata().file_metadata().schema().get_fields();
        let value = |(name, field): (&String, &Arc<Type>)| {
            let value = row.swap_remove(name).unwrap_or_default();
            (name.clone(), if is_bytes(field) { text(value) } else { value })
        };
        self.names.iter().zip(fields).map(value).collect()
    }
}

/// Whether a column holds bytes of which nobody says that they are text: some programs write text so.
fn is_bytes(field: &Type) -> bool {
    let info = field.get_basic_info();
    !field.is_group()
        && field.get_physical_type() == Physical::BYTE_ARRAY
        && info.converted_type() == ConvertedType::NONE
        && info.logical_type_ref().is_none()
}

/// Bytes, as JSON has them, that are text.
fn text(value: Value) -> Value {
    let bytes = value.as_str().and_then(|text| STANDARD.decode(text).ok());
    bytes.and_then(|bytes| String::from_utf8(bytes).ok()).map_or(value, Value::String)
}

fn kind(field: &Type) -> Value {
    let info = field.get_basic_info();
    if field.is_group() {
        let list = info.converted_type() == ConvertedType::LIST || info.logical_type_ref() == Some(&LogicalType::List);
        return if list { Value::Array(Vec::new()) } else { Value::Object(Map::new()) };
    }
    match field.get_physical_type() {
        Physical::BOOLEAN => Value::Bool(false),
        Physical::INT32 | Physical::INT64 => Value::from(0),
        Physical::FLOAT | Physical::DOUBLE => Value::from(0.0),
        Physical::BYTE_ARRAY => Value::String(String::new()),
        Physical::INT96 | Physical::FIXED_LEN_BYTE_ARRAY => Value::Null,
    }
}

impl Iterator for ParquetRows {
    type Item = Result<Map<String, Value>, Broken>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(row) = self.rows.as_mut().and_then(Iterator::next) {
                let row = row.map_err(damaged);
                return Some(row.map(|row| match row.to_json_value() {
                    Value::Object(row) => self.whole(row),
                    _ => unreachable!("a Parquet row converts to an object"),
                }));
            }
            match self.group()? {
                Ok(rows) => self.rows = Some(rows),
                Err(why) => return Some(Err(why)),
            }
        }
    }
}
