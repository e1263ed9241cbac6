//! An assessment for a terminal: plain text of at most 100 columns, the most important first.

mod dependence;
mod forecast;
#[cfg(test)]
mod tests;

use crate::advise::{
    Assessment, Basis, Counts, FamilyRate, Nothing, Percent, Rate, Rates, Share, Signal, Undefined, stats::Interval,
};
use std::fmt::{self, Write};

const WIDTH: usize = 100;
/// Families of constraints shown; the JSON form has all.
const FAMILIES: usize = 12;
/// Longest name of a family that is shown whole.
const NAME: usize = 32;
/// Cells of a bar.
const BAR: usize = 12;

/// Writes an assessment.
///
/// # Errors
/// Those of `out`.
pub fn render(assessment: &Assessment, out: &mut impl Write) -> fmt::Result {
    headline(assessment, out)?;
    if assessment.counts.completions > 0 {
        counts(&assessment.counts, out)?;
    }
    if assessment.nothing.is_none() {
        if let Some(found) = &assessment.forecast {
            forecast::render(found, &assessment.settings, out)?;
        }
        rates(assessment, out)?;
        signal(assessment, out)?;
        critical_credit(assessment, out)?;
        families(&assessment.families, out)?;
        dependence::render(&assessment.dependence, assessment.settings.level, out)?;
    }
    advice(assessment, out)
}

fn headline(assessment: &Assessment, out: &mut impl Write) -> fmt::Result {
    let sentence = match (assessment.nothing, &assessment.rates) {
        (Some(Nothing::NoCompletions), _) => "Nothing to assess: there is no completion.".to_owned(),
        (Some(Nothing::AllUnscored), _) | (None, None) => {
            "Nothing to assess: every completion has a verdict that could not be given.".to_owned()
        }
        (None, Some(Rates { full, .. })) => {
            let (low, high) = (Percent(full.interval.low), Percent(full.interval.high));
            let estimate = Percent(full.estimate);
            format!("{estimate} of completions are fully correct ({low} to {high}); {}", lesson(assessment))
        }
    };
    wrap(&sentence, "", "", out)
}

/// The second half of the headline: how much groups would teach.
fn lesson(assessment: &Assessment) -> String {
    let size = assessment.settings.group_size;
    let known: Vec<(String, String)> = assessment
        .signal
        .iter()
        .filter_map(|signal| Some((signal.scheme.to_string(), Percent(signal.mixed.estimate?).to_string())))
        .collect();
    let Some((_, first)) = known.first() else {
        return format!("how many groups of {size} would have a gradient can only be bounded.");
    };
    let shares = if known.len() > 1 && known.iter().all(|(_, share)| share == first) {
        format!("{first} under every scheme")
    } else {
        known.iter().map(|(scheme, share)| format!("{share} under {scheme}")).collect::<Vec<_>>().join(", ")
    };
    format!("groups of {size} with a gradient: {shares}.")
}

fn counts(counts: &Counts, out: &mut impl Write) -> fmt::Result {
    let mut line = format!("{} of {}", plural(counts.completions, "completion"), plural(counts.prompts, "prompt"));
    let spread = counts.per_prompt;
    if counts.prompts > 1 {
        line += &if spread.min == spread.max {
            format!(", {} each", spread.max)
        } else {
            format!(", {} to {} each (median {})", spread.min, spread.max, spread.median)
        };
    }
    let (single, all) = (counts.single_constraint_prompts, counts.prompts);
    line += &match (single, counts.constraints.min == counts.constraints.max) {
        (0, true) => format!("; {} constraints each", counts.constraints.max),
        (0, false) => format!("; {} to {} constraints each", counts.constraints.min, counts.constraints.max),
        _ if single == all => "; one constraint each".to_owned(),
        _ => format!("; {} with one constraint, {} with several", plural(single, "prompt"), all - single),
    };
    wrap(&(line + "."), "", "", out)?;
    if 0 < counts.unscored_completions && counts.unscored_completions < counts.completions {
        let verb = if counts.unscored_completions == 1 { "is" } else { "are" };
        let unscored = plural(counts.unscored_completions, "completion");
        wrap(&format!("{unscored} with an unscored verdict {verb} in no rate of whole completions."), "", "", out)?;
    }
    Ok(())
}

fn rates(assessment: &Assessment, out: &mut impl Write) -> fmt::Result {
    let Some(all) = &assessment.rates else {
        return Ok(());
    };
    let counts = &assessment.counts;
    writeln!(out, "\nHow often (mean over prompts, {} interval)", Percent(assessment.settings.level))?;
    let mut table = Table::new(["", "full", "partial", "none"], "<<<<");
    let mut rows = vec![("all prompts", all)];
    // Without prompts of one constraint the second row would repeat the first.
    if let Some(several) = &assessment.several
        && counts.single_constraint_prompts > 0
    {
        rows.push(("several constraints", several));
    }
    let possible = |text: String| if assessment.several.is_some() { text } else { "impossible".to_owned() };
    for (name, rates) in rows {
        table.row([
            format!("{name} ({})", rates.prompts),
            rate(rates.full),
            possible(rate(rates.partial)),
            rate(rates.none),
        ]);
        if rates.unknown > 0 {
            let bounds = |rate: Rate| range(rate.if_scored);
            table.row([
                "  whatever is unscored".to_owned(),
                bounds(rates.full),
                possible(bounds(rates.partial)),
                bounds(rates.none),
            ]);
        }
    }
    table.write(out)?;
    if counts.per_prompt.max < 2 {
        return Ok(());
    }
    let (never, always) = (counts.never_full_prompts, counts.always_full_prompts);
    let both = all.prompts - never - always;
    let line = format!("Prompts with no full answer: {never}; with full answers only: {always}; with both: {both}.");
    wrap(&line, "  ", "  ", out)?;
    let passes: Vec<String> = assessment
        .pass_at
        .iter()
        .map(|pass| format!("@{} {} ({})", pass.k, Percent(pass.estimate), range(pass.interval)))
        .collect();
    wrap(&format!("At least one of k full (pass@k): {}.", passes.join(", ")), "  ", "  ", out)
}

fn signal(assessment: &Assessment, out: &mut impl Write) -> fmt::Result {
    let Some(first) = assessment.signal.first() else {
        return Ok(());
    };
    let settings = &assessment.settings;
    let what = match first.basis {
        Basis::Bounds { .. } => "all that is possible".to_owned(),
        _ => format!("{} interval", Percent(settings.level)),
    };
    let (size, algorithm) = (settings.group_size, settings.algorithm);
    writeln!(out, "\nGroups of {size} by their rewards ({what}): under {algorithm} only mixed ones have a gradient")?;
    let mut table = Table::new(["", "all 0", "all 1", "tied between", "mixed", ""], "<<<<<<");
    for signal in &assessment.signal {
        table.row([
            signal.scheme.to_string(),
            share(signal.all_zero),
            share(signal.all_one),
            share(signal.tied),
            share(signal.mixed),
            signal.mixed.estimate.map_or_else(String::new, bar),
        ]);
    }
    if table.width() > WIDTH {
        table.rows.iter_mut().for_each(|row| row[5].clear());
    }
    table.write(out)?;
    wrap(&basis(first, size), "  ", "  ", out)
}

fn basis(signal: &Signal, size: usize) -> String {
    let mut text = match signal.basis {
        Basis::Direct { prompts } => {
            format!("Unbiased, from {} with at least {size} completions.", plural(prompts, "prompt"))
        }
        Basis::Bounds { direct, bounding } => {
            let mut text = format!(
                "Bounds that hold however prompts differ, with room for sampling error: {} with fewer than {size} \
                 completions.",
                plural(bounding, "prompt")
            );
            if signal.mixed.estimate.is_some() {
                text += &format!(" Estimates are unbiased, from {} with at least {size}.", plural(direct, "prompt"));
            }
            text
        }
    };
    if signal.left_out > 0 {
        text += &format!(" Not used: {} without a known completion.", plural(signal.left_out, "prompt"));
    }
    text
}

fn critical_credit(assessment: &Assessment, out: &mut impl Write) -> fmt::Result {
    writeln!(out, "\nCritical credit (a diagnostic, no verdict)")?;
    let text = match &assessment.critical_credit {
        Err(Undefined::NoPrompt) => "None: no prompt with several constraints has a known completion.".to_owned(),
        Err(Undefined::NoPartial) => "None: no partial answer was seen.".to_owned(),
        Err(Undefined::OnlyPartial) => "None: every answer is partial.".to_owned(),
        Ok(credit) => {
            let Interval { low, high } = credit.interval;
            let meaning = if credit.estimate > 1.0 {
                "Above 1, full answers being likelier than partial ones: no credit lets partial ones grow faster at the start."
            } else {
                "If nothing learned carries over, partial answers that earn more grow faster than full ones at the start."
            };
            let earned: Vec<String> =
                credit.credits.iter().map(|(scheme, earned)| format!("{earned:.2} under {scheme}")).collect();
            let earned = earned.join(", ");
            format!("α* = {:.2} ({low:.2} to {high:.2}). {meaning} They earn {earned}.", credit.estimate)
        }
    };
    wrap(&text, "  ", "  ", out)
}

fn families(families: &[FamilyRate], out: &mut impl Write) -> fmt::Result {
    writeln!(out, "\nConstraints, the least met first")?;
    let unscored = families.iter().any(|family| family.unscored > 0);
    let last = if unscored { "unscored" } else { "" };
    let mut table = Table::new(["", "met", "", "prompts", "verdicts", last], "<<<>>>");
    for family in families.iter().take(FAMILIES) {
        let met = match (family.estimate, family.interval) {
            (Some(estimate), Some(interval)) => with_range(estimate, interval),
            _ => "unknown".to_owned(),
        };
        table.row([
            shortened(&family.family, NAME),
            met,
            family.estimate.map_or_else(String::new, bar),
            family.prompts.to_string(),
            (family.passed + family.failed).to_string(),
            if unscored { family.unscored.to_string() } else { String::new() },
        ]);
    }
    table.write(out)?;
    match families.len().saturating_sub(FAMILIES) {
        0 => Ok(()),
        more => writeln!(out, "  and {more} met more often (--json has all)"),
    }
}

fn advice(assessment: &Assessment, out: &mut impl Write) -> fmt::Result {
    if assessment.advice.is_empty() {
        return if assessment.nothing.is_some() { Ok(()) } else { writeln!(out, "\nNo advice: nothing stands out.") };
    }
    writeln!(out, "\nAdvice")?;
    for finding in &assessment.advice {
        let message = format!("{}[{}] {finding}.", finding.severity(), finding.code());
        wrap(&message, "  ", "      ", out)?;
        wrap(&finding.remedy(), "      → ", "        ", out)?;
    }
    Ok(())
}

fn rate(rate: Rate) -> String {
    with_range(rate.estimate, rate.interval)
}

fn share(share: Share) -> String {
    match share.estimate {
        Some(estimate) => with_range(estimate, share.interval),
        None => range(share.interval),
    }
}

fn with_range(estimate: f64, interval: Interval) -> String {
    format!("{:>4} ({})", Percent(estimate), range(interval))
}

fn range(interval: Interval) -> String {
    let (low, high) = (Percent(interval.low).to_string(), Percent(interval.high).to_string());
    if low == high { low } else { format!("{low}–{high}") }
}

/// A share as a bar; what is above 0 shows, what is below 1 leaves room.
fn bar(share: f64) -> String {
    let cells = (share * BAR as f64).round() as usize;
    let cells = cells.clamp(usize::from(share > 0.0), BAR - usize::from(share < 1.0));
    "█".repeat(cells) + &"░".repeat(BAR - cells)
}

fn plural(count: u64, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

fn shortened(name: &str, longest: usize) -> String {
    let length = name.chars().count();
    if length <= longest {
        return name.to_owned();
    }
    // The end of an id tells more than its beginning.
    "…".chars().chain(name.chars().skip(length - longest + 1)).collect()
}

/// Writes words, broken before `WIDTH`.
fn wrap(text: &str, first: &str, others: &str, out: &mut impl Write) -> fmt::Result {
    let mut line = first.to_owned();
    let mut empty = true;
    for word in text.split_whitespace() {
        if !empty && line.chars().count() + 1 + word.chars().count() > WIDTH {
            writeln!(out, "{line}")?;
            others.clone_into(&mut line);
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line += word;
        empty = false;
    }
    writeln!(out, "{line}")
}

/// Cells under each other.
struct Table<const N: usize> {
    rows: Vec<[String; N]>,
    /// One of `<` and `>` per column.
    sides: &'static str,
}

impl<const N: usize> Table<N> {
    fn new(head: [&str; N], sides: &'static str) -> Self {
        Self { rows: vec![head.map(str::to_owned)], sides }
    }

    fn row(&mut self, cells: [String; N]) {
        self.rows.push(cells);
    }

    fn widths(&self) -> [usize; N] {
        std::array::from_fn(|column| self.rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0))
    }

    /// Columns of the terminal that it takes.
    fn width(&self) -> usize {
        self.widths().iter().filter(|&&width| width > 0).map(|width| width + 2).sum()
    }

    fn write(&self, out: &mut impl Write) -> fmt::Result {
        let widths = self.widths();
        for row in &self.rows {
            let mut line = String::new();
            for ((cell, &width), side) in row.iter().zip(&widths).zip(self.sides.chars()) {
                if width > 0 {
                    line += "  ";
                    line += &if side == '<' { format!("{cell:<width$}") } else { format!("{cell:>width$}") };
                }
            }
            writeln!(out, "{}", line.trim_end())?;
        }
        Ok(())
    }
}
