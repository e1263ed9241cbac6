//! The language detector's table: in which share of each language's n-grams an n-gram occurs.

use super::language_ngrams::{BUCKETS, LANGUAGES, NGRAMS, TOTALS};

/// The languages, and as many zeros as fill whole vectors.
pub(super) const LANES: usize = LANGUAGES.len().next_multiple_of(8);

/// How many n-grams are kept decoded. A trial draws the frequent ones again and again.
const KEPT: usize = 256;

/// Bits of how often an n-gram occurs in a language; those above are the language.
const COUNT_BITS: u32 = 26;

/// What one occurrence in a language's profile is worth, by the length of the n-gram; as many as six bits can name.
static WORTH: [[f64; 64]; 3] = {
    let mut worth = [[0.0; 64]; 3];
    let mut language = 0;
    while language < LANGUAGES.len() {
        let mut length = 0;
        while length < 3 {
            worth[length][language] = 1.0 / TOTALS[language][length] as f64;
            length += 1;
        }
        language += 1;
    }
    worth
};

/// Up to three UTF-16 units in the lower 48 bits, zero after the end; the profiles know no character beyond those.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Gram(u64);

impl Gram {
    /// The last units of three.
    pub(super) fn of(units: u64, length: u32) -> Self {
        Self(units << (16 * (3 - length)) & 0xFFFF_FFFF_FFFF)
    }

    fn units(self) -> usize {
        1 + usize::from(self.0 & 0xFFFF_FFFF != 0) + usize::from(self.0 & 0xFFFF != 0)
    }

    fn hash(self) -> u64 {
        self.0.wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }
}

/// Decoded n-grams.
pub(super) struct Shares {
    rows: Vec<(Gram, bool, [f64; LANES])>,
    /// For each value of a hash the row, plus one, that has an n-gram of that hash.
    of: [u16; KEPT],
}

impl Shares {
    pub(super) fn new() -> Self {
        Self { rows: Vec::with_capacity(KEPT), of: [0; KEPT] }
    }

    /// The row of an n-gram, or `None` when no language has it.
    #[inline(never)]
    pub(super) fn row(&mut self, gram: Gram) -> Option<usize> {
        let place = (gram.hash() >> 56) as usize;
        let row = match self.of[place] {
            0 => {
                let row = self.rows.len();
                self.rows.resize(row + 1, (gram, false, [0.0; LANES]));
                self.of[place] = row as u16 + 1;
                row
            }
            row if self.rows[usize::from(row) - 1].0 == gram => {
                let row = usize::from(row) - 1;
                return self.rows[row].1.then_some(row);
            }
            row => usize::from(row) - 1,
        };
        let (holds, known, shares) = &mut self.rows[row];
        *holds = gram;
        *known = decode(gram, shares);
        known.then_some(row)
    }

    /// The shares in a row.
    pub(super) fn at(&self, row: usize) -> &[f64; LANES] {
        &self.rows[row].2
    }
}

/// Whether any language has an n-gram.
pub(super) fn is_known(gram: Gram) -> bool {
    find(gram).is_some()
}

/// Writes the shares of an n-gram; answers whether any language has it.
#[inline(never)]
fn decode(gram: Gram, shares: &mut [f64; LANES]) -> bool {
    let Some(entry) = find(gram) else { return false };
    shares.fill(0.0);
    let worth = &WORTH[gram.units() - 1];
    for four in entry.as_chunks().0 {
        let number = u32::from_le_bytes(*four);
        let (language, count) = ((number >> COUNT_BITS) as usize, number & ((1 << COUNT_BITS) - 1));
        shares[language] = f64::from(count) * worth[language];
    }
    true
}

/// The languages an n-gram occurs in, with how often.
#[inline(never)]
fn find(gram: Gram) -> Option<&'static [u8]> {
    let start = |bucket: usize| {
        let bytes = NGRAMS[4 * bucket..].first_chunk().expect("the table begins with the places of its buckets");
        u32::from_le_bytes(*bytes) as usize
    };
    let bucket = (gram.hash() >> (64 - BUCKETS.trailing_zeros())) as usize;
    let mut rest = &NGRAMS[start(bucket)..start(bucket + 1)];
    while let Some((&[a, b, c, d, e, f, languages], after)) = rest.split_first_chunk() {
        let (entry, next) = after.split_at(4 * usize::from(languages));
        if u64::from_le_bytes([a, b, c, d, e, f, 0, 0]) == gram.0 {
            return Some(entry);
        }
        rest = next;
    }
    None
}
