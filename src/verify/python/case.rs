//! A case: what is done, and what it should come to.

use serde_json::{Map, Value};

/// One call and what it should come to.
pub(super) struct Call {
    pub(super) args: Vec<Value>,
    pub(super) kwargs: Map<String, Value>,
    pub(super) expected: Expected,
    pub(super) leaves: Option<Vec<Value>>,
    pub(super) hidden: bool,
}

pub(super) enum Expected {
    Returns(Value),
    Raises(String),
    /// Whatever the reference solution gives.
    Reference,
}

/// One run of a program.
pub(super) struct Run {
    pub(super) stdin: String,
    pub(super) stdout: String,
    pub(super) hidden: bool,
}

/// What a case is about, before it is known what checks it.
pub(super) enum Case {
    Call(Call),
    Run(Run),
}
