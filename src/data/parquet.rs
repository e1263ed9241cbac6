//! Rows of a Parquet file.

#[cfg(feature = "parquet")]
mod levels;
#[cfg(feature = "parquet")]
mod measure;
#[cfg(feature = "parquet")]
mod reader;

#[cfg(not(feature = "parquet"))]
mod reader {
    use crate::data::Reading;
    use serde_json::{Map, Value};
    use std::{io, path::Path};

    /// No rows: this build has no reader.
    pub(in crate::data) enum ParquetRows {}

    impl ParquetRows {
        pub(in crate::data) fn open(_: &Path, _: &Reading) -> io::Result<Self> {
            let message =
                "this build reads no Parquet files: build it with the feature `parquet`, or convert the file to JSONL";
            Err(io::Error::new(io::ErrorKind::Unsupported, message))
        }

        pub(in crate::data) fn kinds(&self) -> Map<String, Value> {
            match *self {}
        }
    }

    impl Iterator for ParquetRows {
        type Item = Result<Map<String, Value>, super::Broken>;

        fn next(&mut self) -> Option<Self::Item> {
            match *self {}
        }
    }
}

/// Why no further row can be read.
pub(super) enum Broken {
    /// The file is damaged, or of a kind that is not read.
    Damaged(String),
    /// A row takes more memory than it may.
    TooLarge(String),
}

pub(super) use reader::ParquetRows;
