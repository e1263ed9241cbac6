//! A judged completion.

use crate::{json, wire};
use fullmarks::{
    report::{LineAdvantage, LineParts, ScoreLine},
    reward::Pay,
    task::turns,
    verdict::{self, Outcome},
};
use pyo3::{exceptions::PyValueError, prelude::*, types::PyTuple};

#[doc = docs!("Rollout")]
#[pyclass(frozen, module = "fullmarks")]
pub(crate) struct Rollout {
    #[doc = docs!("Rollout.id")]
    #[pyo3(get)]
    id: String,
    #[doc = docs!("Rollout.completion")]
    #[pyo3(get)]
    completion: u64,
    #[doc = docs!("Rollout.reward")]
    #[pyo3(get)]
    reward: Option<f64>,
    /// What each part contributed, where the reward is more than a scheme's.
    parts: Option<LineParts>,
    /// The advantage within its group, where the spec has a rule for it.
    advantage: Option<LineAdvantage>,
    pub(crate) outcome: Outcome,
}

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

/// The rollouts of a batch, numbered per id, with what they were paid.
pub(crate) fn number(ids: Vec<String>, outcomes: Vec<Outcome>, paid: &[Pay]) -> Vec<Rollout> {
    let turns = turns(&ids);
    let rollout = |(((id, completion), outcome), pay): (_, &Pay)| Rollout {
        id,
        completion,
        reward: pay.reward(),
        parts: LineParts::of(pay),
        advantage: LineAdvantage::of(pay),
        outcome,
    };
    ids.into_iter().zip(turns).zip(outcomes).zip(paid).map(rollout).collect()
}

impl Rollout {
    fn line(&self) -> ScoreLine {
        ScoreLine::new(
            &self.id,
            self.completion,
            &self.outcome,
            self.reward,
            self.parts.clone(),
            self.advantage.clone(),
        )
    }

    pub(crate) fn earned(&self) -> Option<f64> {
        self.reward
    }

    pub(crate) fn prompt_id(&self) -> &str {
        &self.id
    }
}

#[pymethods]
impl Rollout {
    #[doc = docs!("Rollout.verdicts")]
    #[getter]
    fn verdicts(&self) -> Vec<Verdict> {
        self.outcome.iter().map(|(constraint, verdict)| Verdict::of(constraint, verdict)).collect()
    }

    #[doc = docs!("Rollout.full")]
    #[getter]
    fn full(&self) -> Option<bool> {
        self.outcome.full()
    }

    #[doc = docs!("Rollout.advantage")]
    #[getter]
    fn advantage(&self) -> Option<f64> {
        self.advantage.as_ref()?.value
    }

    #[doc = docs!("Rollout.parts")]
    #[getter]
    fn parts<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let Some(parts) = &self.parts else { return Ok(None) };
        let parts = serde_json::to_value(parts).map_err(|error| PyValueError::new_err(error.to_string()))?;
        json::to_python(py, &parts).map(Some)
    }

    #[doc = docs!("Rollout.partial")]
    #[getter]
    fn partial(&self) -> Option<bool> {
        self.outcome.partial()
    }

    #[doc = docs!("Rollout.fraction")]
    #[getter]
    fn fraction(&self) -> Option<f64> {
        self.outcome.fraction()
    }

    #[doc = docs!("Rollout.to_json")]
    fn to_json(&self) -> PyResult<String> {
        serde_json::to_string(&self.line()).map_err(|error| PyValueError::new_err(error.to_string()))
    }

    #[doc = docs!("Rollout.to_dict")]
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let line = serde_json::to_value(self.line()).map_err(|error| PyValueError::new_err(error.to_string()))?;
        json::to_python(py, &line)
    }

    fn __repr__(&self) -> PyResult<String> {
        let marks = self.outcome.verdicts().iter().map(|verdict| match verdict.passed() {
            Some(true) => '1',
            Some(false) => '0',
            None => '?',
        });
        let reward = self.reward.map_or("None".into(), |reward| format!("{reward:?}"));
        let Self { id, completion, .. } = self;
        Ok(format!(
            "Rollout(id={id:?}, completion={completion}, verdicts={}, reward={reward})",
            marks.collect::<String>()
        ))
    }

    fn __eq__(&self, other: &Self) -> bool {
        let parts = |rollout: &'_ Self| (rollout.completion, rollout.reward);
        (parts(self), &self.id, &self.parts, &self.advantage, &self.outcome)
            == (parts(other), &other.id, &other.parts, &other.advantage, &other.outcome)
    }

    /// Rollouts travel between processes.
    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyTuple>)> {
        let this = slf.get();
        let state = wire::WireRollout {
            id: this.id.clone(),
            completion: this.completion,
            reward: this.reward,
            parts: this.parts.clone(),
            advantage: this.advantage.clone(),
            verdicts: wire::verdicts(&this.outcome),
        };
        let state = serde_json::to_string(&state).map_err(|error| PyValueError::new_err(error.to_string()))?;
        Ok((slf.get_type().getattr("_restore")?, PyTuple::new(slf.py(), [state])?))
    }

    #[staticmethod]
    fn _restore(state: &str) -> PyResult<Self> {
        let foreign = |why: String| PyValueError::new_err(format!("no rollout of this version of fullmarks: {why}"));
        let mut state: wire::WireRollout = serde_json::from_str(state).map_err(|error| foreign(error.to_string()))?;
        let outcome =
            wire::outcome(std::mem::take(&mut state.verdicts)).ok_or_else(|| foreign("it has no verdict".into()))?;
        let wire::WireRollout { id, completion, reward, parts, advantage, .. } = state;
        Ok(Self { id, completion, reward, parts, advantage, outcome })
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
