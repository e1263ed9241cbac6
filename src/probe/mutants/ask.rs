//! What our programs on Python are asked, and what they answer (`*.py` beside this file).

use crate::verify::{ToolError, Verifier};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// What code is asked to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::probe) enum Kind {
    /// A function is called.
    Call,
    /// A program is run.
    Run,
}

/// Wrong programs made of a right one.
#[derive(Serialize)]
pub(in crate::probe) struct Mutate<'a> {
    pub(in crate::probe) prefix: &'a str,
    pub(in crate::probe) code: &'a str,
    pub(in crate::probe) names: Vec<&'a str>,
    /// Types of its results.
    pub(in crate::probe) results: Vec<String>,
    pub(in crate::probe) seen: &'a [String],
    pub(in crate::probe) most: usize,
}

#[derive(Deserialize)]
pub(in crate::probe) struct Mutated {
    /// The right one, written as the others are.
    pub(in crate::probe) right: String,
    pub(in crate::probe) mutants: Vec<Mutant>,
}

/// One of them: what was changed, where, and all of the code.
#[derive(Clone, Debug, Deserialize)]
pub(in crate::probe) struct Mutant {
    pub(in crate::probe) kind: String,
    pub(in crate::probe) line: u64,
    pub(in crate::probe) code: String,
}

/// Inputs like those seen.
#[derive(Serialize)]
pub(in crate::probe) struct Inputs<'a> {
    pub(in crate::probe) kind: Kind,
    pub(in crate::probe) seen: &'a [String],
    /// What says in words what the task admits.
    pub(in crate::probe) words: &'a str,
    pub(in crate::probe) most: usize,
    pub(in crate::probe) seed: u64,
}

/// What programs make of inputs.
#[derive(Serialize)]
pub(in crate::probe) struct Observe<'a> {
    pub(in crate::probe) kind: Kind,
    pub(in crate::probe) codes: Vec<&'a str>,
    pub(in crate::probe) name: &'a str,
    pub(in crate::probe) inputs: &'a [String],
    /// Whether the order of a list does not count.
    pub(in crate::probe) unordered: bool,
}

/// What one program makes of one input.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(in crate::probe) struct Observed {
    /// `gave`, `raised`, or `endless`.
    pub(in crate::probe) how: String,
    /// A text that results share which a judge may take for equal.
    pub(in crate::probe) alike: String,
    /// The result as it is.
    pub(in crate::probe) shown: String,
    /// Its type.
    pub(in crate::probe) of: String,
    /// Whether a case can say it.
    pub(in crate::probe) writable: bool,
}

impl Observed {
    pub(in crate::probe) fn gave(&self) -> bool {
        self.how == "gave"
    }

    pub(in crate::probe) fn is_endless(&self) -> bool {
        self.how == "endless"
    }
}

/// The arguments that tests give.
#[derive(Serialize)]
pub(in crate::probe) struct Record<'a> {
    pub(in crate::probe) code: &'a str,
    pub(in crate::probe) name: &'a str,
    pub(in crate::probe) tests: Vec<String>,
}

const MUTATE: &str = include_str!("mutate.py");
const INPUTS: &str = include_str!("inputs.py");
const OBSERVE: &str = include_str!("observe.py");
const RECORD: &str = include_str!("record.py");

pub(in crate::probe) fn mutate(verifier: &Verifier, asked: &Mutate<'_>) -> Result<Mutated, ToolError> {
    answer(verifier, MUTATE, asked)
}

pub(in crate::probe) fn inputs(verifier: &Verifier, asked: &Inputs<'_>) -> Result<Vec<String>, ToolError> {
    answer(verifier, INPUTS, asked)
}

pub(in crate::probe) fn record(verifier: &Verifier, asked: &Record<'_>) -> Result<Vec<String>, ToolError> {
    answer(verifier, RECORD, asked)
}

/// Of each program what it makes of the inputs; `None` of one that cannot be observed.
pub(in crate::probe) fn observe(verifier: &Verifier, asked: &Observe<'_>) -> Vec<Option<Vec<Observed>>> {
    match answer(verifier, OBSERVE, asked) {
        Ok(observed) => observed,
        // One of them took too much. The others are observed without it.
        Err(_) if asked.codes.len() > 1 => {
            let (first, second) = asked.codes.split_at(asked.codes.len() / 2);
            let of = |codes: &[&str]| {
                let Observe { kind, name, inputs, unordered, .. } = *asked;
                observe(verifier, &Observe { kind, codes: codes.to_vec(), name, inputs, unordered })
            };
            [of(first), of(second)].concat()
        }
        Err(_) => vec![None; asked.codes.len()],
    }
}

fn answer<T: DeserializeOwned>(verifier: &Verifier, tool: &str, asked: &impl Serialize) -> Result<T, ToolError> {
    let broken = |error: serde_json::Error| ToolError::Failed(error.to_string());
    let printed = verifier.tool(tool, &serde_json::to_string(asked).map_err(broken)?)?;
    serde_json::from_slice(&printed).map_err(broken)
}
