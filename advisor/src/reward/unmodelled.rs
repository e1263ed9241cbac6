//! Algorithms of trainers that have no model here, and the one that comes nearest.

use super::Algorithm;
use std::fmt;

/// Their names, the nearest algorithm, and how they differ from it.
const UNMODELLED: [(&str, Algorithm, &str); 8] = [
    ("ppo", Algorithm::Reinforce, "it learns its baseline beside the policy"),
    ("gae", Algorithm::Reinforce, "it learns its baseline beside the policy"),
    ("reinforce++", Algorithm::Reinforce, "it normalises over the whole batch"),
    ("reinforce_plus_plus", Algorithm::Reinforce, "it normalises over the whole batch"),
    ("gspo", Algorithm::Grpo, "it clips by whole completions, and its advantages are those of GRPO"),
    ("cispo", Algorithm::Grpo, "it clips weights, and its advantages are those of GRPO"),
    ("remax", Algorithm::Rloo, "its baseline is one greedy completion"),
    ("opo", Algorithm::Rloo, "its baseline weighs completions by their length"),
];

/// The algorithm of a trainer that is not modelled.
///
/// ```
/// # use fullmarks_advisor::reward::{Algorithm, Unmodelled};
/// let ppo = Unmodelled::by_name("PPO").unwrap();
/// assert_eq!(ppo.nearest(), Algorithm::Reinforce);
/// assert_eq!(
///     ppo.to_string(),
///     "`ppo` is not modelled: it learns its baseline beside the policy. The nearest is `reinforce`"
/// );
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unmodelled {
    name: &'static str,
    nearest: Algorithm,
    why: &'static str,
}

impl Unmodelled {
    /// The one of that name, in whatever case; `None` for a name that no trainer is known to use.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        let found = UNMODELLED.iter().find(|(theirs, ..)| theirs.eq_ignore_ascii_case(name));
        found.map(|(name, nearest, why)| Self { name, nearest: *nearest, why })
    }

    /// The algorithm that comes nearest.
    #[must_use]
    pub fn nearest(self) -> Algorithm {
        self.nearest
    }
}

impl fmt::Display for Unmodelled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not modelled: {}. The nearest is `{}`", self.name, self.why, self.nearest.name())
    }
}
