//! Bars in the cells of tables. They repeat the numbers beside them, so that nobody has to see them.

use crate::advise::{Percent, stats::Interval};
use crate::report::words::range;
use maud::{Markup, html};

fn percent(share: f64) -> String {
    format!("{:.2}%", 100.0 * share.clamp(0.0, 1.0))
}

/// A share of 0 to 1 with whiskers; `class` colours it.
pub(super) fn bar(estimate: Option<f64>, interval: Option<Interval>, class: &str) -> Markup {
    html! {
        svg aria-hidden="true" {
            rect.track x="0" y="35%" width="100%" height="30%" {}
            @if let Some(estimate) = estimate {
                rect class={ "fill " (class) } x="0" y="15%" width=(percent(estimate)) height="70%" {}
            }
            @if let Some(Interval { low, high }) = interval {
                line.whisker x1=(percent(low)) x2=(percent(high)) y1="50%" y2="50%" {}
                @for end in [low, high] {
                    line.whisker x1=(percent(end)) x2=(percent(end)) y1="25%" y2="75%" {}
                }
            }
        }
    }
}

/// Shares that add up to 1 at most, one after the other, each in the colour of its class.
pub(super) fn stack(parts: &[(&str, f64)]) -> Markup {
    let starts = parts.iter().scan(0.0, |sum, (_, share)| {
        let start = *sum;
        *sum += share;
        Some(start)
    });
    html! {
        svg aria-hidden="true" {
            rect.key-rest x="0" y="0" width="100%" height="100%" {}
            @for ((class, share), start) in parts.iter().zip(starts) {
                @if *share > 0.0 {
                    rect class={ "key-" (class) } x=(percent(start)) y="0" width=(percent(*share)) height="100%" {}
                }
            }
        }
    }
}

/// What the colours of a stack mean.
pub(super) fn legend(keys: &[(&str, &str)]) -> Markup {
    html! {
        ul.legend {
            @for (class, meaning) in keys {
                li {
                    svg aria-hidden="true" { rect class={ "key-" (class) } width="100%" height="100%" {} }
                    (meaning)
                }
            }
        }
    }
}

/// A share with its interval, as a cell's text.
pub(super) fn value(estimate: f64, interval: Interval) -> Markup {
    html! { (Percent(estimate)) " " span.interval { "(" (range(interval)) ")" } }
}
