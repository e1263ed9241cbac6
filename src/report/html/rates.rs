//! How often completions are correct, in whole and by constraint.

use super::{
    bars::{bar, value},
    figure::numbers,
    text::id,
};
use crate::{
    advise::{Assessment, FamilyRate, Percent, Rate, Rates},
    report::words::{advise as words, range},
};
use maud::{Markup, html};

/// Constraints shown at once.
const SHOWN: usize = 15;

pub(super) fn render(assessment: &Assessment) -> Markup {
    let several = assessment.several.as_ref().filter(|_| assessment.counts.single_constraint_prompts > 0);
    let possible = words::can_be_partial(assessment);
    html! {
        @if let Some(all) = &assessment.rates { (whole("All prompts", all, possible)) }
        @if let Some(several) = several { (whole("Prompts with several constraints", several, possible)) }
        p.note {
            "Means over prompts; whiskers and brackets are the " (Percent(assessment.settings.level)) " interval."
            @if let Some(line) = words::prompts_by_full(assessment) { " " (line) }
        }
        @if assessment.pass_at.len() > 1 {
            h3 { "At least one of k completions full (pass@k)" }
            table.bars {
                thead { tr { th { "k" } th { "At least one full" } th { "" } } }
                tbody { @for pass in &assessment.pass_at { tr {
                    th scope="row" { "@" (pass.k) }
                    td.value { (value(pass.estimate, pass.interval)) }
                    td.bar { (bar(Some(pass.estimate), Some(pass.interval), "")) }
                } } }
            }
        }
    }
}

fn whole(title: &str, rates: &Rates, possible: bool) -> Markup {
    html! { table.bars {
        caption { (title) " (" (rates.prompts) "), " (rates.completions) " completions" }
        thead { tr { th { "Completions" } th { "Share" } th { "" } } }
        tbody {
            (row("Fully correct", rates.full, rates.unknown))
            @if possible { (row("Partly", rates.partial, rates.unknown)) }
            (row("Not at all", rates.none, rates.unknown))
        }
    } }
}

fn row(name: &str, rate: Rate, unknown: u64) -> Markup {
    html! { tr {
        th scope="row" { (name) }
        td.value {
            (value(rate.estimate, rate.interval))
            @if unknown > 0 { " " span.interval { "whatever is unscored: " (range(rate.if_scored)) } }
        }
        td.bar { (bar(Some(rate.estimate), Some(rate.interval), "")) }
    } }
}

/// Every constraint, the least met first.
pub(super) fn constraints(families: &[FamilyRate]) -> Markup {
    let (first, more) = families.split_at(families.len().min(SHOWN));
    html! {
        (met(first))
        @if !more.is_empty() {
            p.note { (more.len()) " more are met more often." }
            (numbers(&met(more)))
        }
    }
}

fn met(families: &[FamilyRate]) -> Markup {
    let unscored = families.iter().any(|family| family.unscored > 0);
    html! { table.bars {
        thead { tr {
            th { "Constraint" } th { "Met" } th { "" } th.number { "Prompts" } th.number { "Verdicts" }
            @if unscored { th.number { "Unscored" } }
        } }
        tbody { @for family in families { tr {
            th scope="row" { (id(&family.family)) @if family.required { " (required)" } }
            td.value {
                @if let (Some(estimate), Some(interval)) = (family.estimate, family.interval) { (value(estimate, interval)) }
                @else { "unknown" }
            }
            td.bar { (bar(family.estimate, family.interval, "")) }
            td.number data-label="Prompts" { (family.prompts) }
            td.number data-label="Verdicts" { (family.passed + family.failed) }
            @if unscored { td.number data-label="Unscored" { (family.unscored) } }
        } } }
    } }
}
