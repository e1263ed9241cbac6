//! What the rewards of a prompt have of their own, since a policy gradient does not see it.

/// What a prompt has of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Own {
    /// Nothing: rewards are compared as they are.
    Nothing,
    /// The offset, which no policy gradient sees.
    Offset,
    /// Offset and slope: the trainer divides by the deviation of a group.
    OffsetAndSlope,
}
