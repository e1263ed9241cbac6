//! Groups for tests, written as marks.

use crate::verdict::{CauseKind, Constraint, FailureKind, Group, Outcome, Verdict};
use std::sync::Arc;

/// A group of completions, each a string of marks: `1` passed, `0` failed, `?` unscored.
pub(crate) fn group(prompt: &str, completions: &[impl AsRef<str>]) -> Group {
    let verdict = |mark| match mark {
        '1' => Verdict::Passed,
        '0' => Verdict::failed(FailureKind::Unmet, ""),
        _ => Verdict::unscored(CauseKind::Missing, ""),
    };
    let count = completions.first().map_or(0, |marks| marks.as_ref().len());
    let constraints: Arc<[Constraint]> = (0..count).map(|n| Constraint::plain(format!("c{n}"))).collect();
    let outcome = |marks: &str| Outcome::new(constraints.clone(), marks.chars().map(verdict).collect());
    let outcomes = completions.iter().map(|marks| outcome(marks.as_ref())).collect();
    Group { prompt: prompt.into(), outcomes }
}
