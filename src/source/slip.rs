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

/// From an unknown key and those that are known in its place.
pub(crate) type Slips = fn(&str, &[&str]) -> Option<Slip>;
