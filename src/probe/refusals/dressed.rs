//! An accepted answer in other clothes.

/// An accepted answer written in another way.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Dressed {
    /// How, as an id.
    pub(super) form: String,
    pub(super) text: String,
}

impl Dressed {
    pub(super) fn new(form: impl Into<String>, text: impl Into<String>) -> Self {
        Self { form: form.into(), text: text.into() }
    }
}
