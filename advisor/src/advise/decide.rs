//! An assessment → the decision.

use super::{
    Answer, Assessment, Decision, Fix, Paid, Pick, Signal,
    forecast::{Choice, Doubt},
};
use crate::reward::Scheme;

/// Prompts below which nothing is said of others: an interval of ten proportions has hardly any shape.
const FEW_PROMPTS: u64 = 10;

/// Prompts that a first look takes.
const FIRST_LOOK: u64 = 20;

/// Share of groups with a gradient below which there is none to speak of.
const NONE: f64 = 0.02;

/// Share of groups without a gradient from which that comes first, whatever the scheme.
const MOSTLY_WASTED: f64 = 0.8;

/// Share of groups that are solved throughout from which those prompts are set aside first.
const SOLVED: f64 = 0.3;

/// Share of groups that are solved throughout from which nothing is left to learn.
const NOTHING_LEFT: f64 = 0.9;

/// From everything else in an assessment.
pub(super) fn decide(assessment: &Assessment) -> Decision {
    let best = best(&assessment.signal);
    let Some(best) = best.filter(|_| assessment.nothing.is_none()) else {
        return Decision { answer: Answer::Nothing, wasted: None };
    };
    let completions = assessment.settings.group_size as u64;
    // A completion alone does not show whether its prompt is always solved.
    if assessment.counts.per_prompt.median < 2 && assessment.counts.prompts >= FEW_PROMPTS {
        return Decision { answer: Answer::SampleMore { prompts: 0, completions }, wasted: None };
    }
    let known = assessment.rates.as_ref().map_or(0, |rates| rates.prompts);
    if known < FEW_PROMPTS {
        return Decision { answer: Answer::SampleMore { prompts: FIRST_LOOK - known, completions }, wasted: None };
    }
    let pick = pick(assessment, best);
    let fix = fix(assessment, best, pick);
    let named = signal_of(assessment, pick, best);
    let wasted = Some(assessment.paid.as_ref().map_or(named.mixed, |paid| paid.mixed).rest());
    let answer = match (fix, pick) {
        (Some(fix), pick) => Answer::FixFirst(fix, pick.filter(|_| fix.leaves_a_scheme())),
        (None, Some(pick)) => Answer::Start(pick),
        // Nobody asked which scheme.
        (None, None) => Answer::Start(Pick::Unclear(None)),
    };
    Decision { answer, wasted }
}

/// The signal with the most mixed groups; of equals the first.
fn best(signal: &[Signal]) -> Option<&Signal> {
    signal.iter().rev().max_by(|a, b| a.mixed.middle().total_cmp(&b.mixed.middle()))
}

/// The signal under a scheme. Any credit above 0 tells the same answers apart, so that another one speaks for it.
fn of(signal: &[Signal], scheme: Scheme) -> Option<&Signal> {
    let binary = matches!(scheme, Scheme::Binary(_));
    let exact = signal.iter().find(|signal| signal.scheme == scheme);
    exact.or_else(|| signal.iter().find(|signal| matches!(signal.scheme, Scheme::Binary(_)) == binary))
}

/// The signal under the scheme that is picked, or the best.
fn signal_of<'a>(assessment: &'a Assessment, pick: Option<Pick>, best: &'a Signal) -> &'a Signal {
    pick.and_then(Pick::fixed).and_then(|scheme| of(&assessment.signal, scheme)).unwrap_or(best)
}

/// Which scheme, going by the forecast. Where either will do, and one has no gradient, it is the other.
fn pick(assessment: &Assessment, best: &Signal) -> Option<Pick> {
    let forecast = assessment.forecast.as_ref();
    let Some(forecast) = forecast else {
        // No forecast was made where no scheme pays anything otherwise.
        return assessment.forecast_asked.then_some(Pick::Any(None));
    };
    let teaches = |scheme: Scheme| of(&assessment.signal, scheme).is_some_and(|signal| signal.mixed.middle() >= NONE);
    match forecast.choice {
        Choice::Use(scheme) => Some(Pick::Use(scheme)),
        Choice::Either if !teaches(forecast.schemes[0]) && teaches(best.scheme) => Some(Pick::Only(best.scheme)),
        Choice::Either => Some(Pick::Any(forecast.leader())),
        Choice::CannotTell(meanwhile) => Some(Pick::Unclear(meanwhile)),
        Choice::Neither(_) => None,
    }
}

/// Shares of groups, by what their rewards are.
pub(super) struct Middles {
    pub(super) all_zero: f64,
    pub(super) all_one: f64,
    pub(super) tied: f64,
    pub(super) mixed: f64,
}

impl Middles {
    fn of(signal: &Signal) -> Self {
        let [all_zero, all_one, tied, mixed] =
            [signal.all_zero, signal.all_one, signal.tied, signal.mixed].map(|share| share.middle());
        Self { all_zero, all_one, tied, mixed }
    }
}

/// What comes first by shares of groups alone, under the scheme with most mixed ones and the one that is named.
pub(super) fn first_of(best: &Middles, named: &Middles) -> Option<Fix> {
    idle(best).or_else(|| wasted(named))
}

/// What comes first whatever the scheme.
fn idle(best: &Middles) -> Option<Fix> {
    if best.all_one >= NOTHING_LEFT {
        Some(Fix::NothingLeft)
    } else if best.mixed < NONE {
        Some(Fix::NoGradient)
    } else {
        (best.all_one >= SOLVED).then_some(Fix::Solved)
    }
}

/// What most groups are, where hardly any is mixed.
fn wasted(named: &Middles) -> Option<Fix> {
    if named.mixed > 1.0 - MOSTLY_WASTED {
        return None;
    }
    let shares = [(Fix::Solved, named.all_one), (Fix::Starved, named.all_zero), (Fix::Tied, named.tied)];
    shares.into_iter().max_by(|a, b| a.1.total_cmp(&b.1)).map(|(fix, _)| fix)
}

/// Whether a pilot shows that full answers grew, under the scheme that is picked, or under any where none is.
pub(super) fn grew(assessment: &Assessment, pick: Option<Pick>) -> bool {
    let of = pick.and_then(Pick::fixed);
    assessment.pilots.iter().any(|pilot| pilot.grew() && of.is_none_or(|scheme| scheme.name() == pilot.scheme))
}

/// What comes first.
fn fix(assessment: &Assessment, best: &Signal, pick: Option<Pick>) -> Option<Fix> {
    if assessment.paid.as_ref().is_some_and(Paid::penalty_alone) {
        return Some(Fix::PenaltyAlone);
    }
    // A pilot outweighs what the samples warn of only where full answers grew in it.
    let grew = grew(assessment, pick);
    match idle(&Middles::of(best)) {
        None => {}
        Some(Fix::NoGradient) if grew => return None,
        Some(fix) => return Some(fix),
    }
    match assessment.forecast.as_ref().map(|forecast| &forecast.choice) {
        Some(Choice::Neither(Doubt::Unseen)) => return Some(Fix::NoFull),
        Some(Choice::Neither(_)) => return Some(Fix::OutOfReach),
        _ => {}
    }
    if grew {
        return None;
    }
    wasted(&Middles::of(signal_of(assessment, pick, best)))
}
