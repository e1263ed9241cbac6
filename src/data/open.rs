//! Opening a file by its name: plain, compressed, or standard input.

use crate::digest::hex;
use sha2::{Digest, Sha256};
use std::{
    fs::File,
    io::{self, BufRead, BufReader},
    path::Path,
};

const BUFFER: usize = 1 << 20;

/// How files of these kinds begin (RFC 1952, RFC 8878, the Parquet format).
const GZIP: &[u8] = &[0x1f, 0x8b];
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];
const PARQUET: &[u8] = b"PAR1";
const ARROW: &[u8] = b"ARROW1";

/// A reader of the text in `path`, and whether it was compressed: `-` is standard input; what is named `.gz` or `.zst`, or begins as such
/// files do, is decompressed.
pub(super) fn open(path: &Path) -> io::Result<(Box<dyn BufRead + Send>, bool)> {
    let mut reader: Box<dyn BufRead + Send> = if path == Path::new("-") {
        Box::new(BufReader::with_capacity(BUFFER, io::stdin()))
    } else {
        let file = File::open(path)?;
        if file.metadata()?.is_dir() {
            return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder: name a file in it"));
        }
        Box::new(BufReader::with_capacity(BUFFER, file))
    };
    let named = path.extension().and_then(|extension| extension.to_str());
    let begins = reader.fill_buf()?;
    let (gzip, zstd) =
        (named == Some("gz") || begins.starts_with(GZIP), named == Some("zst") || begins.starts_with(ZSTD));
    if begins.starts_with(PARQUET) {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "it is a Parquet file: let its name end in .parquet"));
    }
    if begins.starts_with(ARROW) {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "it is an Arrow file: let its name end in .arrow"));
    }
    if gzip {
        let decoder = flate2::bufread::MultiGzDecoder::new(reader);
        return Ok((Box::new(BufReader::with_capacity(BUFFER, decoder)), true));
    }
    if zstd {
        let decoder = zstd::Decoder::with_buffer(reader)?;
        return Ok((Box::new(BufReader::with_capacity(BUFFER, decoder)), true));
    }
    Ok((reader, false))
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
            return Ok(hex(&hash.finalize()));
        }
        hash.update(bytes);
        let length = bytes.len();
        reader.consume(length);
    }
}
