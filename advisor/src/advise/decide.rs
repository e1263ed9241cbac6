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

/// What comes first.
fn fix(assessment: &Assessment, best: &Signal, pick: Option<Pick>) -> Option<Fix> {
    let mixed = best.mixed.middle();
    let solved = best.all_one.middle();
    if assessment.paid.as_ref().is_some_and(Paid::penalty_alone) {
        return Some(Fix::PenaltyAlone);
    }
    if solved >= NOTHING_LEFT {
        return Some(Fix::NothingLeft);
    }
    if mixed < NONE {
        return Some(Fix::NoGradient);
    }
    if solved >= SOLVED {
        return Some(Fix::Solved);
    }
    match assessment.forecast.as_ref().map(|forecast| &forecast.choice) {
        Some(Choice::Neither(Doubt::Unseen)) => return Some(Fix::NoFull),
        Some(Choice::Neither(_)) => return Some(Fix::OutOfReach),
        _ => {}
    }
    // A pilot has shown what comes of the groups as they are.
    if assessment.forecast.as_ref().is_some_and(|forecast| forecast.pilot.is_some()) {
        return None;
    }
    let under = signal_of(assessment, pick, best);
    if under.mixed.middle() > 1.0 - MOSTLY_WASTED {
        return None;
    }
    let shares = [(Fix::Solved, under.all_one), (Fix::Starved, under.all_zero), (Fix::Tied, under.tied)];
    shares.into_iter().max_by(|a, b| a.1.middle().total_cmp(&b.1.middle())).map(|(fix, _)| fix)
}
