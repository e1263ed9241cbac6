//! What a policy can know of a constraint on code: the names it calls, and the cases that are not hidden.

use super::{
    case::{Case, Expected},
    cases::{cases, function_name},
};
use crate::verify::Row;
use serde_json::{Map, Value};

/// A call that is not hidden.
#[derive(Clone, Debug, PartialEq)]
pub struct ShownCall {
    /// Its arguments.
    pub args: Vec<Value>,
    /// Its named arguments.
    pub kwargs: Map<String, Value>,
    /// What it should return.
    pub returns: Value,
}

/// A run of a program that is not hidden.
#[derive(Clone, Debug, PartialEq)]
pub struct ShownRun {
    /// Its standard input.
    pub stdin: String,
    /// What it should print.
    pub stdout: String,
}

/// What a case asks of the code, hidden or not, without what it expects.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Asked {
    /// A call: its arguments, and its named arguments.
    Call(Vec<Value>, Map<String, Value>),
    /// A run: its standard input.
    Run(String),
}

/// What all cases among parameters ask.
pub(in crate::verify) fn asked(params: &Row) -> Vec<Asked> {
    let ask = |case| match case {
        Case::Call(call) => Asked::Call(call.args, call.kwargs),
        Case::Run(run) => Asked::Run(run.stdin),
    };
    cases(params).unwrap_or_default().into_iter().map(ask).collect()
}

/// The cases among parameters that are not hidden, and how many are.
pub(in crate::verify) fn shown_cases(params: &Row) -> (Vec<ShownCall>, Vec<ShownRun>, usize) {
    let (mut calls, mut runs, mut hidden) = (Vec::new(), Vec::new(), 0);
    // What is wrong with cases shows when they are bound.
    for case in cases(params).unwrap_or_default() {
        match case {
            Case::Call(call) if call.hidden => hidden += 1,
            Case::Run(run) if run.hidden => hidden += 1,
            Case::Call(call) => {
                let returns = match call.expected {
                    Expected::Returns(returns) => returns,
                    Expected::ReturnsItem(Value::Array(mut items)) if items.len() == 1 => items.remove(0),
                    _ => continue,
                };
                calls.push(ShownCall { args: call.args, kwargs: call.kwargs, returns });
            }
            Case::Run(run) => runs.push(ShownRun { stdin: run.stdin, stdout: run.stdout }),
        }
    }
    (calls, runs, hidden)
}

/// The function that the parameters name.
pub(in crate::verify) fn function_called(params: &Row) -> Option<String> {
    function_name(params).ok().filter(|name| !name.is_empty())
}
