//! A new case in the forms that cases have.

use serde::Deserialize;
use serde_json::Value;

/// A case in the forms that there are.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Written {
    /// In our own form.
    pub(super) case: Value,
    /// What is asked, and what comes of it, where plain JSON can say both.
    pub(super) input: Option<Value>,
    pub(super) output: Option<Value>,
    pub(super) assertion: Option<String>,
}

impl Written {
    /// In our own form, kept back or not.
    pub(super) fn own(&self, hidden: bool) -> Value {
        let mut case = self.case.clone();
        if let (true, Value::Object(object)) = (hidden, &mut case) {
            object.insert("hidden".into(), true.into());
        }
        case
    }
}
