//! What a constraint shows of itself: what anyone who wants its credit without the work would start from.

use super::{
    Plan, PlanError, Row, Verifier,
    brought::brought,
    check::{Check, Runner},
    python::{self, Asked, ShownCall, ShownRun},
};
use crate::spec::{CheckerDoc, Kind, Runs, TaskConstraint, View};
use serde_json::Value;

/// One constraint of a prompt, as its parameters show it.
#[derive(Clone, Debug, PartialEq)]
pub struct Surface {
    /// The constraint's id.
    pub id: String,
    /// The checker's id.
    pub checker: String,
    /// Its parameters, with the values of this prompt.
    pub params: Row,
    /// What it looks at.
    pub view: View,
    /// Whether it judges Python code.
    pub python: bool,
    /// Whether asking it takes microseconds: it runs no Python.
    pub quick: bool,
    /// Names that it calls in the completion's code.
    pub functions: Vec<String>,
    /// Calls that are not hidden.
    pub calls: Vec<ShownCall>,
    /// Runs of a program that are not hidden.
    pub runs: Vec<ShownRun>,
    /// Cases that are hidden.
    pub hidden: usize,
    /// Names of parameters that are one of a few words.
    pub choices: Vec<String>,
    /// What all cases ask, also the hidden ones: for whoever mends the spec, and for no answer.
    pub asked: Vec<Asked>,
}

impl Verifier {
    /// The constraints of a prompt's row as their parameters show them, in the order of `plan`, which is that row's.
    ///
    /// # Errors
    /// Those of [`Verifier::plan`].
    pub fn surfaces(&self, row: &Row, plan: &Plan) -> Result<Vec<Surface>, PlanError> {
        let mut bound: Vec<(String, Row)> = Vec::new();
        for constraint in &self.task().constraints {
            match constraint {
                TaskConstraint::Inline(inline) => {
                    bound.push((inline.checker.clone(), self.params(inline, row)?));
                }
                TaskConstraint::FromPrompt(source) => {
                    let brought = brought(&source.columns, row)?;
                    let catalogue = self.library().catalogue();
                    bound.extend(brought.into_iter().map(|one| (one.checker(catalogue).to_owned(), one.params)));
                }
            }
        }
        let surface = |(place, (checker, mut params)): (usize, (String, Row))| {
            params.retain(|_, value: &mut Value| !value.is_null());
            let check = &plan.checks[place];
            let doc = self.library().catalogue().get(&checker);
            let quick = doc.is_none_or(|doc| doc.runs == Runs::Module);
            let choices = doc.map(choices).unwrap_or_default();
            // A checker written in Python may look at any text.
            let python = !quick && (checker != "python.check" || check.view == View::Code);
            let mut functions: Vec<String> = match &check.runner {
                Runner::Python(check) => check.wanted(),
                Runner::Module(_) => Vec::new(),
            };
            let named = python::function_called(&params).filter(|name| python && !functions.contains(name));
            functions.extend(named);
            let (calls, runs, hidden) = if python { python::shown_cases(&params) } else { Default::default() };
            let asked = if python { python::asked(&params) } else { Vec::new() };
            let id = plan.constraints[place].id.to_string();
            Surface {
                id,
                checker,
                params,
                view: check.view,
                python,
                quick,
                functions,
                calls,
                runs,
                hidden,
                choices,
                asked,
            }
        };
        Ok(bound.into_iter().enumerate().map(surface).collect())
    }
}

/// Parameters that are one of a few words.
fn choices(doc: &CheckerDoc) -> Vec<String> {
    let is_choice = |kind: &Kind| matches!(kind, Kind::Choice { .. });
    doc.params.iter().filter(|param| is_choice(&param.kind)).map(|param| param.name.clone()).collect()
}

impl Plan {
    /// The same without the constraints that run Python: those of surfaces that are quick, in their order.
    #[must_use]
    pub fn quick(mut self) -> Self {
        let quick = |check: &Check| matches!(check.runner, Runner::Module(_));
        let kept = self.constraints.iter().zip(&self.checks).filter(|(_, check)| quick(check));
        self.constraints = kept.map(|(constraint, _)| constraint.clone()).collect();
        self.checks.retain(quick);
        self
    }

    /// The prompt's text; empty when there is none.
    #[must_use]
    pub fn prompt(&self) -> &str {
        &self.prompt
    }
}
