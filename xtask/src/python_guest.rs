//! Builds the Python guest: CPython and our few files beside it, as one WebAssembly component.
//!
//! It is large and so not committed, but kept in the user's cache folder, where the sandbox finds it. Its name carries the
//! hash of its sources; the manifest beside it also the hash of the artefact, since two builds differ in their hash seeds.

use crate::{
    hex::hex,
    merge::merge,
    run::{cache, root, run},
};
use sha2::{Digest, Sha256};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The folder of the build's last step, which is part of this program.
const MERGE: &str = "merge";

/// The guest's sources, in the order of their paths. `sandbox/src/python/sources.rs` has the same list.
fn sources(root: &Path) -> Result<Vec<(String, Vec<u8>)>, String> {
    let folder = root.join("sandbox/python-guest");
    let mut sources = Vec::new();
    for inner in ["", MERGE, "wit"] {
        let entries = fs::read_dir(folder.join(inner)).map_err(|error| format!("{}: {error}", folder.display()))?;
        for entry in entries {
            let path = entry.map_err(|error| error.to_string())?.path();
            if path.is_file() {
                let content = fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
                let name = path.strip_prefix(&folder).expect("listed below it").to_string_lossy().replace('\\', "/");
                sources.push((name, content));
            }
        }
    }
    sources.sort();
    Ok(sources)
}

fn hash(sources: &[(String, Vec<u8>)]) -> String {
    let mut hash = Sha256::new();
    for (name, content) in sources {
        for part in [name.as_bytes(), content] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
    }
    hex(&hash.finalize())
}

/// Builds the guest unless it is there already, and prints nothing but where it is.
pub(crate) fn print_path() -> Result<(), String> {
    println!("{}", built(&root())?.display());
    Ok(())
}

/// Builds the guest unless it is there already.
pub(crate) fn build() -> Result<(), String> {
    build_from(&root())
}

/// The same from the sources in another folder.
pub(crate) fn build_from(root: &Path) -> Result<(), String> {
    let guest = built(root)?;
    let size = fs::metadata(&guest).map_err(|error| format!("{}: {error}", guest.display()))?.len();
    println!("{}: {size} bytes", guest.display());
    Ok(())
}

/// Where the guest is, built now unless it was there.
fn built(root: &Path) -> Result<PathBuf, String> {
    let sources = sources(root)?;
    let hash = hash(&sources);
    let folder = cache()?;
    let guest = folder.join(format!("python-guest-{}.wasm", &hash[..16]));
    let manifest = guest.with_extension("json");
    let recorded = |wasm: &[u8]| {
        format!("{{\n  \"wasm_sha256\": \"{}\",\n  \"sources_sha256\": \"{hash}\"\n}}\n", hex(&Sha256::digest(wasm)))
    };
    if let (Ok(wasm), Ok(manifest)) = (fs::read(&guest), fs::read_to_string(&manifest))
        && recorded(&wasm) == manifest
    {
        return Ok(guest);
    }
    let work = tempfile::tempdir().map_err(|error| error.to_string())?;
    let built = componentize(&sources, work.path())?;
    let wasm = fs::read(&built).map_err(|error| format!("{}: {error}", built.display()))?;
    let wasm = merge(&wasm).map_err(|why| format!("the component cannot be merged: {why}"))?;
    replace(&guest, &wasm)?;
    replace(&manifest, recorded(&wasm).as_bytes())?;
    Ok(guest)
}

/// Runs componentize-py in a folder of its own. It takes up any Python packages it can find into the component, so it is
/// given an empty environment and an empty "virtual environment" to find.
fn componentize(sources: &[(String, Vec<u8>)], work: &Path) -> Result<PathBuf, String> {
    let guest = work.join("guest");
    for (name, content) in sources.iter().filter(|(name, _)| !name.starts_with(MERGE)) {
        let path = guest.join(name);
        let folder = path.parent().expect("a file lies in a folder");
        fs::create_dir_all(folder).and_then(|()| fs::write(&path, content)).map_err(|error| error.to_string())?;
    }
    let (tools, empty) = (work.join("tools"), work.join("empty"));
    let hint =
        |why: String| format!("{why}\ninstall Python 3.10 or newer with `venv` and `pip` (Debian: python3-venv)");
    run(Command::new("python3").args(["-m", "venv"]).arg(&tools)).map_err(hint)?;
    run(Command::new("python3").args(["-m", "venv", "--without-pip"]).arg(&empty)).map_err(hint)?;
    run(Command::new(tools.join("bin/pip"))
        .args(["install", "--quiet", "--disable-pip-version-check", "--requirement"])
        .arg(guest.join("requirements.txt")))?;
    let packages = work.join("packages");
    run(Command::new(tools.join("bin/pip"))
        .args(["install", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-compile", "--only-binary=:all:"])
        .args(["--require-hashes", "--requirement"])
        .arg(guest.join("packages.txt"))
        .arg("--target")
        .arg(&packages))?;
    let out = work.join("guest.wasm");
    run(Command::new(tools.join("bin/componentize-py"))
        .args(["--quiet", "--wit-path", "wit", "--world", "guest", "componentize", "guest"])
        .args(["--python-path", ".", "--python-path"])
        .arg(&packages)
        .arg("--output")
        .arg(&out)
        .current_dir(&guest)
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .env("HOME", work)
        .env("VIRTUAL_ENV", &empty))?;
    run(Command::new(tools.join("bin/python")).arg(guest.join("finish.py")).arg(&out))?;
    Ok(out)
}

/// Writes a file in one step: who reads it meanwhile sees the old one or the new one.
fn replace(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let folder = path.parent().expect("a file lies in a folder");
    let write = || {
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        std::io::Write::write_all(&mut file, bytes)?;
        file.persist(path)?;
        Ok(())
    };
    write().map_err(|error: std::io::Error| format!("{}: {error}", path.display()))
}
