//! What a report of an audit needs to know beside its figures.

/// What a report shows of an audit beside its figures.
#[derive(Clone, Copy, Debug, Default)]
pub struct AuditView<'a> {
    /// Name of the truth.
    pub truth: &'a str,
    /// Whether to print everything.
    pub explain: bool,
    /// The spec's path, for the next command.
    pub spec: Option<&'a str>,
    /// The path of the rollouts.
    pub rollouts: Option<&'a str>,
    /// The path of the policy's own samples, where they are another file.
    pub policy: Option<&'a str>,
}
