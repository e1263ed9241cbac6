//! Repetition levels of a page: where its rows begin. Runs are counted, not unfolded.

use parquet::{basic::Encoding, column::page::Page};

/// The rows that a page has parts of: `each` is told of every value, in runs, whether it begins a row.
pub(super) fn rows(page: &Page, deepest: i16, mut each: impl FnMut(bool, u64)) -> Result<(), String> {
    let (levels, values) = match page {
        Page::DictionaryPage { .. } => return Ok(()),
        Page::DataPage { num_values, .. } if deepest == 0 => (&[][..], u64::from(*num_values)),
        Page::DataPageV2 { num_values, .. } if deepest == 0 => (&[][..], u64::from(*num_values)),
        Page::DataPage { buf, num_values, rep_level_encoding: Encoding::RLE, .. } => {
            let length = buf.first_chunk().map(|length| u32::from_le_bytes(*length) as usize);
            let levels = length.and_then(|length| buf.get(4..)?.get(..length)).ok_or_else(broken)?;
            (levels, u64::from(*num_values))
        }
        Page::DataPage { .. } => return Err("its levels are encoded in a way that is out of use".into()),
        Page::DataPageV2 { buf, num_values, rep_levels_byte_len, .. } => {
            (buf.get(..*rep_levels_byte_len as usize).ok_or_else(broken)?, u64::from(*num_values))
        }
    };
    if deepest == 0 {
        each(true, values);
        return Ok(());
    }
    hybrid(levels, u32::BITS - u32::from(deepest.unsigned_abs()).leading_zeros(), values, each)
}

/// Runs and packed bits, as Parquet mixes them: `values` levels of `width` bits.
fn hybrid(mut bytes: &[u8], width: u32, values: u64, mut each: impl FnMut(bool, u64)) -> Result<(), String> {
    let mut left = values;
    while left > 0 {
        let header = varint(&mut bytes)?;
        let count = header >> 1;
        if header & 1 == 0 {
            let level = take(&mut bytes, u64::from(width.div_ceil(8)))?;
            each(level.iter().all(|byte| *byte == 0), count.min(left));
            left = left.saturating_sub(count);
        } else {
            let packed = take(&mut bytes, count.saturating_mul(u64::from(width)))?;
            let bit = |at: usize| packed[at / 8] >> (at % 8) & 1;
            let width = width as usize;
            let there = left.min(count * 8);
            for at in 0..there as usize {
                each((at * width..(at + 1) * width).all(|at| bit(at) == 0), 1);
            }
            left -= there;
        }
        if count == 0 {
            return Err(broken());
        }
    }
    Ok(())
}

fn varint(bytes: &mut &[u8]) -> Result<u64, String> {
    let mut value = 0;
    for shift in (0..35).step_by(7) {
        let byte = take(bytes, 1)?[0];
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Ok(value);
        }
    }
    Err(broken())
}

fn take<'a>(bytes: &mut &'a [u8], count: u64) -> Result<&'a [u8], String> {
    let (taken, rest) =
        usize::try_from(count).ok().and_then(|count| bytes.split_at_checked(count)).ok_or_else(broken)?;
    *bytes = rest;
    Ok(taken)
}

fn broken() -> String {
    "its levels are broken".into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begun(bytes: &[u8], width: u32, values: u64) -> Result<String, String> {
        let mut text = String::new();
        hybrid(bytes, width, values, |begins, count| {
            text += &(if begins { "|" } else { "." }).repeat(count as usize);
        })?;
        Ok(text)
    }

    #[test]
    fn runs_and_packed_levels_are_read() {
        // Three zeros, then eight packed bits of which six count.
        assert_eq!(begun(&[6, 0, 3, 0b0010_1101], 1, 9).unwrap(), "|||.|..|.");
        // Levels of two bits: 0, 1, 2, 3 and again.
        assert_eq!(begun(&[3, 0b1110_0100, 0b1110_0100], 2, 8).unwrap(), "|...|...");
        assert_eq!(begun(&[0x80, 0x01, 1], 1, 64).unwrap(), ".".repeat(64));
    }

    #[test]
    fn broken_levels_are_refused() {
        for bytes in [&[][..], &[6], &[3], &[0, 0], &[1], &[0xff; 6], &[0xff, 0xff, 0xff, 0xff, 0x0f]] {
            assert!(begun(bytes, 1, 9).is_err(), "{bytes:?}");
        }
    }
}
