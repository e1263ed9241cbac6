//! Sentences on rewards that are compared.

use super::decision;
use crate::{
    advise::{Answer, Assessment, Percent, Pick, Share},
    compare::{Choice, Compared, Differences, Lead, Weighed},
    report::layout::{number, plural},
};

/// Constraints that are named of a pair.
const NAMED: usize = 4;

/// What more groups with a gradient do not say.
pub(in crate::report) const NO_TRUTH: &str = "A reward with more mixed groups teaches more per step. That does not show that it pays for the right \
                                              thing: `fullmarks audit` compares rewards with the truth.";

/// Which to take, in a sentence or two.
pub(in crate::report) fn choice(compared: &Compared) -> String {
    let name = |place: usize| format!("`{}`", compared.rewards[place].name);
    match &compared.choice {
        Choice::CannotTell { reward } => {
            format!(
                "Cannot tell them apart yet. {}: {}",
                name(*reward),
                decision::sentence(assessment(compared, *reward))
            )
        }
        Choice::Same => {
            let scaled = compared.differences.iter().any(|(found, _)| found.scaled);
            let but = if scaled { ", but for a factor and a shift" } else { "" };
            format!("Take either: {} pay all completions the same{but}.{}", all(compared), fix(compared, 0))
        }
        Choice::Take { reward, leads } => {
            format!("Take {}. {}{}", name(*reward), ahead(compared, *reward, leads), fix(compared, *reward))
        }
        Choice::Alike { leads } => match leads.first() {
            Some(lead) => format!(
                "Cannot tell {} apart by what they teach: {}. Take the one that pays for what you want.",
                all(compared),
                near(compared, lead)
            ),
            None => format!(
                "Cannot tell {} apart: no prompt has two completions that both pay. Sample several of each prompt.",
                all(compared)
            ),
        },
        Choice::Torn { reward, other, leads } => format!(
            "Cannot say which to take. {} But something has to be fixed first there, and {} can start: read both decisions.",
            ahead(compared, *reward, leads),
            name(*other)
        ),
    }
}

fn assessment(compared: &Compared, place: usize) -> &Assessment {
    &compared.rewards[place].assessment
}

/// What comes before training with a reward.
fn fix(compared: &Compared, place: usize) -> &'static str {
    match assessment(compared, place).decision.answer {
        Answer::FixFirst(..) => " Fix first what its decision names.",
        _ => "",
    }
}

/// All names, in a list.
fn all(compared: &Compared) -> String {
    let names: Vec<String> = compared.rewards.iter().map(|reward| format!("`{}`", reward.name)).collect();
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    }
}

fn ahead(compared: &Compared, reward: usize, leads: &[Lead]) -> String {
    let over: Vec<String> = leads
        .iter()
        .map(|lead| {
            let other = &compared.rewards[lead.second];
            format!("{} of those of `{}` ({})", of_groups(other.gradient), other.name, points(lead))
        })
        .collect();
    let best = &compared.rewards[reward];
    format!("{} of the groups of `{}` are mixed, and {}.", of_groups(best.gradient), best.name, over.join(", "))
}

fn near(compared: &Compared, lead: &Lead) -> String {
    let (first, second) = (&compared.rewards[lead.first], &compared.rewards[lead.second]);
    let shares = format!(
        "{} of the groups of `{}` are mixed, and {} of those of `{}`",
        of_groups(first.gradient),
        first.name,
        of_groups(second.gradient),
        second.name
    );
    let difference = match lead.interval.low > 0.0 {
        true => format!("a small difference ({})", points(lead)),
        false => format!("and the difference may be none ({})", points(lead)),
    };
    format!("{shares}, {difference}")
}

/// How much larger a share is, in points of percent.
pub(in crate::report) fn points(lead: &Lead) -> String {
    let point = |share: f64| {
        let points = (share * 100.0).round();
        format!("{}", if points == 0.0 { 0.0 } else { points })
    };
    format!("{} to {} points more", point(lead.interval.low), point(lead.interval.high))
}

fn of_groups(share: Option<Share>) -> String {
    match share {
        None => "an unknown share".to_owned(),
        Some(Share { estimate: Some(estimate), .. }) => Percent(estimate).to_string(),
        Some(share) => format!("{} to {}", Percent(share.interval.low), Percent(share.interval.high)),
    }
}

/// A decision in a cell.
pub(in crate::report) fn answer(weighed: &Weighed) -> String {
    let then = |pick: &Pick| match pick {
        Pick::Use(scheme) | Pick::Only(scheme) => format!(", {}", scheme.name()),
        Pick::Any(_) => ", any scheme".to_owned(),
        Pick::Unclear(_) => String::new(),
    };
    match &weighed.assessment.decision.answer {
        Answer::Start(pick) => format!("start{}", then(pick)),
        Answer::FixFirst(fix, _) => format!("fix first: {}", fix.name()),
        Answer::SampleMore { .. } => "sample more".to_owned(),
        Answer::Nothing => "nothing to assess".to_owned(),
    }
}

/// Who is paid differently, a sentence each.
pub(in crate::report) fn differences(compared: &Compared, found: &Differences) -> Vec<String> {
    let name = |place: usize| &compared.rewards[place].name;
    let (first, second) = (name(found.first), name(found.second));
    let (more, less, all) = (found.more, found.less, found.completions);
    let mut lines = Vec::new();
    if more + less == 0 {
        lines.push(format!("Nobody: both pay all {} the same.", plural(all, "completion")));
    } else {
        let share = Percent((more + less) as f64 / all as f64);
        lines.push(format!(
            "{} of {} ({share}): `{second}` pays {less} of them less than `{first}`, and {more} more.",
            more + less,
            plural(all, "completion")
        ));
    }
    if found.scaled {
        lines.push(
            "The rewards have different ranges. Amounts are compared as shares of each reward's range, from its least to its greatest."
                .to_owned(),
        );
    }
    if found.pairs > 0 && !found.none() {
        let share = |pairs: u64| Percent(pairs as f64 / found.pairs as f64);
        lines.push(format!(
            "Of pairs of completions of one prompt, `{first}` alone tells {} apart, `{second}` alone {}; {} have opposite orders.",
            share(found.first_alone),
            share(found.second_alone),
            share(found.turned)
        ));
    }
    if !found.constraints.is_empty() {
        let named = found.constraints.iter().take(NAMED);
        let named: Vec<String> = named
            .map(|by| format!("`{}` {} (not met under `{}`)", by.constraint, by.completions, name(by.under)))
            .collect();
        let rest = match found.constraints.len().saturating_sub(NAMED) {
            0 => String::new(),
            rest => format!(" and {rest} more"),
        };
        lines.push(format!("By constraint: {}{rest}.", named.join(", ")));
    }
    if found.same_verdicts > 0 {
        lines.push(format!(
            "{} fail the same constraints under both, and are paid differently by the schemes, weights or penalties.",
            plural(found.same_verdicts, "completion")
        ));
    }
    if found.unknown > 0 {
        lines.push(format!(
            "{} cannot be compared: one of the rewards does not know what to pay.",
            plural(found.unknown, "completion")
        ));
    }
    lines
}

/// What a reward pays a completion, and why not more.
pub(in crate::report) fn paid(name: &str, reward: &crate::compare::ShownReward) -> String {
    let reasons: Vec<String> = reward.reasons.iter().map(|(constraint, why)| format!("{constraint}: {why}")).collect();
    let why = if reasons.is_empty() { String::new() } else { format!(" ({})", reasons.join("; ")) };
    format!("{name} pays {}{why}", number(reward.paid))
}
