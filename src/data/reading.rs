//! What of a row is read, and how much memory that may take.

use std::collections::BTreeSet;

/// What of each row is read.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The columns that matter; all of them where nobody says which. Others keep their name, and their value is passed over.
    columns: Option<BTreeSet<String>>,
    /// The most bytes that a row may take as text, and again as values.
    most: usize,
}

impl Reading {
    /// The most bytes that a row may take, where nobody says another number.
    pub const MAX_ROW: usize = 128 << 20;

    /// All columns.
    #[must_use]
    pub fn everything(most: usize) -> Self {
        Self { columns: None, most }
    }

    /// These columns alone.
    #[must_use]
    pub fn only<'a>(columns: impl IntoIterator<Item = &'a str>, most: usize) -> Self {
        Self { columns: Some(columns.into_iter().map(str::to_owned).collect()), most }
    }

    /// These columns too.
    #[must_use]
    pub fn and<'a>(mut self, more: impl IntoIterator<Item = &'a str>) -> Self {
        if let Some(columns) = &mut self.columns {
            columns.extend(more.into_iter().map(str::to_owned));
        }
        self
    }

    /// Whether a column matters.
    pub(super) fn wants(&self, column: &str) -> bool {
        self.columns.as_ref().is_none_or(|columns| columns.contains(column))
    }

    /// The most bytes of a row.
    pub(super) fn most(&self) -> usize {
        self.most
    }
}

impl Default for Reading {
    fn default() -> Self {
        Self::everything(Self::MAX_ROW)
    }
}
