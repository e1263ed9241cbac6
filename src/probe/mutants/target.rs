//! What of a prompt's constraints runs code: which function, and what it is asked.

use super::ask::{Kind, Record, record};
use crate::{
    probe::{source::literal, subject::Subject},
    spec::View,
    verify::{Asked, Surface, Verifier},
};
use serde_json::Value;

/// A function, or a program, that a prompt's constraints run.
pub(in crate::probe) struct Target<'a> {
    pub(in crate::probe) kind: Kind,
    pub(in crate::probe) name: String,
    pub(in crate::probe) prefix: String,
    pub(in crate::probe) view: View,
    pub(in crate::probe) unordered: bool,
    /// The constraints that run it.
    pub(in crate::probe) surfaces: Vec<&'a Surface>,
}

/// Checkers that run code against cases or tests.
pub(in crate::probe) fn runs_code(surface: &Surface) -> bool {
    ["python.calls", "python.stdio", "python.tests"].contains(&surface.checker.as_str())
}

pub(in crate::probe) fn targets(subject: &Subject) -> Vec<Target<'_>> {
    let mut targets: Vec<Target<'_>> = Vec::new();
    for surface in subject.surfaces.iter().filter(|surface| runs_code(surface)) {
        let is_run = surface.asked.iter().any(|asked| matches!(asked, Asked::Run(_)));
        let kind = if is_run { Kind::Run } else { Kind::Call };
        let name = if is_run { String::new() } else { surface.functions.first().cloned().unwrap_or_default() };
        let text = |name: &str| surface.params.get(name).and_then(Value::as_str).unwrap_or_default();
        let mut prefix = text("prefix").to_owned();
        if !prefix.is_empty() && !prefix.ends_with('\n') {
            prefix.push('\n');
        }
        match targets.iter_mut().find(|target| target.name == name && target.kind == kind) {
            Some(target) => target.surfaces.push(surface),
            None => targets.push(Target {
                unordered: surface.params.get("unordered") == Some(&Value::Bool(true)) || sorts(surface),
                kind,
                name,
                prefix,
                view: surface.view,
                surfaces: vec![surface],
            }),
        }
    }
    targets
}

/// Whether tests look at results in an order of their own.
fn sorts(surface: &Surface) -> bool {
    let tests = tests(surface).join("\n");
    ["sorted(", "set(", "Counter(", "assertCountEqual", ".sort("].iter().any(|word| tests.contains(word))
}

/// Test code, as one text or several.
fn tests(surface: &Surface) -> Vec<String> {
    let texts = |name: &str| match surface.params.get(name) {
        Some(Value::String(text)) => vec![text.clone()],
        Some(Value::Array(items)) => items.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    };
    [texts("setup"), texts("tests")].concat()
}

impl Target<'_> {
    /// The inputs in its cases and tests, as Python.
    pub(super) fn seen(&self, verifier: &Verifier, right: &str) -> Vec<String> {
        let mut seen = Vec::new();
        for surface in &self.surfaces {
            let written = surface.asked.iter().map(|asked| match asked {
                Asked::Run(stdin) => stdin.clone(),
                Asked::Call(args, kwargs) => {
                    format!("({}, {})", literal(&Value::Array(args.clone())), literal(&Value::Object(kwargs.clone())))
                }
            });
            seen.extend(written);
            if surface.checker == "python.tests" {
                let asked = Record { code: right, name: &self.name, tests: tests(surface) };
                // Tests that cannot be followed leave nothing to learn from.
                seen.extend(record(verifier, &asked).unwrap_or_default());
            }
        }
        let mut once = Vec::new();
        for text in seen {
            if !once.contains(&text) {
                once.push(text);
            }
        }
        once
    }

    /// Whether a number may differ in its last digits.
    pub(super) fn takes_rounded(&self) -> bool {
        let takes = |surface: &&Surface| surface.checker == "python.tests" || surface.params.contains_key("tolerance");
        self.surfaces.iter().all(takes)
    }

    /// A call as it is written.
    pub(in crate::probe) fn shown(&self, input: &str) -> String {
        match input.strip_prefix("([").and_then(|rest| rest.strip_suffix("], {})")) {
            Some(args) if self.kind == Kind::Call => format!("{}({args})", self.name),
            _ if self.kind == Kind::Call => format!("{}(*args, **kwargs) with {input}", self.name),
            _ => format!("the input {}", Value::String(input.to_owned())),
        }
    }
}
