//! Text that somebody else wrote: escaped, and nothing in it invisible or able to turn what stands beside it around.

use crate::printable::is_odd;
use maud::{Escaper, Markup, PreEscaped, html};
use std::fmt::Write;

/// Longest part of a completion that is shown, in characters.
const LONGEST: usize = 4000;

/// A name from a file: an id, a column, a scheme.
pub(super) fn id(text: &str) -> Markup {
    html! { bdi.id { (shown(text, false)) } }
}

/// A sentence of ours; names in it stand between backticks.
pub(super) fn prose(text: &str) -> Markup {
    let parts: Vec<&str> = text.split('`').collect();
    // An odd number of backticks: one of them belongs to a name, and nobody knows which.
    if parts.len().is_multiple_of(2) {
        return html! { bdi { (shown(text, false)) } };
    }
    html! {
        @for (place, part) in parts.iter().enumerate() {
            @if place.is_multiple_of(2) { (shown(part, false)) } @else { (id(part)) }
        }
    }
}

/// A completion, as it was written.
pub(super) fn completion(text: &str) -> Markup {
    let length = text.chars().count();
    let start: String = text.chars().take(LONGEST).collect();
    html! {
        @if text.is_empty() {
            p.note { "The empty completion." }
        } @else {
            pre.completion dir="auto" tabindex="0" { (shown(&start, true)) }
        }
        @if length > LONGEST {
            p.note { "… and " (length - LONGEST) " characters more." }
        }
    }
}

/// Escaped, with a mark in place of each character that shows nothing, moves the cursor or changes the direction of what follows.
fn shown(text: &str, lines: bool) -> Markup {
    let mut html = String::new();
    let mut run = String::new();
    for c in text.chars() {
        match c {
            '\n' if !lines => run.push('⏎'),
            '\n' | '\t' => run.push(c),
            c if is_odd(c) => {
                escape(&mut run, &mut html);
                write!(html, "<span class=\"odd\">U+{:04X}</span>", u32::from(c)).expect("a string takes it");
            }
            c => run.push(c),
        }
    }
    escape(&mut run, &mut html);
    PreEscaped(html)
}

fn escape(run: &mut String, html: &mut String) {
    Escaper::new(html).write_str(run).expect("a string takes it");
    run.clear();
}

/// A name where no markup can stand.
pub(super) fn plain(text: &str) -> String {
    let visible = |c: char| if is_odd(c) { '\u{fffd}' } else { c };
    text.chars().map(visible).collect()
}
