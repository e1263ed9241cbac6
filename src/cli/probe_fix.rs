//! `fullmarks probe --fix`: writes the cases that are missing.

use super::{Exit, terminal};
use crate::{
    data::{PartFile, Reading, Rows},
    probe::{Fix, Subjects, fix},
    report::{fix_json, fix_text},
    task::Task,
};
use std::{
    io::Write,
    path::{Path, PathBuf},
};

/// Finds what is missing and writes it to `out`, or where it belongs.
pub(super) fn run(task: &Task, spec: &Path, subjects: &Subjects, out: Option<&Path>, json: bool) -> Result<(), Exit> {
    let found = fix(task, subjects);
    let mut written = Vec::new();
    if let Some(yaml) = &found.spec {
        let target = out.map_or_else(|| spec.to_owned(), Path::to_owned);
        if target == Path::new("-") {
            return Err(Exit::Input(
                "the spec came from standard input: say where the new one goes, `--out FILE`".into(),
            ));
        }
        whole(&target, |part| part.write_all(yaml))?;
        written.push(target);
    }
    if let (false, Some(prompts)) = (found.columns.is_empty(), task.prompts_path()) {
        let target = target(&prompts, out.filter(|_| written.is_empty()))?;
        rows(task, &prompts, &target, &found)?;
        written.push(target);
    }
    if json {
        terminal::json(&fix_json(&found, &written))?;
    } else {
        let mut text = String::new();
        fix_text(&found, &written, &mut text).map_err(Exit::input)?;
        write!(terminal::out(), "{text}")?;
    }
    let left = found.survivors - found.killed;
    match left {
        0 => Ok(()),
        1 => Err(Exit::Findings("1 mutant still earns what a right answer earns".into())),
        left => Err(Exit::Findings(format!("{left} mutants still earn what a right answer earns"))),
    }
}

/// Where the prompts go: only lines of plain JSON are replaced where they are.
fn target(prompts: &Path, out: Option<&Path>) -> Result<PathBuf, Exit> {
    let plain =
        prompts.extension().is_some_and(|ending| ["jsonl", "json", "ndjson"].iter().any(|known| ending == *known));
    match out {
        Some(out) => Ok(out.to_owned()),
        None if plain => Ok(prompts.to_owned()),
        None => Err(Exit::Input(format!(
            "{} is not plain JSON lines, so it is not replaced: say where the new prompts go, `--out FILE.jsonl`",
            prompts.display()
        ))),
    }
}

/// The prompts with new values, one line each.
fn rows(task: &Task, prompts: &Path, target: &Path, found: &Fix) -> Result<(), Exit> {
    let rows = Rows::open(prompts, Reading::everything(task.source().max_row)).map_err(Exit::input)?;
    whole(target, |part| {
        for raw in rows {
            let raw = raw?;
            let line = raw.line;
            let mut row = raw.parse().map_err(|row| std::io::Error::other(row.message))?;
            for (column, value) in found.columns.get(&line).into_iter().flatten() {
                row.insert(column.clone(), value.clone());
            }
            serde_json::to_writer(&mut *part, &row)?;
            part.write_all(b"\n")?;
        }
        Ok(())
    })
}

fn whole(target: &Path, write: impl FnOnce(&mut PartFile) -> std::io::Result<()>) -> Result<(), Exit> {
    let (mut part, _) = PartFile::begin(target, "probe --fix", false).map_err(Exit::input)?;
    if let Err(error) = write(&mut part) {
        part.abandon()?;
        return Err(Exit::input(error));
    }
    part.finish()?;
    Ok(())
}
