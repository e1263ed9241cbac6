//! The next thing to do, in a sentence: one, whatever else is said.

use super::{decision, forecast, paid};
use crate::{
    advise::{Answer, Assessment, Fix, Pick},
    report::Advised,
    reward::Scheme,
};

const AGAIN: &str = "then sample the new policy and run this command again";

/// What to do or type next; `None` where nothing can be assessed.
pub(in crate::report) fn next(advised: &Advised) -> Option<String> {
    let assessment = &advised.assessment;
    let with = |option: &str| format!("run this command with `{option}`");
    Some(match &assessment.decision.answer {
        Answer::Nothing => return None,
        Answer::SampleMore { .. } => "sample as above, and run this command on all of it.".to_owned(),
        Answer::FixFirst(Fix::PenaltyAlone, _) => match assessment.paid.as_ref().is_some_and(|paid| paid.given) {
            true => format!("{} to read completions beside their rewards.", with("--html page.html")),
            false if decision::differ_without(assessment) => {
                "take `penalty` out of the spec's `reward`, and run this command again.".to_owned()
            }
            false => {
                format!("fine-tune or choose other prompts, and take `penalty` out of the spec's `reward`; {AGAIN}.")
            }
        },
        Answer::FixFirst(Fix::NoFull | Fix::Starved, _) if never_met(assessment).is_some() => format!(
            "see whether {} can be met at all: no completion does. If so, fine-tune or choose other prompts, {AGAIN}.",
            never_met(assessment).unwrap_or_default()
        ),
        Answer::FixFirst(Fix::NoFull | Fix::OutOfReach, _) => format!("fine-tune or choose other prompts, {AGAIN}."),
        Answer::FixFirst(Fix::Stalled, _) => "go on with `scheme: binary`, or a smaller credit.".to_owned(),
        Answer::FixFirst(Fix::NoGradient, _) => {
            format!("sample other prompts. To see why these teach nothing, {}.", with("--prompts-out prompts.jsonl"))
        }
        Answer::FixFirst(Fix::Solved, _) if !assessment.always_full.is_real() => {
            "add harder prompts, or let the trainer skip groups whose rewards are equal.".to_owned()
        }
        Answer::FixFirst(..) => format!("{} for the list of these prompts.", with("--prompts-out prompts.jsonl")),
        Answer::Start(pick) => {
            let length =
                advised.attribution.as_ref().and_then(|found| paid::warning(found, &assessment.decision.answer));
            if length.is_some() {
                return Some(format!("{} to read completions beside their rewards.", with("--html page.html")));
            }
            let settling = assessment.forecast.as_ref().and_then(forecast::settling);
            match (pick, settling) {
                (_, Some(settling)) => decision::lower(&settling),
                (Pick::Use(scheme) | Pick::Only(scheme), None) => format!("train with {}.", reward(scheme)),
                (Pick::Any(Some(scheme)), None) => {
                    format!("train with {}, unless something else speaks for the other.", reward(scheme))
                }
                (Pick::Any(None), None) => "train, with either scheme.".to_owned(),
                (Pick::Unclear(_), None) => "train; `fullmarks.Monitor` warns if it stalls.".to_owned(),
            }
        }
    })
}

/// The constraints that no completion meets, by name; `None` where each is met.
fn never_met(assessment: &Assessment) -> Option<String> {
    let none = assessment.families.iter().filter(|family| family.passed == 0 && family.failed > 0);
    let names: Vec<String> = none.map(|family| format!("`{}`", family.family)).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// A scheme as a spec has it.
fn reward(scheme: &Scheme) -> String {
    let credit =
        scheme.credit().filter(|credit| *credit < 1.0).map_or_else(String::new, |credit| format!(", credit: {credit}"));
    format!("`reward: {{scheme: {}{credit}}}`", scheme.name())
}
