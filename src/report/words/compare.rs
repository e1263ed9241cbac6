//! Sentences on rewards that are compared.

use super::decision;
use crate::{
    advise::{Answer, Assessment, Percent, Pick, Share},
    compare::{Choice, Compared, Differences, Lead, Weighed},
    report::layout::{number, plural},
};

/// Constraints that are named of a pair.
const NAMED: usize = 4;

/// Share of pairs with opposite orders from which it is said first.
const OPPOSED: f64 = 0.1;

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
            let divides = assessment(compared, 0).settings.algorithm.normalises();
            let but = match (scaled, divides) {
                (false, _) => "",
                (true, true) => ", but for a factor and a shift",
                (true, false) => ", but for a shift and a factor, which acts as another learning rate here",
            };
            format!("Take either: {} pay all completions the same{but}.{}", all(compared), fix(compared, 0))
        }
        Choice::Take { reward, leads } => {
            format!("Take {}. {}{}", name(*reward), ahead(compared, *reward, leads), fix(compared, *reward))
        }
        Choice::More { reward, leads } => format!(
            "{} has more mixed groups. {} That makes it no better by itself: noise and length tell all answers apart. Before you take it, \
             ask `fullmarks audit --truth COLUMN` which of them rises with the truth.",
            name(*reward),
            ahead(compared, *reward, leads)
        ),
        Choice::Alike { leads } => match leads.first() {
            Some(lead) => format!(
                "Cannot tell {} apart by how many groups are mixed: {}.{} Take the one that pays for what you want.",
                all(compared),
                near(compared, lead),
                opposed(compared)
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

/// That two rewards order many completions of a prompt the other way round.
fn opposed(compared: &Compared) -> String {
    let share = |found: &Differences| found.turned as f64 / found.pairs.max(1) as f64;
    let most = compared.differences.iter().map(|(found, _)| found).max_by(|a, b| share(a).total_cmp(&share(b)));
    match most.filter(|found| share(found) >= OPPOSED) {
        Some(found) => format!(
            " They do not pay for the same: `{}` and `{}` have opposite orders on {} of the pairs of completions.",
            compared.rewards[found.first].name,
            compared.rewards[found.second].name,
            Percent(share(found))
        ),
        None => String::new(),
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
    if all == 0 {
        lines.push("No completion is paid by both.".to_owned());
    } else if more + less == 0 {
        let completions = plural(all, "completion");
        lines.push(match found.unknown {
            0 => format!("Nobody: both pay all {completions} the same."),
            _ => format!("Nobody: of {completions} that both pay, none is paid differently."),
        });
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
