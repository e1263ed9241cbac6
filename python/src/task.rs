//! A task.

use crate::{
    advise::{self, Asked, Assessment, Given},
    batch::{self, Beside},
    errors,
    json::text_of,
    probe,
    report::Report,
    rewards,
    rollout::Rollout,
    threads::{detached, on_all},
};
use fullmarks::{
    data::listed,
    report::left_out_text,
    reward::{Partial, Scheme},
    spec::TaskConstraint,
    task::{self, Looks, Scored, Source, TaskError},
};
use pyo3::{
    exceptions::{PyUserWarning, PyValueError},
    prelude::*,
    types::{PyDict, PyString, PyTuple},
};
use std::{
    ffi::CString,
    path::PathBuf,
    process,
    sync::{Arc, Mutex, PoisonError},
};

#[doc = docs!("Task")]
#[pyclass(frozen, module = "fullmarks")]
pub(crate) struct Task {
    /// With the process that loaded it. A child that was forked loads it again: the sandbox has threads.
    loaded: Mutex<(u32, Arc<task::Task>)>,
    #[doc = docs!("Task.name")]
    #[pyo3(get)]
    name: String,
    #[doc = docs!("Task.id_column")]
    #[pyo3(get)]
    id_column: String,
    #[doc = docs!("Task.prompt_column")]
    #[pyo3(get)]
    prompt_column: String,
    #[doc = docs!("Task.columns")]
    #[pyo3(get)]
    columns: Vec<String>,
    #[doc = docs!("Task.constraints")]
    #[pyo3(get)]
    constraints: Vec<String>,
    #[doc = docs!("Task.from_prompt")]
    #[pyo3(get)]
    from_prompt: bool,
    #[doc = docs!("Task.needs_prompts")]
    #[pyo3(get)]
    needs_prompts: bool,
    #[doc = docs!("Task.knows_prompts")]
    #[pyo3(get)]
    knows_prompts: bool,
    #[doc = docs!("Task.scheme")]
    #[pyo3(get, name = "scheme")]
    scheme_name: String,
    #[doc = docs!("Task.advantage")]
    #[pyo3(get)]
    advantage: Option<String>,
    #[doc = docs!("Task.looks_at")]
    #[pyo3(get)]
    looks_at: Vec<&'static str>,
    /// The scheme that pays in the place of the spec's own.
    paid_by: Option<String>,
}

impl Task {
    fn new(py: Python<'_>, source: impl FnOnce() -> Result<Source, TaskError> + Send) -> PyResult<Self> {
        let task = detached(py, || {
            let source = source()?.absolute()?;
            on_all(|| task::Task::load(source))
        })?;
        warn(py, &task)?;
        Ok(Self::of(task))
    }

    fn of(task: task::Task) -> Self {
        let spec = task.spec();
        let own = |constraint: &TaskConstraint| match constraint {
            TaskConstraint::Inline(inline) => Some(inline.id.clone()),
            TaskConstraint::FromPrompt(_) => None,
        };
        Self {
            name: spec.name.clone(),
            id_column: spec.columns.id.clone(),
            prompt_column: spec.columns.prompt.clone(),
            columns: spec.columns_used().into_iter().map(str::to_owned).collect(),
            constraints: spec.constraints.iter().filter_map(own).collect(),
            from_prompt: spec.constraints.iter().any(|constraint| own(constraint).is_none()),
            needs_prompts: spec.needs_prompts(),
            knows_prompts: task.knows_prompts(),
            scheme_name: task.scheme().to_string(),
            advantage: spec.advantage.map(|rule| rule.to_string()),
            looks_at: task.looks_at().into_iter().map(Looks::name).collect(),
            paid_by: None,
            loaded: Mutex::new((process::id(), Arc::new(task))),
        }
    }

    /// The task as this process has it.
    pub(crate) fn loaded(&self, py: Python<'_>) -> PyResult<Arc<task::Task>> {
        detached(py, || {
            let mut loaded = self.loaded.lock().unwrap_or_else(PoisonError::into_inner);
            let (process, task) = &mut *loaded;
            if *process != process::id() {
                let again = Arc::new(on_all(|| task.again())?);
                // Dropping the parent's would wait for threads that are not here.
                std::mem::forget(std::mem::replace(task, again));
                *process = process::id();
            }
            Ok(task.clone())
        })
    }

    /// The scheme that pays.
    pub(crate) fn scheme(&self, py: Python<'_>) -> PyResult<Scheme> {
        Ok(self.loaded(py)?.scheme())
    }

    /// Judges a batch and pays it.
    fn scored(&self, completions: &Bound<'_, PyAny>, beside: &Beside<'_, '_>) -> PyResult<Vec<Scored>> {
        let py = completions.py();
        let task = self.loaded(py)?;
        let batch = batch::read(&task, completions, beside)?;
        detached(py, || {
            // Not in the pool: it may wait for another caller whose work needs all threads.
            let bound = task.bind(task.read(batch)?)?;
            Ok(task.pay(on_all(|| task.judge(bound))))
        })
    }
}

/// The scheme of a name, such as `binary`, `partial` or `partial:0.3`.
fn fixed(name: &str) -> Option<Scheme> {
    match name.split_once(':') {
        None => Scheme::by_name(name).filter(|_| Scheme::NAMES.contains(&name)),
        Some(("partial", credit)) => {
            let credit = credit.parse().ok().filter(|credit| *credit > 0.0 && *credit <= 1.0)?;
            Some(Scheme::Partial(Partial::with_credit(credit)))
        }
        Some(_) => None,
    }
}

/// Names the prompts that are left out.
fn warn(py: Python<'_>, task: &task::Task) -> PyResult<()> {
    if task.left_out().is_empty() {
        return Ok(());
    }
    let lines = [vec![left_out_text(task.left_out().len() as u64, task.prompt_count())], listed(task.left_out())];
    let text = CString::new(lines.concat().join("\n  ").replace('\0', "\u{fffd}"))?;
    PyErr::warn(py, py.get_type::<PyUserWarning>().as_any(), &text, 2)
}

#[pymethods]
impl Task {
    #[doc = docs!("Task.load")]
    #[staticmethod]
    #[pyo3(signature = (path, *, prompts=None))]
    fn load(py: Python<'_>, path: PathBuf, prompts: Option<PathBuf>) -> PyResult<Self> {
        Self::new(py, || Ok(Source::read(&path)?.with_prompts(prompts.as_deref())))
    }

    #[doc = docs!("Task.from_yaml")]
    #[staticmethod]
    #[pyo3(signature = (text, *, prompts=None))]
    fn from_yaml(py: Python<'_>, text: &str, prompts: Option<PathBuf>) -> PyResult<Self> {
        Self::new(py, || Ok(Source::from_yaml(text).with_prompts(prompts.as_deref())))
    }

    /// The mark that opens thinking, where the prompt as the policy read it ends in it.
    fn _opened_by(&self, py: Python<'_>, prompt: &Bound<'_, PyString>) -> PyResult<Option<String>> {
        Ok(self.loaded(py)?.opened_by(&text_of(prompt)).map(str::to_owned))
    }

    #[doc = docs!("Task.score")]
    #[pyo3(signature = (completions, *, ids=None, prompts=None, columns=None, tokens=None, truncated=None,
        finish_reasons=None, progress=None))]
    #[allow(clippy::too_many_arguments, reason = "keywords of Python")]
    fn score(
        &self,
        completions: &Bound<'_, PyAny>,
        ids: Option<&Bound<'_, PyAny>>,
        prompts: Option<&Bound<'_, PyAny>>,
        columns: Option<&Bound<'_, PyDict>>,
        tokens: Option<&Bound<'_, PyAny>>,
        truncated: Option<&Bound<'_, PyAny>>,
        finish_reasons: Option<&Bound<'_, PyAny>>,
        progress: Option<f64>,
    ) -> PyResult<Vec<Rollout>> {
        let beside = Beside { ids, prompts, columns, tokens, truncated, finish_reasons, progress };
        Ok(self.scored(completions, &beside)?.into_iter().map(Rollout).collect())
    }

    #[doc = docs!("Task.reward")]
    #[pyo3(signature = (completions, *, ids=None, prompts=None, columns=None, tokens=None, truncated=None,
        finish_reasons=None, progress=None))]
    #[allow(clippy::too_many_arguments, reason = "keywords of Python")]
    fn reward(
        &self,
        completions: &Bound<'_, PyAny>,
        ids: Option<&Bound<'_, PyAny>>,
        prompts: Option<&Bound<'_, PyAny>>,
        columns: Option<&Bound<'_, PyDict>>,
        tokens: Option<&Bound<'_, PyAny>>,
        truncated: Option<&Bound<'_, PyAny>>,
        finish_reasons: Option<&Bound<'_, PyAny>>,
        progress: Option<f64>,
    ) -> PyResult<Vec<Option<f64>>> {
        let beside = Beside { ids, prompts, columns, tokens, truncated, finish_reasons, progress };
        Ok(self.scored(completions, &beside)?.iter().map(|scored| scored.pay.reward()).collect())
    }

    #[doc = docs!("Task.advise")]
    #[pyo3(signature = (rollouts, *, trainer=None, group_size=None, algorithm=None, pilots=None, logprobs=None, sgd=None, target=None,
           hours_per_step=None, price_per_hour=None, kl=None, level=0.9, seed=0))]
    #[allow(clippy::too_many_arguments, reason = "keywords of Python")]
    fn advise(
        &self,
        rollouts: &Bound<'_, PyAny>,
        trainer: Option<&Bound<'_, PyAny>>,
        group_size: Option<u64>,
        algorithm: Option<&str>,
        pilots: Option<&Bound<'_, PyDict>>,
        logprobs: Option<Vec<Option<f64>>>,
        sgd: Option<(f64, u64)>,
        target: Option<f64>,
        hours_per_step: Option<f64>,
        price_per_hour: Option<f64>,
        kl: Option<f64>,
        level: f64,
        seed: u64,
    ) -> PyResult<Assessment> {
        let price = (hours_per_step, price_per_hour);
        let trainer = trainer.map(rewards::trainer).transpose()?;
        let loaded = self.loaded(rollouts.py())?;
        let (task, trainer) = (Some(&*loaded), trainer.as_ref());
        let asked = Asked { group_size, algorithm, kl, level, seed, task, trainer, sgd, target, price };
        advise::assess(Given { rollouts, pilots, logprobs }, &asked)
    }

    #[doc = docs!("Task.paid_by")]
    fn paid_by(&self, py: Python<'_>, scheme: &str) -> PyResult<Self> {
        let task = self.loaded(py)?;
        let own = task.spec().scheme;
        let paid = match fixed(scheme) {
            // The spec's own settings of it are what is meant.
            Some(_) if scheme == own.name() => own,
            Some(named) => named,
            None => {
                let known = Scheme::NAMES.join(", ");
                return Err(errors::settings(
                    py,
                    format!("there is no scheme `{scheme}`; known: {known}, partial:CREDIT"),
                ));
            }
        };
        let again = detached(py, || on_all(|| task.again()))?;
        let paid_by = Some(scheme.to_owned());
        Ok(Self { paid_by, ..Self::of(again.with_scheme(paid)) })
    }

    #[doc = docs!("Task.probe")]
    #[pyo3(signature = (*, sample=20, seed=0, skip=None))]
    fn probe(&self, py: Python<'_>, sample: usize, seed: u64, skip: Option<Vec<String>>) -> PyResult<Report> {
        let task = self.loaded(py)?;
        probe::run(py, &task, sample, seed, &skip.unwrap_or_default())
    }

    #[doc = docs!("Task.left_out")]
    #[getter]
    fn left_out(&self, py: Python<'_>) -> PyResult<Vec<(u64, String)>> {
        let task = self.loaded(py)?;
        Ok(task.left_out().iter().map(|row| (row.line, row.message.clone())).collect())
    }

    #[doc = docs!("Task.credit")]
    #[getter]
    fn credit(&self, py: Python<'_>) -> PyResult<Option<f64>> {
        Ok(self.loaded(py)?.credit().map(|(credit, _)| credit))
    }

    #[doc = docs!("Task.reason")]
    #[getter]
    fn reason(&self, py: Python<'_>) -> PyResult<Option<String>> {
        Ok(self.loaded(py)?.credit().map(|(_, reason)| reason))
    }

    #[doc = docs!("Task.state")]
    #[getter]
    fn state(&self, py: Python<'_>) -> PyResult<Option<String>> {
        Ok(self.loaded(py)?.state())
    }

    #[doc = docs!("Task.restore")]
    fn restore(&self, py: Python<'_>, state: &str) -> PyResult<()> {
        let task = self.loaded(py)?;
        detached(py, || task.restore(state))
    }

    fn __repr__(&self) -> String {
        let brought = if self.from_prompt { ", and what prompts bring" } else { "" };
        format!("Task({:?}, scheme={:?}, constraints={:?}{brought})", self.name, self.scheme_name, self.constraints)
    }

    /// Tasks travel between processes as what they are loaded from, the state they have, and the scheme where it is not the spec's own.
    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyTuple>)> {
        let py = slf.py();
        let task = slf.get().loaded(py)?;
        let source = serde_json::to_string(task.source()).map_err(|error| PyValueError::new_err(error.to_string()))?;
        Ok((slf.get_type().getattr("_restore")?, (source, task.state(), slf.get().paid_by.clone()).into_pyobject(py)?))
    }

    #[staticmethod]
    #[pyo3(signature = (source, state, scheme=None))]
    fn _restore(py: Python<'_>, source: &str, state: Option<&str>, scheme: Option<&str>) -> PyResult<Self> {
        let source: Source = serde_json::from_str(source)
            .map_err(|error| errors::settings(py, format!("no task of this version of fullmarks: {error}")))?;
        let task = Self::new(py, || Ok(source))?;
        if let Some(scheme) = scheme {
            return task.paid_by(py, scheme);
        }
        if let Some(state) = state {
            task.restore(py, state)?;
        }
        Ok(task)
    }
}
