//! `adaptive`: `partial` whose credit a controller chooses during training: what the controller is told of the trainer. The
//! rule is in `docs/schemes/adaptive.md`, and the controller itself, which forecasts, in the room `adaptive`.

use super::{Algorithm, Param, Partial, Reward, Takes, named::named};
use crate::verdict::Outcome;
use std::fmt;

/// What a controller is told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Adaptive {
    /// How a share is paid; its credit is the most the controller may choose.
    pub partial: Partial,
    /// Whether prompts share a credit.
    pub per: Per,
    /// The trainer's algorithm.
    pub algorithm: Algorithm,
    /// Completions per prompt in a step, at least 2.
    pub group_size: usize,
}

/// What has a credit of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Per {
    /// The task: one credit for all prompts.
    #[default]
    Task,
    /// Each prompt: none for those that are solved in a group already, more for those that are not.
    Prompt,
}

named!(Per as NAMES { Task = "task", Prompt = "prompt" });

impl Default for Adaptive {
    fn default() -> Self {
        Self { partial: Partial::default(), per: Per::Task, algorithm: Algorithm::Grpo, group_size: 8 }
    }
}

impl Adaptive {
    /// What a spec may say of it, beside what [`Partial`] takes.
    pub const PARAMS: &[Param] = &[
        Param {
            name: "per",
            doc: "what has a credit of its own: the task, or each prompt",
            is: "a number",
            takes: Takes::Names(Per::NAMES),
            help: None,
            default: || Self::default().per.name().into(),
        },
        Param {
            name: "algorithm",
            doc: "the trainer's algorithm",
            is: "a number",
            takes: Takes::Names(Algorithm::NAMES),
            help: None,
            default: || Self::default().algorithm.name().into(),
        },
        Param {
            name: "group_size",
            doc: "completions per prompt in a step",
            is: "a whole number",
            takes: Takes::Within(2.0, 1024.0),
            help: Some("it is how many completions of a prompt the trainer compares"),
            default: || Self::default().group_size.to_string(),
        },
    ];
}

impl Adaptive {
    /// The scheme while the controller has chosen this credit.
    #[must_use]
    pub fn at(&self, credit: f64) -> Partial {
        Partial { credit: credit.clamp(0.0, self.partial.credit), ..self.partial }
    }

    /// The reward under the most credit the controller may choose. What it does choose depends on what it has seen: ask it.
    #[must_use]
    pub fn reward(&self, outcome: &Outcome) -> Option<Reward> {
        self.partial.reward(outcome)
    }
}

impl fmt::Display for Adaptive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "adaptive (per {}, {}, groups of {}", self.per.name(), self.algorithm.name(), self.group_size)?;
        match self.partial.to_string().strip_prefix("partial (") {
            Some(settings) => write!(f, ", {settings}"),
            None => f.write_str(")"),
        }
    }
}
