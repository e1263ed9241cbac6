//! Plain rows, in whatever table they come, as tools write them: laid out as the command reads files.

use crate::{
    errors, json,
    threads::{detached, on_all},
};
use fullmarks::{
    data::{Layout, Named, RawRow},
    scoring::{Grouping, Scorer, VerdictSource, in_order},
    task::Task,
};
use pyo3::{
    prelude::*,
    types::{PyDict, PyList},
};
use serde_json::{Map, Value};
use std::sync::Arc;

/// Rows whose columns say how all are laid out.
const LOOKED_AT: usize = 32;

/// Rows of a table.
pub(crate) struct Table {
    pub(crate) rows: Vec<RawRow>,
    pub(crate) layout: Arc<Layout>,
}

/// What can be iterated over: the rows of a table, or what is given.
pub(crate) fn items<'py>(given: &Bound<'py, PyAny>) -> PyResult<Vec<Bound<'py, PyAny>>> {
    let rows = match given.cast::<PyList>() {
        Ok(_) => given.clone(),
        Err(_) => given.py().import("fullmarks.tables")?.call_method1("rows", (given,))?,
    };
    rows.try_iter()?.collect()
}

/// Reads rows, each a dict.
pub(crate) fn read(items: &[Bound<'_, PyAny>], py: Python<'_>, named: Named<'_>) -> PyResult<Table> {
    let row = |(index, row): (usize, &Bound<'_, PyAny>)| match json::from_python(row) {
        Ok(Value::Object(row)) => Ok(row),
        Ok(_) => Err(errors::sample(
            py,
            index,
            format!("a row is a dict with the prompt's id, and not a {}", json::kind(row)),
        )),
        Err(why) => Err(errors::sample(py, index, why)),
    };
    let all = items.iter().enumerate().map(row).collect::<PyResult<Vec<Map<String, Value>>>>()?;
    let first: Vec<_> = all.iter().take(LOOKED_AT).cloned().collect();
    let layout = Arc::new(Layout::of(&first, named));
    let rows = all.into_iter().zip(0..).map(|(row, line)| RawRow::laid_out(line, row, layout.clone())).collect();
    Ok(Table { rows, layout })
}

/// Whether these are rows, and not rollouts that were judged.
pub(crate) fn are_plain(items: &[Bound<'_, PyAny>]) -> bool {
    items.first().is_some_and(|first| first.cast::<PyDict>().is_ok())
}

/// Reads rows on all threads, and hands over what came of each in their order.
pub(crate) fn each<T: Send>(
    rows: Vec<RawRow>,
    read: impl Fn(RawRow) -> T + Sync + Send,
    mut add: impl FnMut(T) + Send,
) {
    let done = on_all(|| {
        in_order(rows.into_iter().map(Ok), read, |chunk| {
            chunk.into_iter().for_each(&mut add);
            Ok(())
        })
    });
    // Nothing is read from a file.
    debug_assert!(done.is_ok());
}

/// Rows judged by a task.
pub(crate) fn judged(items: &[Bound<'_, PyAny>], py: Python<'_>, task: &Task) -> PyResult<Grouping> {
    let column = task.spec().columns.id.as_str();
    let Table { rows, layout } = read(items, py, Named { of_prompts: Some(column), ..Named::default() })?;
    task.prompts().map_err(|error| {
        let message = format!("{error}. Or judge the rows by `Task.score(…, columns=…)`, and give what it returns");
        errors::settings(py, message)
    })?;
    let mut grouping = Grouping::default();
    detached(py, || {
        let scorer = Scorer { keys: layout.keys(), verdicts: VerdictSource::Judge(task), logprobs: None, excerpt: 0 };
        let score = |row| {
            scorer.score(row).map(|row| {
                let paid = row.paid(task);
                fullmarks::scoring::ScoredRow { paid, ..row }
            })
        };
        each(rows, score, |row| grouping.add(row));
        Ok(())
    })?;
    match grouping.intake().bad_rows().first() {
        Some(bad) => Err(errors::sample(py, bad.line as usize, bad.message.clone())),
        None => Ok(grouping),
    }
}
