//! What probing found, for a terminal: holes first, each with how to close it.

use super::layout::{number, plural, quoted, wrap};
use crate::probe::{Finding, ProbeReport};
use std::{
    collections::BTreeMap,
    fmt::{self, Write},
};

/// Longest part of an answer that is shown.
const EXCERPT: usize = 160;

/// Constraints named one by one.
const NAMED: usize = 6;

/// Writes what probing found.
///
/// # Errors
/// Those of `out`.
pub fn render(found: &ProbeReport, out: &mut impl Write) -> fmt::Result {
    headline(found, out)?;
    for alike in alike(found) {
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
    allowed(found, out)
}

fn headline(found: &ProbeReport, out: &mut impl Write) -> fmt::Result {
    let holes = found.holes().count() as u64;
    let verdict = match holes {
        0 if found.is_fine() => "no answer earns more than it may".to_owned(),
        0 => "no answer that could be judged earns more than it may".to_owned(),
        1 => "1 answer earns more than it may".to_owned(),
        several => format!("{several} answers earn more than they may"),
    };
    let of = match (found.from_file, found.probed == found.prompts) {
        (true, true) => format!("all {}", plural(found.prompts, "prompt")),
        (true, false) => format!("{} of {} prompts", found.probed, found.prompts),
        (false, _) => format!("{} of the spec's own cases", plural(found.probed, "row")),
    };
    let line = format!(
        "{}: {verdict}. Thrown: {} at {of}, rewarded by {}; the spec's own cases: {} of {} as stated.",
        found.task,
        plural(found.thrown, "answer"),
        found.schemes.iter().map(|scheme| format!("`{scheme}`")).collect::<Vec<_>>().join(", "),
        found.cases - found.failures.len() as u64,
        found.cases
    );
    wrap(&line, "", "", out)
}

/// Holes of one kind that are closed in one way, the largest first: one of them shows them all.
fn alike(found: &ProbeReport) -> Vec<Vec<&Finding>> {
    let mut groups: Vec<Vec<&Finding>> = Vec::new();
    for hole in found.holes() {
        let same = |group: &&mut Vec<&Finding>| group[0].family == hole.family && group[0].remedy == hole.remedy;
        match groups.iter_mut().find(same) {
            Some(group) => group.push(hole),
            None => groups.push(vec![hole]),
        }
    }
    groups
}

fn hole(found: &ProbeReport, alike: &[&Finding], out: &mut impl Write) -> fmt::Result {
    let finding = alike[0];
    let example = &finding.example;
    let rewards = example
        .rewards
        .iter()
        .map(|(scheme, reward)| format!("{} under `{scheme}`", reward.map_or_else(|| "unknown".to_owned(), number)));
    let mut line = format!(
        "hole[{}/{}] earns {}, and may earn {}",
        finding.family,
        finding.name,
        rewards.collect::<Vec<_>>().join(", "),
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
    if alike.len() > 1 {
        let others: Vec<String> = alike[1..].iter().map(|other| other.name.clone()).collect();
        wrap(&format!("In the same way: {}.", named(&others)), "  ", "  ", out)?;
    }
    wrap(&finding.remedy, "  → ", "    ", out)
}

fn named(ids: &[String]) -> String {
    let shown: Vec<String> = ids.iter().take(NAMED).map(|id| format!("`{id}`")).collect();
    let more = ids.len().saturating_sub(NAMED);
    if more == 0 { shown.join(", ") } else { format!("{} and {more} more", shown.join(", ")) }
}

/// What the spec allows, by its reason.
fn allowed(found: &ProbeReport, out: &mut impl Write) -> fmt::Result {
    let mut by_why: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for finding in found.findings.iter().filter(|finding| !finding.is_hole()) {
        let why = finding.why.clone().unwrap_or_else(|| format!("`max_reward` is {}", number(finding.allowed)));
        by_why.entry(why).or_default().push(format!("{}/{}", finding.family, finding.name));
    }
    for (why, probes) in by_why {
        let verb = if probes.len() == 1 { "earns" } else { "earn" };
        wrap(&format!("Allowed: {} {verb} reward; {why}", probes.join(", ")), "\n", "  ", out)?;
    }
    Ok(())
}
