//! Builds the built-in checkers and records what they were built from.
//!
//! The module is committed, so that building fullmarks needs no wasm target. `manifest.json` beside it holds its SHA-256
//! and that of the sources; the test below fails when either disagrees, so sources and artefact cannot drift apart.

use crate::{
    hex::hex,
    run::{cargo, checkers_target, root, run},
};
use sha2::{Digest, Sha256};
use std::{
    fs,
    path::{Path, PathBuf},
};

const TARGET: &str = "wasm32-unknown-unknown";

/// Memory an instance starts with: room for a small check without growing, in bytes.
const INITIAL_MEMORY: usize = 4 << 20;

pub(crate) fn build() -> Result<(), String> {
    let workspace = root().join("checkers");
    let home = std::env::var("CARGO_HOME").or_else(|_| std::env::var("HOME").map(|home| format!("{home}/.cargo")));
    let home = home.map_err(|_| "neither CARGO_HOME nor HOME is set")?;
    // Paths of this machine end up in panic messages; without them the same sources give the same bytes.
    let flags = [
        format!("--remap-path-prefix={home}=/cargo"),
        format!("--remap-path-prefix={}=/checkers", workspace.display()),
        format!("-Clink-arg=--initial-memory={INITIAL_MEMORY}"),
    ];
    let target = checkers_target();
    run(cargo(&["build", "--release", "--locked", "--package", "fullmarks-checkers", "--target", TARGET])
        .current_dir(&workspace)
        .env("CARGO_TARGET_DIR", &target)
        .env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}")))
    .map_err(|why| format!("{why}\nif the target is missing: rustup target add {TARGET}"))?;
    let built = target.join(TARGET).join("release/fullmarks_checkers.wasm");
    let wasm = fs::read(&built).map_err(|error| format!("{}: {error}", built.display()))?;
    let artefact = artefact();
    let before = fs::read(artefact.join("checkers.wasm")).ok();
    let write = |name: &str, bytes: &[u8]| {
        fs::create_dir_all(&artefact)
            .and_then(|()| fs::write(artefact.join(name), bytes))
            .map_err(|error| error.to_string())
    };
    write("checkers.wasm", &wasm)?;
    write("manifest.json", manifest(&wasm, &sources()?).as_bytes())?;
    let same = if before.as_deref() == Some(&wasm[..]) { "the same bytes as before" } else { "changed" };
    println!("src/verify/builtin/checkers.wasm: {} bytes, {same}", wasm.len());
    Ok(())
}

fn artefact() -> PathBuf {
    root().join("src/verify/builtin")
}

fn manifest(wasm: &[u8], sources: &str) -> String {
    format!("{{\n  \"wasm_sha256\": \"{}\",\n  \"sources_sha256\": \"{sources}\"\n}}\n", hex(&Sha256::digest(wasm)))
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
    fn the_committed_module_was_built_from_these_sources() {
        let wasm = fs::read(artefact().join("checkers.wasm")).unwrap();
        let recorded = fs::read_to_string(artefact().join("manifest.json")).unwrap();
        assert_eq!(recorded, manifest(&wasm, &sources().unwrap()), "run `cargo xtask checkers` and commit the result");
    }
}
