//! An assessment and what stands beside it: what it was made from, and what it leaves out.

use super::LeftOut;
use crate::{
    advise::{Assessment, Attribution, RewardAssessment, RewardSignal},
    compare::Weighed,
    task::Example,
    trainer::TrainerConfig,
};

/// An assessment and what stands beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Advised {
    /// The decision, and what it rests on.
    pub assessment: Assessment,
    /// Groups by given rewards, where nothing else is known.
    pub rewards: Option<RewardSignal>,
    /// What the groups' advantages come from, where rewards are known.
    pub attribution: Option<Attribution>,
    /// The trainer's configuration, where it was given.
    pub trainer: Option<TrainerSettings>,
    /// What of the input is in no figure.
    pub left_out: LeftOut,
    /// Completions with their checkers' reasons, for the page.
    pub examples: Vec<Example>,
}

/// What was made of a trainer's configuration.
#[derive(Clone, Debug, PartialEq)]
pub struct TrainerSettings {
    /// The configuration.
    pub config: TrainerConfig,
    /// Settings that were given besides, and win, as they were given.
    pub overruled_by: Vec<String>,
}

impl From<Assessment> for Advised {
    fn from(assessment: Assessment) -> Self {
        let (rewards, attribution, trainer) = (None, None, None);
        Self { assessment, rewards, attribution, trainer, left_out: LeftOut::default(), examples: Vec::new() }
    }
}

impl From<RewardAssessment> for Advised {
    fn from(found: RewardAssessment) -> Self {
        let RewardAssessment { assessment, signal, attribution } = found;
        Self { rewards: signal, attribution, ..assessment.into() }
    }
}

impl From<Weighed> for Advised {
    fn from(weighed: Weighed) -> Self {
        let Weighed { assessment, signal, attribution, .. } = weighed;
        Self { rewards: signal, attribution, ..assessment.into() }
    }
}
