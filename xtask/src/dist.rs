//! What is shipped: the program and the wheel, built by the profile `dist`, without symbols.

use crate::{
    python_guest,
    run::{cargo, root, run, target},
};
use std::{fs, path::Path, process::Command};

pub(crate) fn dist() -> Result<(), String> {
    python_guest::build()?;
    // All packages, as everywhere: program and wheel share one compilation of what they depend on.
    run(&mut cargo(&["build", "--profile", "dist", "--locked", "--workspace"]))?;
    let wheels = target().join("dist-wheels");
    let failed = |error: std::io::Error| format!("{}: {error}", wheels.display());
    if wheels.exists() {
        fs::remove_dir_all(&wheels).map_err(failed)?;
    }
    let mut wheel = Command::new("python3");
    wheel.args(["-m", "pip", "wheel", ".", "--no-deps", "--quiet", "--config-settings=build-args=--profile dist"]);
    run(wheel.arg("--wheel-dir").arg(&wheels).current_dir(root()))?;
    println!("ready:");
    say(&target().join("dist").join(format!("fullmarks{}", std::env::consts::EXE_SUFFIX)))?;
    fs::read_dir(&wheels).map_err(failed)?.try_for_each(|entry| say(&entry.map_err(failed)?.path()))
}

fn say(path: &Path) -> Result<(), String> {
    let size = fs::metadata(path).map_err(|error| format!("{}: {error}", path.display()))?.len();
    println!("  {} ({:.1} MB)", path.display(), size as f64 / 1e6);
    Ok(())
}
