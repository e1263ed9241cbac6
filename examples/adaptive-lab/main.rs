//! The controller of `adaptive`, line by line: settings or groups of outcomes in, rewards out, as JSON. For trainers in other
//! languages that cannot load the Python package, and for `lab.py` beside this file.
//!
//! `{"weights": [1, 1], "algorithm": "grpo", "group_size": 8}` begins with a new controller, and is answered by its credit; one that knows
//! samples of the initial policy has them as `"samples"`, in the form of groups. A step,
//! `{"groups": [{"prompt": "p1", "outcomes": ["01", "11"]}]}`, is answered by the credit it was paid with, the rewards and why.

use fullmarks::{
    adaptive::Controller,
    reward::{Adaptive, Algorithm},
    verdict::{Constraint, FailureKind, Group, Outcome, Verdict},
};
use serde::Deserialize;
use serde_json::json;
use std::{
    error::Error,
    io::{self, BufRead, Write},
    sync::Arc,
};

/// What a controller is made for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    weights: Vec<f64>,
    algorithm: String,
    group_size: usize,
    /// Completions of the initial policy, where it begins from them.
    #[serde(default)]
    samples: Vec<Completions>,
}

/// The groups of a step.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    groups: Vec<Completions>,
}

/// A prompt, and of each of its completions which constraints it meets, as a string of 0 and 1.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Completions {
    prompt: String,
    outcomes: Vec<String>,
}

/// A controller, and the constraints of the outcomes it sees.
struct Session {
    controller: Controller,
    constraints: Arc<[Constraint]>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut session = None;
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let line = line?;
        let answer = match (&session, line.contains("\"groups\"")) {
            (Some(session), true) => step(session, &serde_json::from_str(&line)?)?,
            (None, true) => return Err("the first line gives the settings".into()),
            (_, false) => {
                let new = begin(&serde_json::from_str(&line)?)?;
                let credit = new.controller.credit("");
                session = Some(new);
                json!({"credit": credit})
            }
        };
        writeln!(out, "{answer}")?;
        out.flush()?;
    }
    Ok(())
}

fn begin(settings: &Settings) -> Result<Session, Box<dyn Error>> {
    let algorithm = Algorithm::by_name(&settings.algorithm)
        .ok_or_else(|| format!("no algorithm `{}`; there are {}", settings.algorithm, Algorithm::NAMES.join(", ")))?;
    if settings.group_size < 2 {
        return Err("a group has at least two completions".into());
    }
    let constraints = settings.weights.iter().enumerate();
    let constraints: Arc<[Constraint]> =
        constraints.map(|(n, &weight)| Constraint { weight, ..Constraint::plain(format!("c{n}")) }).collect();
    let adaptive = Adaptive { algorithm, group_size: settings.group_size, ..Adaptive::default() };
    let controller = match groups(&constraints, &settings.samples)? {
        samples if samples.is_empty() => Controller::new(adaptive),
        samples => Controller::from_samples(adaptive, &samples),
    };
    Ok(Session { controller, constraints })
}

fn groups(constraints: &Arc<[Constraint]>, given: &[Completions]) -> Result<Vec<Group>, String> {
    let verdict = |met| if met == '1' { Verdict::Passed } else { Verdict::failed(FailureKind::Unmet, "") };
    let outcome = |bits: &String| {
        let fits = bits.len() == constraints.len() && bits.chars().all(|bit| bit == '0' || bit == '1');
        fits.then(|| Outcome::new(constraints.clone(), bits.chars().map(verdict).collect()))
            .ok_or_else(|| format!("`{bits}` is not one 0 or 1 for each of {} constraints", constraints.len()))
    };
    let group = |given: &Completions| {
        let outcomes = given.outcomes.iter().map(outcome).collect::<Result<_, _>>()?;
        Ok(Group { prompt: given.prompt.as_str().into(), outcomes })
    };
    given.iter().map(group).collect()
}

fn step(session: &Session, step: &Step) -> Result<serde_json::Value, Box<dyn Error>> {
    let groups = groups(&session.constraints, &step.groups)?;
    let rewarded = session.controller.observe(&groups);
    let credit = rewarded.first().map(|group| group.credit);
    let rewards: Vec<Vec<Option<f64>>> = rewarded
        .iter()
        .map(|group| group.rewards.iter().map(|reward| reward.map(|reward| reward.value())).collect())
        .collect();
    Ok(json!({"credit": credit, "rewards": rewards, "reason": session.controller.reason().to_string()}))
}
