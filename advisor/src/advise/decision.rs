//! What to do: start, fix something first, or sample more; and which scheme. Every surface shows this, and nothing beside it decides.

use super::stats::Share;
use crate::reward::Scheme;

/// The answer, and what it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// What to do.
    pub answer: Answer,
    /// Share of sampled groups whose rewards are all equal, so that they teach nothing: under the scheme that is named, or, where none is, under
    /// the one with the most mixed groups. `None` where there are no groups.
    pub wasted: Option<Share>,
}

/// What to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// Train.
    Start(Pick),
    /// Something comes first; then this, where it can be said already.
    FixFirst(Fix, Option<Pick>),
    /// The samples are too few to say.
    SampleMore {
        /// So many prompts more.
        prompts: u64,
        /// With at least so many completions each.
        completions: u64,
    },
    /// There is nothing to assess.
    Nothing,
}

/// What to do first is not settled by the prompts there are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unsettled {
    /// The probability that the answer stays what it is however many prompts are sampled.
    pub stays: f64,
    /// More prompts, with as many completions each, after which it is the right one with a probability of nine in ten; `None` where so many were not tried.
    pub more_prompts: Option<u64>,
}

/// Which scheme.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Pick {
    /// This one.
    Use(Scheme),
    /// They differ by little, and this one alone has a gradient.
    Only(Scheme),
    /// They differ by little: any. This one is expected to lose less, where one is.
    Any(Option<Scheme>),
    /// Samples do not say which fixed one; this meanwhile, where it can be counted on.
    Unclear(Option<Scheme>),
}

/// What comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fix {
    /// Rewards are equal in every group under every scheme.
    NoGradient,
    /// Nearly all is solved.
    NothingLeft,
    /// Rewards differ by a penalty or length alone.
    PenaltyAlone,
    /// Prompts that are always solved take up sampling.
    Solved,
    /// Hardly any group has a full answer, and the scheme pays nothing else.
    Starved,
    /// Hardly any group tells its answers apart.
    Tied,
    /// There is no full answer to learn from, and what credit would bring cannot be said.
    NoFull,
    /// In a run under way, rewards grow and full answers do not.
    Stalled,
    /// Within the run, full answers come under no scheme.
    OutOfReach,
}

impl Decision {
    /// Whether a forecast of schemes has a place beside it.
    #[must_use]
    pub fn leaves_a_forecast(&self) -> bool {
        match &self.answer {
            Answer::Start(_) => true,
            Answer::FixFirst(fix, pick) => pick.is_some() || *fix == Fix::OutOfReach,
            Answer::SampleMore { .. } | Answer::Nothing => false,
        }
    }

    /// The scheme that it names, now or after a fix.
    #[must_use]
    pub fn scheme(&self) -> Option<Scheme> {
        match self.answer {
            Answer::Start(pick) | Answer::FixFirst(_, Some(pick)) => pick.fixed(),
            _ => None,
        }
    }
}

impl Pick {
    /// The fixed scheme that it comes to, where it is one.
    #[must_use]
    pub fn fixed(self) -> Option<Scheme> {
        match self {
            Self::Use(scheme) | Self::Only(scheme) | Self::Any(Some(scheme)) => Some(scheme),
            Self::Any(None) | Self::Unclear(_) => None,
        }
    }
}

impl Fix {
    /// A name in kebab case, stable.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NoGradient => "no-gradient",
            Self::NothingLeft => "nothing-left",
            Self::PenaltyAlone => "penalty-alone",
            Self::Solved => "solved-prompts",
            Self::Starved => "starved-groups",
            Self::Tied => "tied-groups",
            Self::NoFull => "no-full-answer",
            Self::Stalled => "stalled",
            Self::OutOfReach => "out-of-reach",
        }
    }

    /// Whether which scheme comes then can be said before it is done.
    pub(super) fn leaves_a_scheme(self) -> bool {
        matches!(self, Self::Solved | Self::Starved | Self::Tied)
    }
}
