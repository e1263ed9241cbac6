//! Parallel work in the order of its input, in bounded memory.

use crate::data::RawRow;
use rayon::prelude::*;
use std::io;

/// Most rows held at a time.
pub const CHUNK_ROWS: usize = 1024;
/// Most bytes held at a time, roughly.
pub const CHUNK_BYTES: usize = 4 << 20;

/// Applies `work` to every row on all threads and hands the results to `take` in the order of the rows, a chunk at a
/// time. While one chunk is worked on, the next is read.
///
/// # Errors
/// The first error of reading or of `take`.
pub fn in_order<T: Send>(
    mut rows: impl Iterator<Item = io::Result<RawRow>> + Send,
    work: impl Fn(RawRow) -> T + Sync,
    mut take: impl FnMut(Vec<T>) -> io::Result<()>,
) -> io::Result<()> {
    let mut chunk = read(&mut rows)?;
    while !chunk.is_empty() {
        let (next, done) =
            rayon::join(|| read(&mut rows), || chunk.into_par_iter().with_max_len(1).map(&work).collect::<Vec<T>>());
        take(done)?;
        chunk = next?;
    }
    Ok(())
}

fn read(rows: &mut impl Iterator<Item = io::Result<RawRow>>) -> io::Result<Vec<RawRow>> {
    let (mut chunk, mut bytes) = (Vec::new(), 0);
    while chunk.len() < CHUNK_ROWS && bytes < CHUNK_BYTES {
        match rows.next().transpose()? {
            Some(row) => {
                bytes += row.size();
                chunk.push(row);
            }
            None => break,
        }
    }
    Ok(chunk)
}
