//! Rows of an Arrow file: the streaming format, as `datasets` saves tables, or the file format, which is the same between two marks.

#[cfg(feature = "arrow")]
mod reader;

#[cfg(not(feature = "arrow"))]
mod reader {
    use crate::data::Reading;
    use serde_json::{Map, Value};
    use std::{io, path::Path};

    /// No rows: this build has no reader.
    pub(in crate::data) enum ArrowRows {}

    impl ArrowRows {
        pub(in crate::data) fn open(_: &Path, _: &Reading) -> io::Result<Self> {
            let message =
                "this build reads no Arrow files: build it with the feature `arrow`, or convert the file to JSONL";
            Err(io::Error::new(io::ErrorKind::Unsupported, message))
        }

        pub(in crate::data) fn kinds(&self) -> Map<String, Value> {
            match *self {}
        }
    }

    impl Iterator for ArrowRows {
        type Item = Result<Map<String, Value>, String>;

        fn next(&mut self) -> Option<Self::Item> {
            match *self {}
        }
    }
}

pub(super) use reader::ArrowRows;
