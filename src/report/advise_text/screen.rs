//! What a person decides by, on one screen: the rest is behind `--explain`.

use super::{Table, headline};
use crate::{
    advise::{Answer, Percent, Severity, Signal, forecast::Odds},
    report::{
        Advised,
        layout::{plural, wrap},
        words::{
            advise as words,
            decision::{self, about},
            forecast as outlook, next, paid, share,
        },
    },
    reward::Scheme,
};
use std::fmt::{self, Write};

/// Lines that it takes at most, wherever findings leave room for that.
const LINES: usize = 30;
/// Findings that are shown whatever room there is.
const LEAST: usize = 2;

/// The answer and the next step, and nothing else.
pub(super) fn answer(advised: &Advised, out: &mut impl Write) -> fmt::Result {
    wrap(&decision::sentence(&advised.assessment), "", "", out)?;
    match next::next(advised) {
        Some(next) => wrap(&format!("Next: {next}"), "", "", out),
        None => Ok(()),
    }
}

/// The decision, and the figures that it rests on.
pub(super) fn render(advised: &Advised, out: &mut impl Write) -> fmt::Result {
    let assessment = &advised.assessment;
    let (mut head, mut tail) = (String::new(), String::new());
    wrap(&decision::sentence(assessment), "", "", &mut head)?;
    let lines = [
        advised.attribution.as_ref().and_then(|found| paid::warning(found, &assessment.decision.answer)),
        decision::waste(assessment),
        decision::prompts(assessment),
        decision::pilots(assessment),
        (assessment.decision.answer != Answer::Nothing).then(|| headline(advised)),
    ];
    lines.iter().flatten().try_for_each(|line| wrap(line, "", "", &mut head))?;
    for line in advised.attribution.iter().flat_map(paid::attribution) {
        wrap(&line, "", "", &mut head)?;
    }
    schemes(advised, &mut head)?;
    writeln!(tail)?;
    if let Some(next) = next::next(advised) {
        wrap(&format!("Next: {next}"), "", "", &mut tail)?;
    }
    if assessment.counts.completions > 0 {
        words::counts(&assessment.counts).iter().try_for_each(|line| wrap(line, "", "", &mut tail))?;
    }
    if assessment.nothing.is_none() {
        wrap(&words::settings(assessment), "", "", &mut tail)?;
        let more =
            "More: --explain prints all figures and what to do about each finding; --html FILE writes them as a page.";
        wrap(more, "", "", &mut tail)?;
    }
    let used = head.lines().count() + tail.lines().count();
    write!(out, "{head}")?;
    findings(advised, LINES.saturating_sub(used), out)?;
    write!(out, "{tail}")
}

/// The two schemes that are compared, with what each promises.
fn schemes(advised: &Advised, out: &mut impl Write) -> fmt::Result {
    let Some(forecast) = &advised.assessment.forecast else { return Ok(()) };
    writeln!(out)?;
    let Odds { rival, first, small } = forecast.odds;
    let mut table = Table::new(["", "faster", "mixed groups", "time to half-way, simulated", "learning lost"], "<<<<<");
    for (place, chance, loss) in [(0, first, forecast.losses.first), (forecast.rival, rival, forecast.losses.rival)] {
        let scheme = forecast.schemes[place];
        // Any credit tells the same answers apart.
        let of_kind = |signal: &&Signal| matches!(signal.scheme, Scheme::Binary(_)) == (place == 0);
        let signal = advised.assessment.signal.iter().find(of_kind);
        table.row([
            scheme.to_string(),
            about(chance),
            signal.map_or_else(String::new, |signal| share(signal.mixed).trim().to_owned()),
            outlook::slowdown(&forecast.outlook.schemes[place]),
            Percent(loss).to_string(),
        ]);
    }
    table.row(["no real difference".to_owned(), about(small), String::new(), String::new(), String::new()]);
    table.write(out)
}

/// Errors and warnings, as many as there is room for.
fn findings(advised: &Advised, room: usize, out: &mut impl Write) -> fmt::Result {
    let all = &advised.assessment.advice;
    let grave: Vec<String> = all
        .iter()
        .filter(|finding| finding.severity() > Severity::Info)
        .map(|finding| {
            let mut text = String::new();
            wrap(&format!("{}[{}] {finding}.", finding.severity(), finding.code()), "  ", "      ", &mut text)?;
            Ok(text)
        })
        .collect::<Result<_, fmt::Error>>()?;
    // An empty line, the heading, and what is not shown.
    let (mut shown, mut lines) = (0, 3);
    for finding in &grave {
        lines += finding.lines().count();
        if shown >= LEAST && lines > room {
            break;
        }
        shown += 1;
    }
    if !all.is_empty() {
        writeln!(out, "\nFindings")?;
    }
    grave.iter().take(shown).try_for_each(|finding| write!(out, "{finding}"))?;
    let rest = (all.len() - shown) as u64;
    match (rest, shown) {
        (0, _) => Ok(()),
        (rest, 0) => writeln!(out, "  {}: --explain", plural(rest, "note")),
        (rest, _) => writeln!(out, "  and {rest} more: --explain"),
    }
}
