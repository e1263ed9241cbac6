//! A judged completion.

use crate::{json, wire::WireRollout};
use fullmarks::{
    report::{LineParts, ScoreLine},
    task::Scored,
    verdict,
};
use pyo3::{exceptions::PyValueError, prelude::*, types::PyTuple};

#[doc = docs!("Rollout")]
#[pyclass(frozen, module = "fullmarks")]
pub(crate) struct Rollout(pub(crate) Scored);

#[doc = docs!("Verdict")]
#[pyclass(frozen, get_all, module = "fullmarks")]
pub(crate) struct Verdict {
    #[doc = docs!("Verdict.constraint")]
    constraint: String,
    #[doc = docs!("Verdict.weight")]
    weight: f64,
    #[doc = docs!("Verdict.required")]
    required: bool,
    #[doc = docs!("Verdict.gate")]
    gate: bool,
    #[doc = docs!("Verdict.passed")]
    passed: Option<bool>,
    #[doc = docs!("Verdict.score")]
    score: Option<f64>,
    #[doc = docs!("Verdict.failure")]
    failure: Option<String>,
    #[doc = docs!("Verdict.why")]
    why: Option<String>,
    #[doc = docs!("Verdict.detail")]
    detail: Option<String>,
    #[doc = docs!("Verdict.unscored")]
    unscored: Option<String>,
}

#[pymethods]
impl Rollout {
    #[doc = docs!("Rollout.id")]
    #[getter]
    fn id(&self) -> &str {
        &self.0.id
    }

    #[doc = docs!("Rollout.index")]
    #[getter]
    fn index(&self) -> u64 {
        self.0.index
    }

    #[doc = docs!("Rollout.reward")]
    #[getter]
    fn reward(&self) -> Option<f64> {
        self.0.pay.reward()
    }

    #[doc = docs!("Rollout.verdicts")]
    #[getter]
    fn verdicts(&self) -> Vec<Verdict> {
        self.0.outcome.iter().map(|(constraint, verdict)| Verdict::of(constraint, verdict)).collect()
    }

    #[doc = docs!("Rollout.full")]
    #[getter]
    fn full(&self) -> Option<bool> {
        self.0.outcome.full()
    }

    #[doc = docs!("Rollout.advantage")]
    #[getter]
    fn advantage(&self) -> Option<f64> {
        self.0.pay.advantage.as_ref()?.value
    }

    #[doc = docs!("Rollout.parts")]
    #[getter]
    fn parts<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let Some(parts) = LineParts::of(&self.0.pay) else { return Ok(None) };
        let parts = serde_json::to_value(parts).map_err(|error| PyValueError::new_err(error.to_string()))?;
        json::to_python(py, &parts).map(Some)
    }

    #[doc = docs!("Rollout.partial")]
    #[getter]
    fn partial(&self) -> Option<bool> {
        self.0.outcome.partial()
    }

    #[doc = docs!("Rollout.fraction")]
    #[getter]
    fn fraction(&self) -> Option<f64> {
        self.0.outcome.fraction()
    }

    #[doc = docs!("Rollout.to_json")]
    fn to_json(&self) -> PyResult<String> {
        serde_json::to_string(&ScoreLine::of(&self.0)).map_err(|error| PyValueError::new_err(error.to_string()))
    }

    #[doc = docs!("Rollout.to_dict")]
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let line =
            serde_json::to_value(ScoreLine::of(&self.0)).map_err(|error| PyValueError::new_err(error.to_string()))?;
        json::to_python(py, &line)
    }

    fn __repr__(&self) -> PyResult<String> {
        let marks = self.0.outcome.verdicts().iter().map(|verdict| match verdict.passed() {
            Some(true) => '1',
            Some(false) => '0',
            None => '?',
        });
        let reward = self.reward().map_or("None".into(), |reward| format!("{reward:?}"));
        let Scored { id, index, .. } = &self.0;
        Ok(format!("Rollout(id={id:?}, index={index}, verdicts={}, reward={reward})", marks.collect::<String>()))
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.0 == other.0
    }

    /// Rollouts travel between processes.
    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyTuple>)> {
        let state = serde_json::to_string(&WireRollout::from(&slf.get().0));
        let state = state.map_err(|error| PyValueError::new_err(error.to_string()))?;
        Ok((slf.get_type().getattr("_restore")?, PyTuple::new(slf.py(), [state])?))
    }

    /// The same with another number: where batches are not of whole prompts, their numbers are known elsewhere.
    fn _numbered(&self, index: u64) -> Self {
        Self(Scored { index, ..self.0.clone() })
    }

    #[staticmethod]
    fn _restore(state: &str) -> PyResult<Self> {
        let foreign = |why: String| PyValueError::new_err(format!("no rollout of this version of fullmarks: {why}"));
        let state: WireRollout = serde_json::from_str(state).map_err(|error| foreign(error.to_string()))?;
        state.scored().map(Self).ok_or_else(|| foreign("it has no verdict".into()))
    }
}

impl Verdict {
    fn of(constraint: &verdict::Constraint, verdict: &verdict::Verdict) -> Self {
        let full = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let (mut failure, mut why, mut detail, mut unscored) = (None, None, None, None);
        match verdict {
            verdict::Verdict::Passed => {}
            verdict::Verdict::Failed(failed) => {
                failure = Some(failed.kind.to_string());
                (why, detail) = (full(&failed.public), full(&failed.private));
            }
            verdict::Verdict::Unscored(cause) => unscored = Some(format!("{}: {}", cause.kind, cause.detail)),
        }
        Self {
            constraint: constraint.id.to_string(),
            weight: constraint.weight,
            required: constraint.required,
            gate: constraint.gate,
            passed: verdict.passed(),
            score: verdict.score(),
            failure,
            why,
            detail,
            unscored,
        }
    }
}

#[pymethods]
impl Verdict {
    fn __repr__(&self) -> String {
        let Self { constraint, .. } = self;
        match (self.passed, &self.failure, &self.unscored) {
            (Some(true), ..) => format!("Verdict({constraint:?}, passed)"),
            (Some(false), failure, _) => {
                format!("Verdict({constraint:?}, failed: {})", failure.as_deref().unwrap_or_default())
            }
            (None, _, unscored) => {
                format!("Verdict({constraint:?}, unscored: {})", unscored.as_deref().unwrap_or_default())
            }
        }
    }
}
