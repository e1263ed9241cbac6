//! Audits of rewards against a truth.

use crate::{
    errors,
    json::text_of,
    report::Report,
    threads::{detached, on_all},
};
use fullmarks::{
    advise::{Algorithm, dynamics::Trainer},
    audit::{AuditSettings, Mass, Metric, OF_TEXTS, PromptSamples, Sample, Scaling, audit as audited, features_of},
    report::{AuditReport, AuditView, LeftOut, audit_html, audit_text},
};
use pyo3::{
    exceptions::PyValueError,
    prelude::*,
    types::{PyDict, PyList, PyString},
};
use std::collections::HashMap;

/// Characters of a completion that reports show.
const EXCERPT: usize = 20_000;

/// What reports show of a completion; nothing where there is none.
fn excerpt(completion: Option<&Bound<'_, PyString>>) -> String {
    completion.map_or_else(String::new, |text| text_of(text).chars().take(EXCERPT).collect())
}

#[doc = docs!("audit")]
#[pyfunction]
#[pyo3(signature = (ids, truth, proxies, *, logprobs=None, completions=None, outcomes=None, mass="sampled", scale="auto", tolerance=None,
    algorithm="reinforce", group_size=8, rank_by=None, level=0.9, resamplings=2000, seed=0, examples=3, subject="rollouts"))]
#[allow(clippy::too_many_arguments, reason = "keywords of Python")]
pub(crate) fn audit(
    ids: &Bound<'_, PyAny>,
    truth: Vec<Option<f64>>,
    proxies: &Bound<'_, PyDict>,
    logprobs: Option<Vec<Option<f64>>>,
    completions: Option<Vec<Option<Bound<'_, PyString>>>>,
    outcomes: Option<HashMap<String, f64>>,
    mass: &str,
    scale: &str,
    tolerance: Option<f64>,
    algorithm: &str,
    group_size: usize,
    rank_by: Option<&str>,
    level: f64,
    resamplings: u64,
    seed: u64,
    examples: usize,
    subject: &str,
) -> PyResult<Report> {
    let py = ids.py();
    let wrong = |why: String| errors::settings(py, why);
    let named = |what: &str, name: &str, known: &[&str]| {
        wrong(format!("there is no {what} `{name}`; known: {}", known.join(", ")))
    };
    let trainer = Trainer {
        algorithm: Algorithm::by_name(algorithm).ok_or_else(|| named("algorithm", algorithm, Algorithm::NAMES))?,
        group_size,
        kl: 0.0,
    };
    let settings = AuditSettings {
        mass: Mass::by_name(mass).ok_or_else(|| named("mass", mass, Mass::NAMES))?,
        scaling: Scaling::by_name(scale).ok_or_else(|| named("scale", scale, Scaling::NAMES))?,
        tolerance,
        trainer,
        rank_by: rank_by
            .map(|name| Metric::by_name(name).ok_or_else(|| named("metric", name, &Metric::NAMES)))
            .transpose()?,
        level,
        resamplings,
        seed,
        examples,
        features: OF_TEXTS.iter().map(|name| (*name).to_owned()).collect(),
    };
    settings.check().map_err(|error| wrong(error.to_string()))?;
    if settings.mass == Mass::Logprob && logprobs.is_none() {
        return Err(wrong("mass=\"logprob\" needs `logprobs`".into()));
    }
    let mut outcomes = outcomes.unwrap_or_default();
    let (mut names, mut paid) = (Vec::new(), Vec::new());
    for (name, values) in proxies {
        let name: String = name.extract()?;
        names.push((name.clone(), outcomes.remove(&name)));
        paid.push((name, values.extract::<Vec<Option<f64>>>()?));
    }
    if names.is_empty() {
        return Err(wrong("`proxies` is empty: give at least one".into()));
    }
    if let Some(name) = outcomes.keys().min() {
        return Err(wrong(format!("`outcomes` has `{name}`, which is no proxy")));
    }
    let ids = PyList::new(py, ids.try_iter()?.collect::<PyResult<Vec<_>>>()?)?;
    let count = ids.len();
    let lengths = [("truth", truth.len())].into_iter();
    let lengths = lengths.chain(paid.iter().map(|(name, values)| (name.as_str(), values.len())));
    let lengths = lengths.chain(logprobs.iter().map(|values| ("logprobs", values.len())));
    for (name, length) in lengths.chain(completions.iter().map(|values| ("completions", values.len()))) {
        if length != count {
            return Err(errors::batch(py, format!("`{name}` has {length} entries for {count} ids")));
        }
    }
    let mut prompts: Vec<PromptSamples> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (place, id) in ids.iter().enumerate() {
        let id = text_of(&id.str()?);
        let at = |values: &[Option<f64>]| finite(py, place, values[place]);
        let sample = Sample {
            truth: at(&truth)?,
            proxies: paid.iter().map(|(_, values)| at(values)).collect::<PyResult<_>>()?,
            logprob: logprobs.as_deref().map(at).transpose()?.flatten(),
            features: features_of(completions.as_ref().and_then(|all| all[place].as_ref()).map(text_of).as_deref())
                .into(),
            excerpt: completions.as_ref().map_or_else(String::new, |all| excerpt(all[place].as_ref())).into(),
        };
        let new = prompts.len();
        let prompt = *places.entry(id.clone()).or_insert(new);
        if prompt == new {
            prompts.push(PromptSamples { prompt: id.into(), ..PromptSamples::default() });
        }
        // As in a file: what has no truth says what the policy earns.
        match (sample.truth, sample.proxies.iter().copied().collect::<Option<Vec<f64>>>()) {
            (None, Some(paid)) => prompts[prompt].policy.push(paid),
            _ => prompts[prompt].samples.push(sample),
        }
    }
    if prompts.is_empty() {
        return Err(wrong("there is nothing to audit: `ids` is empty".into()));
    }
    let found = detached(py, || Ok(on_all(|| audited(&prompts, &names, &settings))))?;
    let mut text = String::new();
    let broken = |error: String| PyValueError::new_err(error);
    let view = AuditView { truth: "truth", ..AuditView::default() };
    audit_text(&found, &view, &mut text).map_err(|error| broken(error.to_string()))?;
    let report = serde_json::to_value(AuditReport::new(&found, "truth", LeftOut::default()))
        .map_err(|error| broken(error.to_string()))?;
    Ok(Report { report, text, html: audit_html(&found, &view, subject) })
}

/// A number, or `None`; NaN and infinities are no rewards.
fn finite(py: Python<'_>, place: usize, value: Option<f64>) -> PyResult<Option<f64>> {
    match value {
        Some(value) if !value.is_finite() => {
            Err(errors::sample(py, place, format!("{value} is no number to audit: give None where it is not known")))
        }
        value => Ok(value),
    }
}
