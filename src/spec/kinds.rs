//! Parameter values against what a checker declares.

use super::{CheckerDoc, Kind, Param, languages};
use crate::{completion::kind as json_kind, source::closest};
use serde_json::Value;

/// A parameter that does not fit.
#[derive(Clone, Debug, PartialEq)]
pub struct KindError {
    /// The parameter; `None` when one is missing, so that nothing can be pointed at.
    pub param: Option<String>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

/// Checks names, presence, types and ranges of a checker's parameters. A `null` counts as absent.
///
/// # Errors
/// Every parameter that does not fit.
pub fn check_params<'a>(
    doc: &CheckerDoc,
    params: impl Iterator<Item = (&'a str, Option<&'a Value>)> + Clone,
) -> Result<(), Vec<KindError>> {
    let mut errors = Vec::new();
    for (name, value) in params.clone() {
        let error = match doc.params.iter().find(|param| param.name == name) {
            None => Some(unknown(doc, name)),
            // No value: it comes from a prompt's row and is checked there.
            Some(param) => value.and_then(|value| misfit(param, value)),
        };
        errors.extend(error);
    }
    let names = || doc.params.iter().map(|param| param.name.as_str());
    // A misspelt parameter is not missing as well.
    let given = |name: &str| {
        params.clone().any(|(given, _)| {
            given == name || !names().any(|known| known == given) && closest(given, names()) == Some(name)
        })
    };
    for param in doc.params.iter().filter(|param| param.required) {
        if !given(&param.name) {
            errors.push(KindError {
                param: None,
                message: format!("`{}` needs `{}`: {}", doc.id, param.name, param.doc),
                help: Some(format!("it is {}", param.kind.describe())),
            });
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

fn unknown(doc: &CheckerDoc, name: &str) -> KindError {
    let names: Vec<_> = doc.params.iter().map(|param| param.name.as_str()).collect();
    let help = match closest(name, names.iter().copied()) {
        Some(candidate) => format!("did you mean `{candidate}`?"),
        None if names.is_empty() => "it takes no parameters".into(),
        None => format!("it takes {}", names.join(", ")),
    };
    KindError {
        param: Some(name.to_owned()),
        message: format!("`{}` has no parameter `{name}`", doc.id),
        help: Some(help),
    }
}

fn misfit(param: &Param, value: &Value) -> Option<KindError> {
    let fits = match (&param.kind, value) {
        // 3.0 is how some data sets store a whole number.
        (Kind::Integer { min, max }, Value::Number(_)) => {
            whole(value).is_some_and(|number| (*min..=*max).contains(&number))
        }
        (Kind::Number { min, max }, Value::Number(number)) => {
            number.as_f64().is_some_and(|number| (*min..=*max).contains(&number))
        }
        (Kind::Text, Value::String(_)) | (Kind::Boolean, Value::Bool(_)) => true,
        (Kind::Texts, Value::Array(items)) => !items.is_empty() && items.iter().all(Value::is_string),
        (Kind::Choice { choices }, Value::String(text)) => choices.contains(text),
        (Kind::Any, value) => !value.is_null(),
        _ => false,
    };
    let wrong = match (&param.kind, value) {
        (Kind::Texts, Value::Array(items)) if !items.is_empty() => no_texts(items),
        _ => format!(", not {}", shown(value)),
    };
    (!fits).then(|| KindError {
        param: Some(param.name.clone()),
        message: format!("`{}` must be {}{wrong}", param.name, param.kind.describe()),
        help: Some(remedy(param, value)),
    })
}

/// What to write in the place of a value that does not fit.
fn remedy(param: &Param, value: &Value) -> String {
    let source = if matches!(param.kind, Kind::Any) { None } else { misspelt_source(value) };
    let meant = || match (&param.kind, value) {
        (Kind::Choice { choices }, Value::String(text)) => {
            let choices = || choices.iter().map(String::as_str);
            let code = languages::code(text).and_then(|code| choices().find(|choice| *choice == code));
            code.map(|code| format!("write `{code}`"))
                .or_else(|| closest(text, choices()).map(|near| format!("did you mean `{near}`?")))
        }
        (Kind::Texts, Value::String(text)) if text.chars().count() <= 40 => {
            Some(format!("write `{}: [{text}]`", param.name))
        }
        _ => None,
    };
    source.or_else(meant).unwrap_or_else(|| format!("{}: {}", param.name, param.doc))
}

/// What was meant by `{col: x}`, or by a list with such an item.
fn misspelt_source(value: &Value) -> Option<String> {
    let object = match value {
        Value::Array(items) => return items.iter().find_map(misspelt_source),
        Value::Object(object) => object,
        _ => return None,
    };
    let name = object.keys().find(|key| {
        let key = key.to_lowercase();
        ["col", "field", "key"].contains(&key.as_str()) || closest(&key, ["column"]).is_some()
    })?;
    let of = object.get(name)?.as_str().unwrap_or("NAME");
    Some(format!("a value of the prompt's row is `{{column: {of}}}`, with no other key"))
}

/// The items of a list that are no texts.
fn no_texts(items: &[Value]) -> String {
    let wrong = items.iter().enumerate().filter(|(_, item)| !item.is_string());
    let wrong: Vec<_> = wrong.map(|(index, item)| format!("item {} is {}", index + 1, shown(item))).collect();
    format!(": {} (quotes make text of it)", wrong.join(", "))
}

/// The whole number a JSON value stands for, 3.0 included.
fn whole(value: &Value) -> Option<i64> {
    let exact = |number: f64| (number.fract() == 0.0 && number.abs() < 9.0e15).then_some(number as i64);
    value.as_i64().or_else(|| value.as_f64().and_then(exact))
}

impl Kind {
    /// What a value must be, to follow "must be".
    #[must_use]
    pub fn describe(&self) -> String {
        match self {
            Self::Integer { min, max } if *max == i64::MAX => format!("a whole number, at least {min}"),
            Self::Integer { min, max } => format!("a whole number from {min} to {max}"),
            Self::Number { min, max } => format!("a number from {min} to {max}"),
            Self::Text => "text".into(),
            Self::Texts => "a list of texts, at least one".into(),
            Self::Choice { choices } => format!("one of {}", choices.join(", ")),
            Self::Boolean => "true or false".into(),
            Self::Any => "a value".into(),
        }
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Number(number) => format!("the number {number}"),
        Value::String(text) if text.chars().count() <= 40 => format!("the text `{text}`"),
        Value::Bool(value) => format!("`{value}`"),
        Value::Null => "null".into(),
        Value::Array(items) if items.is_empty() => "an empty list".into(),
        other => json_kind(other).into(),
    }
}
