//! Plain text within the width of a terminal.

use crate::printable::{is_odd, printable};
use std::fmt::{self, Write};

/// Columns of a terminal that text keeps to.
pub(super) const WIDTH: usize = 100;

/// Writes words, broken before [`WIDTH`], the first line after `first` and the others after `others`.
pub(super) fn wrap(text: &str, first: &str, others: &str, out: &mut impl Write) -> fmt::Result {
    let mut line = first.to_owned();
    let mut empty = true;
    for word in text.split_whitespace().map(printable) {
        if !empty && line.chars().count() + 1 + word.chars().count() > WIDTH {
            writeln!(out, "{line}")?;
            others.clone_into(&mut line);
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line += &word;
        empty = false;
    }
    writeln!(out, "{line}")
}

/// Writes rows under each other, the first column to the left and all others to the right.
pub(super) fn table(rows: &[Vec<String>], indent: &str, out: &mut impl Write) -> fmt::Result {
    let rows: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|cell| printable(cell).into_owned()).collect()).collect();
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
    for row in &rows {
        let mut line = indent.to_owned();
        for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
            line += if column == 0 { "" } else { "  " };
            line += &if column == 0 { format!("{cell:<width$}") } else { format!("{cell:>width$}") };
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// Cells of a bar.
const BAR: usize = 12;

/// A share as a bar; what is above 0 shows, what is below 1 leaves room.
pub(super) fn bar(share: f64) -> String {
    let cells = (share * BAR as f64).round() as usize;
    let cells = cells.clamp(usize::from(share > 0.0), BAR - usize::from(share < 1.0));
    "█".repeat(cells) + &"░".repeat(BAR - cells)
}

/// Shares as a small curve, a column each.
pub(super) fn curve(shares: impl IntoIterator<Item = f64>) -> String {
    const LEVELS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    shares.into_iter().map(|share| LEVELS[((share * 8.0) as usize).min(7)]).collect()
}

/// A count with its noun.
pub(super) fn plural(count: u64, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// A completion on one line, in quotes: what a policy wrote must not move the terminal's cursor.
pub(super) fn quoted(text: &str, most: usize) -> String {
    let mut shown = String::new();
    for (length, c) in text.chars().enumerate() {
        if length >= most {
            shown.push('…');
            break;
        }
        match c {
            '\n' => shown.push('⏎'),
            '\t' => shown.push(' '),
            c if is_odd(c) => shown += &format!("{}", c.escape_unicode()),
            c => shown.push(c),
        }
    }
    format!("\"{shown}\"")
}

/// A number as a reader wants it.
pub(super) fn number(value: f64) -> String {
    let text = match value.abs() {
        size if size != 0.0 && !(1e-3..1e6).contains(&size) => format!("{value:.2e}"),
        size if size >= 100.0 => format!("{value:.1}"),
        _ => format!("{value:.3}"),
    };
    if text.contains('.') && !text.contains('e') {
        let text = text.trim_end_matches('0').trim_end_matches('.');
        return if text == "-0" { "0".into() } else { text.into() };
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_policy_wrote_stays_on_its_line() {
        assert_eq!(quoted("a\nb\u{1b}[2J", 80), "\"a⏎b\\u{1b}[2J\"");
        assert_eq!(quoted("\u{200b}", 80), "\"\\u{200b}\"");
        assert_eq!(quoted("abcdef", 3), "\"abc…\"");
        let mut text = String::new();
        wrap("named \u{1b}[2J\u{202e}x", "", "", &mut text).unwrap();
        table(&[vec!["a\u{7}".into(), "b".into()]], "", &mut text).unwrap();
        assert_eq!(text, "named \\u{1b}[2J\\u{202e}x\na\\u{7}  b\n");
    }

    #[test]
    fn numbers_are_short() {
        for (value, text) in [
            (0.0, "0"),
            (0.5, "0.5"),
            (-0.0, "0"),
            (1.0, "1"),
            (0.12345, "0.123"),
            (123.456, "123.5"),
            (1e-7, "1.00e-7"),
        ] {
            assert_eq!(number(value), text);
        }
    }
}
