//! The schemes that give rewards, by name.

use super::{Adaptive, Annealed, Binary, Difficulty, Param, Partial, Reward, named::named};
use crate::verdict::Outcome;
use std::fmt;

/// How outcomes become rewards.
///
/// Every scheme gives 1 to a full outcome and less to any other, and is monotone in each verdict of the completion it rewards.
/// Some also look at the rest of the group, at the progress of training, or at what a controller has seen:
/// [`reward`](Self::reward) is what they give without any of that, which is also what an advisor compares.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scheme {
    /// Full marks or nothing.
    Binary(Binary),
    /// Credit for the share that is met.
    Partial(Partial),
    /// Credit that changes with the progress of training.
    Annealed(Annealed),
    /// Credit for what the rest of the group rarely meets.
    Difficulty(Difficulty),
    /// Credit that a controller chooses.
    Adaptive(Adaptive),
}

named!(Scheme as ALL {
    Binary(_) = "binary",
    Partial(_) = "partial",
    Annealed(_) = "annealed",
    Difficulty(_) = "difficulty",
    Adaptive(_) = "adaptive",
});

impl Scheme {
    /// Those that an outcome alone decides, by name: what every assessment compares.
    pub const NAMES: &[&str] = &[Self::ALL[0], Self::ALL[1]];

    /// What a spec may say of it.
    pub fn params(&self) -> impl Iterator<Item = &'static Param> + use<> {
        let (shared, own): (&[Param], &[Param]) = match self {
            Self::Binary(_) => (&[], &[]),
            Self::Partial(_) => (Partial::PARAMS, &[]),
            Self::Annealed(_) => (Partial::PARAMS, Annealed::PARAMS),
            Self::Difficulty(_) => (Partial::PARAMS, Difficulty::PARAMS),
            Self::Adaptive(_) => (Partial::PARAMS, Adaptive::PARAMS),
        };
        shared.iter().chain(own)
    }

    /// What the schemes say of a parameter.
    #[must_use]
    pub fn param(name: &str) -> Option<&'static Param> {
        let mut schemes = Self::ALL.iter().filter_map(|scheme| Self::by_name(scheme));
        schemes.find_map(|scheme| scheme.params().find(|param| param.name == name))
    }

    /// The names of the schemes that take a parameter.
    #[must_use]
    pub fn taking(param: &str) -> Vec<&'static str> {
        let takes =
            |name: &&str| Self::by_name(name).is_some_and(|scheme| scheme.params().any(|one| one.name == param));
        Self::ALL.iter().copied().filter(takes).collect()
    }

    /// The credit it gives for a share, before training and by default; `None` where there is none to give.
    #[must_use]
    pub fn credit(&self) -> Option<f64> {
        match self {
            Self::Binary(_) => None,
            Self::Partial(partial) => Some(partial.credit),
            Self::Annealed(annealed) => Some(annealed.start.credit),
            Self::Difficulty(difficulty) => Some(difficulty.partial.credit),
            Self::Adaptive(adaptive) => Some(adaptive.partial.credit),
        }
    }

    /// The reward of an outcome by itself; `None` when what is unscored in it could change the reward.
    ///
    /// `annealed` is taken at its start, `difficulty` without a group (it is `partial` then), and `adaptive` at the most credit
    /// it may choose.
    #[must_use]
    pub fn reward(&self, outcome: &Outcome) -> Option<Reward> {
        match self {
            Self::Binary(scheme) => scheme.reward(outcome),
            Self::Partial(scheme) => scheme.reward(outcome),
            Self::Annealed(scheme) => scheme.reward(outcome),
            Self::Difficulty(scheme) => scheme.reward(outcome),
            Self::Adaptive(scheme) => scheme.reward(outcome),
        }
    }

    /// The rewards of a whole group, in its order: completions of one prompt.
    #[must_use]
    pub fn rewards(&self, group: &[Outcome]) -> Vec<Option<Reward>> {
        match self {
            Self::Difficulty(scheme) => scheme.rewards(group),
            _ => group.iter().map(|outcome| self.reward(outcome)).collect(),
        }
    }

    /// The scheme after a share of training, from 0 to 1: `annealed` becomes the `partial` it is then.
    #[must_use]
    pub fn at(&self, progress: f64) -> Self {
        match self {
            Self::Annealed(annealed) => Self::Partial(annealed.at(progress)),
            other => *other,
        }
    }

    /// Whether it rewards a completion by the others of its group, too.
    #[must_use]
    pub fn needs_group(&self) -> bool {
        matches!(self, Self::Difficulty(_) | Self::Adaptive(_))
    }
}

impl fmt::Display for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Binary(_) => f.write_str(self.name()),
            Self::Partial(scheme) => scheme.fmt(f),
            Self::Annealed(scheme) => scheme.fmt(f),
            Self::Difficulty(scheme) => scheme.fmt(f),
            Self::Adaptive(scheme) => scheme.fmt(f),
        }
    }
}
