//! Rewards that are compared, for a terminal.

use super::{
    Advised, advise_text,
    advise_text::Detail,
    layout::{quoted, wrap},
    words::{advise as counts, compare as words, share, with_range},
};
use crate::{
    compare::{Compared, Weighed},
    printable::printable,
};
use std::fmt::{self, Write};

/// Characters of a completion that are shown.
const EXCERPT: usize = 160;

/// Longest name in the table.
const NAME: usize = 30;

/// Writes which reward to take, a row for each, and who is paid differently.
///
/// # Errors
/// Those of `out`.
pub fn render(compared: &Compared, detail: Detail, out: &mut impl Write) -> fmt::Result {
    wrap(&words::choice(compared), "", "", out)?;
    if detail == Detail::Answer {
        return Ok(());
    }
    wrap(words::NO_TRUTH, "", "", out)?;
    writeln!(out)?;
    table(&compared.rewards, out)?;
    for (found, shown) in &compared.differences {
        let name = |place: usize| compared.rewards[place].name.as_str();
        let (first, second) = (name(found.first), name(found.second));
        writeln!(out)?;
        wrap(&format!("Who is paid differently by {first} and by {second}"), "", "", out)?;
        words::differences(compared, found).iter().try_for_each(|line| wrap(line, "  ", "  ", out))?;
        for example in shown {
            writeln!(out)?;
            let excerpt = quoted(&example.excerpt, EXCERPT);
            wrap(&format!("{}, completion {}: {excerpt}", example.prompt, example.completion), "  ", "    ", out)?;
            for (name, reward) in [first, second].iter().zip(&example.rewards) {
                wrap(&words::paid(name, reward), "    ", "      ", out)?;
            }
        }
    }
    writeln!(out)?;
    if let Some(first) = compared.rewards.first() {
        counts::counts(&first.assessment.counts).iter().try_for_each(|line| wrap(line, "", "", out))?;
        wrap(&counts::settings(&first.assessment), "", "", out)?;
    }
    if detail == Detail::All {
        for weighed in &compared.rewards {
            writeln!(out, "\n{}\n", printable(&format!("── {}", weighed.name)))?;
            advise_text(&Advised::from(weighed.clone()), Detail::All, out)?;
        }
        return Ok(());
    }
    wrap("More: --explain prints all figures of each reward; --html FILE writes them as a page.", "", "", out)
}

fn table(rewards: &[Weighed], out: &mut impl Write) -> fmt::Result {
    let row = |weighed: &Weighed| {
        let name: String = match weighed.name.chars().count() {
            length if length > NAME => "…".chars().chain(weighed.name.chars().skip(length - NAME + 1)).collect(),
            _ => weighed.name.clone(),
        };
        let full = weighed.assessment.rates.as_ref().map(|rates| with_range(rates.full.estimate, rates.full.interval));
        [
            name,
            words::answer(weighed),
            weighed.gradient.map_or_else(|| "unknown".to_owned(), share).trim().to_owned(),
            full.unwrap_or_else(|| "not known".to_owned()).trim().to_owned(),
        ]
    };
    let head = ["reward", "decision", "mixed groups", "full answers"].map(str::to_owned);
    let rows: Vec<[String; 4]> = std::iter::once(head)
        .chain(rewards.iter().map(row))
        .map(|cells| cells.map(|cell| printable(&cell).into_owned()))
        .collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: [usize; 4] = std::array::from_fn(width);
    for row in &rows {
        let cells: Vec<String> = row.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        writeln!(out, "  {}", cells.join("  ").trim_end())?;
    }
    Ok(())
}
