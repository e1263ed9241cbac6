//! What can be told of a completion beside its rewards: where harmful errors gather is looked for among these.

use std::sync::Arc;

/// A feature of a completion.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Feature {
    /// It does not apply, or nobody knows it.
    Unknown,
    /// A number, which patterns split at thresholds.
    Number(f64),
    /// A text, which patterns compare.
    Text(Arc<str>),
    /// Whether something holds.
    Holds(bool),
}

/// The features that every text has, by name.
pub const OF_TEXTS: [&str; 4] = ["length", "code block", "list", "empty"];

/// The features of a text, in the order of [`OF_TEXTS`]; all unknown where there is no text.
#[must_use]
pub fn features_of(text: Option<&str>) -> Vec<Feature> {
    let Some(text) = text else { return vec![Feature::Unknown; OF_TEXTS.len()] };
    let truth = Feature::Holds;
    let item = |line: &str| {
        let line = line.trim_start();
        line.starts_with("- ") || line.starts_with("* ") || line.starts_with("1. ")
    };
    vec![
        Feature::Number(text.chars().count() as f64),
        truth(text.contains("```")),
        truth(text.lines().any(item)),
        truth(text.trim().is_empty()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_have_looks() {
        let found = features_of(Some("First:\n - one\n```\nx\n```"));
        let yes = Feature::Holds(true);
        assert_eq!(found[0], Feature::Number(23.0));
        assert_eq!((&found[1], &found[2], &found[3]), (&yes, &yes, &Feature::Holds(false)));
        assert_eq!(features_of(None), vec![Feature::Unknown; 4]);
    }
}
