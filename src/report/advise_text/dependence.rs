//! What the constraints have to do with each other, where something stands out.

use super::{Table, shortened, wrap};
use crate::{
    advise::{Dependence, Pair, Percent, Tie},
    report::{
        layout::plural,
        words::advise::{left_out, odds_ratio as ratio, worth as sentence},
    },
};
use std::fmt::{self, Write};

/// Pairs shown; the JSON form has all.
const PAIRS: usize = 8;
/// Longest name that is shown whole: two of them share a line.
const NAME: usize = 22;

pub(super) fn render(dependence: &Dependence, level: f64, out: &mut impl Write) -> fmt::Result {
    let tied: Vec<&Pair> = dependence.pairs.iter().filter(|pair| pair.tie != Tie::Unclear).collect();
    let worth = dependence.full.as_ref().filter(|full| !full.worth.interval.contains(0.0));
    if tied.is_empty() && worth.is_none() {
        return Ok(());
    }
    writeln!(out, "\nConstraints that depend on each other (within prompts, {} interval)", Percent(level))?;
    if !tied.is_empty() {
        table(&tied, out)?;
        let all = dependence.pairs.iter().filter(|pair| pair.p_value.is_some()).count();
        let more = match tied.len().saturating_sub(PAIRS) {
            0 => String::new(),
            more => format!(" {more} more are in --json."),
        };
        let left_out = left_out(dependence);
        wrap(&format!("{} compared, by Holm's method.{left_out}{more}", plural(all as u64, "pair")), "  ", "  ", out)?;
    }
    dependence.full.as_ref().map_or(Ok(()), |full| wrap(&sentence(full), "  ", "  ", out))
}

fn table(tied: &[&Pair], out: &mut impl Write) -> fmt::Result {
    let mut table = Table::new(["", "", "odds ratio", "both met", "independent", ""], "<<<>><");
    for pair in tied.iter().take(PAIRS) {
        let interval = pair
            .interval
            .map_or_else(String::new, |interval| format!(" ({}–{})", ratio(interval.low), ratio(interval.high)));
        let share = |mean: Option<crate::advise::Mean>| {
            mean.map_or_else(String::new, |mean| Percent(mean.estimate).to_string())
        };
        table.row([
            shortened(&pair.first, NAME),
            shortened(&pair.second, NAME),
            pair.odds_ratio.map_or_else(String::new, ratio) + &interval,
            share(pair.both),
            share(pair.both_if_independent),
            match pair.tie {
                Tie::Conflict => "conflict",
                Tie::Redundant => "redundant",
                Tie::Synergy => "synergy",
                Tie::Unclear => "",
            }
            .to_owned(),
        ]);
    }
    table.write(out)
}
