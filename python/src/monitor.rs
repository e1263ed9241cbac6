//! The advisor, live.

use crate::{
    advise::{Asked, Assessment, grouped},
    errors,
    json::kind,
    rollout::Rollout,
    task::Task,
    threads::{detached, on_all},
};
use fullmarks::{
    advise::Advice,
    monitor::{Beside, Monitor as Watch, became_alike},
};
use pyo3::{
    prelude::*,
    types::{PyBytes, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple},
};
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

    /// Whether completions became alike before they were right.
    #[staticmethod]
    fn _became_alike(before: f64, now: f64, rate: f64) -> bool {
        became_alike(before, now, rate)
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

/// Levels of lists that are followed in a completion.
const DEPTH: usize = 100;

/// Of each prompt the completions that are different.
fn distinct(rollouts: &[Bound<'_, PyAny>], completions: &Bound<'_, PyAny>) -> PyResult<HashMap<String, HashSet<u64>>> {
    let mut of: HashMap<String, HashSet<u64>> = HashMap::new();
    let mut count = 0;
    for (place, completion) in completions.try_iter()?.enumerate() {
        count = place + 1;
        let Some(rollout) = rollouts.get(place) else { continue };
        let mut hasher = DefaultHasher::new();
        if let Err(why) = take_in(&completion?, DEPTH, &mut hasher) {
            return Err(errors::settings(completions.py(), format!("`completions[{place}]`: {why}")));
        }
        of.entry(rollout.cast::<Rollout>()?.get().0.id.clone()).or_default().insert(hasher.finish());
    }
    if count == rollouts.len() {
        return Ok(of);
    }
    let message = format!("`completions` has {count} entries for {} rollouts", rollouts.len());
    Err(errors::settings(completions.py(), message))
}

/// Hashes the whole of a completion: arrays and tensors print a part of themselves, and other objects where they lie in memory.
fn take_in(value: &Bound<'_, PyAny>, depth: usize, hasher: &mut DefaultHasher) -> Result<(), String> {
    let Some(depth) = depth.checked_sub(1) else { return Err(format!("it is nested deeper than {DEPTH} levels")) };
    if value.is_instance_of::<PyInt>()
        && let Ok(number) = value.extract::<i64>()
    {
        (0_u8, number).hash(hasher);
        return Ok(());
    }
    let scalar = value.is_none() || value.is_instance_of::<PyInt>() || value.is_instance_of::<PyFloat>();
    if scalar || value.is_instance_of::<PyString>() || value.is_instance_of::<PyBytes>() {
        let written = value.repr().map_err(|error| error.to_string())?;
        let written = written.to_cow().map_err(|error| error.to_string())?;
        (1_u8, &*written).hash(hasher);
        return Ok(());
    }
    if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
        let length = value.len().map_err(|error| error.to_string())?;
        (2_u8, length).hash(hasher);
        for item in value.try_iter().map_err(|error| error.to_string())? {
            take_in(&item.map_err(|error| error.to_string())?, depth, hasher)?;
        }
        return Ok(());
    }
    if let Ok(object) = value.cast::<PyDict>() {
        (3_u8, object.len()).hash(hasher);
        for (key, value) in object.iter() {
            take_in(&key, depth, hasher)?;
            take_in(&value, depth, hasher)?;
        }
        return Ok(());
    }
    // As in `json`: arrays and tensors have `tolist`, Arrow's scalars `as_py`.
    match ["tolist", "as_py"].into_iter().find_map(|method| value.call_method0(method).ok()) {
        Some(plain) => take_in(&plain, depth, hasher),
        None => Err(format!(
            "{} cannot be told from another one: give texts, lists of tokens or messages, arrays or tensors",
            kind(value)
        )),
    }
}

impl Monitor {
    fn watch(&self) -> MutexGuard<'_, Watch> {
        self.watch.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
