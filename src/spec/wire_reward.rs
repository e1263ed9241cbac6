//! The key `reward` as written.

use crate::{
    reward::{AdvantageRule, Scheme, Takes, Unit},
    source::At,
};
use schemars::{JsonSchema, Schema};
use serde::Deserialize;
use serde_json::Value;
use std::ops::Range;

/// How verdicts become a reward: gate × scheme − penalty.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Reward", transform = describe)]
pub(super) struct WireReward {
    /// The scheme.
    #[schemars(extend("enum" = Scheme::ALL))]
    pub scheme: At<String>,
    // What these mean, and which values they take, the schemes say (`describe` below).
    #[serde(default)]
    pub credit: Option<At<f64>>,
    #[serde(default)]
    pub threshold: Option<At<f64>>,
    #[serde(default)]
    pub power: Option<At<f64>>,
    #[serde(default)]
    pub cap: Option<At<f64>>,
    #[serde(default)]
    pub to: Option<At<f64>>,
    #[serde(default)]
    pub until: Option<At<f64>>,
    #[serde(default)]
    pub shape: Option<At<String>>,
    #[serde(default)]
    pub alpha: Option<At<f64>>,
    #[serde(default)]
    pub per: Option<At<String>>,
    #[serde(default)]
    pub algorithm: Option<At<String>>,
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

impl WireReward {
    /// The keys of schemes that are written, each with its place.
    pub(super) fn given(&self) -> impl Iterator<Item = (&'static str, Range<usize>)> {
        let place = |key, span: Option<&Range<usize>>| span.map(|span| (key, span.clone()));
        macro_rules! places {
            ($($key:ident),*) => { [$(place(stringify!($key), self.$key.as_ref().map(|at| &at.span))),*] };
        }
        places![credit, threshold, power, cap, to, until, shape, alpha, per, algorithm, group_size]
            .into_iter()
            .flatten()
    }
}

/// Writes into the schema what the schemes say of their parameters.
fn describe(schema: &mut Schema) {
    let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) else { return };
    for param in Scheme::ALL.iter().filter_map(|name| Scheme::by_name(name)).flat_map(|scheme| scheme.params()) {
        let Some(property) = properties.get_mut(param.name).and_then(Value::as_object_mut) else { continue };
        let whose = match Scheme::taking(param.name)[..] {
            [scheme] => format!("For `{scheme}`"),
            _ => "For every scheme but `binary`".into(),
        };
        let default = (param.default)();
        let description = match param.takes {
            Takes::Names(names) => {
                property.insert("enum".into(), or_none(names).into());
                format!("{whose}: {}. Default: `{default}`.", param.doc)
            }
            takes => format!("{whose}: {}, {takes}. Default: {default}.", param.doc),
        };
        property.insert("description".into(), description.into());
    }
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
