//! Rules about the sources that no compiler checks: which stage may import which, and what never gets into the tree.

#[path = "tidy/circles.rs"]
mod circles;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// What the library passes on of the advisor's crate, which cannot import this one.
const ADVISOR: [&str; 8] = ["adaptive", "advise", "checkpoint", "digest", "monitor", "printable", "reward", "verdict"];

/// What each stage may import of this crate and of [`ADVISOR`]: only what comes before it. The last may import all.
const ALLOWED: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("completion", &["source"]),
    ("spec", &["completion", "reward", "source", "verdict"]),
    ("verify", &["completion", "digest", "printable", "source", "spec", "verdict"]),
    ("data", &["completion", "digest", "printable", "source", "verdict"]),
    ("task", &["adaptive", "advise", "completion", "data", "reward", "source", "spec", "verdict", "verify"]),
    ("scoring", &["advise", "completion", "data", "monitor", "reward", "source", "spec", "task", "verdict", "verify"]),
    ("probe", &["completion", "data", "reward", "scoring", "spec", "task", "verdict", "verify"]),
    ("audit", &["advise", "completion", "data", "reward", "scoring", "task", "verdict", "verify"]),
    ("compare", &["advise", "data", "reward", "scoring", "task", "verdict"]),
    ("simulate", &["advise", "source"]),
    ("since", &["advise"]),
    ("trainer", &["reward", "source"]),
    (
        "report",
        &[
            "advise",
            "audit",
            "compare",
            "data",
            "monitor",
            "printable",
            "probe",
            "reward",
            "simulate",
            "since",
            "spec",
            "task",
            "trainer",
            "verdict",
        ],
    ),
    ("serve", &["completion", "report", "reward", "source", "task", "verdict"]),
    (LAST, &[]),
];

/// The command line.
const LAST: &str = "cli";

/// The one stage that may call the sandbox.
const SANDBOX: &str = "verify";

/// Longest file of `src/`, in lines.
const LONGEST: usize = 400;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The Rust files below a folder, by their path from the root.
fn sources(folder: &str) -> BTreeMap<PathBuf, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(root()).expect("below the root").to_owned();
                found.insert(name, fs::read_to_string(&path).expect("text"));
            }
        }
    }
    assert!(found.len() > 30, "only {} files found in {folder}", found.len());
    found
}

/// The stage a file belongs to: `src/spec/task.rs` and `src/spec.rs` to `spec`; the library's root to none.
fn stage(file: &Path) -> Option<String> {
    let name = file.components().nth(1)?.as_os_str().to_str()?.trim_end_matches(".rs").to_owned();
    (name != "lib" && name != "main").then_some(name)
}

/// The code of a file, line by line, without comments.
fn code(text: &str) -> Vec<&str> {
    text.lines().map(|line| if line.trim_start().starts_with("//") { "" } else { line }).collect()
}

/// Every import that breaks the rules, each with file, line and rule.
fn violations(file: &Path, text: &str) -> Vec<String> {
    let Some(stage) = stage(file) else { return Vec::new() };
    let place = |line: usize| format!("{}:{line}", file.display());
    let Some((_, allowed)) = ALLOWED.iter().find(|(name, _)| *name == stage) else {
        return vec![format!("{}: `{stage}` is not in the table of stages: add it where it belongs", place(1))];
    };
    let mut found = Vec::new();
    for import in circles::rooms(Path::new("src"), file, text) {
        if stage != LAST && import != stage && !allowed.contains(&import.as_str()) {
            let may = if allowed.is_empty() { "nothing".to_owned() } else { allowed.join(", ") };
            found.push(format!("{}: `{stage}` imports `{import}`, but may import only {may}", file.display()));
        }
    }
    for (line, text) in code(text).iter().enumerate() {
        if text.contains("fullmarks_sandbox") && stage != SANDBOX {
            found.push(format!("{}: `{stage}` calls the sandbox, but only `{SANDBOX}` may", place(line + 1)));
        }
    }
    found
}

#[test]
fn stages_import_only_earlier_ones() {
    let found: Vec<_> = sources("src").iter().flat_map(|(file, text)| violations(file, text)).collect();
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

/// What commands print goes through one writer, which shows control characters by their numbers.
#[test]
fn commands_print_through_one_writer() {
    // The file that prints, and what hands a stream to a library.
    let exempt = ["src/cli/terminal.rs", "src/cli/shell.rs"].map(PathBuf::from);
    let prints = |line: &&str| ["println!", "anstream::std", "print!("].iter().any(|word| line.contains(word));
    for (file, text) in sources("src").iter().filter(|(file, _)| !exempt.contains(file)) {
        let found: Vec<_> = code(text).into_iter().filter(prints).collect();
        assert!(found.is_empty(), "{}: {found:?}: print by src/cli/terminal.rs", file.display());
    }
}

#[test]
fn the_table_lists_every_stage_after_those_it_imports() {
    for (index, (stage, allowed)) in ALLOWED.iter().enumerate() {
        for import in *allowed {
            let earlier = ALLOWED[..index].iter().any(|(name, _)| name == import);
            assert!(earlier || ADVISOR.contains(import), "`{stage}` before `{import}`");
        }
    }
    for stage in sources("src").keys().filter_map(|file| stage(file)) {
        assert!(ALLOWED.iter().any(|(name, _)| *name == stage), "`{stage}` is not in the table");
    }
}

#[test]
fn a_later_import_is_caught_however_it_is_written() {
    let caught = |file: &str, text: &str| violations(Path::new(file), text);
    for (file, text, expected) in [
        (
            "src/completion.rs",
            "//! x\nuse crate::spec::Document;",
            "src/completion.rs: `completion` imports `spec`, but may import only source",
        ),
        (
            "src/source/at.rs",
            "use crate::completion::kind;",
            "src/source/at.rs: `source` imports `completion`, but may import only nothing",
        ),
        (
            "src/spec/task.rs",
            "use crate::{\n    completion::{kind, Message},\n    cli::Exit,\n};",
            "src/spec/task.rs: `spec` imports `cli`, but may import only completion, reward, source, verdict",
        ),
        (
            "src/data/mod.rs",
            "fn f() { super::verify::Library::builtin(); }",
            "src/data/mod.rs: `data` imports `verify`, but may import only completion, digest, printable, source, verdict",
        ),
        (
            "src/data/rows.rs",
            "use super::super::scoring;",
            "src/data/rows.rs: `data` imports `scoring`, but may import only completion, digest, printable, source, verdict",
        ),
        (
            "src/completion.rs",
            "mod tests {\n    use super::super::report;\n}",
            "src/completion.rs: `completion` imports `report`, but may import only source",
        ),
        (
            "src/scoring/score.rs",
            "use fullmarks_sandbox::Engine;",
            "src/scoring/score.rs:1: `scoring` calls the sandbox, but only `verify` may",
        ),
        ("src/other/mod.rs", "", "src/other/mod.rs:1: `other` is not in the table of stages: add it where it belongs"),
    ] {
        assert_eq!(caught(file, text), [expected], "{text}");
    }
}

#[test]
fn what_is_allowed_is_not_caught() {
    for (file, text) in [
        ("src/spec/reward.rs", "use super::Wire;\nuse crate::{reward::Scheme, verdict::{Outcome, Verdict}};"),
        ("src/completion.rs", "use std::fmt;\n// use crate::cli;\nmod tests { use super::*; }"),
        ("src/verify/library.rs", "use fullmarks_sandbox::Engine;\nlet x = other_crate::cli::X;"),
        ("src/spec/task.rs", "mod tests {\n    use super::super::cli;\n}"),
        ("src/lib.rs", "pub use crate::cli;"),
    ] {
        assert_eq!(violations(Path::new(file), text), [""; 0], "{text}");
    }
}

#[test]
fn no_circles_between_files() {
    let mut found = Vec::new();
    for folder in ["src", "advisor/src", "sandbox/src", "checkers/library/src"] {
        let mut all = sources(folder);
        let tests: Vec<_> = all.keys().filter(|file| is_test_module(file, &all)).cloned().collect();
        all.retain(|file, _| !tests.contains(file));
        found.extend(circles::circles(Path::new(folder), &all).into_iter().map(|circle| circle.join("\n")));
    }
    assert!(found.is_empty(), "move what both need into a file of its own:\n\n{}", found.join("\n\n"));
}

#[test]
fn a_circle_is_found_however_it_is_written() {
    let text = |file: &str, text: &str| (PathBuf::from(file), text.to_owned());
    let found = |sources: &[(&str, &str)]| {
        circles::circles(Path::new("src"), &sources.iter().map(|(file, code)| text(file, code)).collect())
    };
    let circle = [["src/a/b.rs uses src/a/c.rs", "src/a/c.rs uses src/a/b.rs"]];
    let parents = [("src/lib.rs", "pub mod a;"), ("src/a/mod.rs", "mod b;\nmod c;\npub use b::{B, One as Two};")];
    for (b, c) in [
        ("use super::c::C;", "use super::b::B;"),
        ("use super::{\n    c::{self, C},\n};", "use crate::a::B;"),
        ("fn f() { super::c::g() }", "// use super::x;\nuse crate::{a::{Two}};"),
    ] {
        assert_eq!(found(&[parents[0], parents[1], ("src/a/b.rs", b), ("src/a/c.rs", c)]), circle, "{b}\n{c}");
    }
    for (b, c) in [
        ("use super::c::C;", "use super::X;"),
        ("use super::c::C;", "#[cfg(test)]\nmod tests {\n    use crate::a::b::B;\n}"),
        ("use super::c::C;", "use std::a::b::B;"),
    ] {
        let none: [[&str; 2]; 0] = [];
        assert_eq!(found(&[parents[0], parents[1], ("src/a/b.rs", b), ("src/a/c.rs", c)]), none, "{b}\n{c}");
    }
}

#[test]
fn files_stay_short() {
    for (file, text) in sources("src") {
        let lines = text.lines().count();
        assert!(lines <= LONGEST, "{} has {lines} lines, more than {LONGEST}: split it", file.display());
    }
}

/// Whether a file is compiled for tests alone: its parent declares it under `#[cfg(test)]`.
fn is_test_module(file: &Path, all: &BTreeMap<PathBuf, String>) -> bool {
    let folder = file.parent().expect("a folder");
    let name = file.file_stem().and_then(|stem| stem.to_str()).expect("a name");
    let declared = format!("#[cfg(test)]\nmod {name};");
    // The parent of `a/b.rs` is `a/mod.rs` or `a.rs`.
    let parents = [folder.join("mod.rs"), folder.with_extension("rs")];
    parents.iter().filter_map(|parent| all.get(parent)).any(|parent| parent.contains(&declared))
}

/// The paths git tracks.
fn tracked() -> Vec<String> {
    let output = Command::new("git").args(["ls-files", "-z"]).current_dir(root()).output().expect("git");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let names = String::from_utf8(output.stdout).expect("UTF-8");
    names.split_terminator('\0').map(str::to_owned).collect()
}

/// Folders of a machine, put together here so that this file is not found by itself.
const MACHINE_PATHS: [&str; 4] =
    [concat!("/", "work/"), concat!("/", "home/"), concat!("/", "root/"), concat!("/", "Users/")];

fn machine_path(bytes: &[u8]) -> Option<&'static str> {
    MACHINE_PATHS.into_iter().find(|path| bytes.windows(path.len()).any(|window| window == path.as_bytes()))
}

#[test]
fn no_tracked_file_knows_a_machine() {
    if !root().join(".git").exists() {
        // A source archive has no list of tracked files.
        return;
    }
    let tracked = tracked();
    assert!(tracked.iter().any(|name| name == "Cargo.toml"), "{tracked:?}");
    // A file may be tracked and just now removed.
    let read = |name: &String| fs::read(root().join(name)).unwrap_or_default();
    let found = tracked.iter().filter_map(|name| machine_path(&read(name)).map(|path| format!("{name}: {path}")));
    let found: Vec<_> = found.collect();
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn a_machines_path_is_recognised() {
    assert_eq!(machine_path(concat!("see /", "home/", "me/notes").as_bytes()), Some(MACHINE_PATHS[1]));
    assert_eq!(machine_path(b"see src/home.rs"), None);
}

/// A dependency with other features is another one, and wasmtime takes minutes: those of the wheel are the ones that tests and demo build.
#[test]
fn the_wheel_is_built_from_what_the_tests_build() {
    let compiled = |arguments: &[&str]| -> BTreeSet<String> {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["tree", "--locked", "--offline", "--prefix", "none", "--format", "{p} {f}"]).args(arguments);
        let output = cargo.current_dir(root()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let text = String::from_utf8(output.stdout).unwrap();
        text.lines().map(|line| line.trim_end_matches(" (*)").to_owned()).collect()
    };
    let wheel = compiled(&["--package", "fullmarks-python", "--edges", "normal,build"]);
    let tests = compiled(&["--workspace", "--edges", "normal,build,dev"]);
    let alone: Vec<_> = wheel.difference(&tests).collect();
    assert!(alone.is_empty(), "give python/Cargo.toml the features that the tests give these: {alone:#?}");
    // `cargo build` and `cargo install` select the package of the command alone.
    let wasmtime: BTreeSet<String> = compiled(&["--package", "wasmtime", "--edges", "normal,build"])
        .iter()
        .filter_map(|line| line.split(' ').next().map(str::to_owned))
        .collect();
    let command = compiled(&["--package", "fullmarks", "--edges", "normal,build"]);
    let below = |line: &&&String| wasmtime.contains(line.split(' ').next().unwrap_or_default());
    let alone: Vec<_> = command.difference(&tests).filter(|line| below(&line)).collect();
    assert!(alone.is_empty(), "give sandbox/Cargo.toml the features that the tests give these: {alone:#?}");
}
