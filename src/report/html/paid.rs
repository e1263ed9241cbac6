//! Rewards as paid: groups by what a log holds, what moves the policy, and completions with their reasons.

use super::{
    bars::{legend, stack},
    figure::scroll,
    text::{completion, id, prose},
};
use crate::{
    advise::{Attribution, Percent, RewardSignal},
    report::words::{paid as words, share},
    task::Example,
};
use maud::{Markup, html};

/// Groups of a log by their rewards.
pub(super) fn groups(signal: &RewardSignal, size: usize) -> Markup {
    let kinds = [
        ("none", "all the least", signal.all_least),
        ("tied", "tied between", signal.tied),
        ("all", "all the most", signal.all_most),
        ("mixed", "mixed: these have a gradient", signal.mixed),
    ];
    let parts: Option<Vec<(&str, f64)>> =
        kinds.iter().map(|(class, _, share)| Some((*class, share.estimate?))).collect();
    html! {
        p { "Groups of " (size) " completions of one prompt, by what they are paid. " (prose(&words::rewards(signal))) }
        @if let Some(parts) = parts {
            (legend(&kinds.map(|(class, name, _)| (class, name))))
            div.stack { (stack(&parts)) }
        }
        (scroll("Groups by rewards", &html! { table {
            thead { tr { th { "Rewards" } th { "Share of groups" } } }
            tbody { @for (_, name, of) in kinds { tr { th scope="row" { (name) } td.value { (share(of)) } } } }
        } }))
    }
}

/// What moves the policy.
pub(super) fn attribution(found: &Attribution) -> Markup {
    html! {
        (scroll("What moves the policy", &html! { table {
            caption { "Shares of the advantages, over " (found.groups) " prompts whose rewards differ" }
            thead { tr { th { "Part of the reward" } th { "" } th { "Share" } } }
            tbody { @for part in &found.parts { tr {
                th scope="row" { (id(&part.name)) }
                td { (part.kind.name()) }
                td.value { (words::signed(part.share)) }
            } } }
        } }))
        p.note {
            "They sum to 100%. Below 0: it works against the rest. What an answer loses is charged to the constraints that it fails, by \
             weight × (1 − score)."
            @if let Some(length) = found.length {
                " Length explains " (Percent(length.abs())) " of the advantages, by whatever part: "
                @if length > 0.0 { "longer" } @else { "shorter" } " answers earn more."
            }
        }
    }
}

/// Completions with the reasons of their checkers.
pub(super) fn examples(examples: &[&Example]) -> Markup {
    html! { @for example in examples {
        h3 { (id(&example.prompt)) }
        (completion(&example.excerpt))
        @if example.reasons.is_empty() { p.note { "It meets every constraint." } }
        ul { @for (constraint, why) in &example.reasons { li { (id(constraint)) ": " bdi { (prose(&why.replace('`', "'"))) } } } }
    } }
}
