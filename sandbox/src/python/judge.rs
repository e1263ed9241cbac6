//! What a judge's instance answers by itself: rules over a syntax tree, a checker written in Python, values written as
//! expressions. No completion runs in it. Tests, which reach a candidate, are in `test_code.rs`.

use super::{
    Limits, Python, Stop, Unusable, Value,
    report::{LONGEST_WHY, cut},
};

/// What rules over a syntax tree found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// The source does not parse.
    Unparsed(String),
    /// What breaks the rules; nothing is a pass.
    Found(Vec<Finding>),
}

/// What breaks a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule's name.
    pub rule: String,
    /// What was found, or what is missing.
    pub text: String,
    /// Its line in the source, 0 when it has none.
    pub line: u64,
}

/// What a checker written in Python said.
#[derive(Clone, Debug, PartialEq)]
pub enum Checked {
    /// The checker itself is broken, or has met what it is not made for; the text says how.
    Broken(String),
    /// The checker met a name that only the completion can have brought; the text says how.
    Brought(String),
    /// The checker's own code has a mistake that no completion brings about; the text says which.
    Mistaken(String),
    /// A score in [0, 1], of which 1 is a pass, and why.
    Score(f64, String),
}

impl Python {
    /// What a source has that the rules forbid. Lines up to `prefix_lines` are the spec's own.
    ///
    /// # Errors
    /// [`Stop`].
    pub fn forbidden(&self, source: &str, rules: &Value, prefix_lines: u64, limits: &Limits) -> Result<Syntax, Stop> {
        self.syntax("forbidden", source, rules, prefix_lines, limits)
    }

    /// What a source lacks that the rules require.
    ///
    /// # Errors
    /// [`Stop`].
    pub fn required(&self, source: &str, rules: &Value, prefix_lines: u64, limits: &Limits) -> Result<Syntax, Stop> {
        self.syntax("required", source, rules, prefix_lines, limits)
    }

    fn syntax(
        &self,
        kind: &str,
        source: &str,
        rules: &Value,
        prefix_lines: u64,
        limits: &Limits,
    ) -> Result<Syntax, Stop> {
        let lines = i64::try_from(prefix_lines).unwrap_or(i64::MAX);
        let request = Value::Tuple(vec![kind.into(), source.into(), rules.clone(), lines.into()]);
        let (kind, mut fields) = self.ask_judge(&request, 0, limits)?;
        match (kind.as_str(), &mut fields[..]) {
            ("syntax", [Value::Str(why), Value::Int(line)]) => {
                let line = line.to_i64().filter(|line| *line > 0);
                Ok(Syntax::Unparsed(line.map_or(why.to_string(), |line| format!("{why} (line {line})"))))
            }
            ("checked", [Value::List(findings)]) => {
                let finding = |finding: &Value| match finding {
                    Value::Tuple(parts) => match &parts[..] {
                        [Value::Str(rule), Value::Str(text), Value::Int(line)] => Some(Finding {
                            rule: cut(rule.to_string(), LONGEST_WHY),
                            text: cut(text.to_string(), LONGEST_WHY),
                            line: line.to_i64()?.try_into().ok()?,
                        }),
                        _ => None,
                    },
                    _ => None,
                };
                let found: Option<Vec<_>> = findings.iter().map(finding).collect();
                found.map(Syntax::Found).ok_or_else(unknown)
            }
            _ => Err(unknown()),
        }
    }

    /// Whether rules for `forbidden` or `required` can be used.
    ///
    /// # Errors
    /// What is wrong with them, or how the judge stopped.
    pub fn check_rules(&self, kind: &str, rules: &Value) -> Result<(), Unusable> {
        let request = Value::Tuple(vec!["rules".into(), kind.into(), rules.clone()]);
        let (_, fields) = self.ask_judge(&request, 0, &Limits::default()).map_err(|stop| Unusable(stop.to_string()))?;
        match &fields[..] {
            [Value::Str(why)] if why.to_string().is_empty() => Ok(()),
            [Value::Str(why)] => Err(Unusable(why.to_string())),
            _ => Err(Unusable(unknown().to_string())),
        }
    }

    /// Runs a checker's `check(completion, prompt, params)`; `seed` is that of its random numbers.
    ///
    /// # Errors
    /// [`Stop`].
    pub fn check(
        &self,
        checker: &str,
        completion: &str,
        prompt: &str,
        params: &Value,
        seed: u64,
        limits: &Limits,
    ) -> Result<Checked, Stop> {
        let request =
            Value::Tuple(vec!["check".into(), checker.into(), completion.into(), prompt.into(), params.clone()]);
        checked(&self.ask_judge(&request, seed, limits)?)
    }

    /// Whether a checker's source defines `check`; broken when not.
    ///
    /// # Errors
    /// [`Stop`].
    pub fn try_checker(&self, checker: &str, limits: &Limits) -> Result<Checked, Stop> {
        let request = Value::Tuple(vec!["checker".into(), checker.into()]);
        checked(&self.ask_judge(&request, 0, limits)?)
    }

    /// The values of Python expressions; `inf` and `nan` are known.
    ///
    /// # Errors
    /// Which of them is none, or how the judge stopped.
    pub fn values(&self, texts: &[&str]) -> Result<Vec<Value>, String> {
        let request =
            Value::Tuple(vec!["values".into(), Value::List(texts.iter().map(|text| (*text).into()).collect())]);
        let (kind, mut fields) = self.ask_judge(&request, 0, &Limits::default()).map_err(|stop| stop.to_string())?;
        match (kind.as_str(), &mut fields[..]) {
            ("values", [Value::List(values)]) if values.len() == texts.len() => Ok(std::mem::take(values)),
            ("broken", [Value::Str(why)]) => Err(why.to_string()),
            _ => Err(unknown().to_string()),
        }
    }

    /// Asks a fresh judge that reaches nobody.
    pub(super) fn ask_judge(&self, request: &Value, seed: u64, limits: &Limits) -> Result<(String, Vec<Value>), Stop> {
        self.session(seed, limits, |session| session.judge(request))
    }
}

fn checked((kind, fields): &(String, Vec<Value>)) -> Result<Checked, Stop> {
    match (kind.as_str(), &fields[..]) {
        ("broken", [Value::Str(why)]) => Ok(Checked::Broken(why.to_string())),
        ("brought", [Value::Str(why)]) => Ok(Checked::Brought(why.to_string())),
        ("mistaken", [Value::Str(why)]) => Ok(Checked::Mistaken(why.to_string())),
        ("checked", [Value::Float(score), Value::Str(why)]) => Ok(Checked::Score(*score, why.to_string())),
        _ => Err(unknown()),
    }
}

/// The judge is ours, so what it says is known.
pub(super) fn unknown() -> Stop {
    Stop::Host("the judge answered something unknown".into())
}
