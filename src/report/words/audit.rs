//! Sentences on an audit.

use crate::{
    advise::{Algorithm, Percent, stats::Interval},
    audit::{Audit, Count, ErrorExample, Errors, Mass, Measure, Metric, Own, Prediction, ProxyAudit},
    report::layout::{number, plural},
};

/// What was compared, and what could not be.
pub(in crate::report) fn headline(audit: &Audit, truth: &str) -> String {
    let (counts, compared) = (&audit.counts, &audit.comparisons);
    if counts.completions == 0 {
        return "Nothing to audit: there is no completion of which every reward is known.".to_owned();
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
    if counts.policy_samples > 0 {
        line += &format!(" What the policy earns: from {} without a truth.", plural(counts.policy_samples, "sample"));
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
    line
}

/// What the weighted metrics lack.
pub(in crate::report) fn unweighted(audit: &Audit) -> Option<String> {
    let compared = &audit.comparisons;
    match compared.pairs_without_logprob {
        _ if compared.pairs == 0 => None,
        0 => None,
        all if all == compared.pairs => {
            Some("No log-probabilities (--logprob COLUMN): the weighted metrics are left out.".to_owned())
        }
        missing => {
            Some(format!("The weighted metrics leave out {}, which lack a log-probability.", plural(missing, "pair")))
        }
    }
}

/// What ranks the proxies, and what that forgives.
pub(in crate::report) fn ranked_by(audit: &Audit) -> String {
    let kept = match audit.ranked_by.harm_aware {
        true => "HAcc forgives a mistake whose rejected completion is paid less than the policy earns on average.",
        false => "A tie is a mistake.",
    };
    let ranked = metric(audit.ranked_by);
    format!(
        "Ranked by {ranked}. Chance: what the same rewards reach when they are dealt out at random. First: share of resampled sets of \
         prompts. Harmful: completions with a harmful error, and their share of the policy. {kept}"
    )
}

/// A metric with its kind of comparison.
pub(in crate::report) fn metric(metric: Metric) -> String {
    format!("{}{}", metric.title(), if metric.one_vs_many { " one-vs-many" } else { "" })
}

/// The metrics of a kind that some proxy has.
pub(in crate::report) fn metrics(audit: &Audit, one_vs_many: bool) -> Vec<Metric> {
    let there = |metric: &Metric| audit.proxies.iter().any(|proxy| proxy.measures[metric.index()].is_some());
    Metric::ALL.into_iter().filter(|metric| metric.one_vs_many == one_vs_many).filter(there).collect()
}

/// Whether comparisons of one against many say anything that pairs do not: with two completions of a prompt they are the same.
pub(in crate::report) fn has_one_vs_many(audit: &Audit) -> bool {
    audit.comparisons.one_vs_many > 0 && audit.comparisons.one_vs_many != audit.comparisons.pairs
}

/// A metric's value with its interval.
pub(in crate::report) fn measure(measure: Option<&Measure>) -> String {
    match measure {
        None => "-".to_owned(),
        Some(measure) => match measure.interval {
            Some(interval) => format!("{:.3} ({})", measure.value, ends(interval)),
            None => format!("{:.3}", measure.value),
        },
    }
}

/// The ends of an interval of a metric.
pub(in crate::report) fn ends(interval: Interval) -> String {
    format!("{:.2}–{:.2}", interval.low, interval.high)
}

/// How much of a kind of error there is.
pub(in crate::report) fn count(count: Count) -> String {
    match count.completions {
        0 => "0".to_owned(),
        completions => format!("{completions} ({})", Percent(count.mass.min(1.0))),
    }
}

/// The errors of a proxy, or why there are none.
pub(in crate::report) fn errors(proxy: &ProxyAudit) -> String {
    let name = &proxy.name;
    let Some(errors) = &proxy.errors else {
        return format!(
            "{name}: it does not rise with the truth, so that it cannot be put on the truth's scale and no single reward \
             of it can be called an error. The metrics above hold."
        );
    };
    let wrong = errors.over.plus(errors.under);
    let mut line = match wrong.completions {
        0 => format!("{name}: no error."),
        _ => format!(
            "{name}: {} paid wrongly, {} of the policy; {} too much, {} too little.",
            plural(wrong.completions, "completion"),
            Percent(wrong.mass.min(1.0)),
            errors.over.completions,
            errors.under.completions
        ),
    };
    let (slope, tolerance) = (number(errors.scale.slope), number(errors.scale.tolerance));
    match errors.scale.own {
        Own::OffsetAndSlope => {
            line += " Each prompt has its own offset and slope, since the trainer divides by the deviation."
        }
        Own::Offset if errors.scale.fitted => {
            line += &format!(
                " A reward of 1 more stands for {slope} more of the truth, with an offset of each prompt; a difference of {tolerance} or \
                 more is an error."
            );
        }
        Own::Offset => line += " Each prompt has its own offset.",
        Own::Nothing => {}
    }
    if proxy.unknown > 0 {
        line += &format!(" Unscored by it: {}.", plural(proxy.unknown, "completion"));
    }
    if proxy.constant > 0 {
        line += &format!(" It pays all completions alike on {}.", plural(proxy.constant, "prompt"));
    }
    line
}

/// What the categories of a proxy's errors leave open; empty where that is nothing.
pub(in crate::report) fn notes(audit: &Audit, errors: &Errors) -> String {
    let algorithm = audit.settings.trainer.algorithm;
    let mut line = String::new();
    if errors.undecided.completions > 0 {
        line += "Cannot tell: a single completion of a prompt does not say what the policy earns, and completions from elsewhere do not say \
                 how often the policy writes them. ";
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
    line
}

/// Whether an erring completion attracts probability.
pub(in crate::report) fn pull(example: &ErrorExample) -> &'static str {
    match (example.attraction.attracts, example.attraction.attracts_without) {
        (true, true) => "attracts, as it would without the error",
        (true, false) => "attracts, as it would not without the error",
        (false, true) => "does not attract, as it would without the error",
        (false, false) => "does not attract, with the error or without",
    }
}

/// What an error does to the time that true reward takes.
pub(in crate::report) fn speed(example: &ErrorExample) -> String {
    match example.slowdown {
        slowdown if !slowdown.is_finite() => "true reward never comes as far as without it".to_owned(),
        slowdown if (0.995..1.005).contains(&slowdown) => "true reward grows as fast without it".to_owned(),
        slowdown if slowdown > 1.0 => format!("with it, true reward takes {}× as long", number(slowdown)),
        slowdown => format!("with it, true reward takes only {}× as long", number(slowdown)),
    }
}

/// Spearman's correlation of a metric with measured outcomes.
pub(in crate::report) fn spearman(found: &Prediction) -> String {
    match (found.spearman, found.spearman_interval) {
        (Some(value), Some(interval)) => format!("{value:.2} ({})", ends(interval)),
        (Some(value), None) => format!("{value:.2}"),
        (None, _) => "-".to_owned(),
    }
}

/// What following a metric would have cost.
pub(in crate::report) fn regret(found: &Prediction) -> String {
    match found.regret_interval {
        Some(interval) => format!("{} ({}–{})", number(found.regret), number(interval.low), number(interval.high)),
        None => number(found.regret),
    }
}

/// What predictions do not say.
pub(in crate::report) const PREDICTIONS: &str = "Intervals are over prompts: they do not say what other proxies would show. Regret \
                                                 is the best outcome minus that of the proxy ranked first.";
