//! Advice: the gravest first, each with what to do.

use super::text::{id, prose};
use crate::{
    advise::{Advice, Evidence, Value},
    report::{layout::number, words::range},
};
use maud::{Markup, html};

pub(super) fn render(advice: &[Advice]) -> Markup {
    html! {
        @if advice.is_empty() { p { "Nothing stands out." } }
        @for finding in advice {
            @let severity = finding.severity().to_string();
            article class={ "finding " (severity) } {
                h3 { span class={ "badge " (severity) } { (severity) } (id(finding.code())) }
                p { (prose(&format!("{finding}."))) }
                p.remedy { (prose(&finding.remedy())) }
                @if !finding.evidence().is_empty() {
                    details { summary { "What it rests on" } (evidence(&finding.evidence())) }
                }
            }
        }
        @if !advice.is_empty() {
            p.note { (prose("What a code means, and on what evidence it is given: `fullmarks advise --explain CODE`.")) }
        }
    }
}

fn evidence(evidence: &[Evidence]) -> Markup {
    html! { dl { @for Evidence { name, value } in evidence {
        dt { (name.replace('_', " ")) }
        dd { @match value {
            Value::Count(count) => (count),
            Value::Number(value) => (number(*value)),
            Value::Interval(interval) => {
                @if (0.0..=1.0).contains(&interval.low) && (0.0..=1.0).contains(&interval.high) { (range(*interval)) }
                @else { (number(interval.low)) "–" (number(interval.high)) }
            },
            Value::Name(name) => (id(name)),
        } }
    } } }
}
