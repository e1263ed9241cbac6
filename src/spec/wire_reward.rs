//! The key `reward` as written.

use crate::{
    reward::{AdvantageRule, Algorithm, Per, Scheme, Shape, Unit},
    source::At,
};
use schemars::JsonSchema;
use serde::Deserialize;

/// How verdicts become a reward: gate × scheme − penalty.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Reward")]
pub(super) struct WireReward {
    /// The scheme.
    #[schemars(extend("enum" = Scheme::ALL))]
    pub scheme: At<String>,
    /// For every scheme but `binary`: what an answer that meets all but nothing of weight would be worth, from 0 to 1; for
    /// `annealed` at the start, for `adaptive` the most it may choose. Default: 1.
    #[serde(default)]
    pub credit: Option<At<f64>>,
    /// For every scheme but `binary`: shares below this earn nothing, from 0 to 1. Default: 0.
    #[serde(default)]
    pub threshold: Option<At<f64>>,
    /// For every scheme but `binary`: exponent of the share, above 0. Default: 1.
    #[serde(default)]
    pub power: Option<At<f64>>,
    /// For every scheme but `binary`: the most that an answer which is not full can earn, from 0 to 1. Default: 1.
    #[serde(default)]
    pub cap: Option<At<f64>>,
    /// For `annealed`: the credit at the end, from 0 to 1. Default: 0.
    #[serde(default)]
    pub to: Option<At<f64>>,
    /// For `annealed`: the share of training after which the credit is `to`, above 0 and at most 1. Default: 1.
    #[serde(default)]
    pub until: Option<At<f64>>,
    /// For `annealed`: `linear` (the default) or `cosine`.
    #[serde(default)]
    #[schemars(extend("enum" = or_none(Shape::NAMES)))]
    pub shape: Option<At<String>>,
    /// For `difficulty`: how much more a constraint weighs that others of the group fail, from 0 to 50. Default: 2.
    #[serde(default)]
    pub alpha: Option<At<f64>>,
    /// For `adaptive`: what has a credit of its own, the `task` (the default) or each `prompt`.
    #[serde(default)]
    #[schemars(extend("enum" = or_none(Per::NAMES)))]
    pub per: Option<At<String>>,
    /// For `adaptive`: the trainer's algorithm. Default: `grpo`.
    #[serde(default)]
    #[schemars(extend("enum" = or_none(Algorithm::NAMES)))]
    pub algorithm: Option<At<String>>,
    /// For `adaptive`: completions per prompt in a step, from 2 to 1024. Default: 8.
    #[serde(default)]
    pub group_size: Option<At<u64>>,
    /// Ids of constraints that only admit to credit: failing one forfeits all, and passing it earns none.
    #[serde(default)]
    pub gate: Option<At<Vec<At<String>>>>,
    /// What is taken off.
    #[serde(default)]
    pub penalty: Option<At<WirePenalty>>,
    /// Whether a penalty may take a full answer below one that is not. Default: false.
    #[serde(default)]
    pub may_reorder: Option<At<bool>>,
    /// How a group gets its advantages, in place of what the trainer makes of rewards.
    #[serde(default)]
    pub advantage: Option<At<WireAdvantage>>,
}

/// One of these names, or nothing.
fn or_none(names: &[&'static str]) -> Vec<Option<&'static str>> {
    names.iter().copied().map(Some).chain([None]).collect()
}

/// What is taken off a reward.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Penalty")]
pub(super) struct WirePenalty {
    /// What length costs.
    pub overlong: At<WireOverlong>,
}

/// DAPO's soft overlong punishment.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Overlong")]
pub(super) struct WireOverlong {
    /// Length from which the penalty is whole (beyond which, where `soft` is 0), at least 1.
    pub max: At<u64>,
    /// Length before `max` over which it grows, at most `max`. Default: 0, all or nothing.
    #[serde(default)]
    pub soft: Option<At<u64>>,
    /// The whole penalty, above 0 and at most 1.
    pub at_most: At<f64>,
    /// `tokens`, from the rollouts' column of that name, or `characters`. Default: tokens where a row has them, else characters.
    #[serde(default)]
    #[schemars(extend("enum" = or_none(Unit::NAMES)))]
    pub unit: Option<At<String>>,
}

/// How a group gets its advantages.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Advantage")]
pub(super) struct WireAdvantage {
    /// The rule.
    #[schemars(extend("enum" = AdvantageRule::NAMES))]
    pub by: At<String>,
    /// For `density`: how much more a constraint weighs that is rarely met, from 0 to 50. Default: 2.
    #[serde(default)]
    pub alpha: Option<At<f64>>,
    /// For `density`: the rates that count as alike, from 0.001 to 10. Default: 0.1.
    #[serde(default)]
    pub sigma: Option<At<f64>>,
    /// For `density`: added to densities, from 0 to 1000. Default: 0.000001.
    #[serde(default)]
    pub delta: Option<At<f64>>,
    /// For `density`: what partial success counts beside full success, from 0 to 1000. Default: 1.
    #[serde(default)]
    pub beta: Option<At<f64>>,
}
