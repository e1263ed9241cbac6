//! The advisor, live.

use crate::{
    advise::{Asked, Assessment, grouped},
    errors,
    task::Task,
    threads::{detached, on_all},
};
use fullmarks::{advise::Advice, monitor::Monitor as Watch};
use pyo3::prelude::*;
use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

#[doc = docs!("Monitor")]
#[pyclass(frozen, module = "fullmarks")]
pub(crate) struct Monitor {
    watch: Mutex<Watch>,
}

#[pymethods]
impl Monitor {
    #[new]
    #[pyo3(signature = (task, *, group_size=8, algorithm="grpo", kl=0.0, level=0.9, seed=0, groups=256, steps=100))]
    #[allow(clippy::too_many_arguments, reason = "keywords of Python")]
    fn new(
        task: &Bound<'_, Task>,
        group_size: usize,
        algorithm: &str,
        kl: f64,
        level: f64,
        seed: u64,
        groups: usize,
        steps: usize,
    ) -> PyResult<Self> {
        let py = task.py();
        let scheme = task.get().scheme(py)?;
        let (sgd, target, price) = (None, None, (None, None));
        let asked = Asked {
            group_size: Some(group_size as u64),
            algorithm: Some(algorithm),
            kl: Some(kl),
            level,
            seed,
            task: None,
            trainer: None,
            sgd,
            target,
            price,
        };
        let settings = asked.settings().map_err(|why| errors::settings(py, why))?.comparing(Some(scheme));
        let watch = Watch::new(scheme, settings).map_err(|error| errors::settings(py, error.to_string()))?;
        Ok(Self { watch: Mutex::new(watch.looking_back(groups, steps)) })
    }

    /// All codes of advice there are.
    #[classattr]
    fn _codes() -> Vec<&'static str> {
        Advice::CODES.to_vec()
    }

    #[doc = docs!("Monitor.observe")]
    fn observe(&self, step: u64, rollouts: &Bound<'_, PyAny>) -> PyResult<()> {
        let mut grouping = grouped(rollouts, None)?;
        let (paid, groups) = (grouping.take_paid(), grouping.into_groups());
        detached(rollouts.py(), || {
            self.watch().observe_paid(step, &groups, &paid);
            Ok(())
        })
    }

    #[doc = docs!("Monitor.metrics")]
    fn metrics(&self, py: Python<'_>) -> PyResult<BTreeMap<String, f64>> {
        detached(py, || {
            // Not locked while threads work: one that waits for others may take up another call, which would want the lock.
            let watch = self.watch().clone();
            Ok(on_all(|| watch.metrics()))
        })
    }

    #[doc = docs!("Monitor.assess")]
    #[pyo3(signature = (*, forecast=false))]
    fn assess(&self, py: Python<'_>, forecast: bool) -> PyResult<Assessment> {
        let assessment = detached(py, || {
            let watch = self.watch().clone();
            Ok(on_all(|| if forecast { watch.assess_with_forecast() } else { watch.assess() }))
        })?;
        Assessment::of(assessment)
    }

    #[doc = docs!("Monitor.to_json")]
    fn to_json(&self) -> String {
        self.watch().to_json()
    }

    #[doc = docs!("Monitor.restore")]
    fn restore(&self, py: Python<'_>, state: &str) -> PyResult<()> {
        let mut watch = self.watch();
        *watch = watch.clone().restored(state).map_err(|error| errors::settings(py, error.to_string()))?;
        Ok(())
    }

    fn __repr__(&self) -> String {
        let watch = self.watch();
        format!("Monitor(scheme={:?}, steps={})", watch.scheme().to_string(), watch.steps().len())
    }
}

impl Monitor {
    fn watch(&self) -> MutexGuard<'_, Watch> {
        self.watch.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
