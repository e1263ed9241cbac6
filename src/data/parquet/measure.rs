//! How much memory the largest row of a group may take, found without making a single value.

use super::levels::rows;
use crate::data::Reading;
use parquet::{
    basic::{Encoding, Type},
    column::page::Page,
    file::reader::RowGroupReader,
};

/// What a value takes beside its text while it is read: Parquet's form of it and JSON's.
const VALUE: u64 = 160;

/// A column that unfolds to so many times its size, and to more than a row may take, is not looked into: text unfolds to five times its size.
const DENSE: u64 = 100;

/// No less than what the largest row takes, in the columns that are wanted.
pub(super) fn longest_row(group: &dyn RowGroupReader, reading: &Reading) -> Result<u64, String> {
    let (mut all, mut longest) = (0_u64, 0_u64);
    let wanted = |place: &usize| {
        let root = group.metadata().column(*place).column_path().parts().first();
        root.is_some_and(|root| reading.wants(root))
    };
    let places: Vec<usize> = (0..group.num_columns()).filter(wanted).collect();
    for &place in &places {
        let column = group.metadata().column(place);
        let text = if is_text(column.column_type()) { column.uncompressed_size().unsigned_abs() } else { 0 };
        // Only a dictionary lets a text stand in many values.
        let times = if column.dictionary_page_offset().is_some() { column.num_values().unsigned_abs() } else { 1 };
        let column = column.num_values().unsigned_abs().saturating_mul(VALUE);
        all = all.saturating_add(column).saturating_add(text.saturating_mul(times));
    }
    if all <= reading.most() as u64 {
        return Ok(all);
    }
    for place in places {
        let column = group.metadata().column(place);
        let (packed, plain) = (column.compressed_size().unsigned_abs(), column.uncompressed_size().unsigned_abs());
        if plain > reading.most() as u64 && plain / DENSE > packed {
            // To look into it would take as much memory as to read it.
            return Ok(plain);
        }
        longest = longest.saturating_add(longest_of_column(group, place)?);
    }
    Ok(longest)
}

fn longest_of_column(group: &dyn RowGroupReader, place: usize) -> Result<u64, String> {
    let column = group.metadata().column(place);
    let (deepest, text) = (column.column_descr().max_rep_level(), is_text(column.column_type()));
    let mut pages = group.get_column_page_reader(place).map_err(|error| error.to_string())?;
    // Bytes of the longest entry of the dictionary; and of the row at hand and the longest.
    let (mut entry, mut row, mut longest) = (0, 0_u64, 0_u64);
    while let Some(page) = pages.get_next_page().map_err(|error| error.to_string())? {
        if let Page::DictionaryPage { buf, .. } = &page {
            entry = if text { longest_entry(buf) } else { 0 };
            continue;
        }
        let by_dictionary = matches!(page.encoding(), Encoding::RLE_DICTIONARY | Encoding::PLAIN_DICTIONARY);
        let each = VALUE + if by_dictionary { entry } else { 0 };
        // Each row that has a part of the page may have all of its text.
        let beside = if text && !by_dictionary { page.buffer().len() as u64 } else { 0 };
        row = row.saturating_add(beside);
        rows(&page, deepest, |begins, count| {
            if begins {
                longest = longest.max(row);
                row = each + beside;
            } else {
                row = row.saturating_add(each.saturating_mul(count));
            }
        })?;
    }
    Ok(longest.max(row))
}

fn is_text(kind: Type) -> bool {
    matches!(kind, Type::BYTE_ARRAY | Type::FIXED_LEN_BYTE_ARRAY)
}

/// The longest of texts that stand one after the other, each behind its length.
fn longest_entry(mut bytes: &[u8]) -> u64 {
    let mut longest = 0;
    while let Some((length, rest)) = bytes.split_first_chunk() {
        let length = u32::from_le_bytes(*length);
        longest = longest.max(length);
        bytes = rest.get(length as usize..).unwrap_or_default();
    }
    u64::from(longest)
}
