//! What the catalogue says about these constraints: a file for each.

use crate::spec::{CheckerDoc, Runs};

const DOCS: [&str; 6] = [
    include_str!("docs/calls.json"),
    include_str!("docs/stdio.json"),
    include_str!("docs/tests.json"),
    include_str!("docs/forbids.json"),
    include_str!("docs/requires.json"),
    include_str!("docs/check.json"),
];

/// The documentation of all of them.
pub(in crate::verify) fn docs() -> Vec<CheckerDoc> {
    let read = |json: &&str| serde_json::from_str(json).expect("a test reads every one of them");
    DOCS.iter().map(read).map(|doc: CheckerDoc| CheckerDoc { runs: Runs::Python, ..doc }).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_file_is_documentation() {
        assert!(super::docs().iter().all(|doc| doc.id.starts_with("python.")));
    }
}
