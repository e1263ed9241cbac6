//! Opening a file by its name: plain, compressed, or standard input.

use sha2::{Digest, Sha256};
use std::{
    fs::File,
    io::{self, BufRead, BufReader},
    path::Path,
};

const BUFFER: usize = 1 << 20;

/// A reader of the text in `path`: `-` is standard input, `.gz` and `.zst` are decompressed.
pub(super) fn open(path: &Path) -> io::Result<Box<dyn BufRead + Send>> {
    if path == Path::new("-") {
        return Ok(Box::new(BufReader::with_capacity(BUFFER, io::stdin())));
    }
    let file = File::open(path)?;
    if file.metadata()?.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder"));
    }
    Ok(match path.extension().and_then(|extension| extension.to_str()) {
        Some("gz") => Box::new(BufReader::with_capacity(BUFFER, flate2::read::MultiGzDecoder::new(file))),
        Some("zst") => Box::new(BufReader::with_capacity(BUFFER, zstd::Decoder::new(file)?)),
        _ => Box::new(BufReader::with_capacity(BUFFER, file)),
    })
}

/// SHA-256 of a file, in hexadecimal: tells whether it is the one seen before.
///
/// # Errors
/// When the file cannot be read.
pub fn fingerprint(path: &Path) -> io::Result<String> {
    let mut hash = Sha256::new();
    let mut reader = BufReader::with_capacity(BUFFER, File::open(path)?);
    loop {
        let bytes = reader.fill_buf()?;
        if bytes.is_empty() {
            return Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect());
        }
        hash.update(bytes);
        let length = bytes.len();
        reader.consume(length);
    }
}
