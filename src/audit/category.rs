//! What an error does.

/// What an error does to the growth of true reward.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Category {
    /// It slows the growth of true reward, or turns it.
    Harmful,
    /// It changes nothing that matters.
    Benign,
    /// True reward grows faster with it than without: most often since it keeps the policy from stalling around mediocre
    /// outputs.
    Beneficial,
}

impl Category {
    /// All of them, the worst first.
    pub const ALL: [Self; 3] = [Self::Harmful, Self::Benign, Self::Beneficial];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Harmful => "harmful",
            Self::Benign => "benign",
            Self::Beneficial => "beneficial",
        }
    }
}
