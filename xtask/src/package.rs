//! Packages every crate that is published, and builds each from its package.

use crate::run::{cargo, run, target};
use std::fs;

/// Those that are published, each after what it depends on.
const PUBLISHED: [&str; 3] = ["fullmarks-advisor", "fullmarks-sandbox", "fullmarks"];

/// Largest package, in bytes: that of crates.io.
const MOST: u64 = 10 << 20;

/// Builds from packages in a folder of its own. A package is built for itself alone, by the profile that `cargo package` has, and would
/// disturb what is kept for the workspace.
pub(crate) fn package() -> Result<(), String> {
    let folder = target().join("packages");
    let mut command = cargo(&["package", "--locked"]);
    command.args(PUBLISHED.iter().flat_map(|name| ["--package", name])).env("CARGO_TARGET_DIR", &folder);
    run(&mut command)?;
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    for entry in fs::read_dir(folder.join("package")).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_none_or(|extension| extension != "crate") {
            continue;
        }
        let size = fs::metadata(&path).map_err(failed)?.len();
        println!("{}: {size} bytes", path.file_name().unwrap_or_default().to_string_lossy());
        if size > MOST {
            return Err(format!("{} has more than {MOST} bytes: exclude what it need not have", path.display()));
        }
    }
    println!("{} packages build", PUBLISHED.len());
    Ok(())
}
