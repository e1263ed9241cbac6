//! A task whose credit follows what is seen.

use crate::{
    batch::Beside,
    errors,
    rollout::Rollout,
    task::Task,
    threads::{detached, on_all},
};
use fullmarks::{
    adaptive::Controller,
    task::{self, Source, TaskError},
};
use pyo3::{prelude::*, types::PyDict};
use std::{
    path::PathBuf,
    sync::{PoisonError, RwLock},
};

#[doc = docs!("Adaptive")]
#[pyclass(frozen, module = "fullmarks")]
pub(crate) struct Adaptive {
    task: Py<Task>,
    controller: RwLock<Controller>,
}

#[pymethods]
impl Adaptive {
    #[doc = docs!("Adaptive.load")]
    #[staticmethod]
    #[pyo3(signature = (path, *, prompts=None))]
    fn load(py: Python<'_>, path: PathBuf, prompts: Option<PathBuf>) -> PyResult<Self> {
        Self::new(py, || Source::read(&path)?.with_prompts(prompts.as_deref()))
    }

    #[doc = docs!("Adaptive.from_yaml")]
    #[staticmethod]
    #[pyo3(signature = (text, *, prompts=None))]
    fn from_yaml(py: Python<'_>, text: &str, prompts: Option<PathBuf>) -> PyResult<Self> {
        Self::new(py, || Source::from_yaml(text)?.with_prompts(prompts.as_deref()))
    }

    #[doc = docs!("Adaptive.score")]
    #[pyo3(signature = (completions, *, ids=None, prompts=None, columns=None, tokens=None))]
    fn score(
        &self,
        completions: &Bound<'_, PyAny>,
        ids: Option<&Bound<'_, PyAny>>,
        prompts: Option<&Bound<'_, PyAny>>,
        columns: Option<&Bound<'_, PyDict>>,
        tokens: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Vec<Rollout>> {
        let beside = Beside { ids, prompts, columns, tokens, progress: None };
        // The controller is held for no longer than this, and never by who waits for the interpreter.
        let judged = self
            .task
            .get()
            .judge(completions, &beside, |task, outcomes, given| task.pay(outcomes, given, Some(&self.controller())))?;
        Ok(judged.rollouts())
    }

    #[doc = docs!("Adaptive.reward")]
    #[pyo3(signature = (completions, *, ids=None, prompts=None, columns=None, tokens=None))]
    fn reward(
        &self,
        completions: &Bound<'_, PyAny>,
        ids: Option<&Bound<'_, PyAny>>,
        prompts: Option<&Bound<'_, PyAny>>,
        columns: Option<&Bound<'_, PyDict>>,
        tokens: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Vec<Option<f64>>> {
        Ok(self.score(completions, ids, prompts, columns, tokens)?.iter().map(Rollout::earned).collect())
    }

    #[doc = docs!("Adaptive.task")]
    #[getter]
    pub(crate) fn task(&self, py: Python<'_>) -> Py<Task> {
        self.task.clone_ref(py)
    }

    #[doc = docs!("Adaptive.credit")]
    #[getter]
    fn credit(&self) -> f64 {
        self.controller().credit("")
    }

    #[doc = docs!("Adaptive.reason")]
    #[getter]
    fn reason(&self) -> String {
        self.controller().reason().to_string()
    }

    #[doc = docs!("Adaptive.to_json")]
    fn to_json(&self) -> String {
        self.controller().to_json()
    }

    #[doc = docs!("Adaptive.restore")]
    fn restore(&self, py: Python<'_>, state: &str) -> PyResult<()> {
        let settings = *self.controller().settings();
        let restored =
            Controller::from_json(settings, state).map_err(|error| errors::settings(py, error.to_string()))?;
        *self.controller.write().unwrap_or_else(PoisonError::into_inner) = restored;
        Ok(())
    }

    fn __repr__(&self) -> String {
        format!("Adaptive({:?}, credit={:?})", self.task.get().called(), self.credit())
    }
}

impl Adaptive {
    fn new(py: Python<'_>, source: impl FnOnce() -> Result<Source, TaskError> + Send) -> PyResult<Self> {
        let (source, (task, controller)) = detached(py, || {
            let source = source()?;
            let loaded = on_all(|| task::Task::load_adaptive(&source))?;
            Ok((source, loaded))
        })?;
        let again: fn(&Source) -> Result<task::Task, TaskError> = |source| Ok(task::Task::load_adaptive(source)?.0);
        Ok(Self { task: Py::new(py, Task::of(source, task, again))?, controller: RwLock::new(controller) })
    }

    fn controller(&self) -> std::sync::RwLockReadGuard<'_, Controller> {
        self.controller.read().unwrap_or_else(PoisonError::into_inner)
    }
}
