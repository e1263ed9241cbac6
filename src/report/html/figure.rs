//! Figures: each panel with a text that says what is to be seen, and the numbers in a table below.

use maud::{Markup, html};

/// One plot.
pub(super) struct Panel {
    /// What stands above it.
    pub(super) title: String,
    /// What is to be seen in it.
    pub(super) label: String,
    /// The plot.
    pub(super) svg: Markup,
}

/// Panels side by side; `class` says which kind they are.
pub(super) fn figure(class: &str, panels: &[Panel], legend: &Markup, caption: &str, table: &Markup) -> Markup {
    html! {
        figure {
            div class={ "panels " (class) } {
                @for panel in panels {
                    div.panel {
                        h3 { (panel.title) }
                        div role="img" aria-label=(panel.label) { (panel.svg) }
                    }
                }
            }
            (legend)
            figcaption { (caption) }
            (numbers(table))
        }
    }
}

/// Numbers for whoever wants them.
pub(super) fn numbers(table: &Markup) -> Markup {
    html! { details { summary { "The numbers" } (scroll("Numbers", table)) } }
}

/// Something that may be wider than the page: it scrolls, also by keyboard, and the page does not.
pub(super) fn scroll(label: &str, content: &Markup) -> Markup {
    html! { div.scroll role="region" aria-label=(label) tabindex="0" { (content) } }
}
