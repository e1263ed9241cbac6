//! Sentences on an assessment.

use crate::{
    advise::{
        Assessment, Basis, Counts, Dependence, FullIfIndependent, Nothing, Percent, Rates, Signal, Undefined,
        stats::Interval,
    },
    report::layout::plural,
};

/// How often completions are correct, and how much groups would teach.
pub(in crate::report) fn headline(assessment: &Assessment) -> String {
    match (assessment.nothing, &assessment.rates) {
        (Some(Nothing::NoCompletions), _) => "Nothing to assess: there is no completion.".to_owned(),
        (Some(Nothing::AllUnscored), _) if assessment.counts.constraints.max == 0 => {
            "Nothing to assess: no completion has a reward. The column is empty in every row: see what the log writes, or name another \
             one with --reward."
                .to_owned()
        }
        (Some(Nothing::AllUnscored), _) | (None, None) => {
            "Nothing to assess: every completion has a verdict that could not be given.".to_owned()
        }
        (None, Some(Rates { full, .. })) => {
            let (low, high) = (Percent(full.interval.low), Percent(full.interval.high));
            let estimate = Percent(full.estimate);
            format!("Pass rate {estimate} ({low} to {high}): the share of completions that meet every constraint. {}", lesson(assessment))
        }
    }
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
        return format!("How many groups of {size} would be mixed can only be bounded.");
    };
    let by = if assessment.paid.as_ref().is_some_and(|paid| paid.given) {
        " going by verdicts"
    } else if assessment.paid.is_some() {
        " without the penalty"
    } else {
        ""
    };
    let shares = if known.len() > 1 && known.iter().all(|(_, share)| share == first) {
        format!("{first} under every scheme")
    } else {
        known.iter().map(|(scheme, share)| format!("{share} under {scheme}")).collect::<Vec<_>>().join(", ")
    };
    format!("Mixed groups of {size}{by}: {shares}.")
}

/// What there was to assess, a sentence each.
pub(in crate::report) fn counts(counts: &Counts) -> Vec<String> {
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
    let unscored = counts.unscored_completions;
    if counts.constraints.max == 0 {
        let without = if unscored > 0 { format!("; {unscored} without a reward") } else { String::new() };
        return vec![line + &without + "."];
    }
    line += &match (single, counts.constraints.min == counts.constraints.max) {
        (0, true) => format!("; {} constraints each", counts.constraints.max),
        (0, false) => format!("; {} to {} constraints each", counts.constraints.min, counts.constraints.max),
        _ if single == all => "; one constraint each".to_owned(),
        _ => format!("; {} with one constraint, {} with several", plural(single, "prompt"), all - single),
    };
    let mut sentences = vec![line + "."];
    if 0 < counts.unscored_completions && counts.unscored_completions < counts.completions {
        let verb = if counts.unscored_completions == 1 { "is" } else { "are" };
        let unscored = plural(counts.unscored_completions, "completion");
        sentences.push(format!("{unscored} with an unscored verdict {verb} in no rate of whole completions."));
    }
    sentences
}

/// How prompts differ; `None` where a prompt has one completion at most.
pub(in crate::report) fn prompts_by_full(assessment: &Assessment) -> Option<String> {
    let (counts, all) = (&assessment.counts, assessment.rates.as_ref()?);
    let (never, always) = (counts.never_full_prompts, counts.always_full_prompts);
    let both = all.prompts - never - always;
    (counts.per_prompt.max >= 2)
        .then(|| format!("Prompts with no full answer: {never}; with full answers only: {always}; with both: {both}."))
}

/// Whether an answer can be partly right: a prompt has several constraints, or one that scores a share of its cases.
pub(in crate::report) fn can_be_partial(assessment: &Assessment) -> bool {
    assessment.several.is_some() || assessment.counts.single_constraint_graded > 0
}

/// What shares of groups rest on.
pub(in crate::report) fn basis(signal: &Signal, size: usize) -> String {
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

/// Which intervals shares of groups come with.
pub(in crate::report) fn kind_of_interval(signal: &Signal, level: f64) -> String {
    match signal.basis {
        Basis::Bounds { .. } => "all that is possible".to_owned(),
        Basis::Direct { .. } => format!("{} interval", Percent(level)),
    }
}

/// The critical credit.
pub(in crate::report) fn critical_credit(assessment: &Assessment) -> String {
    match &assessment.critical_credit {
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
    }
}

/// That there were too many constraints to compare all; empty where all were.
pub(in crate::report) fn left_out(dependence: &Dependence) -> String {
    match dependence.left_out {
        0 => String::new(),
        more => format!(
            " {} whose verdicts vary least {} left out.",
            plural(more, "constraint"),
            if more == 1 { "is" } else { "are" }
        ),
    }
}

/// What dependence between constraints is worth.
pub(in crate::report) fn worth(full: &FullIfIndependent) -> String {
    let points = |share: f64| format!("{:+.1}", 100.0 * share);
    format!(
        "Were the constraints of a prompt independent, {} of completions would be full; {} are: dependence is worth {} points \
         ({} to {}).",
        Percent(full.independent.estimate),
        Percent(full.full.estimate),
        points(full.worth.estimate),
        points(full.worth.interval.low),
        points(full.worth.interval.high)
    )
}

/// An odds ratio in at most five columns.
pub(in crate::report) fn odds_ratio(odds: f64) -> String {
    match odds {
        _ if odds.is_infinite() => "∞".to_owned(),
        0.0 => "0".to_owned(),
        ..0.005 => "<0.01".to_owned(),
        ..0.995 => format!("{odds:.2}"),
        ..9.95 => format!("{odds:.1}"),
        ..1000.0 => format!("{odds:.0}"),
        _ => ">999".to_owned(),
    }
}

/// What it was made for, in a line.
pub(in crate::report) fn settings(assessment: &Assessment) -> String {
    let settings = &assessment.settings;
    let mut line = format!("Groups of {} under {}", settings.group_size, settings.algorithm);
    if settings.kl > 0.0 {
        line += &format!(", KL coefficient {}", settings.kl);
    }
    line + &format!("; {} intervals over prompts; seed {}.", Percent(settings.level), settings.seed)
}
