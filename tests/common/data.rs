//! The data in `tests/data`. What is not there is a failure of the test that needs it.

use flate2::read::GzDecoder;
use std::{fs::File, io::Read, path::Path};

/// The text of a file that gzip compressed.
pub(crate) fn text(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name);
    let file = File::open(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut text = String::new();
    GzDecoder::new(file).read_to_string(&mut text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text
}
