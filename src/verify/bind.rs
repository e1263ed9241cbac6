//! The constraints of one prompt, bound to checkers and parameter values.

use super::{
    Verifier,
    brought::{Brought, brought},
    check::{Check, Runner},
    judge::ModuleCheck,
    plan::Plan,
    plan_error::PlanError,
    python::{Limited, PythonCheck, Refused, function_called},
    row::{Row, column_of, value_of},
    thinking,
    watch::Watch,
};
use crate::{
    completion::{kind, read_prompt},
    source::closest,
    spec::{
        CheckLimits, CheckerDoc, FromPrompt, Inline, Kind, ParamSource, Pick, Runs, TaskConstraint, View, check_params,
    },
    verdict::Constraint,
};
use fullmarks_sandbox::{Limits, python};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::{collections::HashMap, sync::Arc};

impl Verifier {
    /// Binds the constraints to a prompt's row. Everything that can be refused before a completion is seen is refused
    /// here: missing columns, unknown checkers, parameters a checker cannot use.
    ///
    /// # Errors
    /// [`PlanError`] naming the column, checker or parameter.
    pub fn plan(&self, row: &Row) -> Result<Plan, PlanError> {
        let mut constraints = Vec::new();
        let mut checks = Vec::new();
        for constraint in &self.task().constraints {
            match constraint {
                TaskConstraint::Inline(inline) => {
                    let named = |mut error: PlanError| {
                        error.constraint.get_or_insert_with(|| inline.id.clone());
                        error
                    };
                    checks.push(self.inline(inline, row).map_err(named)?);
                    let (weight, required, gate) = (inline.weight, inline.required, inline.gate);
                    constraints.push(Constraint { id: inline.id.as_str().into(), weight, required, gate });
                }
                TaskConstraint::FromPrompt(source) => {
                    self.bring(source, row, &mut constraints, &mut checks)?;
                }
            }
        }
        if constraints.is_empty() {
            return Err(PlanError::new("the prompt brings no constraints: with none, everything would pass"));
        }
        number_repeats(&mut constraints);
        let defines = match &self.task().extract.pick {
            Pick::Defining(ParamSource::Literal(name)) => name.as_str().map(str::to_owned),
            Pick::Defining(ParamSource::Column(column)) => match column_of(row, column)? {
                Value::String(name) => Some(name.clone()),
                other => return Err(PlanError::new(format!("`{column}` must be a name, not {}", kind(other)))),
            },
            _ => None,
        };
        let mut calls: Vec<String> = checks.iter().filter_map(|check| check.calls.clone()).collect();
        calls.sort();
        calls.dedup();
        let column = &self.task().columns.prompt;
        // No text is no text; one that is not understood may be what a checker wants to read.
        let prompt = row.get(column).cloned().unwrap_or_default();
        let prompt = read_prompt(prompt).map_err(|why| PlanError::new(format!("`{column}`: {why}")))?;
        let opened = thinking::is_opened_by(&prompt, &self.task().extract.thinking);
        let prompt = prompt.asked().to_owned();
        let watch = Watch::of(&checks);
        Ok(Plan { prompt, opened, left_out: None, defines, calls, constraints: constraints.into(), checks, watch })
    }

    /// The plan of a prompt that cannot be used: what is known of its constraints, none of which judges.
    #[must_use]
    pub fn left_out(&self, why: impl Into<String>) -> Plan {
        let constraint = |constraint: &TaskConstraint| match constraint {
            TaskConstraint::Inline(Inline { id, weight, required, gate, .. }) => {
                Constraint { id: id.as_str().into(), weight: *weight, required: *required, gate: *gate }
            }
            TaskConstraint::FromPrompt(FromPrompt { weight, required, .. }) => {
                Constraint { id: "from_prompt".into(), weight: *weight, required: *required, gate: false }
            }
        };
        let mut constraints: Vec<_> = self.task().constraints.iter().map(constraint).collect();
        number_repeats(&mut constraints);
        let left_out = Some(why.into());
        Plan {
            prompt: String::new(),
            opened: false,
            left_out,
            defines: None,
            calls: Vec::new(),
            constraints: constraints.into(),
            checks: Vec::new(),
            watch: None,
        }
    }

    pub(super) fn inline(&self, inline: &Inline, row: &Row) -> Result<Check, PlanError> {
        self.check(&inline.checker, self.params(inline, row)?, inline.view, inline.limits, row)
    }

    /// The parameters of a constraint of the spec, with the values of this row.
    pub(super) fn params(&self, inline: &Inline, row: &Row) -> Result<Row, PlanError> {
        let doc = self.library().catalogue().get(&inline.checker);
        let kind = |name: &str| Some(&doc?.params.iter().find(|param| param.name == name)?.kind);
        let value = |(name, source): &(String, ParamSource)| Ok((name.clone(), value_of(source, kind(name), row)?));
        inline.params.iter().map(value).collect()
    }

    /// Adds the constraints that the prompt brings.
    fn bring(
        &self,
        source: &FromPrompt,
        row: &Row,
        constraints: &mut Vec<Constraint>,
        checks: &mut Vec<Check>,
    ) -> Result<(), PlanError> {
        for brought in brought(&source.columns, row)? {
            let checker = brought.checker(self.library().catalogue()).to_owned();
            let Brought { id, params } = brought;
            let python = self.library().catalogue().get(&checker).is_some_and(|doc| doc.runs == Runs::Python);
            let (view, limits) =
                if python && checker != "python.check" { source.python } else { (source.view, source.limits) };
            checks.push(self.check(&checker, params, view, limits, row)?);
            let (weight, required) = (source.weight, source.required);
            constraints.push(Constraint { id: id.into(), weight, required, gate: false });
        }
        Ok(())
    }

    fn check(
        &self,
        checker: &str,
        mut params: Row,
        view: View,
        limits: CheckLimits,
        row: &Row,
    ) -> Result<Check, PlanError> {
        let catalogue = self.library().catalogue();
        let Some(doc) = catalogue.get(checker) else {
            let help = closest(checker, catalogue.ids()).map(|id| format!("did you mean `{id}`?"));
            return Err(PlanError { help, ..PlanError::new(format!("there is no checker `{checker}`")) });
        };
        params.retain(|_, value| !value.is_null());
        if let Err(errors) = check_params(doc, params.iter().map(|(name, value)| (name.as_str(), Some(value)))) {
            let error = errors.into_iter().next().expect("at least one misfit");
            return Err(PlanError { help: error.help, ..PlanError::new(error.message) });
        }
        whole_numbers(doc, &mut params);
        let calls = if doc.runs == Runs::Python { function_called(&params) } else { None };
        let runner = match doc.runs {
            Runs::Module => {
                let module = self.library().module(checker).expect("the catalogue has it from a module").clone();
                let limits = Limits::new(limits.time, limits.memory);
                let check = ModuleCheck::new(module, checker, Value::Object(params).to_string(), limits);
                check.validate().map_err(PlanError::new)?;
                Runner::Module(check)
            }
            Runs::Python => {
                // Of an inline constraint, the spec has said so; a prompt brings its own.
                if limits.memory < CheckLimits::LEAST_PYTHON_MEMORY {
                    return Err(PlanError::new(format!("`{checker}` needs at least 96MiB of memory: raise `limits`")));
                }
                let python = self.library().python().map_err(PlanError::new)?;
                let running = Limited {
                    // Both count alike, and memory is of the whole.
                    case: limits.case.map(|case| python::Limits::new(case, 0).fuel),
                    limits: python::Limits::new(limits.time, limits.memory),
                    seed: self.seed(row),
                };
                let check = PythonCheck::new(checker, &params, python, self.library().tried(), running);
                Runner::Python(check.map_err(|Refused(wrong)| {
                    let mut wrong = wrong.into_iter();
                    let first = wrong.next().unwrap_or_default();
                    let message = format!("`{checker}` refuses its parameters: {first}");
                    PlanError { also: wrong.collect(), ..PlanError::new(message) }
                })?)
            }
        };
        Ok(Check { view, calls, runner })
    }

    /// A number that depends on the prompt's id alone.
    fn seed(&self, row: &Row) -> u64 {
        let id = row.get(&self.task().columns.id).map(Value::to_string).unwrap_or_default();
        let hash: [u8; 32] = Sha256::digest(id).into();
        u64::from_le_bytes(*hash.first_chunk().expect("a hash is longer"))
    }
}

/// Writes 3.0 as 3 where a whole number is wanted: some data sets store every number as a float.
fn whole_numbers(doc: &CheckerDoc, params: &mut Row) {
    for param in doc.params.iter().filter(|param| matches!(param.kind, Kind::Integer { .. })) {
        if let Some(value) = params.get_mut(&param.name)
            && let Some(number) = value.as_f64().filter(|_| !value.is_i64())
        {
            *value = (number as i64).into();
        }
    }
}

/// Gives the second and later constraints of one name in a prompt `#2`, `#3`, …
fn number_repeats(constraints: &mut [Constraint]) {
    let mut seen: HashMap<Arc<str>, usize> = HashMap::new();
    for constraint in constraints {
        let times = seen.entry(constraint.id.clone()).or_default();
        *times += 1;
        if *times > 1 {
            constraint.id = format!("{}#{times}", constraint.id).into();
        }
    }
}
