//! Sentences on rewards as paid: what a log holds, what moves the policy, and what the trainer's configuration said.

use crate::{
    advise::{Answer, AttributedPart, Attribution, PartKind, Percent, RewardSignal},
    report::{advised::TrainerSettings, layout::number},
};

/// Share of the advantages from which it is worth a line that a penalty or length has it.
const TELLING: f64 = 0.1;

/// Keys that a terminal lists; JSON has all.
const LISTED: usize = 12;

/// What the rewards of a log are.
pub(in crate::report) fn rewards(signal: &RewardSignal) -> String {
    let name = |(name, weight): &(std::sync::Arc<str>, f64)| match weight {
        1.0 => name.to_string(),
        weight => format!("{} × {name}", number(*weight)),
    };
    let names: Vec<String> = signal.columns.iter().map(name).collect();
    let (least, most) = (number(signal.least), number(signal.most));
    format!("Rewards go from {least} to {most} ({}).", names.join(" + "))
}

/// Share of the advantages from which length is what a reader must look at first.
const MUCH: f64 = 0.25;

/// That length moves much of the policy, and when to look at it: nothing where it moves little.
pub(in crate::report) fn warning(found: &Attribution, answer: &Answer) -> Option<String> {
    let length = found.length.filter(|length| length.abs() >= MUCH)?;
    let which = if length > 0.0 { "longer" } else { "shorter" };
    let says =
        format!("{which} answers earn more, and length explains {} of what moves the policy.", Percent(length.abs()));
    Some(match answer {
        Answer::Start(_) => format!("Check the reward before you start: {says}"),
        // One thing comes first, and it is said above.
        _ => format!("Length: {says}"),
    })
}

/// What moves the policy, as far as a reader must know it; nothing where it is as it should be.
pub(in crate::report) fn attribution(found: &Attribution) -> Vec<String> {
    let mut lines = Vec::new();
    let columns: Vec<&AttributedPart> = found.parts.iter().filter(|part| part.kind == PartKind::Column).collect();
    if columns.len() > 1 {
        let part = |part: &&AttributedPart| format!("{} {}", part.name, signed(part.share));
        lines.push(format!("The gradient comes from: {}.", columns.iter().map(part).collect::<Vec<_>>().join(", ")));
    }
    for part in found.parts.iter().filter(|part| part.kind == PartKind::Penalty && part.share.abs() > TELLING) {
        lines.push(format!("{} of the gradient comes from the {}.", signed(part.share), part.name));
    }
    if let Some(length) = found.length.filter(|length| (TELLING..MUCH).contains(&length.abs())) {
        let which = if length > 0.0 { "longer" } else { "shorter" };
        lines.push(format!("Length explains {} of the advantages: {which} answers earn more.", Percent(length.abs())));
    }
    lines
}

/// A share that may be below 0.
pub(in crate::report) fn signed(share: f64) -> String {
    match share {
        ..0.0 => format!("−{}", signed(-share)),
        1.005.. => format!("{:.0}%", 100.0 * share),
        _ => Percent(share.min(1.0)).to_string(),
    }
}

/// What was taken from a trainer's configuration, and what not.
pub(in crate::report) fn trainer(settings: &TrainerSettings) -> Vec<String> {
    let config = &settings.config;
    let taken = config.taken.iter().map(|taken| format!("{} = {} ({})", taken.key, taken.value, taken.meaning));
    let mut lines = vec![format!("From {}: {}.", config.trainer, taken.collect::<Vec<_>>().join(", "))];
    if !settings.overruled_by.is_empty() {
        lines.push(format!("Given besides, and so used instead: {}.", settings.overruled_by.join(", ")));
    }
    lines.extend(config.notes.iter().cloned());
    if !config.unused.is_empty() {
        lines.push(format!("Without effect here: {}.", listed(&config.unused)));
    }
    if !config.unknown.is_empty() {
        lines.push(format!("Not known to advise: {}.", listed(&config.unknown)));
    }
    lines
}

fn listed(keys: &[String]) -> String {
    let mut text = keys.iter().take(LISTED).map(String::as_str).collect::<Vec<_>>().join(", ");
    if keys.len() > LISTED {
        text += &format!(" and {} more", keys.len() - LISTED);
    }
    text
}
