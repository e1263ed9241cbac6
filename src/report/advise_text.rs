//! An assessment for a terminal: plain text of at most 100 columns, the most important first.

mod dependence;
mod forecast;
mod screen;
#[cfg(test)]
mod tests;

use super::{
    Advised,
    layout::{WIDTH, bar, wrap},
    words::{
        advise::{self as words, basis, kind_of_interval},
        decision, forecast as outlook, paid, range, share, with_range,
    },
};
use crate::{
    advise::{Answer, Assessment, FamilyRate, Percent, Rate, RewardSignal},
    printable::printable,
};
use std::fmt::{self, Write};

/// Families of constraints shown; the JSON form has all.
const FAMILIES: usize = 12;
/// Longest name of a family that is shown whole.
const NAME: usize = 32;

/// How much of an assessment is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// The answer and the next step.
    Answer,
    /// What a person decides by: about thirty lines.
    Screen,
    /// Everything.
    All,
}

/// Writes an assessment.
///
/// # Errors
/// Those of `out`.
pub fn render(advised: &Advised, detail: Detail, out: &mut impl Write) -> fmt::Result {
    match detail {
        Detail::Answer => screen::answer(advised, out),
        Detail::Screen => screen::render(advised, out),
        Detail::All => all(advised, out),
    }
}

fn all(advised: &Advised, out: &mut impl Write) -> fmt::Result {
    let assessment = &advised.assessment;
    let forecast = assessment.forecast.as_ref();
    wrap(&decision::sentence(assessment), "", "", out)?;
    let length = |found| paid::warning(found, &assessment.decision.answer);
    if let Some(length) = advised.attribution.as_ref().and_then(length) {
        wrap(&length, "", "", out)?;
    }
    if let Some(waste) = decision::waste(assessment) {
        wrap(&waste, "", "", out)?;
    }
    if let Some(prompts) = decision::prompts(assessment) {
        wrap(&prompts, "", "", out)?;
    }
    if let Some(pilots) = decision::pilots(assessment) {
        wrap(&pilots, "", "", out)?;
    }
    if let Some(settling) = forecast.and_then(outlook::settling) {
        wrap(&settling, "  → ", "    ", out)?;
    }
    if assessment.decision.answer != Answer::Nothing {
        wrap(&headline(advised), "", "", out)?;
    }
    for line in advised.attribution.iter().flat_map(paid::attribution) {
        wrap(&line, "", "", out)?;
    }
    if assessment.counts.completions > 0 {
        words::counts(&assessment.counts).iter().try_for_each(|line| wrap(line, "", "", out))?;
    }
    advice(advised, out)?;
    if assessment.nothing.is_some() {
        return Ok(());
    }
    if let Some(signal) = &advised.rewards {
        rewards(signal, assessment, out)?;
        return settings(advised, out);
    }
    rates(assessment, out)?;
    families(&assessment.families, out)?;
    if let Some(found) = forecast {
        forecast::curves(found, &assessment.settings, out)?;
        forecast::flips(found, out)?;
    }
    dependence::render(&assessment.dependence, assessment.settings.level, out)?;
    signal(assessment, out)?;
    writeln!(out, "\nCritical credit (a diagnostic, no verdict)")?;
    wrap(&words::critical_credit(assessment), "  ", "  ", out)?;
    if let Some(found) = forecast {
        forecast::costs(found, &assessment.settings, out)?;
    }
    settings(advised, out)
}

/// How often completions are correct, or what they are paid.
fn headline(advised: &Advised) -> String {
    advised.rewards.as_ref().map_or_else(|| words::headline(&advised.assessment), paid::rewards)
}

fn settings(advised: &Advised, out: &mut impl Write) -> fmt::Result {
    writeln!(out)?;
    wrap(&words::settings(&advised.assessment), "", "", out)?;
    for line in advised.trainer.iter().flat_map(paid::trainer) {
        wrap(&line, "", "  ", out)?;
    }
    Ok(())
}

/// Groups by given rewards.
fn rewards(signal: &RewardSignal, assessment: &Assessment, out: &mut impl Write) -> fmt::Result {
    let size = assessment.settings.group_size;
    writeln!(out, "\nGroups of {size} by their rewards")?;
    let mut table = Table::new(["all least", "all most", "tied between", "mixed", ""], "<<<<<");
    let of = [signal.all_least, signal.all_most, signal.tied, signal.mixed].map(share);
    let [least, most, tied, mixed] = of;
    table.row([least, most, tied, mixed, signal.mixed.estimate.map_or_else(String::new, bar)]);
    table.write(out)?;
    let beyond = "Rewards alone say nothing of constraints, full answers and schemes: that takes verdicts (a SPEC, or --verdicts COLUMN).";
    wrap(beyond, "  ", "  ", out)
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
    let possible = |text: String| if words::can_be_partial(assessment) { text } else { "impossible".to_owned() };
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
    if let Some(line) = words::prompts_by_full(assessment) {
        wrap(&line, "  ", "  ", out)?;
    }
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
    let what = kind_of_interval(first, settings.level);
    let (size, algorithm) = (settings.group_size, settings.algorithm);
    let penalty = if assessment.paid.is_some() { " by verdicts alone" } else { "" };
    writeln!(
        out,
        "\nGroups of {size} by their rewards{penalty} ({what}): under {algorithm} only mixed ones have a gradient"
    )?;
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
            shortened(&family.family, NAME) + if family.required { " (required)" } else { "" },
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

fn advice(advised: &Advised, out: &mut impl Write) -> fmt::Result {
    let assessment = &advised.assessment;
    if assessment.advice.is_empty() {
        let warned = advised
            .attribution
            .as_ref()
            .is_some_and(|found| paid::warning(found, &assessment.decision.answer).is_some());
        return if assessment.nothing.is_some() || warned {
            Ok(())
        } else {
            writeln!(out, "\nNo advice: nothing stands out.")
        };
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

fn shortened(name: &str, longest: usize) -> String {
    let length = name.chars().count();
    if length <= longest {
        return name.to_owned();
    }
    // The end of an id tells more than its beginning.
    "…".chars().chain(name.chars().skip(length - longest + 1)).collect()
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
        self.rows.push(cells.map(|cell| printable(&cell).into_owned()));
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
