//! Sentences on what probing found.

use crate::{
    probe::{Earned, Finding, Mutants, ProbeReport, Refusal},
    report::layout::{number, plural},
};
use std::collections::BTreeMap;

/// Whether anything earns more than it may.
pub(in crate::report) fn verdict(found: &ProbeReport) -> String {
    match found.holes().count() {
        0 if found.is_fine() => "no answer earns more than it may".to_owned(),
        0 => "no answer that could be judged earns more than it may".to_owned(),
        1 => "1 answer earns more than it may".to_owned(),
        several => format!("{several} answers earn more than they may"),
    }
}

/// What was thrown at what.
pub(in crate::report) fn thrown(found: &ProbeReport) -> String {
    let of = match (found.from_file, found.probed == found.prompts) {
        (true, true) => format!("all {}", plural(found.prompts, "prompt")),
        (true, false) => format!("{} of {} prompts", found.probed, found.prompts),
        (false, _) => format!("{} of the spec's own cases", plural(found.probed, "row")),
    };
    let of = match found.left_out {
        0 => of,
        left_out => format!("{of} ({left_out} that cannot be used left out)"),
    };
    format!(
        "Thrown: {} at {of}, rewarded by {}; the spec's own cases: {} of {} as stated.",
        plural(found.thrown, "answer"),
        found.schemes.iter().map(|scheme| format!("`{scheme}`")).collect::<Vec<_>>().join(", "),
        found.cases - found.failures.len() as u64,
        found.cases
    )
}

/// Holes of one kind that are closed in one way, the largest first: one of them shows them all.
pub(in crate::report) fn alike(found: &ProbeReport) -> Vec<Vec<&Finding>> {
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

/// What an answer earns under each scheme.
pub(in crate::report) fn rewards(example: &Earned) -> String {
    let of = |(scheme, reward): &(String, Option<f64>)| {
        format!("{} under `{scheme}`", reward.map_or_else(|| "unknown".to_owned(), number))
    };
    example.rewards.iter().map(of).collect::<Vec<_>>().join(", ")
}

/// What the spec allows, by its reason.
pub(in crate::report) fn allowed(found: &ProbeReport) -> Vec<String> {
    let mut by_why: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for finding in found.findings.iter().filter(|finding| !finding.is_hole() && !finding.is_promised()) {
        let why = finding.why.clone().unwrap_or_else(|| format!("`max_reward` is {}", number(finding.allowed)));
        by_why.entry(why).or_default().push(format!("{}/{}", finding.family, finding.name));
    }
    let sentence = |(why, probes): (String, Vec<String>)| {
        let verb = if probes.len() == 1 { "earns" } else { "earn" };
        format!("Allowed: {} {verb} reward; {why}", probes.join(", "))
    };
    by_why.into_iter().map(sentence).collect()
}

/// What earns a part of the reward that the scheme promises.
pub(in crate::report) fn promised(found: &ProbeReport) -> Option<String> {
    let all: Vec<&Finding> = found.findings.iter().filter(|finding| finding.is_promised()).collect();
    let most = all.iter().copied().reduce(|most, one| if one.most > most.most { one } else { most })?;
    let met = match &most.example.passed[..] {
        [] => "some of its cases".to_owned(),
        passed => passed.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", "),
    };
    Some(format!(
        "Partial credit: {} without the task {} a part of the reward, at most {} ({}/{}, for meeting {met}). The scheme promises that to every \
         answer, so it is no hole.",
        plural(all.len() as u64, "answer"),
        if all.len() == 1 { "earns" } else { "earn" },
        number(most.most),
        most.family,
        most.name
    ))
}

/// What came of the mutants.
pub(in crate::report) fn mutants(found: &ProbeReport) -> Option<String> {
    let Mutants { thrown, alike, survived, weak, without_answer } = found.mutants;
    let without = match without_answer {
        0 => String::new(),
        several => format!(
            " {} run code and have no right answer to start from: add an accept case, or name the column with `--references`.",
            plural(several, "prompt")
        ),
    };
    if thrown == 0 {
        return (without_answer > 0).then(|| format!("Mutants: none.{without}"));
    }
    let alike = match alike {
        0 => String::new(),
        alike => format!(" {alike} more were not told apart from a right answer on any input, and are no holes."),
    };
    let on =
        if found.probed > 1 && weak > 0 { format!(", on {weak} of {} prompts", found.probed) } else { String::new() };
    Some(format!(
        "Mutants: {thrown} wrong versions of right answers were thrown, and {survived} of them earn what a right answer earns{on}.{alike}{without}"
    ))
}

/// What is refused, by constraint: the constraint, the forms, and the first of them.
pub(in crate::report) fn refused(found: &ProbeReport) -> Vec<(&Refusal, Vec<&str>)> {
    let mut groups: Vec<(&Refusal, Vec<&str>)> = Vec::new();
    for refusal in &found.refusals {
        match groups.iter_mut().find(|(first, _)| first.constraint == refusal.constraint) {
            Some((_, forms)) => forms.push(&refusal.form),
            None => groups.push((refusal, vec![&refusal.form])),
        }
    }
    groups
}

/// What to do about it.
pub(in crate::report) const REFUSED: &str =
    "if these are right, let the constraint read them; if the form is a part of the task, the prompt should say so";
