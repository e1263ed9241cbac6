//! Advice on rollouts.

use crate::{
    errors, json,
    report::{attribute, frame, item, keys},
    rewards,
    rollout::Rollout,
    rows,
    threads::{detached, on_all},
};
use fullmarks::{
    advise::{Advice, Algorithm, PaidRewards, Price, Request, Settings, Sgd},
    data::BadRow,
    report::{AdviseReport, Advised, Detail, LeftOut, TrainerSettings, advice_page as page, advise_html, advise_text},
    reward::Unmodelled,
    scoring::{Grouping, ScoredRow},
    source::closest,
    task::{Task, ThinkingMarks},
    trainer::TrainerConfig,
    verdict::Group,
};
use pyo3::{
    exceptions::PyValueError,
    prelude::*,
    types::{PyDict, PyList},
};
use serde_json::Value;

#[doc = docs!("Assessment")]
#[pyclass(frozen, module = "fullmarks")]
pub(crate) struct Assessment {
    of: Advised,
    report: Value,
    text: String,
}

/// What an assessment is asked for.
pub(crate) struct Asked<'a> {
    pub(crate) group_size: Option<u64>,
    pub(crate) algorithm: Option<&'a str>,
    pub(crate) kl: Option<f64>,
    pub(crate) level: f64,
    pub(crate) seed: u64,
    /// The task that paid the rollouts.
    pub(crate) task: Option<&'a Task>,
    /// The trainer's configuration.
    pub(crate) trainer: Option<&'a TrainerConfig>,
    /// Learning rate and steps of plain SGD.
    pub(crate) sgd: Option<(f64, u64)>,
    /// p_full that costs are counted to.
    pub(crate) target: Option<f64>,
    /// Hours of a step, and what one costs.
    pub(crate) price: (Option<f64>, Option<f64>),
}

/// What an assessment is made from.
pub(crate) struct Given<'a, 'py> {
    pub(crate) rollouts: &'a Bound<'py, PyAny>,
    pub(crate) pilots: Option<&'a Bound<'py, PyDict>>,
    /// Of each rollout.
    pub(crate) logprobs: Option<Vec<Option<f64>>>,
}

#[doc = docs!("advise")]
#[pyfunction]
#[pyo3(signature = (rollouts, *, reward=None, verdicts=None, id=None, trainer=None, group_size=None, algorithm=None, pilots=None, logprobs=None,
    sgd=None, target=None, hours_per_step=None, price_per_hour=None, kl=None, level=0.9, seed=0))]
#[allow(clippy::too_many_arguments, reason = "keywords of Python")]
pub(crate) fn advise(
    rollouts: &Bound<'_, PyAny>,
    reward: Option<&Bound<'_, PyAny>>,
    verdicts: Option<&str>,
    id: Option<&str>,
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
    let (task, trainer) = (None, trainer.as_ref());
    let asked = Asked { group_size, algorithm, kl, level, seed, task, trainer, sgd, target, price };
    let rows = match (verdicts, reward) {
        (None, None) => return assess(Given { rollouts, pilots, logprobs }, &asked),
        (Some(_), _) => "verdicts",
        (None, Some(_)) => "reward",
    };
    let target = target.is_some() && verdicts.is_none();
    let others = [("pilots", pilots.is_some()), ("logprobs", logprobs.is_some()), ("target", target)];
    if let Some((other, _)) = others.into_iter().find(|(_, given)| *given) {
        let message = format!("`{other}` needs judged rollouts, and `{rows}` names columns of plain rows");
        return Err(errors::settings(rollouts.py(), message));
    }
    match (verdicts, reward) {
        (Some(verdicts), reward) => rewards::assess_verdicts(rollouts, verdicts, reward, id, &asked),
        (None, Some(reward)) => rewards::assess(rollouts, reward, id, &asked),
        (None, None) => assess(Given { rollouts, pilots, logprobs }, &asked),
    }
}

#[doc = docs!("advice_page")]
#[pyfunction]
#[pyo3(signature = (code))]
pub(crate) fn advice_page(py: Python<'_>, code: &str) -> PyResult<&'static str> {
    page(code).ok_or_else(|| {
        let help = match closest(code, Advice::CODES.iter().copied()) {
            Some(code) => format!("did you mean `{code}`?"),
            None => format!("known: {}", Advice::CODES.join(", ")),
        };
        errors::settings(py, format!("there is no advice code `{code}`; {help}"))
    })
}

/// Assesses rollouts.
pub(crate) fn assess(given: Given<'_, '_>, asked: &Asked<'_>) -> PyResult<Assessment> {
    let Given { rollouts, pilots, logprobs } = given;
    let py = rollouts.py();
    let settings = asked.settings().map_err(|why| errors::settings(py, why))?;
    let items = rows::items(rollouts)?;
    let mut grouping = match (rows::are_plain(&items), asked.task) {
        (false, _) => grouped(PyList::new(py, &items)?.as_any(), logprobs.as_deref())?,
        (true, Some(task)) if logprobs.is_none() => rows::judged(&items, py, task)?,
        (true, Some(_)) => {
            return Err(errors::settings(
                py,
                "`logprobs` needs judged rollouts: give what `Task.score` returns".into(),
            ));
        }
        (true, None) => {
            let message = "rows are judged by a task: call `Task.advise`, or name the column that is known already by `verdicts` or `reward`";
            return Err(errors::settings(py, message.into()));
        }
    };
    let completions = grouping.intake().left_out();
    let by_length = asked.task.filter(|task| task.pays_by_length());
    let paid = by_length.map(|task| PaidRewards { rewards: grouping.take_paid(), scheme: Some(task.scheme()) });
    let lengths = grouping.take_sizes();
    let (groups, logprobs) = grouping.into_parts();
    let by = asked.task.map(Task::pays_by);
    let mut request = Request { groups, logprobs, paid, by, lengths, settings, ..Request::default() };
    read_pilots(pilots, &mut request)?;
    let assessment = detached(py, || Ok(on_all(|| request.assess())))?;
    let assessment = assessment.map_err(|why| errors::settings(py, why.to_string()))?;
    let prompts: Vec<BadRow> = asked.task.map_or_else(Vec::new, |task| task.left_out().to_vec());
    Assessment::of(Advised {
        attribution: request.attribution(),
        left_out: LeftOut { completions, ..LeftOut::of(&[], &prompts) },
        ..asked.with_trainer(assessment.into())
    })
}

impl Asked<'_> {
    fn given(&self) -> Result<fullmarks::trainer::Given, String> {
        let unknown = |name: &str| match Unmodelled::by_name(name) {
            Some(found) => found.to_string(),
            None => format!("there is no algorithm `{name}`; known: {}", Algorithm::NAMES.join(", ")),
        };
        let algorithm = |name: &str| Algorithm::by_name(name).ok_or_else(|| unknown(name));
        let (group_size, kl, sgd) = (self.group_size, self.kl, self.sgd);
        Ok(fullmarks::trainer::Given { group_size, algorithm: self.algorithm.map(algorithm).transpose()?, kl, sgd })
    }

    /// Whether somebody says how large groups are.
    pub(crate) fn size_given(&self) -> bool {
        self.group_size.is_some() || self.trainer.is_some_and(|trainer| trainer.group_size.is_some())
    }

    pub(crate) fn settings(&self) -> Result<Settings, String> {
        let given = self.given()?;
        let asked = self.trainer.map_or(Ok(given), |trainer| trainer.under(&given)).map_err(|why| why.to_string())?;
        let (hours_per_step, per_hour) = self.price;
        let usual = Settings::default();
        let settings = Settings {
            group_size: asked.group_size.map_or(usual.group_size, |size| usize::try_from(size).unwrap_or(usize::MAX)),
            algorithm: asked.algorithm.unwrap_or(usual.algorithm),
            kl: asked.kl.unwrap_or(usual.kl),
            level: self.level,
            seed: self.seed,
            sgd: asked.sgd.map(|(learning_rate, steps)| Sgd { learning_rate, steps }),
            target: self.target,
            price: Price::given(hours_per_step, per_hour).map_err(|error| error.to_string())?,
            ..usual
        };
        settings.check().map_err(|error| error.to_string())?;
        Ok(settings.comparing(self.task.map(Task::scheme)))
    }

    /// The same with what was made of the trainer's configuration.
    pub(crate) fn with_trainer(&self, advised: Advised) -> Advised {
        let given = self.given().unwrap_or_default();
        let settings = |config: &TrainerConfig| TrainerSettings {
            config: config.clone(),
            overruled_by: config.overruled_by(&given),
        };
        Advised { trainer: self.trainer.map(settings), ..advised }
    }
}

/// Rollouts by prompt, prompts in the order in which they first appear.
pub(crate) fn groups(rollouts: &Bound<'_, PyAny>) -> PyResult<Vec<Group>> {
    grouped(rollouts, None).map(Grouping::into_groups)
}

/// The same, with the log-probabilities of each group's completions where they are given.
pub(crate) fn grouped(rollouts: &Bound<'_, PyAny>, given: Option<&[Option<f64>]>) -> PyResult<Grouping> {
    let py = rollouts.py();
    let mut count = 0;
    let mut grouping = Grouping::default();
    for (index, item) in rollouts.try_iter()?.enumerate() {
        let item = item?;
        let rollout = item.cast::<Rollout>()?.get();
        let (id, outcomes) = (rollout.0.id.clone(), vec![rollout.0.outcome.clone()]);
        count = index + 1;
        let logprob = given.and_then(|given| given.get(index).copied().flatten());
        let (logprobs, thinking) = (vec![logprob], ThinkingMarks::default());
        let lengths = rollout.0.pay.rewarded.penalty.iter().map(|(_, length)| *length).collect();
        let paid = vec![rollout.0.pay.reward()];
        grouping.add(Ok(ScoredRow {
            line: index as u64,
            id,
            step: None,
            plural: false,
            outcomes,
            logprobs,
            paid,
            lengths,
            example: None,
            thinking,
        }));
    }
    if let Some(given) = given.filter(|given| given.len() != count) {
        let message = format!("`logprobs` has {} entries for {count} rollouts", given.len());
        return Err(errors::settings(py, message));
    }
    match grouping.intake().bad_rows().first() {
        None => Ok(grouping),
        Some(bad) => Err(errors::sample(rollouts.py(), bad.line as usize, bad.message.clone())),
    }
}

/// Pilots by scheme: rollouts after some steps, or a dictionary from steps to them; or a list of either, each of another seed.
fn read_pilots(given: Option<&Bound<'_, PyDict>>, request: &mut Request) -> PyResult<()> {
    for (scheme, rollouts) in given.into_iter().flatten() {
        let scheme: String = scheme.extract()?;
        let snapshots = snapshots(&rollouts)?;
        if snapshots.is_empty() {
            request.add_pilot(&scheme, None, Vec::new());
        }
        for (step, groups) in snapshots {
            request.add_pilot(&scheme, step, groups);
        }
    }
    Ok(())
}

/// What the policy wrote, with the step after which it did, where that is known.
type Snapshots = Vec<(Option<u64>, Vec<Group>)>;

fn snapshots(rollouts: &Bound<'_, PyAny>) -> PyResult<Snapshots> {
    let unknown = |groups| (None, groups);
    if let Ok(steps) = rollouts.cast::<PyDict>() {
        let mut snapshots = Vec::new();
        for (step, rollouts) in steps {
            snapshots.push((Some(step.extract()?), groups(&rollouts)?));
        }
        return Ok(snapshots);
    }
    let rollouts: Vec<Bound<'_, PyAny>> = rollouts.try_iter()?.collect::<PyResult<_>>()?;
    match rollouts.first() {
        Some(first) if first.cast::<PyDict>().is_ok() => {
            let runs: Vec<_> = rollouts.iter().map(snapshots).collect::<PyResult<_>>()?;
            Ok(runs.concat())
        }
        Some(first) if first.cast::<Rollout>().is_err() => {
            rollouts.iter().map(|run| Ok(unknown(groups(run)?))).collect()
        }
        Some(_) => Ok(vec![unknown(groups(PyList::new(rollouts[0].py(), &rollouts)?.as_any())?)]),
        None => Ok(Vec::new()),
    }
}

impl Assessment {
    /// What Python sees of it.
    pub(crate) fn of(advised: impl Into<Advised>) -> PyResult<Self> {
        let (advised, mut text): (Advised, String) = (advised.into(), String::new());
        advise_text(&advised, Detail::Screen, &mut text).map_err(|error| PyValueError::new_err(error.to_string()))?;
        let report = serde_json::to_value(AdviseReport::new(&advised));
        let report = report.map_err(|error| PyValueError::new_err(error.to_string()))?;
        Ok(Self { of: advised, report, text })
    }
}

#[pymethods]
impl Assessment {
    #[doc = docs!("Assessment.codes")]
    #[getter]
    fn codes(&self) -> Vec<&str> {
        let advice = self.report["advice"].as_array();
        advice.into_iter().flatten().filter_map(|advice| advice["code"].as_str()).collect()
    }

    #[doc = docs!("Assessment.decision")]
    #[getter]
    fn decision<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        json::to_python(py, &self.report["decision"])
    }

    #[doc = docs!("Assessment.to_dict")]
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        json::to_python(py, &self.report)
    }

    #[doc = docs!("Assessment.to_json")]
    fn to_json(&self) -> String {
        self.report.to_string()
    }

    #[doc = docs!("Assessment.to_html")]
    #[pyo3(signature = (subject="rollouts"))]
    fn to_html(&self, subject: &str) -> String {
        advise_html(&self.of, subject)
    }

    #[doc = docs!("Assessment.pass_rate")]
    #[getter]
    fn pass_rate(&self) -> Option<f64> {
        self.report["rates"]["all"]["full"]["estimate"].as_f64()
    }

    #[doc = docs!("Assessment.keys")]
    fn keys(&self) -> Vec<&str> {
        keys(&self.report)
    }

    fn __getitem__<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
        item(py, &self.report, name)
    }

    fn __getattr__<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
        attribute(py, &self.report, name, "Assessment")
    }

    fn __contains__(&self, name: &str) -> bool {
        self.report.get(name).is_some()
    }

    fn _repr_html_(&self) -> String {
        frame(&advise_html(&self.of, "rollouts"), &self.text)
    }

    fn __str__(&self) -> &str {
        &self.text
    }

    fn __repr__(&self) -> String {
        let answer = self.report["decision"]["answer"].as_str().unwrap_or_default();
        format!(
            "Assessment({answer:?}, pass_rate={}, codes={:?})",
            self.pass_rate().map_or("None".into(), |rate| format!("{rate:.3}")),
            self.codes()
        )
    }
}
