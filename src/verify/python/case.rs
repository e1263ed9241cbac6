//! A case: what is done, and what it should come to.

use serde_json::{Map, Value};

/// One call and what it should come to.
pub(super) struct Call {
    pub(super) args: Vec<Value>,
    pub(super) kwargs: Map<String, Value>,
    pub(super) expected: Expected,
    pub(super) leaves: Option<Vec<Value>>,
    pub(super) hidden: bool,
    /// Whether whole numbers as keys of a dict are meant as such: its first argument and what it returns. JSON has only texts there.
    pub(super) whole_keys: bool,
}

impl Call {
    /// A call by position.
    pub(super) fn new(args: Vec<Value>, expected: Expected, hidden: bool) -> Self {
        Self { args, kwargs: Map::new(), expected, leaves: None, hidden, whole_keys: false }
    }
}

pub(super) enum Expected {
    Returns(Value),
    /// The one item of this list, or the list itself.
    ReturnsItem(Value),
    Raises(String),
    /// Whatever the reference solution gives.
    Reference,
    /// The same, where a solution that raises shows arguments that are not what was meant.
    ReferenceReturns,
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
