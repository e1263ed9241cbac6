//! Advice as a lint: a stable code, a severity by consequence, the evidence, what to do, and a page.

use super::{rules::*, stats::Interval};
use std::fmt;

/// How grave a finding is, by its consequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; nothing has to change.
    Info,
    /// The run will learn less, or slower, than it could.
    Warning,
    /// The run will hardly learn, or its numbers cannot be trusted.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// A number advice rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// What it is, in snake case, stable.
    pub name: &'static str,
    /// Its value.
    pub value: Value,
}

impl Evidence {
    pub(super) fn new(name: &'static str, value: impl Into<Value>) -> Self {
        Self { name, value: value.into() }
    }
}

/// The value of a piece of evidence.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// How many.
    Count(u64),
    /// A number; shares lie in [0, 1].
    Number(f64),
    /// A range of numbers.
    Interval(Interval),
    /// A name.
    Name(String),
}

impl From<u64> for Value {
    fn from(count: u64) -> Self {
        Self::Count(count)
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<Interval> for Value {
    fn from(interval: Interval) -> Self {
        Self::Interval(interval)
    }
}

impl From<&str> for Value {
    fn from(name: &str) -> Self {
        Self::Name(name.to_owned())
    }
}

macro_rules! advice {
    ($($(#[$doc:meta])* $name:ident $code:literal,)*) => {
        /// A finding. Its `Display` is one sentence, without a full stop, that fits the data.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Advice {
            $($(#[$doc])* $name($name),)*
        }

        impl Advice {
            /// All codes there are.
            pub const CODES: &[&str] = &[$($code),*];

            /// The stable code, in kebab case; also the name of its page.
            #[must_use]
            pub fn code(&self) -> &'static str {
                match self { $(Self::$name(_) => $code,)* }
            }

            /// How grave it is.
            #[must_use]
            pub fn severity(&self) -> Severity {
                match self { $(Self::$name(finding) => finding.severity(),)* }
            }

            /// The numbers it rests on.
            #[must_use]
            pub fn evidence(&self) -> Vec<Evidence> {
                match self { $(Self::$name(finding) => finding.evidence(),)* }
            }

            /// What to do about it: sentences.
            #[must_use]
            pub fn remedy(&self) -> String {
                match self { $(Self::$name(finding) => finding.remedy(),)* }
            }
        }

        impl fmt::Display for Advice {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self { $(Self::$name(finding) => finding.fmt(f),)* }
            }
        }

        $(impl From<$name> for Advice {
            fn from(finding: $name) -> Self {
                Self::$name(finding)
            }
        })*
    };
}

advice! {
    /// Rewards are equal in practically every group.
    NoGradient "no-gradient",
    /// Rewards differ where the task sees no difference.
    GradientFromPenalty "gradient-from-penalty",
    /// With partial credit, full answers come later than under `binary`, or never.
    PartialCreditStalls "partial-credit-stalls",
    /// What is known does not say which scheme learns fastest.
    CannotTell "cannot-tell",
    /// Under `binary` most groups have no full answer.
    BinaryStarves "binary-starves",
    /// In most groups every answer is full.
    Saturated "saturated",
    /// Many groups have equal rewards that are neither 0 nor 1.
    RewardTies "reward-ties",
    /// Partial answers earn more than the critical credit.
    PartialCreditAboveCritical "partial-credit-above-critical",
    /// Much of what is partly right earns nothing, since it fails what is required.
    RequiredCancelsCredit "required-cancels-credit",
    /// A constraint is practically never met.
    ConstraintNeverMet "constraint-never-met",
    /// A constraint is practically always met.
    ConstraintAlwaysMet "constraint-always-met",
    /// Two constraints are met together much more rarely than independence allows.
    ConstraintsInConflict "constraints-in-conflict",
    /// Two constraints say one thing, which counts twice.
    ConstraintsRedundant "constraints-redundant",
    /// Most prompts have one completion.
    OneCompletionPerPrompt "one-completion-per-prompt",
    /// Intervals are too wide to act on.
    TooFewSamples "too-few-samples",
    /// Prompts on which partial credit cannot exist.
    SingleConstraintPrompts "single-constraint-prompts",
    /// Verdicts we could not give.
    UnscoredVerdicts "unscored-verdicts",
}
