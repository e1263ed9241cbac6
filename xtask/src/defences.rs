//! Shows what each defence against completions that want reward for nothing is worth: switches are written into a copy of the
//! sources, `tests/defences/switches/` says where, and a test there (`switched.rs`) takes one defence away at a time.

use crate::{
    python_guest,
    run::{cargo, root, run, target},
};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// What the copy is built from.
const COPIED: [&str; 17] = [
    ".cargo",
    "Cargo.lock",
    "Cargo.toml",
    "advisor",
    "benches",
    "checkers",
    "docs",
    "examples",
    "python",
    "rust-toolchain.toml",
    "sandbox",
    "src",
    "task_specs",
    "templates",
    "tests/attacks",
    "tests/common",
    "xtask",
];

/// Files that only the copy has.
const ADDED: [(&str, &str); 3] = [
    ("defence.rs", "src/verify/defence.rs"),
    ("weakened.py", "sandbox/python-guest/weakened.py"),
    ("switched.rs", "tests/defences.rs"),
];

type Files = BTreeMap<PathBuf, Vec<u8>>;

pub(crate) fn test() -> Result<(), String> {
    let copy = target().join("defences");
    write(&copy, &switched()?)?;
    python_guest::build_from(&copy)?;
    let mut test = cargo(&["test", "--release", "--locked", "--workspace", "--test", "defences", "--", "--nocapture"]);
    // What is registered elsewhere is compiled already.
    run(test.current_dir(&copy).env("CARGO_TARGET_DIR", target()))
}

/// The sources with their switches.
fn switched() -> Result<Files, String> {
    let mut files = Files::new();
    for name in COPIED {
        // A folder that is not there yet is no dependency of anything.
        if root().join(name).exists() {
            collect(Path::new(name), &mut files)?;
        }
    }
    let defences = root().join("tests/defences");
    let mut switches = list(&defences.join("switches"))?;
    switches.sort();
    for path in switches {
        switch(&text(&path)?, &mut files).map_err(|why| format!("{}: {why}", path.display()))?;
    }
    // Cargo tells packages of one name and version apart by their place within their workspace alone: without a version of their own the
    // weakened crates would be taken for ours, in the folder of compiled code that both share.
    rename(&mut files)?;
    for (from, to) in ADDED {
        files.insert(to.into(), text(&defences.join(from))?.into_bytes());
    }
    Ok(files)
}

/// Gives the crates of the copy a version of their own.
fn rename(files: &mut Files) -> Result<(), String> {
    let version = env!("CARGO_PKG_VERSION");
    let mut replace = |name: &str, from: &str, to: &str| {
        let file = files.get_mut(Path::new(name)).ok_or_else(|| format!("there is no {name}"))?;
        let text = String::from_utf8(std::mem::take(file)).map_err(|error| format!("{name}: {error}"))?;
        if text.matches(from).count() != 1 {
            return Err(format!("{name} does not have this once:\n{from}"));
        }
        *file = text.replacen(from, to, 1).into_bytes();
        Ok(())
    };
    let line = |version: &str| format!("\nversion = \"{version}\"\n");
    let (ours, theirs) = (line(version), line(&format!("{version}+switched")));
    replace("Cargo.toml", &ours, &theirs)?;
    for name in ["fullmarks", "fullmarks-advisor", "fullmarks-python", "fullmarks-sandbox", "xtask"] {
        let of = |version: &str| format!("name = \"{name}\"{version}");
        replace("Cargo.lock", &of(&ours), &of(&theirs))?;
    }
    Ok(())
}

/// Writes switches into one file. They begin with `file: PATH`, and then say, any number of times, what stands in the product
/// and what takes its place: lines after `--- product`, lines after `--- switched`, and `--- end`.
fn switch(switches: &str, files: &mut Files) -> Result<(), String> {
    let (name, blocks) = switches.strip_prefix("file: ").and_then(|rest| rest.split_once('\n')).ok_or("no file")?;
    let file = files.get_mut(Path::new(name)).ok_or_else(|| format!("there is no {name}"))?;
    let mut source = String::from_utf8(std::mem::take(file)).map_err(|error| format!("{name}: {error}"))?;
    for block in blocks.split_terminator("--- end\n") {
        let parts = block.strip_prefix("--- product\n").and_then(|block| block.split_once("--- switched\n"));
        let (product, switched) = parts.ok_or("a switch has `--- product`, `--- switched` and `--- end`")?;
        let times = source.matches(product).count();
        if times != 1 {
            return Err(format!("{name} has this {times} times, not once; write the switch anew:\n{product}"));
        }
        source = source.replacen(product, switched, 1);
    }
    *file = source.into_bytes();
    Ok(())
}

/// The files below a path, but for what tools leave there.
fn collect(name: &Path, files: &mut Files) -> Result<(), String> {
    let path = root().join(name);
    let last = name.file_name().unwrap_or_default().to_string_lossy();
    if ["target", "__pycache__", ".venv", ".pytest_cache"].contains(&&*last) || last.ends_with(".so") {
        return Ok(());
    }
    if path.is_file() {
        files.insert(name.to_owned(), fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?);
        return Ok(());
    }
    for inner in list(&path)? {
        collect(&name.join(inner.file_name().unwrap_or_default()), files)?;
    }
    Ok(())
}

/// Makes the folder hold these files and no others. What is the same is left alone, so that cargo does not compile it again.
fn write(folder: &Path, files: &Files) -> Result<(), String> {
    let failed = |path: &Path| {
        let path = path.display().to_string();
        move |error: std::io::Error| format!("{path}: {error}")
    };
    let mut old = vec![folder.to_owned()];
    while let Some(path) = old.pop().filter(|path| path.exists()) {
        if path.is_dir() {
            old.extend(list(&path)?);
        } else if !files.contains_key(path.strip_prefix(folder).expect("below it")) {
            fs::remove_file(&path).map_err(failed(&path))?;
        }
    }
    for (name, content) in files {
        let path = folder.join(name);
        if fs::read(&path).is_ok_and(|there| there == *content) {
            continue;
        }
        let above = path.parent().expect("a file lies in a folder");
        fs::create_dir_all(above).and_then(|()| fs::write(&path, content)).map_err(failed(&path))?;
    }
    Ok(())
}

fn list(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let read = || fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>();
    read().map_err(|error| format!("{}: {error}", folder.display()))
}

fn text(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_switch_has_its_place() {
        let files = switched().unwrap();
        let verifier = String::from_utf8(files[Path::new("src/verify/verifier.rs")].clone()).unwrap();
        assert!(verifier.contains("Defence::OneBlock.is_off()"));
    }

    #[test]
    fn a_switch_that_does_not_fit_names_its_file() {
        let switches = "file: a.rs\n--- product\nx\n--- switched\ny\n--- end\n";
        let written = |source: &str| {
            let mut files = Files::from([("a.rs".into(), source.into())]);
            switch(switches, &mut files).map(|()| String::from_utf8(files["a.rs".as_ref() as &Path].clone()).unwrap())
        };
        assert_eq!(written("a\nx\nb\n"), Ok("a\ny\nb\n".into()));
        for source in ["a\n", "x\nx\n"] {
            assert!(written(source).unwrap_err().starts_with("a.rs has this"), "{source}");
        }
    }
}
