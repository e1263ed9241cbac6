//! The sources of the guest that this program was built with. The built guest carries their hash in its name, so that a
//! guest of another version is never taken for ours.

use crate::hex::hex;
use sha2::{Digest, Sha256};

macro_rules! sources {
    ($($path:literal),* $(,)?) => {
        [$(($path, include_str!(concat!("../../python-guest/", $path)))),*]
    };
}

/// Every file of `sandbox/python-guest`, in the order of their paths.
const SOURCES: [(&str, &str); 69] = sources![
    "absent.py",
    "around.py",
    "asked_types.py",
    "bindings.py",
    "blame.py",
    "candidate.py",
    "crossing.py",
    "decoys.py",
    "errors.py",
    "finish.py",
    "free_names.py",
    "given.py",
    "giving.py",
    "guard.py",
    "guest.py",
    "handles.py",
    "immortal.py",
    "imported.py",
    "judging.py",
    "live.py",
    "looked_into.py",
    "looking.py",
    "memo.py",
    "merge/component.rs",
    "merge/library.rs",
    "merge/mod.rs",
    "merge/module.rs",
    "merge/touch.rs",
    "mirrored.py",
    "neutral.py",
    "numbers_shim.py",
    "objects.py",
    "operators.py",
    "owned_lines.py",
    "owners.py",
    "packages.txt",
    "patched.py",
    "plain.py",
    "preload.py",
    "program.py",
    "pytest_items.py",
    "pytest_shim.py",
    "report.py",
    "requirements.txt",
    "returning.py",
    "settle.py",
    "shared.py",
    "signatures.py",
    "solution.py",
    "stdin.py",
    "streams.py",
    "syntax.py",
    "syntax_allowed.py",
    "syntax_dead.py",
    "syntax_finders.py",
    "syntax_hidden.py",
    "syntax_imported.py",
    "syntax_measures.py",
    "syntax_names.py",
    "syntax_pure.py",
    "syntax_recursion.py",
    "syntax_rules.py",
    "syntax_scopes.py",
    "testing.py",
    "threads.py",
    "timers.py",
    "under_test.py",
    "unseen.py",
    "wit/world.wit",
];

/// SHA-256 over path and content of every file, as `cargo xtask python-guest` computes it.
pub(super) fn hash() -> String {
    let mut hash = Sha256::new();
    for (path, content) in SOURCES {
        for part in [path, content] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
    }
    hex(&hash.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn every_file_of_the_guest_is_listed() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("python-guest");
        let list = |folder: &Path, prefix: &str| -> Vec<String> {
            let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
            let files = files.filter(|entry| entry.file_type().unwrap().is_file());
            files.map(|entry| format!("{prefix}{}", entry.file_name().display())).collect()
        };
        let mut files =
            [list(&folder, ""), list(&folder.join("merge"), "merge/"), list(&folder.join("wit"), "wit/")].concat();
        files.sort();
        assert_eq!(files, SOURCES.map(|(path, _)| path));
    }
}
