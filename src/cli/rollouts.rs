//! Opening the rollouts that a command is given: files, folders and patterns, in any form that is known.

use super::{exit::Exit, named::one_of, progress, terminal};
use crate::{
    data::{Expanded, Files, Form, Layout, Named, Opened, RawRow, Reading, Rows},
    scoring::in_order,
};
use serde_json::{Map, Value};
use std::{path::PathBuf, sync::Arc};

/// Which columns of the rollouts hold what.
#[derive(clap::Args, Clone, Debug)]
pub(super) struct Columns {
    /// Column of the rollouts with the prompt's id [default: told by the first row, `id` in our own form]
    #[arg(long, value_name = "COLUMN")]
    pub(super) id: Option<String>,
    /// Column of the rollouts with the completion, or a list of completions [default: told by the first row]
    #[arg(long, value_name = "COLUMN")]
    pub(super) completion: Option<String>,
    /// The tool that wrote the rollouts [default: told by the first row]
    #[arg(long, value_name = "TOOL", value_parser = one_of(&Form::NAMES, Form::by_name))]
    pub(super) from: Option<Form>,
}

impl Columns {
    /// The same, with the column of the prompts' id.
    pub(super) fn named<'a>(&'a self, of_prompts: Option<&'a str>) -> Named<'a> {
        Named { form: self.from, id: self.id.as_deref(), completion: self.completion.as_deref(), of_prompts }
    }
}

/// Opens rollouts, and says how they are read where that was told from their first row. `wanted` says which columns matter.
pub(super) fn open(
    given: &[PathBuf],
    named: Named<'_>,
    max_row: usize,
    quiet: bool,
    wanted: impl FnOnce(&Layout, &[Map<String, Value>]) -> Reading,
) -> Result<Opened, Exit> {
    let Expanded { files, passed_over } = Expanded::of(given).map_err(Exit::input)?;
    for (folder, others) in passed_over {
        terminal::tell(format_args!("{}: not read, as no files of rollouts: {}", folder.display(), others.join(", ")));
    }
    let first = files.first().cloned().unwrap_or_default();
    let opened = Rows::of_rollouts(files, named, max_row, wanted).map_err(Exit::file(&first))?;
    if let Some(told) = opened.layout.told().filter(|_| !quiet) {
        terminal::tell(format_args!("{}: {told}", opened.files));
    }
    Ok(opened)
}

/// Reads rows on all threads, and hands over what came of each in the order of the file, under a progress bar.
pub(super) fn each<T: Send>(
    rows: Rows,
    files: &Arc<Files>,
    quiet: bool,
    read: impl Fn(RawRow) -> T + Sync,
    mut add: impl FnMut(T),
) -> Result<(), Exit> {
    let bar = progress::over(files, quiet);
    let done = in_order(
        rows,
        |row| (row.size() as u64, read(row)),
        |chunk| {
            for (size, row) in chunk {
                bar.inc(size);
                add(row);
            }
            Ok(())
        },
    );
    bar.finish_and_clear();
    done.map_err(Exit::rollouts(files))
}
