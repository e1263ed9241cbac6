//! An audit for a terminal: how the proxies rank, then the errors of each.

use super::layout::{number, plural, quoted, table, wrap};
use crate::{
    advise::{Algorithm, Percent, stats::Interval},
    audit::{Audit, Category, Count, ErrorExample, Errors, Mass, Measure, Metric, ProxyAudit},
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
    let (counts, compared) = (&audit.counts, &audit.comparisons);
    if counts.completions == 0 {
        return wrap("Nothing to audit: there is no completion of which every reward is known.", "", "", out);
    }
    let mut line = format!(
        "{} of {} against `{truth}`: {} of different worth.",
        plural(counts.completions, "completion"),
        plural(counts.prompts, "prompt"),
        plural(compared.pairs, "pair")
    );
    if compared.prompts_without_pair > 0 {
        line += &format!(
            " {} none: all their completions are worth alike.",
            match compared.prompts_without_pair {
                1 => "1 prompt has".to_owned(),
                several => format!("{several} prompts have"),
            }
        );
    }
    if counts.single > 0 {
        line += &format!(" Prompts with a single completion: {}.", counts.single);
    }
    if counts.left_out > 0 {
        line += &format!(
            " Left out, since a reward of theirs is unscored: {}{}.",
            plural(counts.left_out, "completion"),
            if counts.prompts_left_out > 0 {
                format!(", among them all of {}", plural(counts.prompts_left_out, "prompt"))
            } else {
                String::new()
            }
        );
    }
    wrap(&line, "", "", out)?;
    if compared.pairs == 0 {
        return Ok(());
    }
    let missing = compared.pairs_without_logprob;
    match missing {
        0 => Ok(()),
        all if all == compared.pairs => {
            wrap("No log-probabilities (--logprob COLUMN): the weighted metrics are left out.", "", "", out)
        }
        _ => {
            let line =
                format!("The weighted metrics leave out {}, which lack a log-probability.", plural(missing, "pair"));
            wrap(&line, "", "", out)
        }
    }
}

/// The metrics over pairs, in one table.
fn ranking(audit: &Audit, out: &mut impl Write) -> fmt::Result {
    if audit.comparisons.pairs == 0 {
        return wrap("Nothing to rank by: no prompt has completions of different worth.", "\n", "", out);
    }
    let first = |proxy: &ProxyAudit| proxy.first.map_or_else(|| "-".into(), |share| Percent(share).to_string());
    metrics(audit, false, ("first", &first), out)?;
    let kept = match audit.ranked_by.title() {
        "HAcc" | "HAcc-W" => {
            "HAcc forgives a mistake whose rejected completion is paid less than the policy earns on average."
        }
        _ => "A tie is a mistake.",
    };
    let note = format!("Ranked by {}; first: share of resampled sets of prompts. {kept}", shown(audit.ranked_by));
    wrap(&note, "  ", "  ", out)
}

fn one_vs_many(audit: &Audit, out: &mut impl Write) -> fmt::Result {
    // With two completions of a prompt the two kinds say the same.
    if audit.comparisons.one_vs_many == 0 || audit.comparisons.one_vs_many == audit.comparisons.pairs {
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
    let there = |metric: &Metric| audit.proxies.iter().any(|proxy| proxy.measures[metric.index()].is_some());
    let shown: Vec<Metric> =
        Metric::ALL.into_iter().filter(|metric| metric.one_vs_many == one_vs_many).filter(there).collect();
    let head = [String::new()].into_iter().chain(shown.iter().map(|metric| metric.title().to_owned()));
    let mut rows = vec![head.chain([last.0.to_owned()]).collect::<Vec<_>>()];
    for proxy in &audit.proxies {
        let cells = shown.iter().map(|metric| cell(proxy.measures[metric.index()].as_ref()));
        rows.push([proxy.name.clone()].into_iter().chain(cells).chain([last.1(proxy)]).collect());
    }
    table(&rows, "  ", out)
}

fn cell(measure: Option<&Measure>) -> String {
    match measure {
        None => "-".to_owned(),
        Some(measure) => match measure.interval {
            Some(interval) => format!("{:.3} ({})", measure.value, ends(interval)),
            None => format!("{:.3}", measure.value),
        },
    }
}

fn ends(interval: Interval) -> String {
    format!("{:.2}–{:.2}", interval.low, interval.high)
}

fn shown(metric: Metric) -> String {
    format!("{}{}", metric.title(), if metric.one_vs_many { " one-vs-many" } else { "" })
}

fn errors(audit: &Audit, proxy: &ProxyAudit, out: &mut impl Write) -> fmt::Result {
    let name = &proxy.name;
    let Some(errors) = &proxy.errors else {
        let line = format!(
            "{name}: it does not rise with the truth, so that it cannot be put on the truth's scale and no single reward \
             of it can be called an error. The metrics above hold."
        );
        return wrap(&line, "", "  ", out);
    };
    let mut line = match errors.all.completions {
        0 => format!("{name}: no error."),
        _ => format!(
            "{name}: {} paid wrongly, {} of the policy; {} too much, {} too little.",
            plural(errors.all.completions, "completion"),
            Percent(errors.all.mass.min(1.0)),
            errors.over.completions,
            errors.under.completions
        ),
    };
    if errors.scale.fitted {
        line += &format!(
            " On the truth's scale by {} + {} × proxy; a difference above {} is an error.",
            number(errors.scale.offset),
            number(errors.scale.slope),
            number(errors.scale.tolerance)
        );
    }
    if proxy.unknown > 0 {
        line += &format!(" Unscored by it: {}.", plural(proxy.unknown, "completion"));
    }
    if proxy.constant > 0 {
        line += &format!(" It pays all completions alike on {}.", plural(proxy.constant, "prompt"));
    }
    wrap(&line, "", "  ", out)?;
    if errors.all.completions == 0 {
        return Ok(());
    }
    let count = |count: Count| match count.completions {
        0 => "0".to_owned(),
        completions => format!("{completions} ({})", Percent(count.mass.min(1.0))),
    };
    let mut rows = vec![vec![String::new(), "by dynamics".into(), "by attraction".into()]];
    for category in Category::ALL {
        let cells = [count(errors.by_dynamics(category)), count(errors.by_attraction(category))];
        rows.push([category.name().to_owned()].into_iter().chain(cells).collect());
    }
    if errors.undecided.completions > 0 {
        rows.push(vec!["cannot tell".into(), count(errors.undecided), count(errors.undecided)]);
    }
    table(&rows, "  ", out)?;
    notes(audit, errors, out)?;
    errors.examples.iter().try_for_each(|found| example(found, out))
}

fn notes(audit: &Audit, errors: &Errors, out: &mut impl Write) -> fmt::Result {
    let algorithm = audit.settings.trainer.algorithm;
    let mut line = String::new();
    if errors.undecided.completions > 0 {
        line += "A single completion of a prompt does not tell what the policy earns on average. ";
    }
    if errors.without_growth.completions > 0 {
        line += &format!(
            "Benign {} on {} whose sampled completions are worth alike: true reward cannot grow there. ",
            match errors.without_growth.completions {
                1 => "is 1".to_owned(),
                several => format!("are {several}"),
            },
            plural(errors.prompts_without_growth, "prompt")
        );
    }
    if !matches!(algorithm, Algorithm::Reinforce | Algorithm::Rloo | Algorithm::DrGrpo) {
        let size = audit.settings.trainer.group_size;
        line += &format!(
            "Dynamics of {algorithm} with groups of {size}; the rule of attraction is of the plain gradient. "
        );
    }
    if audit.settings.mass == Mass::Logprob {
        line += "Completions count by their probability. ";
    }
    if line.is_empty() { Ok(()) } else { wrap(&line, "  ", "  ", out) }
}

fn example(example: &ErrorExample, out: &mut impl Write) -> fmt::Result {
    let pull = match (example.attraction.attracts, example.attraction.attracts_without) {
        (true, true) => "attracts, as it would without the error",
        (true, false) => "attracts, as it would not without the error",
        (false, true) => "does not attract, as it would without the error",
        (false, false) => "does not attract, with the error or without",
    };
    let speed = match example.slowdown {
        slowdown if !slowdown.is_finite() => "true reward never comes as far as without it".to_owned(),
        slowdown if (0.995..1.005).contains(&slowdown) => "true reward grows as fast without it".to_owned(),
        slowdown => format!("with it, {}× the time is lost", number(slowdown)),
    };
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
        let spearman = match (found.spearman, found.spearman_interval) {
            (Some(value), Some(interval)) => format!("{value:.2} ({})", ends(interval)),
            (Some(value), None) => format!("{value:.2}"),
            (None, _) => "-".to_owned(),
        };
        let regret = match found.regret_interval {
            Some(interval) => {
                format!("{} ({}–{})", number(found.regret), number(interval.low), number(interval.high))
            }
            None => number(found.regret),
        };
        rows.push(vec![shown(found.metric), spearman, regret]);
    }
    table(&rows, "  ", out)?;
    let note = "Intervals are over prompts: they do not say what other proxies would show. Regret is the best outcome minus \
                that of the proxy ranked first.";
    wrap(note, "  ", "  ", out)?;
    if measured < 3 { wrap("A correlation needs at least three outcomes.", "  ", "  ", out) } else { Ok(()) }
}
