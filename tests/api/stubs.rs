//! The stubs of the Python package cannot ask the library for its names, so they repeat them: as they are.

use fullmarks::{
    advise::Algorithm,
    audit::{Mass, Scaling},
};
use std::{fs, path::Path};

#[test]
fn stubs_name_what_the_library_knows() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("python/fullmarks/_fullmarks.pyi");
    let stubs = fs::read_to_string(path).unwrap();
    for names in [Algorithm::NAMES, Mass::NAMES, Scaling::NAMES] {
        let literal =
            format!("Literal[{}]", names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", "));
        assert!(stubs.contains(&literal), "{literal} is not in the stubs");
    }
}
