//! groups → assessment.

use super::{
    Answer, Assessment, Counts, CriticalCredit, Decision, Dependence, Nothing, Paid, PaidRewards, PilotGrowth, Rates,
    Settings, Signal, Undefined,
    decide::decide,
    families::families,
    findings::findings,
    forecast::{Forecast, Samples},
    pass_at::passes,
    settle::unsettled,
    signal::patterns,
    states::{alike, states},
    stats::{GroupShares, PromptLevels},
    summary::{Class, Summary},
};
use crate::{reward::Scheme, verdict::Group};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Group sizes tried beyond the one asked for are up to this many doublings of it.
const DOUBLINGS: u32 = 6;

/// Assesses what groups of outcomes say about training on them.
///
/// Groups without an outcome are ignored. The result depends on nothing but the arguments; neither on the order of
/// groups or outcomes nor on the number of threads.
///
/// # Panics
/// When the settings do not pass [`Settings::check`].
#[must_use]
pub fn advise(groups: &[Group], settings: &Settings) -> Assessment {
    whole(groups, None, None, settings)
}

/// The same, and a forecast of how each scheme would fare: a second or so of work. `paid` is what the trainer will see, where that is known.
///
/// # Panics
/// As [`advise`].
#[must_use]
pub fn advise_with_forecast(samples: &Samples<'_>, paid: Option<&PaidRewards>, settings: &Settings) -> Assessment {
    whole(samples.groups, Some(samples), paid, settings)
}

fn whole(
    groups: &[Group],
    samples: Option<&Samples<'_>>,
    paid: Option<&PaidRewards>,
    settings: &Settings,
) -> Assessment {
    if let Err(error) = settings.check() {
        panic!("{error}");
    }
    let summaries: Vec<Summary<'_>> = groups
        .par_iter()
        .filter(|group| !group.outcomes.is_empty())
        .map(|group| Summary::new(group, &settings.schemes))
        .collect();
    let counts = Counts::new(&summaries);
    let [always_full, never_full] = alike(&summaries);
    let mut assessment = Assessment {
        settings: settings.clone(),
        nothing: nothing(&counts),
        counts,
        always_full,
        never_full,
        rates: None,
        several: None,
        pass_at: passes(&summaries, settings.level),
        families: families(&summaries, settings.level),
        dependence: Dependence::new(&summaries, settings.level),
        signal: Vec::new(),
        paid: None,
        told_apart: None,
        prompts: Vec::new(),
        critical_credit: Err(Undefined::NoPrompt),
        larger_groups: Vec::new(),
        forecast_asked: samples.is_some(),
        forecast: None,
        pilots: Vec::new(),
        decision: Decision { answer: Answer::Nothing, wasted: None },
        unsettled: None,
        advice: Vec::new(),
    };
    if assessment.nothing.is_none() {
        assess(&mut assessment, &summaries);
        let size = settings.group_size as u64;
        assessment.paid = paid.and_then(|paid| Paid::new(groups, paid, size, settings.level));
        let pilots = samples.iter().flat_map(|samples| samples.pilots);
        assessment.pilots = pilots.filter_map(|pilot| PilotGrowth::of(groups, pilot, settings.level)).collect();
        assessment.forecast = samples.and_then(|samples| Forecast::new(samples, settings));
    }
    assessment.settle(decide(&assessment));
    assessment.unsettled = unsettled(&summaries, &assessment);
    assessment.prompts = states(&summaries, shown(&assessment));
    assessment.advice = findings(&assessment);
    assessment
}

/// The place of the scheme under which prompts are listed.
fn shown(assessment: &Assessment) -> usize {
    let mixed = |n: &usize| assessment.signal.get(*n).and_then(|signal| signal.mixed.estimate).unwrap_or(0.0);
    let schemes = &assessment.settings.schemes;
    let named = assessment.decision.scheme().and_then(|named| schemes.iter().position(|scheme| *scheme == named));
    // Of equals the last, since `binary` comes first: it would call prompts unpaid that partial credit pays.
    let most = (0..schemes.len()).max_by(|a, b| mixed(a).total_cmp(&mixed(b)));
    named.or(most).unwrap_or(0)
}

fn nothing(counts: &Counts) -> Option<Nothing> {
    if counts.completions == 0 {
        Some(Nothing::NoCompletions)
    } else if counts.known_completions() == 0 {
        Some(Nothing::AllUnscored)
    } else {
        None
    }
}

fn assess(assessment: &mut Assessment, summaries: &[Summary<'_>]) {
    let Settings { group_size, level, seed, .. } = assessment.settings;
    let schemes = &assessment.settings.schemes;
    let size = group_size as u64;
    let several: Vec<&Summary<'_>> = summaries.iter().filter(|summary| summary.constraints > 1).collect();
    let (all, of_several) =
        rayon::join(|| Rates::new(summaries.iter(), level), || Rates::new(several.iter().copied(), level));
    let rewards: Vec<BTreeMap<PromptLevels, u64>> =
        (0..schemes.len()).into_par_iter().map(|n| patterns(summaries, n)).collect();
    let signal = schemes
        .par_iter()
        .zip(&rewards)
        .filter_map(|(scheme, rewards)| Signal::new(rewards, *scheme, size, level))
        .collect();
    let binary = schemes.iter().position(|scheme| matches!(scheme, Scheme::Binary(_)));
    assessment.larger_groups = binary.map_or_else(Vec::new, |n| larger_groups(&rewards[n], size));
    // A single constraint that scores shares of cases pays partial credit as well.
    let graded = |summary: &Summary<'_>| summary.constraints == 1 && summary.classes[Class::Partial as usize] > 0;
    assessment.critical_credit = if summaries.iter().any(graded) {
        let every: Vec<&Summary<'_>> = summaries.iter().collect();
        CriticalCredit::new(&every, all.as_ref(), schemes, level, seed)
    } else {
        CriticalCredit::new(&several, of_several.as_ref(), schemes, level, seed)
    };
    assessment.signal = signal;
    assessment.told_apart = told_apart(summaries, size);
    assessment.rates = all;
    assessment.several = of_several;
}

/// Share of groups in which some answer has other verdicts than another: no reward made of verdicts tells more groups apart.
fn told_apart(summaries: &[Summary<'_>], size: u64) -> Option<f64> {
    let mut prompts: BTreeMap<PromptLevels, u64> = BTreeMap::new();
    for summary in summaries {
        *prompts.entry(PromptLevels { counts: summary.verdicts_alike() }).or_default() += 1;
    }
    GroupShares::estimates(&prompts, size).map(|shares| shares[3])
}

/// As far as nine in ten prompts have enough completions.
fn larger_groups(rewards: &BTreeMap<PromptLevels, u64>, size: u64) -> Vec<(u64, f64)> {
    (1..=DOUBLINGS)
        .map(|doublings| size << doublings)
        .map_while(|size| GroupShares::estimates(rewards, size).map(|shares| (size, shares[0])))
        .collect()
}
