//! Running other programs.

use std::{
    fs,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
    process::Command,
};

/// The repository's root.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the repository").to_owned()
}

/// Cargo's target folder.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), Into::into)
}

/// The target folder of the checkers: another workspace, built with other settings.
pub(crate) fn checkers_target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => PathBuf::from(folder).join("checkers"),
        None => root().join("checkers/target"),
    }
}

/// The user's cache folder, where the program looks as well (`Cache::user` in the sandbox); created when absent.
pub(crate) fn cache() -> Result<PathBuf, String> {
    use etcetera::BaseStrategy;
    let folder = match std::env::var_os("FULLMARKS_CACHE") {
        Some(folder) => PathBuf::from(folder),
        None => etcetera::choose_base_strategy().map_err(|error| error.to_string())?.cache_dir().join("fullmarks"),
    };
    let created = fs::DirBuilder::new().recursive(true).mode(0o700).create(&folder);
    created.map_err(|error| format!("{}: {error}; set FULLMARKS_CACHE to a folder of yours", folder.display()))?;
    Ok(folder)
}

/// Where Cargo keeps what it downloads and unpacks.
pub(crate) fn cargo_home() -> Result<PathBuf, String> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    home.or_else(|| Some(Path::new(&std::env::var_os("HOME")?).join(".cargo")))
        .ok_or_else(|| "neither CARGO_HOME nor HOME is set".into())
}

/// `cargo` with these arguments, in the root.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(root());
    command
}

/// Shows the command, runs it, and fails when it fails.
pub(crate) fn run(command: &mut Command) -> Result<(), String> {
    let shown = shown(command);
    eprintln!("+ {shown}");
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{shown}` ended with {status}")),
        Err(error) => Err(format!("`{shown}` cannot be run: {error}")),
    }
}

fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or_default();
    let words = std::iter::once(program).chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}
