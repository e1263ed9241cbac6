//! A log that was watched, for a terminal: when it stalled, on what, which prompts, what would have told before, and the run in a table.

use super::layout::{number, plural, table, wrap};
use crate::{
    advise::{Percent, Severity},
    monitor::{Mean, Review, Sign, Stall, Step, StuckPrompt, TooShort},
    reward::Scheme,
};
use std::fmt::{self, Write};

/// Rows of the table; the JSON form has all steps.
const ROWS: usize = 10;

/// Prompts that are named.
const PROMPTS: usize = 8;

/// How far a pass rate has to lie below its height for that to be said, by how much it grows that is no growth to speak of, and the rate from which
/// little is left to grow.
const FELL: f64 = 0.1;
const FLAT: f64 = 0.02;
const HIGH: f64 = 0.9;

/// Writes what a log shows.
///
/// # Errors
/// Those of `out`.
pub fn render(review: &Review, out: &mut impl Write) -> fmt::Result {
    match &review.stall {
        Some(stall) => stalled(review, stall, out)?,
        None => went_on(review, out)?,
    }
    writeln!(out)?;
    table(&rows(&review.steps), "", out)?;
    at_the_end(review, out)
}

fn stalled(review: &Review, stall: &Stall, out: &mut impl Write) -> fmt::Result {
    let when = match (stall.until, stall.grew) {
        (Some(until), true) => format!("The run stalled from step {} to step {until}, and then went on.", stall.since),
        (Some(until), false) => format!("The run stalled from its start to step {until}, and then went on."),
        (None, true) => {
            format!("The run stalled at step {}: full answers grew until then, and not after it.", stall.since)
        }
        (None, false) => {
            let first = &review.steps[..review.steps.len().min(review.back.div_ceil(5))];
            let rate = mean(first, |step| step.full);
            let rate = rate.map(|rate| format!(" The pass rate was {} at the start.", Percent(rate)));
            format!("The run stalled from its start: full answers did not grow.{}", rate.unwrap_or_default())
        }
    };
    wrap(&when, "", "", out)?;
    wrap(&format!("Seen at step {}: {}.", stall.raised, stall.finding), "  ", "    ", out)?;
    match review.first_sign() {
        Some(Sign { first, finding, .. }) => {
            wrap(&format!("First sign at step {first}: {finding}."), "  ", "    ", out)?
        }
        None => wrap("Nothing told before.", "  ", "    ", out)?,
    }
    if !stall.met.is_empty() {
        let met = stall.met.iter().map(|(family, share)| format!("{} of `{family}`", Percent(*share)));
        let met = met.collect::<Vec<_>>().join(", ");
        wrap(&format!("Stuck answers meet {met}."), "  ", "    ", out)?;
    }
    wrap(&prompts(stall), "  ", "    ", out)?;
    wrap(&stall.finding.remedy(), "  → ", "    ", out)
}

/// Which prompts are stuck.
fn prompts(stall: &Stall) -> String {
    let lost = stall.stuck.iter().filter(|prompt| prompt.lost).count() as u64;
    let named: Vec<String> = stall.stuck.iter().take(PROMPTS).map(|StuckPrompt { prompt, .. }| short(prompt)).collect();
    let more = match stall.stuck.len().saturating_sub(named.len()) {
        0 => String::new(),
        more => format!(" and {more} more (--json has all)"),
    };
    let before = match lost {
        0 => "none of them had a full answer before".to_owned(),
        lost => format!("{lost} of them had full answers before"),
    };
    match stall.stuck.len() as u64 {
        0 => format!("Prompts: in none of {} are all answers paid alike.", stall.prompts),
        stuck => format!(
            "Prompts: {stuck} of {} {} stuck, {before}: {}{more}.",
            stall.prompts,
            if stuck == 1 { "is" } else { "are" },
            named.join(", ")
        ),
    }
}

/// An id that may be the text of a whole prompt.
fn short(id: &str) -> String {
    const MOST: usize = 40;
    let line = id.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= MOST { line } else { line.chars().take(MOST).collect::<String>() + "…" }
}

fn went_on(review: &Review, out: &mut impl Write) -> fmt::Result {
    let parts = chunks(&review.steps);
    let rate = |part: Option<&&[Step]>| part.and_then(|part| mean(part, |step| step.full));
    let went = match (rate(parts.first()), rate(parts.last())) {
        (Some(first), Some(last)) if parts.len() > 1 => {
            format!(" The pass rate went from {} to {}.{}", Percent(first), Percent(last), since_height(&parts, last))
        }
        _ => String::new(),
    };
    let steps = plural(review.steps.len() as u64, "step");
    let binary = matches!(review.scheme, Scheme::Binary(_));
    let said = match review.too_short.filter(|_| !binary) {
        None => format!("No stall by partial credit was seen in {steps}.{went}"),
        Some(short) => format!("{} The log has {steps}.{went}", too_short(short)),
    };
    wrap(&said, "", "", out)?;
    if binary {
        wrap("`binary` pays full answers alone, so no partial credit can stall the run.", "", "", out)?;
    }
    for Sign { first, last, finding } in &review.signs {
        wrap(&format!("A sign from step {first} to step {last}: {finding}."), "  ", "    ", out)?;
    }
    Ok(())
}

/// How the pass rate ended beside its height: that it fell from there, or has hardly grown since long. Nothing where it went on.
fn since_height(parts: &[&[Step]], last: f64) -> String {
    let rates = parts.iter().filter_map(|part| Some((part[0].step, mean(part, |step| step.full)?)));
    let rates: Vec<(u64, f64)> = rates.collect();
    let Some(&(top, most)) = rates.iter().max_by(|a, b| a.1.total_cmp(&b.1)) else { return String::new() };
    if most - last >= FELL {
        return format!(" It fell from {}, its height about step {top}: look for what came then.", Percent(most));
    }
    let flat = rates.iter().position(|(_, rate)| last - rate < FLAT).filter(|place| 2 * place < rates.len());
    match flat.map(|place| rates[place].0) {
        Some(step) if last < HIGH => format!(" It has hardly grown since about step {step}, whatever the reason."),
        _ => String::new(),
    }
}

/// What a log needs before it can tell.
fn too_short(short: TooShort) -> String {
    match short {
        TooShort::Steps { least, smaller_back: true } => {
            format!("Too short to tell: give at least {least} steps, or a smaller --back.")
        }
        TooShort::Steps { least, smaller_back: false } => format!("Too short to tell: give at least {least} steps."),
        TooShort::Back { least } => format!("Too few groups to tell: give --back {least} or more."),
        TooShort::Unknown => "No rewards are known, so nothing can tell.".to_owned(),
    }
}

/// What else is to be said of the last groups.
fn at_the_end(review: &Review, out: &mut impl Write) -> fmt::Result {
    let grave = |finding: &&crate::advise::Advice| {
        finding.severity() >= Severity::Warning && finding.code() != "partial-credit-stalls"
    };
    for (place, finding) in review.assessment.advice.iter().filter(grave).enumerate() {
        if place == 0 {
            writeln!(out, "\nAt the end")?;
        }
        wrap(&format!("{}[{}] {finding}.", finding.severity(), finding.code()), "  ", "    ", out)?;
    }
    Ok(())
}

fn chunks(steps: &[Step]) -> Vec<&[Step]> {
    steps.chunks(steps.len().div_ceil(ROWS).max(1)).collect()
}

fn mean(steps: &[Step], of: fn(&Step) -> Mean) -> Option<f64> {
    let values: Vec<f64> = steps.iter().filter_map(|step| of(step).value()).collect();
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

fn rows(steps: &[Step]) -> Vec<Vec<String>> {
    let shows = steps.iter().any(|step| step.distinct.value().is_some());
    let mut head = vec!["from step", "pass rate", "reward", "no full answer", "paid alike"];
    head.extend(shows.then_some("different"));
    let share = |value: Option<f64>| value.map_or_else(|| "?".to_owned(), |value| Percent(value).to_string());
    let row = |part: &&[Step]| {
        let mut row = vec![
            part[0].step.to_string(),
            share(mean(part, |step| step.full)),
            mean(part, |step| step.reward).map_or_else(|| "?".to_owned(), number),
            share(mean(part, |step| step.without)),
            share(mean(part, |step| step.tied)),
        ];
        row.extend(shows.then(|| share(mean(part, |step| step.distinct))));
        row
    };
    let head = head.into_iter().map(str::to_owned).collect();
    std::iter::once(head).chain(chunks(steps).iter().map(row)).collect()
}
