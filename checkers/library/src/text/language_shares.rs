//! The language detector's table: in which share of each language's n-grams an n-gram occurs.

use super::language_ngrams::{BUCKETS, LANGUAGES, NGRAMS};

/// The languages, and as many zeros as fill whole vectors.
pub(super) const LANES: usize = LANGUAGES.len().next_multiple_of(8);

/// How many n-grams are kept decoded. A trial draws the frequent ones again and again.
const KEPT: usize = 256;

/// How many n-grams are remembered; a power of two.
const PLACES: usize = 512;

/// Rows for n-grams that are not kept: as many as are drawn together.
pub(super) const SPARE: usize = 5;

/// What is known of a place, before the numbers of rows.
const EMPTY: u16 = 0;
const UNKNOWN: u16 = 1;
const ROWS: u16 = 2;

/// Up to three UTF-16 units in the lower 48 bits, zero after the end; the profiles know no character beyond those.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Gram(u64);

impl Gram {
    /// The last units of three.
    pub(super) fn of(units: [u16; 3], length: u32) -> Self {
        let units = u64::from(units[0]) << 32 | u64::from(units[1]) << 16 | u64::from(units[2]);
        Self(units << (16 * (3 - length)) & 0xFFFF_FFFF_FFFF)
    }

    fn hash(self) -> u64 {
        self.0.wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }

    fn place(self) -> usize {
        (self.hash() >> (64 - PLACES.trailing_zeros())) as usize
    }
}

/// Decoded n-grams.
pub(super) struct Shares {
    /// The spare ones first.
    rows: Vec<[f32; LANES]>,
    /// For each value of a hash the n-gram that came first, and its row or that no language has it.
    places: [(u16, Gram); PLACES],
}

impl Shares {
    pub(super) fn new() -> Self {
        let mut rows = Vec::with_capacity(SPARE + KEPT);
        rows.resize(SPARE, [0.0; LANES]);
        Self { rows, places: [(EMPTY, Gram(0)); PLACES] }
    }

    /// The row of an n-gram, or `None` when no language has it; `spare` is the row that it may take if it is not kept.
    #[inline]
    pub(super) fn row(&mut self, gram: Gram, spare: usize) -> Option<usize> {
        let (row, held) = self.places[gram.place()];
        if row >= ROWS && held == gram { Some(usize::from(row - ROWS)) } else { self.decoded(gram, spare) }
    }

    #[inline(never)]
    fn decoded(&mut self, gram: Gram, spare: usize) -> Option<usize> {
        let place = &mut self.places[gram.place()];
        if *place == (UNKNOWN, gram) {
            return None;
        }
        let free = place.0 == EMPTY;
        let Some(entry) = find(gram) else {
            if free {
                *place = (UNKNOWN, gram);
            }
            return None;
        };
        let mut row = spare;
        if free && self.rows.len() < SPARE + KEPT {
            row = self.rows.len();
            self.rows.push([0.0; LANES]);
            *place = (row as u16 + ROWS, gram);
        } else {
            self.rows[row].fill(0.0);
        }
        decode(entry, &mut self.rows[row]);
        Some(row)
    }

    /// The shares in a row.
    #[inline]
    pub(super) fn at(&self, row: usize) -> &[f32; LANES] {
        &self.rows[row]
    }
}

/// Whether any language has an n-gram.
pub(super) fn is_known(gram: Gram) -> bool {
    find(gram).is_some()
}

/// Writes the shares of an n-gram into a row of zeros, four in a turn.
#[inline(never)]
fn decode((languages, shares): Entry, row: &mut [f32; LANES]) {
    let mut write = |language: u8, share: &[u8; 4]| row[usize::from(language)] = f32::from_le_bytes(*share);
    let (fours, languages) = languages.as_chunks::<4>();
    let (sixteens, shares) = shares.as_chunks::<16>();
    for (languages, bytes) in fours.iter().zip(sixteens) {
        for (&language, share) in languages.iter().zip(bytes.as_chunks().0) {
            write(language, share);
        }
    }
    for (&language, share) in languages.iter().zip(shares.as_chunks().0) {
        write(language, share);
    }
}

/// The languages that have an n-gram, and the bytes of their shares.
type Entry = (&'static [u8], &'static [u8]);

/// The entry of an n-gram.
#[inline(never)]
fn find(gram: Gram) -> Option<Entry> {
    let start = |bucket: usize| {
        let bytes = NGRAMS[4 * bucket..].first_chunk().expect("the table begins with the places of its buckets");
        u32::from_le_bytes(*bytes) as usize
    };
    let bucket = (gram.hash() >> (64 - BUCKETS.trailing_zeros())) as usize;
    let mut rest = &NGRAMS[start(bucket)..start(bucket + 1)];
    while let Some((&[a, b, c, d, e, f, languages], after)) = rest.split_first_chunk() {
        let (entry, next) = after.split_at(5 * usize::from(languages));
        if u64::from_le_bytes([a, b, c, d, e, f, 0, 0]) == gram.0 {
            return Some(entry.split_at(usize::from(languages)));
        }
        rest = next;
    }
    None
}
