//! Slips of the pen that a format knows of.

/// What somebody meant who wrote an unknown key.
pub(crate) struct Slip {
    /// What to write instead.
    pub help: String,
    /// How reading goes on.
    pub means: Means,
}

/// What an unknown key is taken for, to find what else is wrong.
pub(crate) enum Means {
    /// Nothing.
    Nothing,
    /// Another key, with its value.
    Key(&'static str),
    /// The value of that key.
    Value(&'static str),
}

/// A value of the wrong type, as it was written.
#[derive(Clone, Copy)]
pub(crate) enum Given<'a> {
    /// Text, a number, true or false.
    Plain(&'a str),
    List,
    Pairs,
}

/// What somebody meant who wrote a value of the wrong type.
pub(crate) struct Wrapped {
    /// What to write instead.
    pub help: String,
    /// How reading goes on.
    pub within: Within,
}

/// What a value of the wrong type is read as, to find what else is wrong.
pub(crate) enum Within {
    /// Nothing.
    Nothing,
    /// The value of that key.
    Key(&'static str),
    /// Pairs, of which each value is an item of a list.
    Items,
}

/// The slips of a format; by default, none.
#[derive(Clone, Copy)]
pub(crate) struct Slips {
    /// From an unknown key and those that are known in its place.
    pub keys: fn(&str, &[&str]) -> Option<Slip>,
    /// From the key of a value, or of the list that it is an item of.
    pub values: fn(&str, Given<'_>) -> Option<Wrapped>,
}

impl Default for Slips {
    fn default() -> Self {
        Self { keys: |_, _| None, values: |_, _| None }
    }
}
