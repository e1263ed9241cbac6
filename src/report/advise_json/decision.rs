//! The decision in JSON.

use super::{SchemeReport, ShareReport};
use crate::{
    advise::{Answer, Assessment, Pick, PromptState},
    report::words,
};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;

/// What to do.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct DecisionReport {
    /// The answer.
    pub answer: AnswerReport,
    /// What has to be mended first: `no-gradient`, `nothing-left`, `penalty-alone`, `solved-prompts`, `starved-groups`, `tied-groups`,
    /// `no-full-answer`, `stalled` or `out-of-reach`; `null` unless the answer is `fix-first`.
    pub fix: Option<String>,
    /// The scheme to use, now or after the fix; `null` where none can be named.
    pub scheme: Option<SchemeReport>,
    /// Whether schemes differ by so little that any will do.
    pub any: bool,
    /// Where any will do, the one that is expected to lose less, or stalls less often, or leads in the simulation; `null` where they are the same in that.
    pub leader: Option<SchemeReport>,
    /// How many more prompts to sample; `null` unless the answer is `sample-more`.
    pub more_prompts: Option<u64>,
    /// How many completions to sample of each prompt; `null` unless the answer is `sample-more`.
    pub completions_each: Option<u64>,
    /// Share of groups whose rewards are all equal, under that scheme or the one with the most mixed groups, as paid where that is known;
    /// `null` where there is too little to say.
    pub wasted: Option<ShareReport>,
    /// Share of groups whose rewards differ where verdicts do not: by a penalty, or whatever else moves given rewards; `null` where rewards as paid are not known.
    pub gradient_from_penalty: Option<f64>,
    /// The same in words, for people.
    pub sentence: String,
}

/// The answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AnswerReport {
    /// Train.
    Start,
    /// Something comes first.
    FixFirst,
    /// The samples are too few.
    SampleMore,
    /// There is nothing to assess.
    Nothing,
}

/// A prompt and what its groups would teach.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct PromptStateReport {
    /// Its id.
    pub id: String,
    /// `mixed`, `saturated` (all full), `starved` (all 0), `tied` (all equal in between) or `unknown`.
    pub state: String,
    /// Completions with every verdict known.
    pub completions: u64,
    /// How many of them are full; where only rewards are known, how many earn the most there is.
    pub full: u64,
    /// Where all of its completions are alike, the probability that it stays so: that 32 more are the same. `null` where they differ.
    pub stays: Option<f64>,
}

impl DecisionReport {
    /// The wire form.
    pub(in crate::report) fn new(assessment: &Assessment) -> Self {
        let decision = &assessment.decision;
        let (answer, fix, pick, more) = match &decision.answer {
            Answer::Start(pick) => (AnswerReport::Start, None, Some(*pick), None),
            Answer::FixFirst(fix, pick) => (AnswerReport::FixFirst, Some(fix.name().to_owned()), *pick, None),
            Answer::SampleMore { prompts, completions } => {
                (AnswerReport::SampleMore, None, None, Some((*prompts, *completions)))
            }
            Answer::Nothing => (AnswerReport::Nothing, None, None, None),
        };
        let scheme = match pick {
            Some(Pick::Use(scheme) | Pick::Only(scheme) | Pick::Unclear(Some(scheme))) => {
                Some(SchemeReport::from(&scheme))
            }
            _ => None,
        };
        Self {
            answer,
            fix,
            scheme,
            leader: match pick {
                Some(Pick::Any(leader)) => leader.as_ref().map(SchemeReport::from),
                _ => None,
            },
            any: matches!(pick, Some(Pick::Any(_))),
            more_prompts: more.map(|(prompts, _)| prompts),
            completions_each: more.map(|(_, completions)| completions),
            wasted: decision.wasted.map(ShareReport::from),
            gradient_from_penalty: assessment.paid.as_ref().map(|paid| paid.beside_the_task),
            sentence: words::decision::sentence(assessment),
        }
    }
}

/// The states of prompts, a line of JSON each.
#[must_use]
pub fn prompts_jsonl(prompts: &[PromptState]) -> String {
    let line = |prompt| json!(PromptStateReport::from(prompt)).to_string() + "\n";
    prompts.iter().map(line).collect()
}

impl From<&PromptState> for PromptStateReport {
    fn from(prompt: &PromptState) -> Self {
        let PromptState { prompt: id, state, completions, full, stays } = prompt;
        Self {
            id: id.to_string(),
            state: state.name().to_owned(),
            completions: *completions,
            full: *full,
            stays: *stays,
        }
    }
}
