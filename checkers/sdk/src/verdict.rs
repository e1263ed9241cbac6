//! What a checker answers.

/// The answer of a checker on one completion.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// The constraint is met.
    Passed,
    /// The constraint is not met.
    Failed {
        /// Share of the constraint's cases that were met, in [0, 1); 0 for a constraint that has no parts.
        score: f64,
        /// Why, without giving hidden values away: a policy or a log may see it.
        public: String,
        /// Further detail for the spec's author; may be empty.
        private: String,
    },
    /// The parameters or the prompt cannot be judged at all. The host reports the constraint as `unscored`.
    Refused(String),
}

impl Verdict {
    /// A failure with a reason anybody may see.
    #[must_use]
    pub fn fail(public: impl Into<String>) -> Self {
        Self::Failed { score: 0.0, public: public.into(), private: String::new() }
    }

    /// Passes when `met`, else fails with the reason `why` gives.
    #[must_use]
    pub fn pass_if(met: bool, why: impl FnOnce() -> String) -> Self {
        if met { Self::Passed } else { Self::fail(why()) }
    }

    /// Whether the constraint is met.
    #[must_use]
    pub fn passed(&self) -> bool {
        *self == Self::Passed
    }

    /// The bytes the host reads: tag, score, public reason with its length, private reason.
    pub(crate) fn encode(&self) -> Vec<u8> {
        let (tag, score, public, private) = match self {
            Self::Failed { score, public, private } => (0, *score, public.as_str(), private.as_str()),
            Self::Passed => (1, 1.0, "", ""),
            Self::Refused(why) => (2, 0.0, why.as_str(), ""),
        };
        let mut bytes = Vec::with_capacity(13 + public.len() + private.len());
        bytes.push(tag);
        bytes.extend_from_slice(&score.to_le_bytes());
        bytes.extend_from_slice(&u32::try_from(public.len()).unwrap_or(u32::MAX).to_le_bytes());
        bytes.extend_from_slice(public.as_bytes());
        bytes.extend_from_slice(private.as_bytes());
        bytes
    }
}
