//! Groups by what their rewards teach, and the critical credit.

use super::{
    bars::{legend, stack},
    figure::scroll,
    text::prose,
};
use crate::{
    advise::{Assessment, Percent, Signal},
    report::words::{advise as words, share},
};
use maud::{Markup, html};

/// In the order of a stack.
const KEYS: [(&str, &str); 4] =
    [("none", "all 0"), ("tied", "tied between"), ("all", "all 1"), ("mixed", "mixed: these have a gradient")];

pub(super) fn render(assessment: &Assessment) -> Markup {
    let Some(first) = assessment.signal.first() else {
        return html! { p { "No completion has a known reward." } };
    };
    let settings = &assessment.settings;
    let drawn: Vec<(&Signal, [(&str, f64); 4])> =
        assessment.signal.iter().filter_map(|signal| Some((signal, parts(signal)?))).collect();
    html! {
        p {
            "Groups of " (settings.group_size) " completions of one prompt. Under " (settings.algorithm) " only those with different \
             rewards have a gradient."
        }
        @if !drawn.is_empty() {
            (legend(&KEYS))
            @for (signal, parts) in &drawn {
                h3 { (signal.scheme) }
                div.stack { (stack(parts)) }
            }
        }
        (scroll("Groups by signal", &table(assessment, first)))
        p.note { (words::basis(first, settings.group_size)) }
        @if !assessment.larger_groups.is_empty() {
            p {
                "Larger groups without a full answer under binary: "
                @for (place, (size, share)) in assessment.larger_groups.iter().enumerate() {
                    @if place > 0 { ", " }
                    (Percent(*share)) " of " (size)
                }
                "."
            }
        }
        h3 { "Critical credit (a diagnostic, no verdict)" }
        p { (prose(&words::critical_credit(assessment))) }
    }
}

/// `None` where a share can only be bounded.
fn parts(signal: &Signal) -> Option<[(&'static str, f64); 4]> {
    let [none, tied, all, mixed] = KEYS.map(|(class, _)| class);
    Some([
        (none, signal.all_zero.estimate?),
        (tied, signal.tied.estimate?),
        (all, signal.all_one.estimate?),
        (mixed, signal.mixed.estimate?),
    ])
}

fn table(assessment: &Assessment, first: &Signal) -> Markup {
    html! { table {
        caption { "Share of groups (" (words::kind_of_interval(first, assessment.settings.level)) ")" }
        thead { tr { th { "Scheme" } th { "All 0" } th { "Tied between" } th { "All 1" } th { "Mixed" } } }
        tbody { @for signal in &assessment.signal { tr {
            th scope="row" { (signal.scheme) }
            @for of in [signal.all_zero, signal.tied, signal.all_one, signal.mixed] { td.value { (share(of)) } }
        } } }
    } }
}
