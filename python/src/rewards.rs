//! Advice on plain rows with rewards, as a trainer logs them, and a trainer's configuration.

use crate::{
    advise::{Asked, Assessment},
    errors, json,
    rows::{self, Table},
    threads::{detached, on_all},
};
use fullmarks::{
    advise::{PaidRewards, Request, Settings},
    data::{KnownVerdicts, Named},
    report::Advised,
    scoring::{Grouping, RewardColumns, RewardGrouping, Scorer, VerdictSource},
    trainer::TrainerConfig,
};
use pyo3::{prelude::*, types::PyDict};
use std::{fs, path::PathBuf};

/// Assesses rows that hold rewards.
pub(crate) fn assess(
    rows: &Bound<'_, PyAny>,
    reward: &Bound<'_, PyAny>,
    id: Option<&str>,
    asked: &Asked<'_>,
) -> PyResult<Assessment> {
    let py = rows.py();
    let wrong = |why: String| errors::settings(py, why);
    let settings = asked.settings().map_err(wrong)?;
    let Table { rows, layout } = rows::read(&rows::items(rows)?, py, Named { id, ..Named::default() })?;
    let columns =
        RewardColumns { id: layout.id().to_owned(), steps: layout.steps(), columns: columns(reward, asked.trainer)? };
    let mut grouping = RewardGrouping::new(&columns);
    for row in rows {
        let read = columns.read(row).map_err(|why| errors::sample(py, why.line as usize, why.message))?;
        grouping.add(Ok(read));
    }
    let log = grouping.into_log();
    let size = log.usual_size().filter(|_| !asked.size_given()).unwrap_or(settings.group_size);
    let settings = Settings { group_size: size, ..settings };
    let found = detached(py, || Ok(on_all(|| log.assess(&settings))))?;
    let found: Advised = found.map_err(|why| wrong(why.to_string()))?.into();
    Assessment::of(asked.with_trainer(found))
}

/// Assesses rows that hold verdicts, and maybe the rewards that were paid for them.
pub(crate) fn assess_verdicts(
    rows: &Bound<'_, PyAny>,
    verdicts: &str,
    reward: Option<&Bound<'_, PyAny>>,
    id: Option<&str>,
    asked: &Asked<'_>,
) -> PyResult<Assessment> {
    let py = rows.py();
    let wrong = |why: String| errors::settings(py, why);
    let settings = asked.settings().map_err(wrong)?;
    let Table { rows, layout } = rows::read(&rows::items(rows)?, py, Named { id, ..Named::default() })?;
    let paid_by = reward.map(|reward| columns(reward, asked.trainer)).transpose()?;
    let (id, steps) = (layout.id().to_owned(), layout.steps());
    let paid_by = paid_by.map(|columns| RewardColumns { id, steps, columns });
    let known = KnownVerdicts { column: verdicts.to_owned() };
    let verdicts = VerdictSource::Known { verdicts: known, task: None };
    let scorer = Scorer { keys: layout.keys(), verdicts, logprobs: None, excerpt: 0 };
    let mut grouping = Grouping::default();
    let mut log = paid_by.as_ref().map(RewardGrouping::new);
    for row in rows {
        let scored = match (&paid_by, &mut log) {
            (Some(columns), Some(log)) => scorer.score_paid(row, columns).map(|(row, rewards)| {
                log.add(Ok(rewards));
                row
            }),
            _ => scorer.score(row),
        };
        grouping.add(Ok(scored.map_err(|why| errors::sample(py, why.line as usize, why.message))?));
    }
    if let Some(why) = grouping.intake().bad_rows().first() {
        return Err(errors::sample(py, why.line as usize, why.message.clone()));
    }
    let paid = log.as_ref().map(|_| PaidRewards { rewards: grouping.take_paid(), scheme: None });
    let lengths = grouping.take_sizes();
    let log = log.map(RewardGrouping::into_log);
    let groups = grouping.into_groups();
    let request = Request { groups, paid, log, lengths, settings, ..Request::default() };
    let found = detached(py, || Ok(on_all(|| request.assess())))?;
    let found: Advised = found.map_err(|why| wrong(why.to_string()))?.into();
    Assessment::of(asked.with_trainer(Advised { attribution: request.attribution(), ..found }))
}

/// A name, names, or names with weights.
pub(crate) fn columns(reward: &Bound<'_, PyAny>, trainer: Option<&TrainerConfig>) -> PyResult<Vec<(String, f64)>> {
    let py = reward.py();
    if let Ok(weighted) = reward.cast::<PyDict>() {
        return weighted.iter().map(|(name, weight)| Ok((name.extract()?, weight.extract()?))).collect();
    }
    let names: Vec<String> = match reward.extract::<String>() {
        Ok(name) => vec![name],
        Err(_) => reward.try_iter()?.map(|name| name?.extract()).collect::<PyResult<_>>()?,
    };
    if names.is_empty() {
        return Err(errors::settings(py, "`reward` names no column".into()));
    }
    let weights = trainer.and_then(|trainer| trainer.reward_weights.clone()).unwrap_or_else(|| vec![1.0; names.len()]);
    if weights.len() != names.len() {
        let (weighed, named) = (weights.len(), names.len());
        let message =
            format!("the trainer weighs {weighed} rewards and `reward` names {named}: name them in its order");
        return Err(errors::settings(py, message));
    }
    Ok(names.into_iter().zip(weights).collect())
}

/// A trainer's configuration: a path, or what it holds.
pub(crate) fn trainer(given: &Bound<'_, PyAny>) -> PyResult<TrainerConfig> {
    let py = given.py();
    let wrong = |why: String| errors::settings(py, why);
    let read = if given.cast::<PyDict>().is_ok() {
        TrainerConfig::of_object(&json::from_python(given).map_err(wrong)?).map_err(|why| why.to_string())
    } else {
        let path: PathBuf = given.extract()?;
        let text = fs::read_to_string(&path)?;
        TrainerConfig::read(&text).map_err(|why| format!("{}: {why}", path.display()))
    };
    read.map_err(wrong)
}
