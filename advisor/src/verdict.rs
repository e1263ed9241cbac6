//! The vocabulary every stage shares: constraints, verdicts, outcomes. Imports nothing of this crate but what cleans their texts.

use crate::printable::within;
use serde::{Deserialize, Serialize};
use std::{fmt, sync::Arc};

/// One constraint as verdicts and rewards name it.
#[derive(Clone, Debug, PartialEq)]
pub struct Constraint {
    /// Unique within its prompt. A prompt that names a checker again gets `id#2`, `id#3`, … by position.
    pub id: Arc<str>,
    /// Weight in partial credit, above 0 and finite.
    pub weight: f64,
    /// Whether failing it forfeits all credit.
    pub required: bool,
    /// Whether it only admits to credit: failing it forfeits all, and passing it earns none.
    pub gate: bool,
}

impl Constraint {
    /// A constraint of weight 1 that is neither required nor a gate.
    #[must_use]
    pub fn plain(id: impl Into<Arc<str>>) -> Self {
        Self { id: id.into(), weight: 1.0, required: false, gate: false }
    }

    /// Whether failing it forfeits all credit.
    #[must_use]
    pub fn cancels(&self) -> bool {
        self.required || self.gate
    }

    /// The id without the position suffix: what rates are aggregated by.
    #[must_use]
    pub fn family(&self) -> &str {
        family(&self.id)
    }
}

/// A constraint's id without its position suffix: see [`Constraint::family`].
#[must_use]
pub fn family(id: &str) -> &str {
    match id.rsplit_once('#') {
        Some((family, position)) if !position.is_empty() && position.bytes().all(|byte| byte.is_ascii_digit()) => {
            family
        }
        _ => id,
    }
}

/// What is known about one completion and one constraint.
///
/// Whatever a completion can cause by itself is [`Failed`](Self::Failed). [`Unscored`](Self::Unscored) is always *our*
/// failure, and is never turned into a zero.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// The constraint is met.
    Passed,
    /// The completion does not meet the constraint.
    Failed(Box<Failure>),
    /// We could not judge.
    Unscored(Box<Cause>),
}

impl Verdict {
    /// A failure with a public reason and no credit.
    #[must_use]
    pub fn failed(kind: FailureKind, public: impl Into<String>) -> Self {
        Self::Failed(Box::new(Failure::new(kind, 0.0, &public.into(), "")))
    }

    /// What a share of cases met comes to: passed from 1 on, else failed with that score.
    #[must_use]
    pub fn scored(score: f64) -> Self {
        if score >= 1.0 {
            return Self::Passed;
        }
        let (public, private) = (String::new(), String::new());
        Self::Failed(Box::new(Failure { kind: FailureKind::Unmet, score: score.max(0.0), public, private }))
    }

    /// A judgement we could not make.
    #[must_use]
    pub fn unscored(kind: CauseKind, detail: impl Into<String>) -> Self {
        Self::Unscored(Box::new(Cause { kind, detail: within(&detail.into(), LONGEST_DETAIL) }))
    }

    /// `Some(true)` passed, `Some(false)` failed, `None` unscored.
    #[must_use]
    pub fn passed(&self) -> Option<bool> {
        match self {
            Self::Passed => Some(true),
            Self::Failed(_) => Some(false),
            Self::Unscored(_) => None,
        }
    }

    /// Share of the constraint's cases that were met, in [0, 1]; `None` when unscored.
    #[must_use]
    pub fn score(&self) -> Option<f64> {
        match self {
            Self::Passed => Some(1.0),
            Self::Failed(failure) => Some(failure.score),
            Self::Unscored(_) => None,
        }
    }
}

/// Longest public reason, in characters.
pub const LONGEST_PUBLIC: usize = 1000;

/// Longest detail for authors and operators, in characters.
pub const LONGEST_DETAIL: usize = 3000;

/// Why a completion failed a constraint. Its texts may quote the completion, so they are cleaned and bounded where it is made,
/// and no other crate can make one otherwise.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Failure {
    /// The class of the reason.
    pub kind: FailureKind,
    /// Share of the constraint's cases that were met, in [0, 1).
    pub score: f64,
    /// What a policy or a log may see: no expected values, no arguments of hidden cases.
    pub public: String,
    /// Further detail for the spec's author; may be empty.
    pub private: String,
}

impl Failure {
    /// A failure with both reasons. Control characters, and those that show nothing or turn text around, are shown by their
    /// numbers; what is beyond [`LONGEST_PUBLIC`] and [`LONGEST_DETAIL`] is left out.
    #[must_use]
    pub fn new(kind: FailureKind, score: f64, public: &str, private: &str) -> Self {
        Self { kind, score, public: within(public, LONGEST_PUBLIC), private: within(private, LONGEST_DETAIL) }
    }
}

/// Classes of failure. All of them are the completion's doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum FailureKind {
    /// Judged, and not met.
    Unmet,
    /// There was nothing to judge: an empty answer or an empty extraction.
    Empty,
    /// Judging this completion took more fuel than the limit, or far more time than its fuel stands for.
    Timeout,
    /// Judging this completion took more memory than the limit.
    Memory,
    /// Judging this completion recursed deeper than the limit.
    Recursion,
    /// Its code does not parse.
    Syntax,
    /// Its code ended its interpreter, or its program ended with a status other than 0.
    Exited,
    /// Its program wrote more than the limit.
    Output,
    /// Its code raised an exception.
    Raised,
    /// Its code broke its interpreter.
    Crashed,
    /// Its code does not define what is called.
    Missing,
    /// Its code gave something that is no plain data, where a value was due.
    NotPlain,
    /// Its code gave another answer than the expected one.
    WrongAnswer,
}

impl fmt::Display for FailureKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unmet => "unmet",
            Self::Empty => "empty",
            Self::Timeout => "timeout",
            Self::Memory => "memory",
            Self::Recursion => "recursion",
            Self::Syntax => "syntax",
            Self::Exited => "exited",
            Self::Output => "output",
            Self::Raised => "raised",
            Self::Crashed => "crashed",
            Self::Missing => "missing",
            Self::NotPlain => "not-plain",
            Self::WrongAnswer => "wrong-answer",
        })
    }
}

/// Why we could not judge. Cleaned and bounded like [`Failure`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Cause {
    /// The class of the cause.
    pub kind: CauseKind,
    /// What happened, for the operator.
    pub detail: String,
}

/// Classes of our own failures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum CauseKind {
    /// The checker trapped, and trapped again when run a second time.
    CheckerTrapped,
    /// The checker exhausts its limits even on an empty completion, so this completion is not to blame.
    CheckerExhausted,
    /// The checker answered something outside the protocol.
    CheckerProtocol,
    /// The checker refused its parameters or this prompt.
    CheckerRefused,
    /// The verdict was missing (null) in the data it was read from.
    Missing,
    /// The prompt cannot be used, so there is nothing to judge by.
    BadPrompt,
}

impl fmt::Display for CauseKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::CheckerTrapped => "checker-trapped",
            Self::CheckerExhausted => "checker-exhausted",
            Self::CheckerProtocol => "checker-protocol",
            Self::CheckerRefused => "checker-refused",
            Self::BadPrompt => "bad-prompt",
            Self::Missing => "missing",
        })
    }
}

/// The verdicts of one completion, in the order of its prompt's constraints.
///
/// Questions about the whole are answered in Kleene's three-valued logic: `None` means unknown.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    constraints: Arc<[Constraint]>,
    verdicts: Vec<Verdict>,
}

impl Outcome {
    /// Whether nothing was judged, because the prompt cannot be used.
    #[must_use]
    pub fn is_left_out(&self) -> bool {
        let left_out =
            |verdict: &Verdict| matches!(verdict, Verdict::Unscored(cause) if cause.kind == CauseKind::BadPrompt);
        self.verdicts.iter().all(left_out)
    }

    /// Pairs verdicts with their constraints.
    ///
    /// # Panics
    /// When the lengths differ or there is no constraint: a bug of the caller.
    #[must_use]
    pub fn new(constraints: Arc<[Constraint]>, verdicts: Vec<Verdict>) -> Self {
        assert_eq!(constraints.len(), verdicts.len(), "one verdict per constraint");
        assert!(!verdicts.is_empty(), "an outcome has at least one constraint");
        Self { constraints, verdicts }
    }

    /// The constraints, in order.
    #[must_use]
    pub fn constraints(&self) -> &Arc<[Constraint]> {
        &self.constraints
    }

    /// The verdicts, in the order of the constraints.
    #[must_use]
    pub fn verdicts(&self) -> &[Verdict] {
        &self.verdicts
    }

    /// The same outcome without the texts of its reasons.
    #[must_use]
    pub fn without_reasons(&self) -> Self {
        let bare = |verdict: &Verdict| match verdict {
            Verdict::Passed => Verdict::Passed,
            Verdict::Failed(failure) => {
                let Failure { kind, score, .. } = **failure;
                Verdict::Failed(Box::new(Failure::new(kind, score, "", "")))
            }
            Verdict::Unscored(cause) => Verdict::unscored(cause.kind, ""),
        };
        Self { constraints: self.constraints.clone(), verdicts: self.verdicts.iter().map(bare).collect() }
    }

    /// The same outcome without its gates; `None` when there is nothing else.
    #[must_use]
    pub fn behind_gates(&self) -> Option<Self> {
        let (constraints, verdicts): (Vec<Constraint>, Vec<Verdict>) = self
            .iter()
            .filter(|(constraint, _)| !constraint.gate)
            .map(|(constraint, verdict)| (constraint.clone(), verdict.clone()))
            .unzip();
        (!verdicts.is_empty()).then(|| Self { constraints: constraints.into(), verdicts })
    }

    /// Constraints with their verdicts.
    pub fn iter(&self) -> impl Iterator<Item = (&Constraint, &Verdict)> {
        self.constraints.iter().zip(&self.verdicts)
    }

    /// Whether all constraints are met: false once any failed, unknown when the rest has something unscored.
    #[must_use]
    pub fn full(&self) -> Option<bool> {
        if self.any(Some(false)) { Some(false) } else { self.known(true) }
    }

    /// Whether nothing is met, not even in part: false once any constraint scored, unknown when the rest has something unscored.
    #[must_use]
    pub fn none(&self) -> Option<bool> {
        if self.scores() { Some(false) } else { self.known(true) }
    }

    /// Whether it is partly right: it scores something, and does not meet all constraints. Unknown when anything is unscored.
    #[must_use]
    pub fn partial(&self) -> Option<bool> {
        self.known(self.scores() && self.any(Some(false)))
    }

    /// Mean score of the constraints, in [0, 1]: a constraint that is met in part counts by its share of cases. Unknown when anything is
    /// unscored.
    #[must_use]
    pub fn fraction(&self) -> Option<f64> {
        let scores: Option<f64> = self.verdicts.iter().map(Verdict::score).sum();
        Some(scores? / self.verdicts.len() as f64)
    }

    /// Whether any constraint is met, or met in part.
    fn scores(&self) -> bool {
        self.verdicts.iter().filter_map(Verdict::score).any(|score| score > 0.0)
    }

    fn any(&self, passed: Option<bool>) -> bool {
        self.verdicts.iter().any(|verdict| verdict.passed() == passed)
    }

    fn known<T>(&self, value: T) -> Option<T> {
        (!self.any(None)).then_some(value)
    }
}

/// The outcomes of the sampled completions of one prompt.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// The prompt's id.
    pub prompt: Arc<str>,
    /// One outcome per completion, all over the same constraints; never empty.
    pub outcomes: Vec<Outcome>,
}

impl Group {
    /// The constraints all outcomes of the group share.
    #[must_use]
    pub fn constraints(&self) -> &[Constraint] {
        self.outcomes.first().map_or(&[], |outcome| &outcome.constraints)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(marks: &str) -> Outcome {
        let verdict = |mark| match mark {
            '1' => Verdict::Passed,
            '0' => Verdict::failed(FailureKind::Unmet, ""),
            // A quarter of its cases.
            'q' => Verdict::scored(0.25),
            _ => Verdict::unscored(CauseKind::Missing, ""),
        };
        let constraints = (0..marks.len()).map(|n| Constraint::plain(format!("c{n}"))).collect();
        Outcome::new(constraints, marks.chars().map(verdict).collect())
    }

    /// Kleene's tables, written out: full, none, partial, fraction.
    #[test]
    fn whole_outcomes_follow_kleene() {
        let (yes, no, unknown) = (Some(true), Some(false), None);
        for (marks, full, none, partial, fraction) in [
            ("1", yes, no, no, Some(1.0)),
            ("0", no, yes, no, Some(0.0)),
            ("?", unknown, unknown, unknown, None),
            ("10", no, no, yes, Some(0.5)),
            ("1?", unknown, no, unknown, None),
            ("0?", no, unknown, unknown, None),
            ("10?", no, no, unknown, None),
            ("11", yes, no, no, Some(1.0)),
            ("00", no, yes, no, Some(0.0)),
            ("q", no, no, yes, Some(0.25)),
            ("q1", no, no, yes, Some(0.625)),
            ("q0", no, no, yes, Some(0.125)),
            ("q?", no, no, unknown, None),
        ] {
            let outcome = outcome(marks);
            assert_eq!(
                (outcome.full(), outcome.none(), outcome.partial(), outcome.fraction()),
                (full, none, partial, fraction),
                "{marks}"
            );
        }
    }

    #[test]
    fn family_drops_only_a_position() {
        assert_eq!(Constraint::plain("keywords:existence#2").family(), "keywords:existence");
        assert_eq!(Constraint::plain("c#sharp").family(), "c#sharp");
    }
}
