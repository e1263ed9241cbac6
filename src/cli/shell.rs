//! `fullmarks completions` and `fullmarks man`: what shells and `man` know of the command line.

use super::{Cli, Exit};
use clap::CommandFactory;
use clap_complete::Shell;
use std::path::PathBuf;

#[derive(clap::Args)]
pub(super) struct Completions {
    /// Which shell
    shell: Shell,
}

#[derive(clap::Args)]
pub(super) struct Man {
    /// Folder for the pages, one for each command
    folder: PathBuf,
}

pub(super) fn completions(arguments: &Completions) {
    clap_complete::generate(arguments.shell, &mut Cli::command(), "fullmarks", &mut std::io::stdout());
}

pub(super) fn man(arguments: &Man) -> Result<(), Exit> {
    let folder = &arguments.folder;
    std::fs::create_dir_all(folder)
        .and_then(|()| clap_mangen::generate_to(Cli::command(), folder))
        .map_err(|error| Exit::Input(format!("{}: {error}", folder.display())))
}
