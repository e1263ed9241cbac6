//! The decision of a log of rewards: that of verdicts, as far as it rests on the signal alone. A test holds the two together.

use super::RewardSignal;
use crate::advise::{Answer, Assessment, Decision, Fix, Pick};

/// Prompts below which nothing is said of others.
const FEW_PROMPTS: u64 = 10;

/// Prompts that a first look takes.
const FIRST_LOOK: u64 = 20;

/// Share of groups with a gradient below which there is none to speak of.
const NONE: f64 = 0.02;

/// Share of groups with a gradient up to which what takes it away comes first.
const MOSTLY_WASTED: f64 = 0.2;

/// Shares of groups that all earn the most, from which their prompts are set aside first, and from which nothing is left to learn.
const SOLVED: [f64; 2] = [0.3, 0.9];

pub(super) fn decide(assessment: &Assessment, signal: Option<&RewardSignal>) -> Decision {
    let Some(signal) = signal else { return Decision { answer: Answer::Nothing, wasted: None } };
    let completions = assessment.settings.group_size as u64;
    let counts = &assessment.counts;
    if counts.per_prompt.median < 2 && counts.prompts >= FEW_PROMPTS {
        return Decision { answer: Answer::SampleMore { prompts: 0, completions }, wasted: None };
    }
    let known = assessment.prompts.iter().filter(|prompt| prompt.completions > 0).count() as u64;
    if known < FEW_PROMPTS {
        return Decision { answer: Answer::SampleMore { prompts: FIRST_LOOK - known, completions }, wasted: None };
    }
    let answer = match fix(signal) {
        Some(fix) => Answer::FixFirst(fix, None),
        None => Answer::Start(Pick::Unclear(None)),
    };
    Decision { answer, wasted: Some(signal.mixed.rest()) }
}

fn fix(signal: &RewardSignal) -> Option<Fix> {
    let (mixed, solved) = (signal.mixed.middle(), signal.all_most.middle());
    let [set_aside, nothing_left] = SOLVED;
    if solved >= nothing_left {
        return Some(Fix::NothingLeft);
    }
    if mixed < NONE {
        return Some(Fix::NoGradient);
    }
    if solved >= set_aside {
        return Some(Fix::Solved);
    }
    if mixed > MOSTLY_WASTED {
        return None;
    }
    let shares = [(Fix::Solved, signal.all_most), (Fix::Starved, signal.all_least), (Fix::Tied, signal.tied)];
    shares.into_iter().max_by(|a, b| a.1.middle().total_cmp(&b.1.middle())).map(|(fix, _)| fix)
}
