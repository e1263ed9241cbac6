//! Parallel work in the order of its input, in bounded memory.

use crate::data::RawRow;
use rayon::prelude::*;
use std::{
    io,
    time::{Duration, Instant},
};

/// Most rows held at a time.
pub const CHUNK_ROWS: usize = 1024;
/// Most bytes held at a time, roughly.
pub const CHUNK_BYTES: usize = 4 << 20;

/// Rows of the first chunk.
const FIRST: usize = 64;

/// How long a chunk should take: not so short that threads wait for each other, nor so long that much is lost when the run is killed.
const LONG: Duration = Duration::from_secs(2);
const SHORT: Duration = Duration::from_millis(500);

/// Applies `work` to every row on all threads and hands the results to `take` in the order of the rows, a chunk at a
/// time. While one chunk is worked on, the next is read. Chunks grow and shrink to take about a second: what they are does not show in
/// the results.
///
/// # Errors
/// The first error of reading or of `take`.
pub fn in_order<T: Send>(
    mut rows: impl Iterator<Item = io::Result<RawRow>> + Send,
    work: impl Fn(RawRow) -> T + Sync,
    mut take: impl FnMut(Vec<T>) -> io::Result<()>,
) -> io::Result<()> {
    let mut most = FIRST;
    let mut chunk = read(&mut rows, most)?;
    while !chunk.is_empty() {
        let begun = Instant::now();
        let (next, done) = rayon::join(
            || read(&mut rows, most),
            || chunk.into_par_iter().with_max_len(1).map(&work).collect::<Vec<T>>(),
        );
        most = match begun.elapsed() {
            took if took < SHORT => (most * 2).min(CHUNK_ROWS),
            // Never fewer than all threads have something to do with.
            took if took > LONG => (most / 2).max(4 * rayon::current_num_threads()),
            _ => most,
        };
        take(done)?;
        chunk = next?;
    }
    Ok(())
}

fn read(rows: &mut impl Iterator<Item = io::Result<RawRow>>, most: usize) -> io::Result<Vec<RawRow>> {
    let (mut chunk, mut bytes) = (Vec::new(), 0);
    while chunk.len() < most && bytes < CHUNK_BYTES {
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
