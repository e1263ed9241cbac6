//! Builds the built-in checkers and records what they were built from.
//!
//! The modules are committed, so that building fullmarks needs no wasm target. `manifest.json` beside them holds their SHA-256
//! and that of the sources; the test below fails when any disagrees, so sources and artefacts cannot drift apart.

use crate::{
    hex::hex,
    run::{cargo, cargo_home, checkers_target, root, run},
};
use sha2::{Digest, Sha256};
use std::{
    fs,
    path::{Path, PathBuf},
};

const TARGET: &str = "wasm32-unknown-unknown";

/// The modules: name, features of the library, and the memory that an instance starts with, room for a small check without growing. The
/// light checkers' is no more than one of the processor's tables of pages maps.
const MODULES: [(&str, &str, usize); 3] =
    [("checkers.wasm", "", 2 << 20), ("tables.wasm", "tables", 2 << 20), ("languages.wasm", "languages", 7 << 19)];

pub(crate) fn build() -> Result<(), String> {
    let artefact = artefact();
    fs::create_dir_all(&artefact).map_err(|error| error.to_string())?;
    let write = |name: &str, bytes: &[u8]| fs::write(artefact.join(name), bytes).map_err(|error| error.to_string());
    for (name, features, memory) in MODULES {
        let wasm = compile(features, memory)?;
        let same = if fs::read(artefact.join(name)).ok().as_deref() == Some(&wasm[..]) {
            "the same bytes as before"
        } else {
            "changed"
        };
        write(name, &wasm)?;
        println!("src/verify/builtin/{name}: {} bytes, {same}", wasm.len());
    }
    write("manifest.json", manifest(&sources()?)?.as_bytes())
}

/// One of the modules.
fn compile(features: &str, memory: usize) -> Result<Vec<u8>, String> {
    let workspace = root().join("checkers");
    let home = cargo_home()?;
    // Paths of this machine end up in panic messages; without them the same sources give the same bytes.
    let flags = [
        format!("--remap-path-prefix={}=/cargo", home.display()),
        format!("--remap-path-prefix={}=/checkers", workspace.display()),
        format!("-Clink-arg=--initial-memory={memory}"),
        // Vectors of a fixed width compute the same on every processor; the relaxed ones are off.
        "-Ctarget-feature=+simd128".to_owned(),
    ];
    let target = checkers_target();
    run(cargo(&["build", "--release", "--locked", "--package", "fullmarks-checkers", "--target", TARGET])
        .args(["--features", features])
        .current_dir(&workspace)
        .env("CARGO_TARGET_DIR", &target)
        .env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}")))
    .map_err(|why| format!("{why}\nif the target is missing: rustup target add {TARGET}"))?;
    let built = target.join(TARGET).join("release/fullmarks_checkers.wasm");
    fs::read(&built).map_err(|error| format!("{}: {error}", built.display()))
}

fn artefact() -> PathBuf {
    root().join("src/verify/builtin")
}

/// What the modules that are there were built from.
fn manifest(sources: &str) -> Result<String, String> {
    let mut lines = String::new();
    for (name, ..) in MODULES {
        let wasm = fs::read(artefact().join(name)).map_err(|error| format!("{name}: {error}"))?;
        lines += &format!("  \"{name}\": \"{}\",\n", hex(&Sha256::digest(&wasm)));
    }
    Ok(format!("{{\n{lines}  \"sources\": \"{sources}\"\n}}\n"))
}

/// One hash over every source file's path and content, in the order of their paths.
fn sources() -> Result<String, String> {
    let workspace = root().join("checkers");
    let mut files = Vec::new();
    for part in ["Cargo.toml", "Cargo.lock", "sdk", "library"] {
        collect(&workspace.join(part), &mut files).map_err(|error| format!("checkers/{part}: {error}"))?;
    }
    files.sort();
    let mut hash = Sha256::new();
    for file in files {
        let content = fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        let name = file.strip_prefix(&workspace).expect("collected below it").to_string_lossy().replace('\\', "/");
        hash.update((name.len() as u64).to_le_bytes());
        hash.update(name);
        hash.update((content.len() as u64).to_le_bytes());
        hash.update(content);
    }
    Ok(hex(&hash.finalize()))
}

/// The files that end up in the module: tests and examples do not.
fn collect(path: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if path.is_file() {
        files.push(path.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        if !["target", "tests", "examples", "tools", "proptest-regressions"]
            .contains(&&*entry.file_name().to_string_lossy())
        {
            collect(&entry.path(), files)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_modules_were_built_from_these_sources() {
        let recorded = fs::read_to_string(artefact().join("manifest.json")).unwrap();
        assert_eq!(
            recorded,
            manifest(&sources().unwrap()).unwrap(),
            "run `cargo xtask checkers` and commit the result"
        );
    }
}
