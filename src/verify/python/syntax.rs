//! `python.forbids` and `python.requires`: rules over the syntax tree. The code is read, never run. What is forbidden is also watched
//! for where other constraints run it (`watch.rs`).

use super::{Judge, Refused, Running, Tried, params::prefix, reason::failed, values};
use crate::{
    verdict::{FailureKind, Verdict},
    verify::Row,
};
use fullmarks_sandbox::python::{Finding, Python, Stop, Syntax, Value};
use serde_json::Value as Json;

/// Findings named in a reason.
const NAMED: usize = 3;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Forbids,
    Requires,
}

pub(super) struct Rules {
    kind: Kind,
    rules: Value,
    prefix: String,
    calls: Vec<String>,
    imports: Vec<String>,
}

impl Rules {
    pub(super) fn new(kind: Kind, params: &Row, python: &Python, tried: &Tried) -> Result<Self, Refused> {
        let mut given = params.clone();
        given.remove("prefix");
        let rules = values::value(&given.clone().into())?;
        let name = if kind == Kind::Forbids { "forbids" } else { "requires" };
        let check = |rules: &Value| python.check_rules(name, rules).map_err(|why| why.to_string());
        if let Err(why) = tried.once(name, params, || check(&rules)) {
            // The first of what is wrong: each rule by itself says the rest.
            let wrong = given.into_iter().filter_map(|(rule, value)| {
                let rules = values::value(&Row::from_iter([(rule.clone(), value)]).into()).ok()?;
                let why = check(&rules).err()?;
                Some(if why.contains(&format!("`{rule}`")) { why } else { format!("`{rule}`: {why}") })
            });
            let wrong: Vec<_> = wrong.collect();
            return Err(if wrong.is_empty() { why.into() } else { Refused(wrong) });
        }
        let names = |rule: &str| {
            let names = params.get(rule).and_then(Json::as_array).into_iter().flatten();
            names.filter_map(Json::as_str).map(str::to_owned).collect()
        };
        Ok(Self { kind, rules, prefix: prefix(params), calls: names("calls"), imports: names("imports") })
    }
}

impl Judge for Rules {
    fn forbidden(&self) -> Option<(&[String], &[String])> {
        (self.kind == Kind::Forbids).then_some((&self.calls, &self.imports))
    }

    fn judge(&self, with: &Running<'_>, _: &str, code: &str) -> Result<Verdict, Stop> {
        let source = format!("{}{code}", self.prefix);
        let lines = self.prefix.lines().count() as u64;
        let found = match self.kind {
            Kind::Forbids => with.python.forbidden(&source, &self.rules, lines, &with.limits)?,
            Kind::Requires => with.python.required(&source, &self.rules, lines, &with.limits)?,
        };
        let found = match found {
            Syntax::Unparsed(why) => return Ok(failed(FailureKind::Syntax, 0.0, "it is not valid Python", why)),
            Syntax::Found(found) if found.is_empty() => return Ok(Verdict::Passed),
            Syntax::Found(found) => found,
        };
        let one = |Finding { rule, text, line }: &Finding| match (self.kind, line.checked_sub(lines)) {
            (Kind::Requires, _) => format!("{rule} ({text})"),
            (Kind::Forbids, Some(line)) if line > 0 => format!("{text} (line {line})"),
            (Kind::Forbids, _) => text.clone(),
        };
        let mut named = found.iter().take(NAMED).map(one).collect::<Vec<_>>().join("; ");
        if found.len() > NAMED {
            named += &format!("; and {} more", found.len() - NAMED);
        }
        let what = if self.kind == Kind::Forbids { "it uses what is forbidden" } else { "it lacks what is required" };
        Ok(failed(FailureKind::Unmet, 0.0, format!("{what}: {named}"), ""))
    }
}
