//! The Python package, built, installed and tested together with the trainers it is for.
//!
//! Everything is installed from PyPI into a virtual environment in the user's cache folder, of the versions in
//! `python/tests/requirements.txt`, and kept while that file stays the same.

use crate::{
    hex::hex,
    python_guest,
    run::{cache, cargo, root, run, target},
};
use sha2::{Digest, Sha256};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// What is installed, and what makes torch run without CUDA.
const SOURCES: [&str; 3] =
    ["python/tests/requirements.txt", "python/tests/requirements-verifiers-0.1.txt", "python/tests/cpu_torch.py"];

/// NeMo Gym and what of its needs the trainers' environment has not, or has in other versions.
const NEMO_GYM: &str = "python/tests/requirements-nemo-gym.txt";

/// The interpreter whose wheels the requirements name, when there are several.
const INTERPRETER: &str = "FULLMARKS_PYTHON";

pub(crate) fn test() -> Result<(), String> {
    python_guest::build()?;
    // The selection of packages that all tests build: each other one compiles wasmtime again.
    run(&mut cargo(&["build", "--release", "--locked", "--workspace", "--tests"]))?;
    let environment = environment()?;
    let python = environment.join("bin/python");
    readme()?;
    pip(&python, &["install", "--no-deps", "--force-reinstall"], &[&root()])?;
    let configuration = root().join("pyproject.toml");
    let mypy = |module: &str| {
        let mut command = Command::new(&python);
        command.args(["-m", module]).current_dir(root());
        command
    };
    run(mypy("mypy").arg("--config-file").arg(&configuration))?;
    // What stands in a report are attributes too, which a type at runtime does not list.
    let attributes = root().join("python/tests/stubtest.txt");
    let mut stubtest = mypy("mypy.stubtest");
    stubtest.arg("fullmarks._fullmarks").arg("--allowlist").arg(attributes);
    run(stubtest.arg("--mypy-config-file").arg(&configuration))?;
    let program = target().join("release").join("fullmarks");
    let mut pytest = Command::new(&python);
    // Not from the root: the package is the one that is installed.
    pytest.args(["-m", "pytest", "-q", "--durations=10", "-p", "no:cacheprovider"]).arg(root().join("python/tests"));
    pytest.env("FULLMARKS_PROGRAM", program).env("FULLMARKS_VERIFIERS_0_1", environment.join("verifiers-0.1"));
    pytest.env("FULLMARKS_NEMO_GYM", nemo_gym(&python)?);
    // Nothing is downloaded by a test, and nothing is told to anybody.
    pytest.envs([("HF_HUB_OFFLINE", "1"), ("RAY_USAGE_STATS_ENABLED", "0"), ("WANDB_MODE", "disabled")]);
    run(pytest.env("TOKENIZERS_PARALLELISM", "false").current_dir(root().join("python/tests")))
}

/// A fresh virtual environment, the package as a user installs it, and what it needs nothing else for. python/tests/test_docs.py runs
/// every Python example, with the trainers.
fn readme() -> Result<(), String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let fresh = folder.path().join("fresh");
    venv(&fresh)?;
    let python = fresh.join("bin/python");
    pip(&python, &["install"], &[&root()])?;
    let text = fs::read_to_string(root().join("README.md")).map_err(|error| error.to_string())?;
    let blocks = text.split("```python\n").skip(1).filter_map(|rest| Some(rest.split_once("```")?.0));
    let first = blocks.into_iter().next().ok_or("the README shows no Python example")?;
    run(Command::new(&python).args(["-c", first]).current_dir(root()))?;
    let spec = folder.path().join("spec.yaml");
    let command = || Command::new(fresh.join("bin/fullmarks"));
    run(command().args(["init", "--kind", "code"]).arg(&spec))?;
    run(command().args(["check", "--run"]).arg(&spec))
}

/// The virtual environment with the trainers, made unless it is there.
fn environment() -> Result<PathBuf, String> {
    kept("trainers", &SOURCES, install)
}

/// A folder with NeMo Gym, to be put before the environment: it asks for a newer Python, and does without.
fn nemo_gym(python: &Path) -> Result<PathBuf, String> {
    kept("nemo-gym", &[NEMO_GYM], |folder| {
        let words = ["install", "--no-deps", "--ignore-requires-python", "--target"];
        pip(python, &words, &[folder, Path::new("--requirement"), &root().join(NEMO_GYM)])
    })
}

/// A folder of the cache, made unless it is there and of the same sources.
fn kept(name: &str, sources: &[&str], make: impl FnOnce(&Path) -> Result<(), String>) -> Result<PathBuf, String> {
    let mut hash = Sha256::new();
    for source in sources {
        hash.update(fs::read(root().join(source)).map_err(|error| format!("{source}: {error}"))?);
    }
    let folder = cache()?.join(format!("{name}-{}", hex(&hash.finalize()[..8])));
    let done = folder.join("done");
    if !done.exists() {
        // What is left of an attempt that was cut short.
        let _ = fs::remove_dir_all(&folder);
        make(&folder)?;
        fs::write(&done, "").map_err(|error| format!("{}: {error}", done.display()))?;
    }
    Ok(folder)
}

fn install(environment: &Path) -> Result<(), String> {
    venv(environment)?;
    let python = environment.join("bin/python");
    let [requirements, earlier, cpu_torch] = SOURCES.map(|source| root().join(source));
    // Versions are fixed, all of them: without this, torch would bring gigabytes of CUDA along.
    pip(&python, &["install", "--no-deps", "--requirement"], &[&requirements])?;
    let target = environment.join("verifiers-0.1");
    pip(&python, &["install", "--no-deps", "--target"], &[&target, Path::new("--requirement"), &earlier])?;
    run(Command::new(&python).arg(cpu_torch))
}

fn venv(folder: &Path) -> Result<(), String> {
    let python = std::env::var_os(INTERPRETER).unwrap_or_else(|| "python3".into());
    run(Command::new(python).args(["-m", "venv"]).arg(folder))
}

fn pip(python: &Path, words: &[&str], paths: &[&Path]) -> Result<(), String> {
    let mut command = Command::new(python);
    command.args(["-m", "pip", "--quiet", "--disable-pip-version-check"]).args(words).args(paths);
    run(&mut command)
}
