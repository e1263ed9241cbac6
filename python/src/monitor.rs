//! The advisor, live.

use crate::{
    advise::{Asked, Assessment, grouped},
    errors,
    rollout::Rollout,
    task::Task,
    threads::{detached, on_all},
};
use fullmarks::{
    advise::Advice,
    monitor::{Beside, Monitor as Watch},
};
use pyo3::{prelude::*, types::PyList};
use std::{
    collections::{BTreeMap, HashMap, HashSet, hash_map::DefaultHasher},
    hash::{Hash, Hasher},
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
    #[pyo3(signature = (step, rollouts, completions=None))]
    fn observe(&self, step: u64, rollouts: &Bound<'_, PyAny>, completions: Option<&Bound<'_, PyAny>>) -> PyResult<()> {
        let py = rollouts.py();
        let rollouts: Vec<Bound<'_, PyAny>> = rollouts.try_iter()?.collect::<PyResult<_>>()?;
        let distinct = completions.map(|completions| distinct(&rollouts, completions)).transpose()?;
        let mut grouping = grouped(PyList::new(py, &rollouts)?.as_any(), None)?;
        let (paid, groups) = (grouping.take_paid(), grouping.into_groups());
        detached(py, || {
            let mut watch = self.watch();
            for (place, group) in groups.iter().enumerate() {
                let distinct = distinct.as_ref().and_then(|known| known.get(&*group.prompt)).map(HashSet::len);
                watch.observe_group(step, group, Beside { paid: paid.get(place).map(Vec::as_slice), distinct });
            }
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

/// Of each prompt the completions that are different, told apart by how Python writes them.
fn distinct(rollouts: &[Bound<'_, PyAny>], completions: &Bound<'_, PyAny>) -> PyResult<HashMap<String, HashSet<u64>>> {
    let mut of: HashMap<String, HashSet<u64>> = HashMap::new();
    let mut count = 0;
    for (place, completion) in completions.try_iter()?.enumerate() {
        count = place + 1;
        let Some(rollout) = rollouts.get(place) else { continue };
        let mut hasher = DefaultHasher::new();
        completion?.repr()?.to_cow()?.hash(&mut hasher);
        of.entry(rollout.cast::<Rollout>()?.get().0.id.clone()).or_default().insert(hasher.finish());
    }
    if count == rollouts.len() {
        return Ok(of);
    }
    let message = format!("`completions` has {count} entries for {} rollouts", rollouts.len());
    Err(errors::settings(completions.py(), message))
}

impl Monitor {
    fn watch(&self) -> MutexGuard<'_, Watch> {
        self.watch.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
