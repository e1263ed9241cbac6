//! Sentences on what to do after an audit.

use super::audit::metric;
use crate::{
    advise::Percent,
    audit::{Audit, Category, Finding, Metric, Pattern, ProxyAudit, Rises, Test},
    report::{
        audit_view::AuditView,
        layout::{number, plural},
    },
};
use std::borrow::Cow;

/// How sure the first place must be for a clear order.
const CLEAR: f64 = 0.9;

/// What to do; `None` where there is nothing to rank.
pub(in crate::report) fn verdict(audit: &Audit) -> Option<String> {
    let best = audit.proxies.first()?;
    best.measures[audit.ranked_by.index()]?;
    let name = &best.name;
    let ranks = ranks(audit, best)?;
    let several = audit.proxies.len();
    let others = || audit.proxies.iter().skip(1).filter(|proxy| proxy.rises == Rises::Yes);
    let harm = harm(best);
    Some(match best.rises {
        Rises::No if several > 1 => {
            format!(
                "Train on none of these {several} rewards: none ranks completions better than chance. `{name}`: {ranks}."
            )
        }
        Rises::No => {
            format!("Do not train on `{name}`: it does not rank completions better than chance. It reaches {ranks}.")
        }
        Rises::CannotTell => format!(
            "Compare more prompts before you train on `{name}`: these cannot tell its ranking from chance. It reaches {ranks}, and {harm}."
        ),
        Rises::Yes if several > 1 && best.first.is_some_and(|first| first < CLEAR) && others().next().is_some() => {
            let next = others().max_by(|a, b| a.first.unwrap_or(0.0).total_cmp(&b.first.unwrap_or(0.0)));
            format!(
                "No clear order: `{name}` and `{}` may be equally good. Use either, or compare more prompts. `{name}` reaches {ranks}, \
                 and {harm}.",
                next.map_or("others", |next| &next.name)
            )
        }
        Rises::Yes if several > 1 && is_harmful(best) => {
            format!("Of {several} rewards `{name}` ranks best, with {ranks}. Mend it before you train on it: {harm}.")
        }
        Rises::Yes if several > 1 => {
            format!("Of {several} rewards use `{name}`: it ranks best, with {ranks}, and {harm}.")
        }
        Rises::Yes if is_harmful(best) => {
            format!("Mend `{name}` before you train on it: {harm}. It ranks completions with {ranks}.")
        }
        Rises::Yes if is_open(best) => {
            format!("`{name}` ranks better than chance, with {ranks}. Look at its errors before you train: {harm}.")
        }
        Rises::Yes => format!("You can train on `{name}`: {harm}. It ranks completions with {ranks}."),
    })
}

fn ranks(audit: &Audit, proxy: &ProxyAudit) -> Option<String> {
    let value = |metric: Metric| proxy.measures[metric.index()].map(|found| found.value);
    let by = audit.ranked_by;
    let (acc, chance) = (value(Metric::ALL[2])?, proxy.chance);
    let plain = by == Metric::ALL[2];
    Some(match plain {
        true => format!("Acc {acc:.3} (chance: {:.3})", chance.acc),
        false => format!(
            "{} {:.3} and Acc {acc:.3} (chance: HAcc {:.3}, Acc {:.3})",
            metric(by),
            value(by)?,
            chance.hacc,
            chance.acc
        ),
    })
}

fn is_harmful(proxy: &ProxyAudit) -> bool {
    proxy.errors.as_ref().is_some_and(|errors| errors.by_dynamics(Category::Harmful).completions > 0)
}

/// Whether it cannot be told of an error what it does to training.
fn is_open(proxy: &ProxyAudit) -> bool {
    proxy.errors.as_ref().is_none_or(|errors| errors.undecided.completions > 0)
}

/// What the errors of a proxy do.
fn harm(proxy: &ProxyAudit) -> String {
    let Some(errors) = &proxy.errors else {
        return "no slope puts it on the truth's scale, so that no single reward can be called an error".to_owned();
    };
    let harmful = errors.by_dynamics(Category::Harmful);
    let wrong = errors.over.plus(errors.under);
    let (open, decided) = (errors.undecided, errors.all.completions - errors.undecided.completions);
    match (harmful.completions, wrong.completions) {
        (0, _) if open.completions > 0 && decided == 0 => "it cannot be told which of its errors harm".to_owned(),
        (0, _) if open.completions > 0 => format!(
            "none of the {} that can be judged harms, and of {} it cannot be told",
            plural(decided, "error"),
            plural(open.completions, "more error")
        ),
        (_, 0) => "it makes no error".to_owned(),
        (0, _) => "none of its errors harms".to_owned(),
        _ => format!("its harmful errors touch {} of the policy", Percent(harmful.mass.min(1.0))),
    }
}

/// A finding on the ranking, what to do about it included.
pub(in crate::report) fn finding(finding: &Finding) -> String {
    match finding {
        Finding::FewEffective { effective, comparisons } => format!(
            "The ranking does not use the log-probabilities. Those of whole completions spread so far that their weights amount to {} of \
             {}.",
            number(*effective),
            plural(*comparisons, "comparison")
        ),
        Finding::TwoAnswers => "Prompts have two completions each, so the rewards are ranked by Acc: the mean of two rewards lies between \
                                them, which makes HAcc the same. Give samples of the policy (--policy FILE) to rank by HAcc."
            .to_owned(),
        Finding::PolicySamples { prompts_without: 0, .. } => {
            "Completions are compared only, and samples without a truth say what the policy earns.".to_owned()
        }
        Finding::PolicySamples { prompts_without, .. } => format!(
            "Samples without a truth say what the policy earns; {} without them: there it is taken from what is compared.",
            match prompts_without {
                1 => "1 prompt is".to_owned(),
                several => format!("{several} prompts are"),
            }
        ),
        Finding::NotRising { proxy, acc, chance } => {
            format!("Do not train on `{proxy}`: its Acc {acc:.3} is not above chance ({chance:.3}), so it is ranked last.")
        }
        Finding::Forgiven { proxy, acc, hacc } => format!(
            "Look at `{proxy}` before you trust it: its HAcc {hacc:.3} lies far above its Acc {acc:.3}. Either it stays below what the \
             policy earns where it is wrong, or a few outliers lift the average over everything."
        ),
    }
}

/// Where harmful errors gather.
pub(in crate::report) fn pattern(pattern: &Pattern) -> String {
    let name = match pattern.feature.as_str() {
        "reward" => "reward over what the policy earns",
        "prompt" => "prompts of the group",
        "length" => "length in characters",
        name => name,
    };
    match &pattern.test {
        Test::Above(least) => format!("{name} above {}", number(*least)),
        Test::AtMost(most) => format!("{name} of at most {}", number(*most)),
        Test::Is(text) if pattern.feature == "prompt" => format!("{name} `{text}`"),
        Test::Is(text) => format!("{name}: {text}"),
    }
}

/// What to do about a pattern.
pub(in crate::report) fn remedy(pattern: &Pattern) -> String {
    let much = pattern.over >= 0.5;
    let (paid, change) = if much { ("too much", "less") } else { ("too little", "more") };
    match (pattern.feature.as_str(), &pattern.test) {
        ("reward", Test::Above(least)) if much => {
            format!("Cap the reward at {} above the prompt's mean, or check what earns more by hand.", number(*least))
        }
        ("reward", _) => format!("Move the threshold: completions here are paid {paid}."),
        ("length", _) => {
            format!("Make the reward independent of length: pay {change} here, or hold length fixed when you fit it.")
        }
        ("code block" | "list" | "empty", Test::Is(is)) if &**is == "no" => {
            format!("Take the format out before you score, or pay {change} where it is missing.")
        }
        ("code block" | "list" | "empty", _) => {
            format!("Take the format out before you score, or pay {change} where it appears.")
        }
        ("prompt", Test::Is(group)) => {
            format!("Use another reward for the prompts `{group}`, or leave them out until it is mended.")
        }
        (feature, _) => {
            format!("Label completions with this `{feature}` and fit the reward again; they are paid {paid}.")
        }
    }
}

/// A pattern, its share of the harm and what is left when it is mended.
pub(in crate::report) fn gathers(found: &Pattern, harmful: f64) -> String {
    format!(
        "{}: {} of the harm on {} of the policy. {} Once mended, harmful errors touch {} in place of {}.",
        capitalised(&pattern(found)),
        Percent(found.harm.min(1.0)),
        Percent(found.mass.min(1.0)),
        remedy(found),
        Percent(found.harmful_left.min(1.0)),
        Percent(harmful.min(1.0))
    )
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// A word of a command, as a shell takes it.
fn word(text: &str) -> Cow<'_, str> {
    shlex::try_quote(text).unwrap_or(Cow::Borrowed(text))
}

/// What to type next, and why.
pub(in crate::report) fn next(audit: &Audit, view: &AuditView<'_>) -> Option<(&'static str, String)> {
    let best = audit.proxies.first()?;
    best.measures[audit.ranked_by.index()]?;
    let file = word(view.rollouts.unwrap_or("rollouts.jsonl"));
    let spec = view.spec.map(|spec| format!(" {}", word(spec))).unwrap_or_default();
    let policy = view.policy.map(|policy| format!(" --policy {}", word(policy))).unwrap_or_default();
    let (truth, proxy) = (word(view.truth), word(&best.name));
    let again =
        |more: &str| format!("fullmarks audit{spec} --rollouts {file} --truth {truth} --proxy {proxy}{policy}{more}");
    let two = audit.findings.contains(&Finding::TwoAnswers);
    Some(match best.rises {
        Rises::No => ("Next: read where it goes wrong:", again(" --explain")),
        Rises::CannotTell => ("Next: compare more prompts:", again(" --rollouts more.jsonl")),
        Rises::Yes if two => {
            ("Next: show what your policy earns, with samples of it:", again(" --policy samples.jsonl"))
        }
        Rises::Yes => {
            let column = best.name.strip_prefix("column:").unwrap_or(&best.name);
            let samples = view.policy.map_or(file, word);
            let command = match best.name.split_once(':') {
                Some(("spec", path)) => {
                    format!("fullmarks advise {} --rollouts {samples} --state adaptive.json", word(path))
                }
                Some(("scheme", _)) => format!("fullmarks advise{spec} --rollouts {samples} --state adaptive.json"),
                _ => format!("fullmarks advise --rollouts {samples} --reward {}", word(column)),
            };
            let why = match is_harmful(best) {
                true => "Next: mend the reward, audit it again, then ask whether the policy can learn from it:",
                false => "Next: ask whether the policy can learn from it:",
            };
            (why, command)
        }
    })
}
