//! The checkers as text: a list, and a page for one.

use crate::spec::{Catalogue, CheckerDoc};
use std::fmt::Write;

/// A line per checker.
#[must_use]
pub fn checker_list(catalogue: &Catalogue) -> String {
    let width = catalogue.ids().iter().map(|id| id.len()).max().unwrap_or(0);
    catalogue.checkers().iter().map(|doc| format!("{:width$}  {}\n", doc.id, doc.summary)).collect()
}

/// Everything about one checker.
#[must_use]
pub fn checker_page(doc: &CheckerDoc) -> String {
    let mut page = format!("{}\n  {}\n", doc.id, doc.summary);
    if !doc.details.is_empty() {
        page += &format!("\n{}\n", wrapped(&doc.details, 2, 98));
    }
    page += "\nParameters\n";
    if doc.params.is_empty() {
        page += "  none\n";
    }
    for param in &doc.params {
        let need = match (&param.default, param.required) {
            (_, true) => "required".to_owned(),
            (Some(default), _) => format!("default {default}"),
            (None, _) => "optional".to_owned(),
        };
        let _ = writeln!(page, "  {}: {}, {need}\n{}", param.name, param.kind.describe(), wrapped(&param.doc, 6, 98));
    }
    let _ = writeln!(page, "\nExample\n  check: {}", doc.id);
    if doc.example.params.as_object().is_some_and(|params| !params.is_empty()) {
        let _ = writeln!(page, "  with: {}", doc.example.params);
    }
    if !doc.example.prompt.is_empty() {
        let _ = writeln!(page, "  prompt {:?}", doc.example.prompt);
    }
    for (what, texts) in [("passes", &doc.example.passes), ("fails ", &doc.example.fails)] {
        for text in texts {
            let _ = writeln!(page, "  {what} {text:?}");
        }
    }
    let _ = writeln!(page, "\nSource\n{}", wrapped(&doc.source, 2, 98));
    page
}

/// Breaks lines between words.
fn wrapped(text: &str, indent: usize, width: usize) -> String {
    let mut lines = vec![" ".repeat(indent)];
    for word in text.split_whitespace() {
        let last = lines.last_mut().expect("never empty");
        let begun = last.len() > indent;
        if begun && last.chars().count() + 1 + word.chars().count() > width {
            lines.push(" ".repeat(indent) + word);
        } else {
            if begun {
                last.push(' ');
            }
            last.push_str(word);
        }
    }
    lines.join("\n")
}
