//! Reports looked at by a real browser: `tests/browser/` says what is looked for.

use crate::run::{cargo, root, run, target};
use std::{
    fmt::Write,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// A browser to use, where it is none of the names below.
const PROGRAM: &str = "FULLMARKS_CHROMIUM";
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/// Looks at the reports, and keeps pictures of them when asked for.
pub(crate) fn test(pictures: Option<&str>) -> Result<(), String> {
    let browser = browser()?;
    // The selection of packages that all tests build: each other one compiles wasmtime again.
    run(&mut cargo(&["build", "--release", "--locked", "--workspace", "--tests"]))?;
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let reports = reports(folder.path())?;
    let mut check = Command::new("python3");
    check.arg(root().join("tests/browser/check.py")).arg(browser).args(reports);
    if let Some(pictures) = pictures {
        fs::create_dir_all(pictures).map_err(|error| format!("{pictures}: {error}"))?;
        check.args(["--screenshots", pictures]);
    }
    run(check.env("PYTHONDONTWRITEBYTECODE", "1"))
}

/// The browser; installed where that is possible.
fn browser() -> Result<PathBuf, String> {
    if let Some(program) = std::env::var_os(PROGRAM) {
        return Ok(program.into());
    }
    if let Some(found) = found() {
        return Ok(found);
    }
    let quietly = |words: &[&str]| run(Command::new("apt-get").args(words).env("DEBIAN_FRONTEND", "noninteractive"));
    let installed = quietly(&["update", "-qq"])
        .and_then(|()| quietly(&["install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-dejavu-core"]));
    let missing = format!("there is no Chromium: install it (Debian's package `chromium`), or name it by {PROGRAM}");
    installed.map_err(|why| format!("{missing}; {why}"))?;
    found().ok_or(missing)
}

fn found() -> Option<PathBuf> {
    let starts = |name: &&str| {
        let mut command = Command::new(name);
        command.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    };
    NAMES.into_iter().find(starts).map(PathBuf::from)
}

/// Renders a report of each kind, of data that ships with the repository, and of data that want out of their place.
fn reports(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let example = "examples/commit-messages";
    let (spec, rollouts) = (format!("{example}/spec.yaml"), format!("{example}/rollouts.jsonl"));
    let mut made = vec![
        report(folder, "advise", &["advise", &spec, "--rollouts", &rollouts])?,
        report(folder, "audit", &["audit", &spec, "--rollouts", &rollouts])?,
        report(folder, "probe", &["probe", "tests/probe/open/keywords.yaml"])?,
    ];
    let single = write(folder, "single", &rows(12, &[("0", 3), ("1", 1)]))?;
    made.push(report(folder, "single", &["advise", "--verdicts", "v", "--rollouts", &single])?);
    let piloted = piloted(folder)?;
    let words: Vec<&str> = piloted.iter().map(String::as_str).collect();
    made.push(report(folder, "piloted", &words)?);
    let hostile = ["tests/browser/hostile.yaml", "--rollouts", "tests/browser/hostile.jsonl"];
    made.push(report(folder, "hostile-advise", &[&["advise"], &hostile[..]].concat())?);
    let columns = ["--proxy", "scheme:partial", "--proxy", "column:</td><script>alert(1)</script>"];
    made.push(report(folder, "hostile-audit", &[&["audit"], &hostile[..], &columns[..]].concat())?);
    made.push(report(folder, "hostile-probe", &["probe", hostile[0]])?);
    Ok(made)
}

/// A run of `fullmarks`, which may find something, and the page that it writes.
fn report(folder: &Path, name: &str, words: &[&str]) -> Result<PathBuf, String> {
    let page = folder.join(name).with_extension("html");
    let program = target().join("release").join(format!("fullmarks{}", std::env::consts::EXE_SUFFIX));
    let mut command = Command::new(program);
    command.args(words).arg("--quiet").arg("--html").arg(&page).current_dir(root());
    let output = command.output().map_err(|error| format!("fullmarks cannot be run: {error}"))?;
    match output.status.code() {
        Some(0 | 1) => Ok(page),
        _ => Err(format!("fullmarks {}: {}", words.join(" "), String::from_utf8_lossy(&output.stderr))),
    }
}

/// Words for advice on rollouts with pilots, so that every part of a report is there.
fn piloted(folder: &Path) -> Result<Vec<String>, String> {
    // Verdicts on three constraints, and how many completions of a prompt have them.
    let files: [(&str, &[(&str, usize)]); 3] = [
        ("initial", &[("000", 30), ("100", 9), ("010", 6), ("110", 4), ("111", 1)]),
        ("binary", &[("000", 26), ("100", 8), ("010", 5), ("110", 5), ("111", 6)]),
        ("partial", &[("000", 4), ("100", 4), ("110", 40), ("111", 2)]),
    ];
    let mut words: Vec<String> =
        "advise --verdicts v --hours-per-step 0.5 --price-per-hour 2.4".split(' ').map(str::to_owned).collect();
    for (name, counts) in files {
        let path = write(folder, name, &rows(40, counts))?;
        words.extend(match name {
            "initial" => ["--rollouts".to_owned(), path],
            scheme => ["--pilot".to_owned(), format!("{scheme}@40={path}")],
        });
    }
    Ok(words)
}

/// So many prompts, each with completions of these verdicts.
fn rows(prompts: usize, counts: &[(&str, usize)]) -> String {
    let verdicts: Vec<String> = counts.iter().flat_map(|(marks, count)| vec![format!("{marks:?}"); *count]).collect();
    let mut text = String::new();
    for prompt in 0..prompts {
        writeln!(text, "{{\"id\": \"{prompt}\", \"v\": [{}]}}", verdicts.join(", ")).expect("a string takes it");
    }
    text
}

fn write(folder: &Path, name: &str, text: &str) -> Result<String, String> {
    let path = folder.join(name).with_extension("jsonl");
    fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(path.display().to_string())
}
