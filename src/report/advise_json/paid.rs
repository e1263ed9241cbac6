//! Rewards as paid, in JSON.

use super::{IntervalReport, MethodReport, ShareReport};
use crate::{
    advise::{AttributedPart, Attribution, Basis, RewardSignal},
    report::advised::TrainerSettings,
    trainer::Taken,
};
use schemars::JsonSchema;
use serde::Serialize;

/// Groups by rewards that were given, where nothing else is known.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct RewardSignalReport {
    /// The columns that are summed.
    pub columns: Vec<RewardColumnReport>,
    /// The least and the greatest reward of all.
    pub range: IntervalReport,
    /// How the shares were computed.
    pub method: MethodReport,
    /// All rewards are the least there is: no gradient.
    pub all_least: ShareReport,
    /// All rewards are the greatest there is: no gradient.
    pub all_most: ShareReport,
    /// All rewards are equal in between: no gradient.
    pub tied: ShareReport,
    /// Rewards differ.
    pub mixed: ShareReport,
}

/// A column of rewards.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct RewardColumnReport {
    /// Its name.
    pub column: String,
    /// Its weight in the sum.
    pub weight: f64,
}

/// What the groups' advantages come from.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct AttributionReport {
    /// Groups of all completions of a prompt whose rewards differ: what is attributed.
    pub groups: u64,
    /// The parts, the largest first. Their shares sum to 1.
    pub parts: Vec<AttributedPartReport>,
    /// The squared correlation of advantages with length within groups, with its sign, in [-1, 1]. It overlaps with the parts. `null` where lengths
    /// are not known or do not differ.
    pub length: Option<f64>,
}

/// A part of the rewards.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct AttributedPartReport {
    /// `constraint`, `column`, `penalty` or `rule`.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Its share of the advantages; below 0 where it works against the rest.
    pub share: f64,
}

/// What was made of a trainer's configuration.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct TrainerReport {
    /// Whose it is: `TRL`, `verl` or `OpenRLHF`.
    pub trainer: String,
    /// The keys that were taken.
    pub taken: Vec<TakenReport>,
    /// Settings that were given besides, and win.
    pub overruled_by: Vec<String>,
    /// Keys of the trainer that change nothing here.
    pub unused: Vec<String>,
    /// Keys that are not known.
    pub unknown: Vec<String>,
    /// What this trainer does otherwise than it is modelled; wording may change within a version.
    pub notes: Vec<String>,
}

/// A key that was taken.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct TakenReport {
    /// It.
    pub key: String,
    /// Its value, as it stands there, or `default`.
    pub value: String,
    /// What it means here; wording may change within a version.
    pub meaning: String,
}

impl From<&RewardSignal> for RewardSignalReport {
    fn from(signal: &RewardSignal) -> Self {
        let column = |(name, weight): &(std::sync::Arc<str>, f64)| RewardColumnReport {
            column: name.to_string(),
            weight: *weight,
        };
        Self {
            columns: signal.columns.iter().map(column).collect(),
            range: IntervalReport { low: signal.least, high: signal.most },
            method: match signal.basis {
                Basis::Direct { .. } => MethodReport::Direct,
                Basis::Bounds { .. } => MethodReport::Bounds,
            },
            all_least: signal.all_least.into(),
            all_most: signal.all_most.into(),
            tied: signal.tied.into(),
            mixed: signal.mixed.into(),
        }
    }
}

impl From<&Attribution> for AttributionReport {
    fn from(found: &Attribution) -> Self {
        let part = |part: &AttributedPart| AttributedPartReport {
            kind: part.kind.name().to_owned(),
            name: part.name.to_string(),
            share: part.share,
        };
        Self { groups: found.groups, parts: found.parts.iter().map(part).collect(), length: found.length }
    }
}

impl From<&TrainerSettings> for TrainerReport {
    fn from(settings: &TrainerSettings) -> Self {
        let config = &settings.config;
        let taken = |Taken { key, value, meaning }: &Taken| TakenReport {
            key: key.clone(),
            value: value.clone(),
            meaning: meaning.clone(),
        };
        Self {
            trainer: config.trainer.to_owned(),
            taken: config.taken.iter().map(taken).collect(),
            overruled_by: settings.overruled_by.clone(),
            unused: config.unused.clone(),
            unknown: config.unknown.clone(),
            notes: config.notes.clone(),
        }
    }
}
