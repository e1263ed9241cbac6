//! A document against a catalogue: everything that can be wrong without running anything.

use super::{
    Case, Catalogue, CheckLimits, Columns, EndTokens, Extract, FromColumns, FromPrompt, Inline, ParamSource, Pick,
    PromptsFile, Runs, TaskConstraint, TaskSpec, Thinking, ThinkingMode, View,
    document::{
        WireConstraint, WireExtract, WireFences, WireFromPrompt, WireLimits, WireParams, WireSpec, WireThinking,
        WireView,
    },
    limits,
    listed::listed,
};
use crate::source::{At, Diagnostic};
use serde_json::Value;
use std::{collections::HashMap, ops::Range};

/// Collects mistakes on the way, so that one run of `fullmarks check` names them all.
pub(super) struct Validator<'a> {
    pub(super) catalogue: &'a Catalogue,
    /// Whether the catalogue has all checkers of the spec's modules.
    pub(super) whole: bool,
    pub(super) mistakes: Vec<Diagnostic>,
    extracts_code: bool,
}

impl<'a> Validator<'a> {
    pub(super) fn new(catalogue: &'a Catalogue, whole: bool, wire: &WireSpec) -> Self {
        let extracts_code = wire.extract.as_ref().is_some_and(|extract| extract.value.code.is_some());
        Self { catalogue, whole, mistakes: Vec::new(), extracts_code }
    }

    pub(super) fn mistake(&mut self, mistake: Diagnostic) {
        self.mistakes.push(mistake);
    }

    /// What the document asks for.
    pub(super) fn task(&mut self, wire: &WireSpec) -> TaskSpec {
        if wire.fullmarks.value != 1 {
            let message = format!("format {} is not known", wire.fullmarks.value);
            self.mistake(Diagnostic::new(wire.fullmarks.span.clone(), message).help("this program reads format 1"));
        }
        if wire.name.value.trim().is_empty() {
            self.mistake(Diagnostic::new(wire.name.span.clone(), "the name is empty"));
        }
        let columns = wire.prompts.as_ref().map_or_else(
            || Columns { id: "id".into(), prompt: "prompt".into() },
            |prompts| Columns { id: prompts.id.clone(), prompt: prompts.prompt.clone() },
        );
        let constraints = self.constraints(&wire.constraints);
        let reward = self.reward(&wire.reward.value);
        let file = wire.prompts.as_ref().and_then(|prompts| prompts.file.as_ref());
        TaskSpec {
            name: wire.name.value.clone(),
            prompts_file: file.map(|file| PromptsFile { path: file.value.clone(), span: file.span.clone() }),
            columns,
            extract: self.extract(wire.extract.as_ref()),
            constraints: self.gated(constraints, &wire.reward.value.gate),
            scheme: reward.function.scheme,
            penalty: reward.function.penalty,
            may_reorder: reward.function.may_reorder,
            advantage: reward.advantage,
            max_reward: wire.cases.max_reward.as_ref().map_or(0.0, |most| self.share(most, "max_reward")),
            allowances: self.allowances(&wire.cases),
            accept: wire.cases.accept.iter().map(case).collect(),
            reject: wire.cases.reject.iter().map(case).collect(),
        }
    }

    fn extract(&mut self, wire: Option<&At<WireExtract>>) -> Extract {
        let Some(At { value: wire, span }) = wire else {
            let (thinking, end_tokens) = (Thinking::default(), EndTokens::default());
            return Extract { code: None, bare: false, opened: false, pick: Pick::Called, thinking, end_tokens };
        };
        for (key, given) in [("pick", wire.pick.is_some()), ("fences", wire.fences.is_some())] {
            if given && wire.code.is_none() {
                let message = format!("`{key}` is about code blocks, but `code` names no language");
                self.mistake(Diagnostic::new(span.clone(), message).help("add for example `code: python`"));
            }
        }
        if let Some(code) = &wire.code
            && (code.value.is_empty() || code.value.contains(char::is_whitespace))
        {
            self.mistake(Diagnostic::new(code.span.clone(), "a language is one word, for example `python`"));
        }
        let thinking = wire.thinking.as_ref().map_or_else(Thinking::default, |thinking| self.thinking(thinking));
        let end_tokens = wire.end_tokens.as_ref().map_or_else(EndTokens::default, |tokens| {
            for token in tokens.also.iter().filter(|token| token.value.trim() != token.value || token.value.is_empty())
            {
                let message = "a special token is a text without white space around it";
                self.mistake(Diagnostic::new(token.span.clone(), message));
            }
            let also = tokens.also.iter().map(|token| token.value.clone()).collect();
            EndTokens { known: tokens.known.unwrap_or(true), also }
        });
        let pick = wire.pick.as_ref().map_or(Pick::Called, |pick| self.pick(pick));
        let (bare, opened) = (wire.fences == Some(WireFences::Optional), wire.fences == Some(WireFences::Opened));
        let code = wire.code.as_ref().map(|code| code.value.clone());
        Extract { code, bare, opened, pick, thinking, end_tokens }
    }

    fn thinking(&mut self, At { value: wire, span }: &At<WireThinking>) -> Thinking {
        let mode = wire.mode.unwrap_or_default();
        let family = Thinking { mode, ..Thinking::of(wire.style.unwrap_or_default()) };
        for mark in [&wire.open, &wire.close].into_iter().flatten() {
            if mark.value.trim().is_empty() {
                self.mistake(Diagnostic::new(mark.span.clone(), "a mark of a thinking section cannot be empty"));
            }
            if wire.style.is_some() || mode == ThinkingMode::None {
                let message = "marks mean nothing beside `style` or `mode: none`";
                self.mistake(Diagnostic::new(mark.span.clone(), message));
            }
        }
        match (&wire.open, &wire.close) {
            (Some(open), Some(close)) => {
                if open.value == close.value {
                    let message = "a thinking section needs two different marks";
                    self.mistake(Diagnostic::new(close.span.clone(), message));
                }
                Thinking { open: open.value.clone(), close: close.value.clone(), ..family }
            }
            (None, None) => family,
            _ => {
                let message = "one mark is missing: `open` and `close` are given together";
                self.mistake(Diagnostic::new(span.clone(), message).help("or name a family: `style: magistral`"));
                family
            }
        }
    }

    fn pick(&mut self, wire: &At<Value>) -> Pick {
        let defining = wire.value.as_object().filter(|object| object.len() == 1);
        match (wire.value.as_str(), defining.and_then(|object| object.get("defines"))) {
            (Some("first"), _) => return Pick::First,
            (Some("last"), _) => return Pick::Last,
            (Some("all"), _) => return Pick::All,
            (_, Some(Value::String(name))) if !name.trim().is_empty() => {
                return Pick::Defining(ParamSource::Literal(name.as_str().into()));
            }
            (_, Some(Value::Object(object))) if object.len() == 1 => {
                if let Some(Value::String(column)) = object.get("column") {
                    return Pick::Defining(ParamSource::Column(column.clone()));
                }
            }
            _ => {}
        }
        let message = "`pick` is first, last, all, or `{defines: NAME}`";
        self.mistake(Diagnostic::new(wire.span.clone(), message));
        Pick::Last
    }

    fn constraints(&mut self, wire: &At<Vec<At<WireConstraint>>>) -> Vec<TaskConstraint> {
        if wire.value.is_empty() {
            let message = "a spec without constraints would accept everything";
            self.mistake(Diagnostic::new(wire.span.clone(), message).help("add at least one constraint"));
        }
        let mut seen = HashMap::new();
        let mut constraints = Vec::new();
        for At { value: wire, span } in &wire.value {
            match (&wire.check, &wire.from_prompt) {
                (Some(check), None) => {
                    let inline = self.inline(wire, check);
                    let id_span = wire.id.as_ref().map_or(&check.span, |id| &id.span);
                    if let Some(before) = seen.insert(inline.id.clone(), constraints.len()) {
                        let message = format!("the id `{}` is already taken by constraint {}", inline.id, before + 1);
                        let help = "give this one another `id`";
                        self.mistake(Diagnostic::new(id_span.clone(), message).help(help));
                    }
                    constraints.push(TaskConstraint::Inline(inline));
                }
                (None, Some(from_prompt)) => {
                    self.nothing_besides_from_prompt(wire, &from_prompt.span);
                    let (view, weight, limits) = self.common(wire, Runs::Module);
                    let on_code = wire.on.is_none() && self.extracts_code;
                    let given = wire.limits.as_ref();
                    let (timed, sized) = given.map_or((false, false), |it| (it.time.is_some(), it.memory.is_some()));
                    let python_limits = CheckLimits {
                        time: if timed { limits.time } else { CheckLimits::PYTHON.time },
                        memory: if sized { limits.memory } else { CheckLimits::PYTHON.memory },
                        case: None,
                    };
                    let python = (if on_code { View::Code } else { view }, python_limits);
                    let Some(columns) = self.brought_columns(from_prompt) else { continue };
                    constraints.push(TaskConstraint::FromPrompt(FromPrompt {
                        columns,
                        view,
                        python,
                        weight,
                        required: wire.required,
                        limits,
                    }));
                }
                (Some(_), Some(from_prompt)) => {
                    let message = "a constraint has `check` or `from_prompt`, not both";
                    self.mistake(Diagnostic::new(from_prompt.span.clone(), message));
                }
                (None, None) => {
                    let message = "a constraint needs `check` (or `from_prompt`)";
                    self.mistake(Diagnostic::new(span.clone(), message).help("`fullmarks checkers list` names them"));
                }
            }
        }
        constraints
    }

    fn nothing_besides_from_prompt(&mut self, wire: &WireConstraint, span: &Range<usize>) {
        for (key, given) in [("id", wire.id.is_some()), ("with", wire.with.is_some())] {
            if given {
                let message = format!("`{key}` means nothing beside `from_prompt`: the prompts bring it");
                self.mistake(Diagnostic::new(span.clone(), message).help(format!("remove `{key}`")));
            }
        }
    }

    /// The columns of `from_prompt`: `ids` and `params`, or `ids_and_params`.
    fn brought_columns(&mut self, wire: &At<WireFromPrompt>) -> Option<FromColumns> {
        let (ids, params, both) = (&wire.value.ids, &wire.value.params, &wire.value.ids_and_params);
        match (ids, params, both) {
            (Some(ids), Some(params), None) => Some(FromColumns::Apart { ids: ids.clone(), params: params.clone() }),
            (None, None, Some(column)) => Some(FromColumns::Together(column.clone())),
            _ => {
                let message = "`from_prompt` needs `ids` and `params`, or `ids_and_params` alone";
                let help = "IFEval and IFBench have two columns, `{ids: instruction_id_list, params: kwargs}`; IF-RLVR \
                            has one, `{ids_and_params: ground_truth}`";
                self.mistake(Diagnostic::new(wire.span.clone(), message).help(help));
                None
            }
        }
    }

    fn inline(&mut self, wire: &WireConstraint, check: &At<String>) -> Inline {
        let params = self.params(wire.with.as_ref());
        self.against_catalogue(check, wire.with.as_ref(), &params);
        let runs = self.catalogue.get(&check.value).map_or(Runs::Module, |doc| doc.runs);
        // A checker that its author wrote judges answers, as any other does.
        let on_code = runs == Runs::Python && check.value != "python.check";
        if on_code && wire.on.is_none() && !self.extracts_code {
            let message = format!("`{}` looks at code, but the spec extracts none", check.value);
            let help = "add `extract: {code: python}` at the top level, or say what is judged: `on: answer`";
            self.mistake(Diagnostic::new(check.span.clone(), message).help(help));
        }
        let (view, weight, limits) = self.common(wire, runs);
        let view = if on_code && wire.on.is_none() { View::Code } else { view };
        if let Some(id) = &wire.id
            && (id.value.trim().is_empty() || id.value.contains('#'))
        {
            let message = "an id cannot be empty or contain `#`, which numbers the constraints prompts bring";
            self.mistake(Diagnostic::new(id.span.clone(), message));
        }
        Inline {
            id: wire.id.as_ref().unwrap_or(check).value.clone(),
            checker: check.value.clone(),
            params,
            view,
            weight,
            required: wire.required,
            gate: false,
            limits,
            span: check.span.clone(),
        }
    }

    /// View, weight and limits: what every constraint has.
    fn common(&mut self, wire: &WireConstraint, runs: Runs) -> (View, f64, CheckLimits) {
        let view = match &wire.on {
            Some(At { value: WireView::Code, span }) => {
                if !self.extracts_code {
                    let message = "`on: code`, but the spec extracts no code";
                    let help = "add `extract: {code: python}` at the top level";
                    self.mistake(Diagnostic::new(span.clone(), message).help(help));
                }
                View::Code
            }
            Some(At { value: WireView::All, .. }) => View::All,
            Some(At { value: WireView::Answer, .. }) | None => View::Answer,
        };
        let weight = wire.weight.as_ref().map_or(1.0, |weight| {
            if !(weight.value > 0.0 && weight.value.is_finite()) {
                let message = format!("a weight is above 0, not {}", weight.value);
                let help = "to judge without credit, leave the constraint out";
                self.mistake(Diagnostic::new(weight.span.clone(), message).help(help));
            }
            weight.value
        });
        let mut limits = self.limits(wire.limits.as_ref(), runs);
        if let Some(case) = wire.limits.as_ref().and_then(|limits| limits.case.as_ref()) {
            let checker = wire.check.as_ref().map_or("from_prompt", |check| &check.value);
            match limits::case(&case.value.0, limits.time, checker) {
                Ok(time) => limits.case = Some(time),
                Err(message) => self.mistake(Diagnostic::new(case.span.clone(), message)),
            }
        }
        (view, weight, limits)
    }

    fn limits(&mut self, wire: Option<&WireLimits>, runs: Runs) -> CheckLimits {
        let mut limits = if runs == Runs::Python { CheckLimits::PYTHON } else { CheckLimits::DEFAULT };
        let most = CheckLimits::MOST;
        if let Some(memory) = wire.and_then(|wire| wire.memory.as_ref()) {
            match limits::memory(&memory.value.0) {
                Ok(bytes) if runs == Runs::Python && bytes < CheckLimits::LEAST_PYTHON_MEMORY => {
                    let message = format!("`{}` is less than Python needs: at least 96MiB", memory.value.0);
                    self.mistake(Diagnostic::new(memory.span.clone(), message));
                }
                Ok(bytes) if (CheckLimits::LEAST_MEMORY..=most.memory).contains(&bytes) => limits.memory = bytes,
                Ok(_) => {
                    let message = format!("`{}` is outside what a check can have: 64KiB to 1GiB", memory.value.0);
                    self.mistake(Diagnostic::new(memory.span.clone(), message));
                }
                Err(message) => self.mistake(Diagnostic::new(memory.span.clone(), message)),
            }
        }
        if let Some(time) = wire.and_then(|wire| wire.time.as_ref()) {
            match limits::time(&time.value.0) {
                Ok(duration) if !duration.is_zero() && duration <= most.time => limits.time = duration,
                Ok(_) => {
                    let message = format!("`{}` is outside what a check can have: above 0, up to 10min", time.value.0);
                    self.mistake(Diagnostic::new(time.span.clone(), message));
                }
                Err(message) => self.mistake(Diagnostic::new(time.span.clone(), message)),
            }
        }
        limits
    }

    fn params(&mut self, wire: Option<&At<WireParams>>) -> Vec<(String, ParamSource)> {
        let mut params = Vec::new();
        for (name, At { value, span }) in wire.into_iter().flat_map(|wire| &wire.value.0) {
            let single = value.as_object().filter(|object| object.len() == 1);
            let special = single.and_then(|object| object.iter().next()).map(|(key, value)| (key.as_str(), value));
            let source = match special {
                Some(("column", Value::String(column))) => ParamSource::Column(column.clone()),
                Some(("literal", literal)) => ParamSource::Literal(literal.clone()),
                _ => {
                    if value.is_null() {
                        let message = format!("`{}` has no value", name.value);
                        self.mistake(Diagnostic::new(span.clone(), message).help("give one, or remove the key"));
                    }
                    listed(value)
                }
            };
            params.push((name.value.clone(), source));
        }
        params
    }

    pub(super) fn share(&mut self, number: &At<f64>, name: &str) -> f64 {
        if !(0.0..=1.0).contains(&number.value) {
            let message = format!("`{name}` is a number from 0 to 1, not {}", number.value);
            self.mistake(Diagnostic::new(number.span.clone(), message));
        }
        number.value
    }
}

fn case(wire: &At<super::document::WireCase>) -> Case {
    Case { completion: wire.value.completion.clone(), row: wire.value.row.clone(), span: wire.span.clone() }
}
