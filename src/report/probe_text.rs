//! What probing found, for a terminal: holes first, each with how to close it.

use super::{
    layout::{number, plural, quoted, wrap},
    words::probe as words,
};
use crate::probe::{Finding, ProbeReport, Refusal};
use std::fmt::{self, Write};

/// Longest part of an answer that is shown.
const EXCERPT: usize = 160;

/// Mutants whose mistakes are shown.
const SHOWN: usize = 5;

/// Constraints named one by one.
const NAMED: usize = 6;

/// Writes what probing found.
///
/// # Errors
/// Those of `out`.
pub fn render(found: &ProbeReport, out: &mut impl Write) -> fmt::Result {
    headline(found, out)?;
    for alike in words::alike(found) {
        writeln!(out)?;
        hole(found, &alike, out)?;
    }
    for unjudged in &found.unjudged {
        let prompt = unjudged.prompt.as_ref().map_or_else(String::new, |prompt| format!(" on `{prompt}`"));
        let line = format!(
            "\nnot judged[{}/{}]{prompt}: `{}` cannot judge it: {}",
            unjudged.family, unjudged.name, unjudged.constraint, unjudged.cause
        );
        wrap(&line, "\n", "  ", out)?;
    }
    for failure in &found.failures {
        wrap(&format!("case {}: {}", failure.case, failure.message), "\n", "  ", out)?;
    }
    for (first, forms) in words::refused(found) {
        writeln!(out)?;
        refused(first, &forms, out)?;
    }
    let notes = words::mutants(found).into_iter().chain(words::promised(found)).chain(words::allowed(found));
    notes.into_iter().try_for_each(|line| wrap(&line, "\n", "  ", out))
}

fn refused(first: &Refusal, forms: &[&str], out: &mut impl Write) -> fmt::Result {
    let line = format!(
        "refused[{}] by `{}`: {}. It is a right answer in another form:",
        first.form, first.constraint, first.reason
    );
    wrap(&line, "", "  ", out)?;
    writeln!(out, "  {}", quoted(&first.completion, EXCERPT))?;
    if forms.len() > 1 {
        let others: Vec<String> = forms[1..].iter().map(|form| (*form).to_owned()).collect();
        wrap(&format!("It also refuses {}.", named(&others)), "  ", "  ", out)?;
    }
    wrap(words::REFUSED, "  → ", "    ", out)
}

fn headline(found: &ProbeReport, out: &mut impl Write) -> fmt::Result {
    let line = format!("{}: {}. {}", found.task, words::verdict(found), words::thrown(found));
    wrap(&line, "", "", out)
}

fn hole(found: &ProbeReport, alike: &[&Finding], out: &mut impl Write) -> fmt::Result {
    let finding = alike[0];
    let example = &finding.example;
    let mut line = format!(
        "hole[{}/{}] earns {}, and may earn {}",
        finding.family,
        finding.name,
        words::rewards(example),
        number(finding.allowed)
    );
    if found.probed > 1 {
        line += &format!("; on {} of {}", finding.prompts, plural(found.probed, "prompt"));
    }
    if let Some(prompt) = &example.prompt {
        line += &format!("; on `{prompt}` it is");
    }
    wrap(&format!("{line}:"), "", "  ", out)?;
    writeln!(out, "  {}", quoted(&example.completion, EXCERPT))?;
    if !example.passed.is_empty() {
        wrap(&format!("It meets {}.", named(&example.passed)), "  ", "  ", out)?;
    }
    let differences: Vec<&Finding> = alike.iter().filter(|finding| finding.difference.is_some()).copied().collect();
    for finding in differences.iter().take(SHOWN) {
        let difference = finding.difference.as_deref().unwrap_or_default();
        wrap(&format!("{}: on {difference}", finding.name), "  ", "    ", out)?;
    }
    let told = if differences.is_empty() { 1 } else { differences.len().min(SHOWN) };
    if alike.len() > told {
        let others: Vec<String> = alike[told..].iter().map(|other| other.name.clone()).collect();
        wrap(&format!("In the same way: {}.", named(&others)), "  ", "  ", out)?;
    }
    wrap(&finding.remedy, "  → ", "    ", out)
}

fn named(ids: &[String]) -> String {
    let shown: Vec<String> = ids.iter().take(NAMED).map(|id| format!("`{id}`")).collect();
    let more = ids.len().saturating_sub(NAMED);
    if more == 0 { shown.join(", ") } else { format!("{} and {more} more", shown.join(", ")) }
}
