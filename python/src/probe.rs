//! Probes of a task.

use crate::{
    errors,
    report::Report,
    threads::{detached, on_all},
};
use fullmarks::{
    probe::{ProbeSettings, Subjects, probe},
    report::{ProbeSpecReport, probe_html, probe_text},
    source::Unfit,
    spec::ProbeFamily,
    task::Task,
};
use pyo3::{exceptions::PyValueError, prelude::*};

/// Throws the known ways to get reward without the work at a task.
pub(crate) fn run(py: Python<'_>, task: &Task, sample: usize, seed: u64, skip: &[String]) -> PyResult<Report> {
    if sample == 0 {
        return Err(errors::settings(py, "sample=0 would probe nothing: give at least 1".into()));
    }
    let skip = skip.iter().map(|name| ProbeFamily::by_name(name)).collect::<Result<_, _>>();
    let skip = skip.map_err(|why: Unfit| errors::settings(py, why.into()))?;
    let subjects = Subjects::of(task, sample, seed).map_err(|error| errors::settings(py, error.to_string()))?;
    let found = detached(py, || Ok(on_all(|| probe(task, &subjects, &ProbeSettings { skip }))))?;
    let broken = |error: String| PyValueError::new_err(error);
    let mut text = String::new();
    probe_text(&found, &mut text).map_err(|error| broken(error.to_string()))?;
    let report = serde_json::to_value(ProbeSpecReport::new(&found)).map_err(|error| broken(error.to_string()))?;
    Ok(Report { report, text, html: probe_html(&found) })
}
