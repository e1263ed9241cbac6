//! Which constraints depend on each other, as a table whose cells are coloured: so it reads without colours too.

use super::{
    figure::{numbers, scroll},
    text::id,
};
use crate::{
    advise::{Dependence, Mean, Pair, Percent, Tie},
    report::{
        layout::plural,
        words::advise::{left_out, odds_ratio, worth},
    },
};
use maud::{Markup, html};

/// Constraints that a page has room for.
const MOST: usize = 12;

/// The map; `None` where no two constraints were seen together.
pub(super) fn render(dependence: &Dependence, level: f64) -> Option<Markup> {
    if dependence.pairs.is_empty() {
        return None;
    }
    if dependence.pairs.iter().all(|pair| pair.odds_ratio.is_none()) {
        return Some(html! {
            p { "Not known: it takes prompts with several completions, of which some meet a constraint and some do not." }
        });
    }
    let all = names(&dependence.pairs);
    let shown = &all[..all.len().min(MOST)];
    let compared = dependence.pairs.iter().filter(|pair| pair.p_value.is_some()).count();
    Some(html! {
        @if let Some(full) = &dependence.full { p { (worth(full)) } }
        figure aria-label="Odds ratios between constraints, as a table" {
            (scroll("Odds ratios between constraints", &map(shown, &dependence.pairs)))
            (legend())
            figcaption {
                "Odds ratios within prompts: 1 is independence, above it two constraints are met together more often, below it more \
                 rarely. Those in bold stand out from chance (" (plural(compared as u64, "pair")) " compared, by Holm's method). A dash: \
                 too few prompts tell."
                (left_out(dependence))
                @if all.len() > shown.len() {
                    " " (all.len() - shown.len()) " more constraints are in the JSON form."
                }
            }
            (numbers(&pairs(&dependence.pairs, level)))
        }
    })
}

/// The constraints, those of pairs that stand out first.
fn names(pairs: &[Pair]) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for name in pairs.iter().flat_map(|pair| [pair.first.as_str(), pair.second.as_str()]) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn map(names: &[&str], pairs: &[Pair]) -> Markup {
    let of = |a: &str, b: &str| {
        pairs.iter().find(|pair| (pair.first == a && pair.second == b) || (pair.first == b && pair.second == a))
    };
    html! { table.heat {
        thead { tr {
            th { "" }
            @for place in 1..names.len() { th scope="col" { (place) } }
        } }
        tbody { @for (row, name) in names.iter().enumerate() { tr {
            th scope="row" { (row + 1) " " (id(name)) }
            @for column in 0..names.len() - 1 {
                @if column >= row { td.own {} } @else { (cell(of(name, names[column]))) }
            }
        } } }
    } }
}

fn cell(pair: Option<&Pair>) -> Markup {
    let Some((pair, odds)) = pair.and_then(|pair| Some((pair, pair.odds_ratio?))) else {
        return html! { td { "–" } };
    };
    let said = match tie(pair.tie) {
        "" => format!("{} with {}", pair.first, pair.second),
        tie => format!("{} with {}: {tie}", pair.first, pair.second),
    };
    html! {
        td class=(class(odds)) title=(super::text::plain(&said)) {
            @if pair.tie == Tie::Unclear { (odds_ratio(odds)) } @else { strong { (odds_ratio(odds)) } }
        }
    }
}

/// How far from independence, in powers of about three.
fn class(odds: f64) -> &'static str {
    match odds {
        ..0.05 => "c4",
        ..0.15 => "c3",
        ..0.45 => "c2",
        ..0.8 => "c1",
        ..1.25 => "c0",
        ..2.2 => "h1",
        ..6.5 => "h2",
        ..20.0 => "h3",
        _ => "h4",
    }
}

fn legend() -> Markup {
    html! { p.key aria-hidden="true" {
        span { "more rarely" }
        @for class in ["c4", "c3", "c2", "c1", "c0", "h1", "h2", "h3", "h4"] { i class=(class) {} }
        span { "more often together" }
    } }
}

fn tie(tie: Tie) -> &'static str {
    match tie {
        Tie::Conflict => "conflict",
        Tie::Redundant => "redundant",
        Tie::Synergy => "synergy",
        Tie::Unclear => "",
    }
}

fn pairs(pairs: &[Pair], level: f64) -> Markup {
    let share = |mean: Option<Mean>| mean.map_or_else(|| "–".to_owned(), |mean| Percent(mean.estimate).to_string());
    html! { table {
        caption { "Pairs of constraints (" (Percent(level)) " interval)" }
        thead { tr {
            th { "One" } th { "Other" } th { "Odds ratio" } th { "Both met" } th { "If independent" } th { "Prompts" } th { "" }
        } }
        tbody { @for pair in pairs { tr {
            td { (id(&pair.first)) } td { (id(&pair.second)) }
            td.value {
                (pair.odds_ratio.map_or_else(|| "–".to_owned(), odds_ratio))
                @if let Some(interval) = pair.interval {
                    " " span.interval { "(" (odds_ratio(interval.low)) "–" (odds_ratio(interval.high)) ")" }
                }
            }
            td { (share(pair.both)) } td { (share(pair.both_if_independent)) } td { (pair.prompts) } td { (tie(pair.tie)) }
        } } }
    } }
}
