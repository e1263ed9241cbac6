//! The YAML as written: wire types of format 1, positions included. The JSON Schema is derived from them.

use crate::source::At;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, de};
use std::{borrow::Cow, fmt};

/// A problem to simulate, format 1.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "fullmarks simulation", rename = "Simulation")]
pub(super) struct WireFile {
    /// Version of the format: 1.
    #[schemars(extend("const" = 1))]
    pub fullmarks: At<u64>,
    /// The problem.
    pub simulate: WireProblem,
}

/// A list of numbers, each with its place.
pub(super) type Numbers = At<Vec<At<f64>>>;

/// A policy over a few outcomes, the rewards to train it with, and how.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Problem")]
pub(super) struct WireProblem {
    /// What this is, for people.
    #[serde(default)]
    #[allow(dead_code, reason = "documentation inside the file")]
    pub description: Option<String>,
    /// What the policy can do: names, all different.
    #[schemars(length(min = 2, max = 1000))]
    pub outcomes: At<Vec<At<String>>>,
    /// Probability of each outcome at the start; they sum to 1.
    #[schemars(with = "Vec<f64>")]
    pub probabilities: Numbers,
    /// Features of each outcome: the policy is linear in them, and learning one outcome moves those it resembles. Without
    /// them every outcome has a logit of its own.
    #[serde(default)]
    #[schemars(with = "Option<Vec<Vec<f64>>>")]
    pub features: Option<At<Vec<Numbers>>>,
    /// By name, what each outcome is paid; the policy is trained with each of them from the start.
    pub rewards: At<WireRewards>,
    /// The reward that counts: all are measured by it. Default: the first.
    #[serde(default)]
    pub truth: Option<At<String>>,
    /// `gradient` (exact ascent of the expected reward, the default), or the expected update of an algorithm with groups.
    #[serde(default)]
    #[schemars(extend("enum" = super::Update::names()))]
    pub algorithm: Option<At<String>>,
    /// Completions in a group, at least 2. Default: 8. Means nothing to `gradient`.
    #[serde(default)]
    #[schemars(range(min = 2, max = 1024))]
    pub group_size: Option<At<u64>>,
    /// Learning rate of an update, above 0.
    pub learning_rate: At<f64>,
    /// Updates.
    #[schemars(range(min = 1, max = 10_000_000))]
    pub steps: At<u64>,
    /// Updates between two records. Default: a fiftieth of the steps.
    #[serde(default)]
    #[schemars(range(min = 1))]
    pub record_every: Option<At<u64>>,
    /// Coefficient β of the penalty β · KL(π ‖ π₀). Default: 0.
    #[serde(default)]
    #[schemars(range(min = 0))]
    pub kl: Option<At<f64>>,
    /// Also train on drawn groups, several times over.
    #[serde(default)]
    pub sampled: Option<At<WireSampled>>,
}

/// Training on drawn groups.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Sampled")]
pub(super) struct WireSampled {
    /// How often training is repeated.
    #[schemars(range(min = 1, max = 10_000))]
    pub runs: At<u64>,
    /// Groups in an update. Default: 1.
    #[serde(default)]
    #[schemars(range(min = 1, max = 10_000))]
    pub groups: Option<At<u64>>,
    /// Seed of the draws. Default: 0.
    #[serde(default)]
    pub seed: Option<u64>,
}

/// Rewards by name, in their order.
#[derive(Clone, Debug)]
pub(super) struct WireRewards(pub Vec<(At<String>, Numbers)>);

impl<'de> Deserialize<'de> for WireRewards {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = WireRewards;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("rewards: `name: [number of each outcome]`")
            }
            fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<WireRewards, A::Error> {
                let mut rewards = Vec::new();
                while let Some(name) = map.next_key()? {
                    rewards.push((name, map.next_value()?));
                }
                Ok(WireRewards(rewards))
            }
        }
        deserializer.deserialize_map(Visitor)
    }
}

impl JsonSchema for WireRewards {
    fn schema_name() -> Cow<'static, str> {
        "Rewards".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "By name, a number for each outcome.",
            "type": "object",
            "minProperties": 1,
            "additionalProperties": {"type": "array", "items": {"type": "number"}}
        })
    }
}

/// JSON Schema of the YAML.
#[must_use]
pub fn schema() -> Schema {
    schemars::schema_for!(WireFile)
}
