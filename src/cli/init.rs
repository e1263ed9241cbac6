//! `fullmarks init`

use super::{Exit, terminal};
use std::{
    fs::OpenOptions,
    io::{ErrorKind, Write},
    path::PathBuf,
};

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Where to write it; an existing file is left alone
    #[arg(default_value = "spec.yaml")]
    file: PathBuf,
    /// What the answers are
    #[arg(long, value_enum, default_value = "instructions")]
    kind: Kind,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Kind {
    /// Text that follows instructions
    Instructions,
    /// Python that is run
    Code,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Exit> {
    let file = arguments.file.display();
    let template = match arguments.kind {
        Kind::Instructions => include_str!("templates/instructions.yaml"),
        Kind::Code => include_str!("templates/code.yaml"),
    };
    let mut created = OpenOptions::new().write(true).create_new(true).open(&arguments.file).map_err(|error| {
        Exit::Input(match error.kind() {
            ErrorKind::AlreadyExists => format!("{file} is there already, and is left as it is: name another file"),
            _ => format!("{file}: {error}"),
        })
    })?;
    created.write_all(template.replace("THIS_FILE", &file.to_string()).as_bytes())?;
    writeln!(terminal::out(), "{file} is a spec to start from. Next: fullmarks check --run {file}")?;
    Ok(())
}
