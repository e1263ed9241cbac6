//! Several rewards on the same rollouts.

use crate::{
    advise::Asked,
    errors,
    report::Report,
    rewards,
    rows::{self, Table},
    task,
    threads::{detached, on_all},
};
use fullmarks::{
    advise::Settings,
    compare::{Alternative, Comparing, Gathered},
    data::Named,
    report::{CompareReport, Detail, LeftOut, compare_html, compare_text},
    scoring::RewardColumns,
    task::Task,
};
use pyo3::{exceptions::PyValueError, prelude::*, types::PyDict};
use std::sync::Arc;

/// A reward as it is given.
enum Given {
    Task(Arc<Task>),
    Columns(RewardColumns),
}

#[doc = docs!("compare")]
#[pyfunction]
#[pyo3(signature = (rollouts, rewards, *, id=None, completion=None, verdicts=None, trainer=None, group_size=None, algorithm=None, kl=None,
    level=0.9, seed=0))]
#[allow(clippy::too_many_arguments, reason = "keywords of Python")]
pub(crate) fn compare(
    rollouts: &Bound<'_, PyAny>,
    rewards: &Bound<'_, PyAny>,
    id: Option<&str>,
    completion: Option<&str>,
    verdicts: Option<String>,
    trainer: Option<&Bound<'_, PyAny>>,
    group_size: Option<u64>,
    algorithm: Option<&str>,
    kl: Option<f64>,
    level: f64,
    seed: u64,
) -> PyResult<Report> {
    let py = rollouts.py();
    let wrong = |why: String| errors::settings(py, why);
    let trainer = trainer.map(rewards::trainer).transpose()?;
    let asked = Asked {
        group_size,
        algorithm,
        kl,
        level,
        seed,
        task: None,
        trainer: trainer.as_ref(),
        sgd: None,
        target: None,
        price: (None, None),
    };
    let settings = asked.settings().map_err(wrong)?;
    let given = given(rewards)?;
    let mut alternatives = Vec::new();
    for (name, given) in &given {
        alternatives.push(match given {
            Given::Task(task) => {
                task.prompts().map_err(|error| wrong(format!("{name}: {error}")))?;
                Alternative::of_task(name.clone(), task)
            }
            Given::Columns(columns) => Alternative { name: name.clone(), ..Alternative::of_columns(columns.clone()) },
        });
    }
    let alternatives = Alternative::known_by(alternatives, verdicts.as_deref());
    Alternative::check(&alternatives).map_err(|why| wrong(why.to_string()))?;
    let of_prompts = alternatives.iter().find_map(Alternative::task).map(|task| task.spec().columns.id.as_str());
    let named = Named { id, completion, of_prompts, form: None };
    let Table { rows, layout } = rows::read(&rows::items(rollouts)?, py, named)?;
    let comparing = Comparing::new(&alternatives, &layout).map_err(|why| wrong(why.to_string()))?;
    let mut gathered = Gathered::new(&comparing);
    detached(py, || {
        rows::each(rows, |row| comparing.read(row), |row| gathered.add(row));
        Ok(())
    })?;
    if let Some(bad) = gathered.intake().bad_rows().first() {
        return Err(errors::sample(py, bad.line as usize, bad.message.clone()));
    }
    if gathered.is_empty() {
        return Err(wrong("there is nothing to compare: no row can be used".into()));
    }
    let usual = gathered.usual_size().filter(|_| !asked.size_given());
    let settings = Settings { group_size: usual.unwrap_or(settings.group_size), ..settings };
    let left_out = LeftOut { completions: gathered.intake().left_out(), ..LeftOut::default() };
    let found = detached(py, || Ok(on_all(|| gathered.compare(&settings))))?.map_err(|why| wrong(why.to_string()))?;
    let broken = |error: String| PyValueError::new_err(error);
    let mut text = String::new();
    compare_text(&found, Detail::Screen, &mut text).map_err(|error| broken(error.to_string()))?;
    let report =
        serde_json::to_value(CompareReport::new(&found, left_out)).map_err(|error| broken(error.to_string()))?;
    Ok(Report { report, text, html: compare_html(&found, "rollouts") })
}

/// The rewards with their names: of a dict, or of a list, where tasks are called by their specs and columns by themselves.
fn given(rewards: &Bound<'_, PyAny>) -> PyResult<Vec<(String, Given)>> {
    let py = rewards.py();
    let one = |reward: &Bound<'_, PyAny>| -> PyResult<(String, Given)> {
        if let Ok(task) = reward.cast::<task::Task>() {
            let task = task.get().loaded(py)?;
            return Ok((task.spec().name.clone(), Given::Task(task)));
        }
        let columns = rewards::columns(reward, None).map_err(|_| {
            let message = "a reward is a Task, the name of a column, several names that are summed, or a dict of names and weights";
            errors::settings(py, message.into())
        })?;
        let columns = RewardColumns { id: "id".into(), steps: &[], columns };
        Ok((columns.to_string(), Given::Columns(columns)))
    };
    match rewards.cast::<PyDict>() {
        Ok(named) => named.iter().map(|(name, reward)| Ok((name.extract()?, one(&reward)?.1))).collect(),
        Err(_) => rewards.try_iter()?.map(|reward| one(&reward?)).collect(),
    }
}
