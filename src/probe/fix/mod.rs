//! Cases that tell mutants from right answers, written where the others are. Nothing is written that an accepted answer fails.

mod column;
mod spec_text;
mod written;

use super::{
    earns::earns,
    mutants::{Told, ask::Kind, mutants, target::runs_code},
    run::schemes,
    subject::{Subject, Subjects, subject_of},
};
use crate::{
    spec::{ParamSource, TaskConstraint},
    task::{Source, Task},
    verify::Verifier,
};
use column::{with_cases, with_tests};
use rayon::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use written::Written;

const WRITE: &str = include_str!("write.py");

/// What mends the weak cases of a task.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fix {
    /// Prompts whose cases accepted a mutant.
    pub weak: u64,
    /// Prompts that get new cases.
    pub mended: u64,
    /// Cases that are added.
    pub cases: u64,
    /// Mutants that earned what a right answer earns.
    pub survivors: u64,
    /// Those that do no more.
    pub killed: u64,
    /// By line of the prompts, columns and their new values.
    pub columns: BTreeMap<u64, Vec<(String, Value)>>,
    /// The spec with new cases, where they are written in it.
    pub spec: Option<Vec<u8>>,
    /// What could not be written, and why.
    pub left: Vec<String>,
}

/// What came of one prompt.
enum Mended {
    Column(u64, String, Value),
    Spec(Vec<u8>),
}

/// Finds cases that tell surviving mutants from right answers, and where to write them.
#[must_use]
pub fn fix(task: &Task, subjects: &Subjects) -> Fix {
    let verifier = task.verifier();
    let schemes = schemes(verifier);
    let told = |subject: &Subject| mutants(verifier, &schemes, subject);
    let all: Vec<Told> = subjects.subjects.par_iter().map(told).collect();
    let mut fix = Fix::default();
    for (subject, told) in subjects.subjects.iter().zip(all) {
        if told.survivors.is_empty() {
            continue;
        }
        fix.weak += 1;
        fix.survivors += told.survivors.len() as u64;
        let source =
            Source { yaml: fix.spec.clone().unwrap_or_else(|| task.source().yaml.clone()), ..task.source().clone() };
        // A prompt before it may have brought the cases already.
        let already = fix.spec.is_some().then(|| in_spec(&source, subject, &told)).and_then(Result::ok);
        if already == Some(told.survivors.len() as u64) {
            fix.mended += 1;
            fix.killed += told.survivors.len() as u64;
            continue;
        }
        let named = subject.id.as_ref().map_or_else(String::new, |id| format!("`{id}`: "));
        match mend(task, &source, subject, &told) {
            Ok((mended, killed)) => {
                fix.mended += 1;
                fix.killed += killed;
                fix.cases += told.cases.len() as u64;
                match mended {
                    Mended::Column(line, column, value) => fix.columns.entry(line).or_default().push((column, value)),
                    Mended::Spec(yaml) => fix.spec = Some(yaml),
                }
            }
            Err(why) => fix.left.push(format!("{named}{why}")),
        }
    }
    fix
}

/// Writes a prompt's new cases, and says how many mutants they tell apart.
fn mend(task: &Task, source: &Source, subject: &Subject, told: &Told) -> Result<(Mended, u64), String> {
    let verifier = task.verifier();
    let (Some(target), false) = (&told.target, told.cases.is_empty()) else {
        return Err("no input that can be written tells the mutants apart".into());
    };
    let surface = subject.surfaces.iter().find(|surface| target.ids.first() == Some(&surface.id));
    let surface = surface.filter(|surface| runs_code(surface)).ok_or("its constraint is not found")?;
    let kind = if target.kind == Kind::Run { "run" } else { "call" };
    let cases: Vec<Value> = told.cases.iter().map(|case| json!({"input": case.input, "gives": case.gives})).collect();
    let asked = json!({"kind": kind, "name": target.name, "cases": cases}).to_string();
    let printed = verifier.tool(WRITE, &asked).map_err(|error| error.to_string())?;
    let new: Vec<Written> = serde_json::from_slice(&printed).map_err(|error| error.to_string())?;
    let inline = verifier.task().constraints.iter().find_map(|constraint| match constraint {
        TaskConstraint::Inline(inline) if inline.id == surface.id => Some(inline),
        _ => None,
    });
    let inline = inline.ok_or("its constraints come with the prompt: add the cases there")?;
    let tests = surface.checker == "python.tests";
    let has = |name: &str| inline.params.iter().any(|(param, _)| param == name);
    let name = if tests {
        "tests"
    } else if has("hidden_cases") {
        "hidden_cases"
    } else {
        "cases"
    };
    let hidden = surface.hidden > 0 && name == "cases";
    let (_, from) = inline.params.iter().find(|(param, _)| param == name).ok_or("its cases are not found")?;
    let mended = match (from, subject.line) {
        (ParamSource::Column(column), Some(line)) => {
            let before = subject.row.get(column).unwrap_or(&Value::Null);
            let after = if tests { with_tests(before, &new, &target.name) } else { with_cases(before, &new, hidden) };
            let after = after.ok_or_else(|| format!("cases cannot be added to the layout of the column `{column}`"))?;
            Mended::Column(line, column.clone(), after)
        }
        (ParamSource::Column(column), None) => {
            return Err(format!(
                "its `{column}` is in the row of one of the spec's own cases: add the inputs there by hand"
            ));
        }
        _ => {
            let items: Option<Vec<String>> = match tests {
                true => {
                    new.iter().map(|one| one.assertion.clone().map(|line| Value::String(line).to_string())).collect()
                }
                false => Some(new.iter().map(|one| one.own(hidden).to_string()).collect()),
            };
            let items = items.ok_or("its cases have no form as test code")?;
            let text = std::str::from_utf8(&source.yaml).map_err(|error| error.to_string())?;
            // What was added before stands behind: constraints are written in their order.
            let start = text.find(&format!("id: {}", surface.id)).unwrap_or(0);
            let text = spec_text::with_items(text, start, name, &items).ok_or_else(|| {
                format!("`{name}` of `{}` is not written as a list: add {}", surface.id, items.join(", "))
            })?;
            Mended::Spec(text.into_bytes())
        }
    };
    let killed = killed(task, source, subject, told, &mended)?;
    Ok((mended, killed))
}

/// How many of the mutants earn less than a right answer now; an error where an accepted answer does.
fn killed(task: &Task, source: &Source, subject: &Subject, told: &Told, mended: &Mended) -> Result<u64, String> {
    match mended {
        Mended::Column(_, column, value) => {
            let mut row = subject.row.clone();
            row.insert(column.clone(), value.clone());
            count(task.verifier(), &subject_of(task.verifier(), row)?, told)
        }
        Mended::Spec(yaml) => in_spec(&Source { yaml: yaml.clone(), ..source.clone() }, subject, told),
    }
}

/// The same under another text of the spec.
fn in_spec(source: &Source, subject: &Subject, told: &Told) -> Result<u64, String> {
    let task = Task::without_prompts(source.clone()).map_err(|error| error.to_string())?;
    count(task.verifier(), &subject_of(task.verifier(), subject.row.clone())?, told)
}

fn count(verifier: &Verifier, after: &Subject, told: &Told) -> Result<u64, String> {
    let schemes = schemes(verifier);
    let full = |text: &str| earns(verifier, &schemes, after, text).1.full() == Some(true);
    if !told.rights.iter().all(|text| full(text)) {
        return Err("an accepted answer would fail the new cases".into());
    }
    Ok(told.survivors.iter().filter(|survivor| !full(&survivor.completion)).count() as u64)
}
