//! The JSON form of a log that was watched, version 1: structs of its own, so that what programs read does not move with the library's types.

use super::{LeftOut, advise_json::AdviceReport};
use crate::monitor::{Mean, Review, Sign, Stall, Step};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// Version of this form. Fields may be added within a version; removing one or changing its meaning makes a new one.
const VERSION: u32 = 1;

/// What `fullmarks monitor --json` writes.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct MonitorReport {
    /// The kind of document.
    pub fullmarks: MonitorKind,
    /// Version of the form.
    #[schemars(range(min = 1, max = 1))]
    pub version: u32,
    /// The scheme that the run was watched as.
    pub scheme: String,
    /// Steps that trends looked back on.
    pub back: u64,
    /// The stall; `null` where there was none.
    pub stall: Option<StallReport>,
    /// Whether it had enough steps and groups for a stall to be seen.
    pub could_tell: bool,
    /// What a monitor would have said on the way, in the order of the first steps.
    pub signs: Vec<SignReport>,
    /// What is to be said of the groups at the end.
    pub advice: Vec<AdviceReport>,
    /// Each step of the log.
    pub steps: Vec<StepReport>,
    /// What of the log is in no figure, and why.
    pub left_out: LeftOut,
}

/// The kind of document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub enum MonitorKind {
    /// A log that was watched.
    #[serde(rename = "monitor")]
    Monitor,
}

/// A stall.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct StallReport {
    /// The step since when full answers have not grown: the first one where they never grew.
    pub since: u64,
    /// Whether they grew before.
    pub grew: bool,
    /// The step at which a monitor would have raised it.
    pub raised: u64,
    /// The last step at which it held; `null` where it held to the end.
    pub until: Option<u64>,
    /// The first step at which a monitor would have warned; `null` where nothing told before.
    pub warned: Option<u64>,
    /// What was seen when it was raised.
    pub message: String,
    /// What to do.
    pub remedy: String,
    /// Share of the stuck groups' answers that meet a constraint, by its family.
    pub met: BTreeMap<String, f64>,
    /// Prompts whose answers all earned the same credit when it ended, those first that had full answers before.
    pub stuck_prompts: Vec<StuckPromptReport>,
    /// Prompts that were seen.
    pub prompts: u64,
}

/// A prompt whose answers all earn the same credit, none of them full.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct StuckPromptReport {
    /// Its id.
    pub id: String,
    /// The step since when.
    pub since: u64,
    /// Whether it had a full answer before.
    pub lost: bool,
}

/// Something that a monitor would have said, over some steps.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct SignReport {
    /// What it is: `tied`, `flat`, `growing` or `alike`.
    #[schemars(extend("enum" = ["tied", "flat", "growing", "alike"]))]
    pub kind: &'static str,
    /// How grave it is.
    #[schemars(extend("enum" = ["info", "warning", "error"]))]
    pub severity: String,
    /// The first step.
    pub first: u64,
    /// The last one.
    pub last: u64,
    /// What was seen at the first.
    pub message: String,
}

/// A step: means over its groups, `null` where nothing is known.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct StepReport {
    /// Its number.
    pub step: u64,
    /// Groups.
    pub groups: u64,
    /// Share of full answers.
    pub p_full: Option<f64>,
    /// Reward.
    pub reward: Option<f64>,
    /// Share of groups with different rewards.
    pub mixed_groups: f64,
    /// Share of groups without a full answer.
    pub no_full_groups: Option<f64>,
    /// Share of groups without a full answer whose answers all earn the same credit.
    pub tied_groups: Option<f64>,
    /// Share of different completions in a group.
    pub distinct: Option<f64>,
}

impl MonitorReport {
    /// Of a review.
    #[must_use]
    pub fn new(review: &Review, left_out: LeftOut) -> Self {
        Self {
            fullmarks: MonitorKind::Monitor,
            version: VERSION,
            scheme: review.scheme.to_string(),
            back: review.back as u64,
            stall: review.stall.as_ref().map(|stall| StallReport::new(stall, review.warned())),
            could_tell: review.too_short.is_none(),
            signs: review.signs.iter().map(SignReport::from).collect(),
            advice: review.assessment.advice.iter().map(AdviceReport::from).collect(),
            steps: review.steps.iter().map(StepReport::from).collect(),
            left_out,
        }
    }
}

impl StallReport {
    fn new(stall: &Stall, warned: Option<u64>) -> Self {
        let prompt = |stuck: &crate::monitor::StuckPrompt| StuckPromptReport {
            id: stuck.prompt.clone(),
            since: stuck.since,
            lost: stuck.lost,
        };
        Self {
            since: stall.since,
            grew: stall.grew,
            raised: stall.raised,
            until: stall.until,
            warned,
            message: stall.finding.to_string(),
            remedy: stall.finding.remedy(),
            met: stall.met.iter().cloned().collect(),
            stuck_prompts: stall.stuck.iter().map(prompt).collect(),
            prompts: stall.prompts,
        }
    }
}

impl From<&Sign> for SignReport {
    fn from(sign: &Sign) -> Self {
        let finding = &sign.finding;
        Self {
            kind: finding.stalling.name(),
            severity: finding.severity().to_string(),
            first: sign.first,
            last: sign.last,
            message: finding.to_string(),
        }
    }
}

impl From<&Step> for StepReport {
    fn from(step: &Step) -> Self {
        let Step { full, reward, without, tied, distinct, .. } = step;
        let [p_full, reward, no_full_groups, tied_groups, distinct] =
            [full, reward, without, tied, distinct].map(Mean::value);
        Self {
            step: step.step,
            groups: step.groups,
            p_full,
            reward,
            mixed_groups: step.mixed as f64 / step.groups.max(1) as f64,
            no_full_groups,
            tied_groups,
            distinct,
        }
    }
}
