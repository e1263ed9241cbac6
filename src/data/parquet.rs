//! Rows of a Parquet file.

use serde_json::{Map, Value};
use std::{io, path::Path};

#[cfg(feature = "parquet")]
mod reader {
    use super::*;
    use parquet::{file::serialized_reader::SerializedFileReader, record::reader::RowIter};
    use std::fs::File;

    /// The rows of a file.
    pub(in crate::data) struct ParquetRows(Box<RowIter<'static>>);

    impl ParquetRows {
        pub(in crate::data) fn open(path: &Path) -> io::Result<Self> {
            let reader = SerializedFileReader::new(File::open(path)?).map_err(io::Error::other)?;
            Ok(Self(Box::new(RowIter::from_file_into(Box::new(reader)))))
        }
    }

    impl Iterator for ParquetRows {
        type Item = Result<Map<String, Value>, String>;

        fn next(&mut self) -> Option<Self::Item> {
            let row = self.0.next()?.map_err(|error| error.to_string());
            Some(row.map(|row| match row.to_json_value() {
                Value::Object(row) => row,
                _ => unreachable!("a Parquet row converts to an object"),
            }))
        }
    }
}

#[cfg(not(feature = "parquet"))]
mod reader {
    use super::*;

    /// No rows: this build has no reader.
    pub(in crate::data) enum ParquetRows {}

    impl ParquetRows {
        pub(in crate::data) fn open(_: &Path) -> io::Result<Self> {
            let message =
                "this build reads no Parquet files: build it with the feature `parquet`, or convert the file to JSONL";
            Err(io::Error::new(io::ErrorKind::Unsupported, message))
        }
    }

    impl Iterator for ParquetRows {
        type Item = Result<Map<String, Value>, String>;

        fn next(&mut self) -> Option<Self::Item> {
            match *self {}
        }
    }
}

pub(super) use reader::ParquetRows;
