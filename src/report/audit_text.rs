//! An audit for a terminal: how the proxies rank, then the errors of each.

use super::{
    layout::{bar, number, quoted, table, wrap},
    words::audit::{self as words, count},
};
use crate::{
    advise::Percent,
    audit::{Audit, Category, Count, ErrorExample, Metric, ProxyAudit},
};
use std::fmt::{self, Write};

/// Longest excerpt of a completion.
const EXCERPT: usize = 60;

/// Writes an audit against the truth of that name.
///
/// # Errors
/// Those of `out`.
pub fn render(audit: &Audit, truth: &str, out: &mut impl Write) -> fmt::Result {
    headline(audit, truth, out)?;
    if audit.counts.completions == 0 {
        return Ok(());
    }
    ranking(audit, out)?;
    one_vs_many(audit, out)?;
    for proxy in &audit.proxies {
        writeln!(out)?;
        errors(audit, proxy, out)?;
    }
    predictions(audit, out)
}

fn headline(audit: &Audit, truth: &str, out: &mut impl Write) -> fmt::Result {
    if let Some(verdict) = words::verdict(audit) {
        wrap(&verdict, "", "", out)?;
    }
    wrap(&words::headline(audit, truth), "", "", out)?;
    words::unweighted(audit).map_or(Ok(()), |line| wrap(&line, "", "", out))
}

/// The metrics over pairs, in one table.
fn ranking(audit: &Audit, out: &mut impl Write) -> fmt::Result {
    if audit.comparisons.pairs == 0 {
        return wrap("Nothing to rank by: no prompt has completions of different worth.", "\n", "", out);
    }
    let first = |proxy: &ProxyAudit| proxy.first.map_or_else(|| "-".into(), |share| Percent(share).to_string());
    metrics(audit, false, ("first", &first), out)?;
    wrap(&words::ranked_by(audit), "  ", "  ", out)
}

fn one_vs_many(audit: &Audit, out: &mut impl Write) -> fmt::Result {
    if !words::has_one_vs_many(audit) {
        return Ok(());
    }
    let compared = |proxy: &ProxyAudit| {
        proxy.measures[Metric::ALL[4].index()].map_or_else(|| "-".into(), |found| found.comparisons.to_string())
    };
    metrics(audit, true, ("compared", &compared), out)
}

fn metrics(
    audit: &Audit,
    one_vs_many: bool,
    last: (&str, &dyn Fn(&ProxyAudit) -> String),
    out: &mut impl Write,
) -> fmt::Result {
    let level = Percent(audit.settings.level);
    let title = if one_vs_many { "A best completion against all worse ones" } else { "Proxies" };
    writeln!(out, "\n{title} ({level} interval over prompts)")?;
    let shown = words::metrics(audit, one_vs_many);
    let head = [String::new()].into_iter().chain(shown.iter().map(|metric| metric.title().to_owned()));
    let mut rows = vec![head.chain([last.0.to_owned()]).collect::<Vec<_>>()];
    for proxy in &audit.proxies {
        let cells = shown.iter().map(|metric| words::measure(proxy.measures[metric.index()].as_ref()));
        rows.push([proxy.name.clone()].into_iter().chain(cells).chain([last.1(proxy)]).collect());
    }
    table(&rows, "  ", out)
}

fn errors(audit: &Audit, proxy: &ProxyAudit, out: &mut impl Write) -> fmt::Result {
    wrap(&words::errors(proxy), "", "  ", out)?;
    let Some(errors) = proxy.errors.as_ref().filter(|errors| errors.all.completions > 0) else {
        return Ok(());
    };
    let share = |count: Count| if count.completions == 0 { String::new() } else { bar(count.mass.min(1.0)) };
    let mut rows = vec![vec![String::new(), "by dynamics".into(), String::new(), "by attraction".into()]];
    for category in Category::ALL {
        let cells = [
            count(errors.by_dynamics(category)),
            share(errors.by_dynamics(category)),
            count(errors.by_attraction(category)),
        ];
        rows.push([category.name().to_owned()].into_iter().chain(cells).collect());
    }
    if errors.undecided.completions > 0 {
        rows.push(vec![
            "cannot tell".into(),
            count(errors.undecided),
            share(errors.undecided),
            count(errors.undecided),
        ]);
    }
    table(&rows, "  ", out)?;
    let notes = words::notes(audit, errors);
    if !notes.is_empty() {
        wrap(&notes, "  ", "  ", out)?;
    }
    errors.examples.iter().try_for_each(|found| example(found, out))
}

fn example(example: &ErrorExample, out: &mut impl Write) -> fmt::Result {
    let (pull, speed) = (words::pull(example), words::speed(example));
    let both = if example.by_dynamics == example.by_attraction {
        String::new()
    } else {
        format!(" ({} by attraction)", example.by_attraction.name())
    };
    let line = format!(
        "{}{both} `{}` completion {} ({} of its prompt's policy): worth {}, paid {} where the policy earns {}; {pull}; {speed}.",
        example.by_dynamics.name(),
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
