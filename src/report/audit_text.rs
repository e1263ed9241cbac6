//! An audit for a terminal: one screen that begins with what to do; on demand all metrics and errors.

use super::{
    audit_view::AuditView,
    layout::{bar, number, quoted, table, wrap},
    words::{
        audit::{self as words, count},
        audit_advice as advice,
    },
};
use crate::{
    advise::Percent,
    audit::{Audit, Category, Count, ErrorExample, Finding, Metric, ProxyAudit},
};
use std::fmt::{self, Write};

/// Longest excerpt of a completion.
const EXCERPT: usize = 60;

/// Writes an audit.
///
/// # Errors
/// Those of `out`.
pub fn render(audit: &Audit, view: &AuditView<'_>, out: &mut impl Write) -> fmt::Result {
    headline(audit, view.truth, out)?;
    if audit.counts.completions == 0 {
        return Ok(());
    }
    ranking(audit, out)?;
    if let Some(best) = audit.proxies.first() {
        change(best, out)?;
    }
    if view.explain {
        explain(audit, out)?;
    }
    predictions(audit, out)?;
    next(audit, view, out)
}

fn headline(audit: &Audit, truth: &str, out: &mut impl Write) -> fmt::Result {
    if let Some(verdict) = advice::verdict(audit) {
        wrap(&verdict, "", "", out)?;
    }
    for finding in shown(audit) {
        wrap(&advice::finding(finding), "", "", out)?;
    }
    wrap(&words::headline(audit, truth), "", "", out)?;
    words::unweighted(audit).map_or(Ok(()), |line| wrap(&line, "", "", out))
}

/// The findings that the first screen has room for; what the verdict says already is not said again.
fn shown(audit: &Audit) -> impl Iterator<Item = &Finding> {
    let said = audit.proxies.first().map(|best| &best.name);
    let of_best = move |finding: &&Finding| !matches!(finding, Finding::NotRising { proxy, .. } if Some(proxy) == said);
    audit.findings.iter().filter(of_best).take(6)
}

/// The metric that ranks and the plain ones, in one table.
fn ranking(audit: &Audit, out: &mut impl Write) -> fmt::Result {
    if audit.comparisons.pairs == 0 {
        return wrap("Nothing to rank by: no prompt has completions of different worth.", "\n", "", out);
    }
    writeln!(out, "\nRewards ({} interval over prompts)", Percent(audit.settings.level))?;
    let mut metrics = vec![audit.ranked_by];
    metrics.extend([Metric::ALL[0], Metric::ALL[2]].into_iter().filter(|metric| *metric != audit.ranked_by));
    let head = [String::new()].into_iter().chain(metrics.iter().map(|metric| words::metric(*metric)));
    let mut rows = vec![head.chain(["chance".into(), "first".into(), "harmful".into()]).collect::<Vec<_>>()];
    for proxy in &audit.proxies {
        let cells = metrics.iter().map(|metric| words::measure(proxy.measures[metric.index()].as_ref()));
        let chance = format!("{:.2}, {:.2}", proxy.chance.hacc, proxy.chance.acc);
        let harmful = proxy.errors.as_ref().map_or_else(
            || "-".into(),
            |errors| {
                let wrong = errors.over.plus(errors.under).completions;
                let open = wrong == 0 && errors.undecided.completions > 0;
                if open { "cannot tell".into() } else { count(errors.by_dynamics(Category::Harmful)) }
            },
        );
        let first = proxy.first.map_or_else(|| "-".into(), |share| Percent(share).to_string());
        rows.push([proxy.name.clone()].into_iter().chain(cells).chain([chance, first, harmful]).collect());
    }
    table(&rows, "  ", out)?;
    wrap(&words::ranked_by(audit), "  ", "  ", out)
}

/// What to change in a proxy: where its harmful errors gather, and the worst one.
fn change(proxy: &ProxyAudit, out: &mut impl Write) -> fmt::Result {
    let Some(errors) = &proxy.errors else { return Ok(()) };
    let harmful = errors.by_dynamics(Category::Harmful);
    if harmful.completions == 0 {
        return Ok(());
    }
    writeln!(out)?;
    wrap(&format!("What to change in {}", proxy.name), "", "  ", out)?;
    for pattern in &proxy.patterns {
        wrap(&advice::gathers(pattern, harmful.mass), "  - ", "    ", out)?;
    }
    if proxy.patterns.is_empty() {
        wrap(
            "Harmful errors gather nowhere that could be told: name more columns by --feature, or read examples (--explain, --html).",
            "  ",
            "  ",
            out,
        )?;
    }
    errors.examples.first().map_or(Ok(()), |found| example(found, false, out))
}

fn explain(audit: &Audit, out: &mut impl Write) -> fmt::Result {
    if audit.comparisons.pairs > 0 {
        metrics(audit, false, out)?;
        if words::has_one_vs_many(audit) {
            metrics(audit, true, out)?;
        }
    }
    for proxy in &audit.proxies {
        writeln!(out)?;
        errors(audit, proxy, out)?;
    }
    Ok(())
}

fn metrics(audit: &Audit, one_vs_many: bool, out: &mut impl Write) -> fmt::Result {
    let level = Percent(audit.settings.level);
    let title = if one_vs_many { "A best completion against all worse ones" } else { "Pairs of completions" };
    writeln!(out, "\n{title} ({level} interval over prompts)")?;
    let shown = words::metrics(audit, one_vs_many);
    let head = [String::new()].into_iter().chain(shown.iter().map(|metric| metric.title().to_owned()));
    let mut rows = vec![head.chain(["compared".to_owned()]).collect::<Vec<_>>()];
    for proxy in &audit.proxies {
        let cells = shown.iter().map(|metric| words::measure(proxy.measures[metric.index()].as_ref()));
        let metric = Metric::ALL[if one_vs_many { 4 } else { 0 }];
        let compared = proxy.measures[metric.index()].map_or_else(|| "-".into(), |found| found.comparisons.to_string());
        rows.push([proxy.name.clone()].into_iter().chain(cells).chain([compared]).collect());
    }
    table(&rows, "  ", out)
}

fn errors(audit: &Audit, proxy: &ProxyAudit, out: &mut impl Write) -> fmt::Result {
    wrap(&words::errors(proxy), "", "  ", out)?;
    let Some(errors) = proxy.errors.as_ref().filter(|errors| errors.all.completions > 0) else {
        return Ok(());
    };
    let share = |count: Count| if count.completions == 0 { String::new() } else { bar(count.mass.min(1.0)) };
    let mut rows = vec![vec![String::new(), "by what they do".into(), String::new(), "by attraction".into()]];
    for category in Category::ALL {
        let cells = [
            count(errors.by_dynamics(category)),
            share(errors.by_dynamics(category)),
            count(errors.by_attraction(category)),
        ];
        rows.push([category.name().to_owned()].into_iter().chain(cells).collect());
    }
    if errors.undecided.completions > 0 {
        let undecided = count(errors.undecided);
        rows.push(vec!["cannot tell".into(), undecided.clone(), share(errors.undecided), undecided]);
    }
    table(&rows, "  ", out)?;
    let notes = words::notes(audit, errors);
    if !notes.is_empty() {
        wrap(&notes, "  ", "  ", out)?;
    }
    errors.examples.iter().try_for_each(|found| example(found, true, out))
}

fn example(example: &ErrorExample, explain: bool, out: &mut impl Write) -> fmt::Result {
    let (pull, speed) = (words::pull(example), words::speed(example));
    let both = if !explain || example.by_dynamics == example.by_attraction {
        String::new()
    } else {
        format!(" ({} by attraction)", example.by_attraction.name())
    };
    let lead = if explain { example.by_dynamics.name().to_owned() + &both } else { "For example".to_owned() };
    let line = format!(
        "{lead} `{}` completion {} ({} of its prompt's policy): worth {}, paid {} where the policy earns {}; {pull}; {speed}.",
        example.prompt,
        example.completion,
        Percent(example.mass.min(1.0)),
        number(example.truth),
        number(example.proxy),
        number(example.expected)
    );
    wrap(&line, "  - ", "    ", out)?;
    if example.excerpt.is_empty() { Ok(()) } else { writeln!(out, "    {}", quoted(&example.excerpt, EXCERPT)) }
}

fn next(audit: &Audit, view: &AuditView<'_>, out: &mut impl Write) -> fmt::Result {
    let Some((why, command)) = advice::next(audit, view) else { return Ok(()) };
    wrap(why, "\n", "", out)?;
    writeln!(out, "  {command}")
}

fn predictions(audit: &Audit, out: &mut impl Write) -> fmt::Result {
    let measured = audit.proxies.iter().filter(|proxy| proxy.outcome.is_some()).count();
    if measured == 0 {
        return Ok(());
    }
    writeln!(out, "\nWhat the metrics would have told of {measured} measured outcomes")?;
    if measured < 2 {
        return wrap("One outcome has nothing to be compared with.", "  ", "  ", out);
    }
    let mut rows = vec![vec![String::new(), "Spearman".into(), "regret".into()]];
    for found in &audit.predictions {
        rows.push(vec![words::metric(found.metric), words::spearman(found), words::regret(found)]);
    }
    table(&rows, "  ", out)?;
    wrap(words::PREDICTIONS, "  ", "  ", out)?;
    if measured < 3 { wrap("A correlation needs at least three outcomes.", "  ", "  ", out) } else { Ok(()) }
}
