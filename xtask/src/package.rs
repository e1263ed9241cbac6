//! Packages every crate that is published, and builds each from its package.

use crate::run::{cargo, cargo_home, run, target};
use std::{fs, io, path::Path};

/// Those that are published, each after what it depends on.
const PUBLISHED: [&str; 3] = ["fullmarks-advisor", "fullmarks-sandbox", "fullmarks"];

/// The version that they share, and this program with them.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Largest package, in bytes: that of crates.io.
const MOST: u64 = 10 << 20;

/// Builds from packages in a folder of its own. A package is built for itself alone, by the profile that `cargo package` has, and would
/// disturb what is kept for the workspace.
pub(crate) fn package() -> Result<(), String> {
    let folder = target().join("packages");
    forget(&folder)?;
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

/// Forgets what earlier runs unpacked and built of these crates. One that another depends on comes from its package, and Cargo takes
/// what lies under a name and version for what it always was: an earlier commit's sources would be built in place of these.
fn forget(folder: &Path) -> Result<(), String> {
    let mut clean = cargo(&["clean"]);
    clean.args(PUBLISHED.iter().flat_map(|name| ["--package", name])).env("CARGO_TARGET_DIR", folder);
    run(&mut clean)?;
    let unpacked = cargo_home()?.join("registry/src");
    let failed = |error: io::Error| format!("{}: {error}", unpacked.display());
    let registries = match fs::read_dir(&unpacked) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        registries => registries.map_err(failed)?,
    };
    for registry in registries {
        for name in PUBLISHED {
            let crate_folder =
                registry.as_ref().map_err(|error| error.to_string())?.path().join(format!("{name}-{VERSION}"));
            match fs::remove_dir_all(&crate_folder) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(format!("{}: {error}", crate_folder.display()));
                }
                _ => {}
            }
        }
    }
    Ok(())
}
