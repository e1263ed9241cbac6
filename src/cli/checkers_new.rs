//! `fullmarks checkers new`: a checker of one's own to start from.

use super::{Exit, terminal};
use std::{
    fs,
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
};

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Folder to write it into; it must not be there yet
    folder: PathBuf,
    /// What the checker is written in
    #[arg(long, value_enum, default_value = "rust")]
    language: Language,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Language {
    /// Rust, with the SDK beside it
    Rust,
    /// C, without a C library
    C,
    /// AssemblyScript
    Assemblyscript,
}

/// A file of a template: its path and what is in it.
type File = (&'static str, &'static str);

macro_rules! sdk {
    ($($name:literal),*) => { [$((concat!("sdk/src/", $name), include_str!(concat!("../../templates/sdk/", $name)))),*] };
}

/// The SDK goes along, so that a checker builds without a checkout of this project.
const SDK: [File; 7] = sdk!["abi.rs", "bump.rs", "checker.rs", "doc.rs", "lib.rs", "request.rs", "verdict.rs"];

const RUST: [File; 5] = [
    ("Cargo.toml", include_str!("templates/checker/Cargo.toml.template")),
    ("sdk/Cargo.toml", include_str!("templates/checker/sdk.toml.template")),
    ("src/lib.rs", include_str!("templates/checker/lib.rs")),
    ("spec.yaml", include_str!("templates/checker/spec.yaml")),
    (".gitignore", "target\n"),
];

const C: [File; 2] = [
    ("mentions.c", include_str!("../../examples/checker-c/mentions.c")),
    ("spec.yaml", include_str!("../../examples/checker-c/spec.yaml")),
];

const ASSEMBLYSCRIPT: [File; 2] = [
    ("sorted.ts", include_str!("../../examples/checker-assemblyscript/sorted.ts")),
    ("spec.yaml", include_str!("../../examples/checker-assemblyscript/spec.yaml")),
];

impl Language {
    fn files(self) -> Vec<File> {
        match self {
            Self::Rust => RUST.into_iter().chain(SDK).collect(),
            Self::C => C.to_vec(),
            Self::Assemblyscript => ASSEMBLYSCRIPT.to_vec(),
        }
    }

    /// How it is tested and built.
    fn build(self) -> &'static [&'static str] {
        match self {
            Self::Rust => &[
                "cargo test",
                "cargo build --release --target wasm32-unknown-unknown      # once: rustup target add wasm32-unknown-unknown",
            ],
            Self::C => &[
                "clang --target=wasm32 -O2 -nostdlib -ffreestanding -Wall -Wextra -Wl,--no-entry -Wl,-z,stack-size=65536 -o \
                 mentions.wasm mentions.c",
            ],
            Self::Assemblyscript => &[
                "npx asc sorted.ts --outFile sorted.wasm -O3 --runtime stub --use abort=sorted/stop --exportStart _initialize",
            ],
        }
    }
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Exit> {
    let folder = &arguments.folder;
    let failed = |path: &Path| {
        let path = path.display().to_string();
        move |error: std::io::Error| Exit::Input(format!("{path}: {error}"))
    };
    fs::create_dir(folder).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => {
            Exit::Input(format!("{} is there already, and is left as it is: name another folder", folder.display()))
        }
        _ => failed(folder)(error),
    })?;
    for (name, text) in arguments.language.files() {
        let path = folder.join(name);
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent).map_err(failed(parent))?;
        fs::write(&path, text).map_err(failed(&path))?;
    }
    let mut out = terminal::out();
    writeln!(out, "{} has a checker to start from. Next:\n  cd {0}", folder.display())?;
    for line in arguments.language.build() {
        writeln!(out, "  {line}")?;
    }
    writeln!(out, "  sha256sum MODULE                      # write it into spec.yaml")?;
    writeln!(out, "  fullmarks check --run spec.yaml")?;
    Ok(())
}
