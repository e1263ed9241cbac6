//! The keys of a configuration, each of which is accounted for.

use super::{Taken, TrainerConfig, TrainerError, leaves::Leaves};
use serde_json::Value;

/// The keys that are left, and what was taken.
pub(super) struct Keys {
    left: Leaves,
    pub(super) config: TrainerConfig,
}

impl Keys {
    pub(super) fn new(trainer: &'static str, left: Leaves) -> Self {
        Self { left, config: TrainerConfig { trainer, ..TrainerConfig::default() } }
    }

    /// The value of the first of these names that is there, which is no longer left.
    fn value(&mut self, names: &[&str]) -> Option<(String, Value)> {
        let found: Vec<(String, Value)> = names.iter().filter_map(|name| self.left.remove_entry(*name)).collect();
        found.into_iter().next()
    }

    /// Text, as it stands there.
    pub(super) fn text(&mut self, names: &[&str]) -> Result<Option<(String, String)>, TrainerError> {
        self.value(names).map(|(key, value)| Ok((key.clone(), plain(&key, &value)?))).transpose()
    }

    pub(super) fn number(&mut self, names: &[&str]) -> Result<Option<(String, f64)>, TrainerError> {
        let Some((key, text)) = self.text(names)? else { return Ok(None) };
        match text.parse() {
            Ok(number) if f64::is_finite(number) => Ok(Some((key, number))),
            _ => Err(TrainerError::Value { key, value: text, wanted: "a number" }),
        }
    }

    pub(super) fn whole(&mut self, names: &[&str]) -> Result<Option<(String, u64)>, TrainerError> {
        match self.number(names)? {
            None => Ok(None),
            Some((key, number)) if number >= 0.0 && number.fract() == 0.0 => Ok(Some((key, number as u64))),
            Some((key, number)) => {
                Err(TrainerError::Value { key, value: number.to_string(), wanted: "a whole number" })
            }
        }
    }

    /// Text that stays among what is left.
    pub(super) fn peek(&self, name: &str) -> Result<Option<String>, TrainerError> {
        self.left.get(name).map(|value| plain(name, value)).transpose()
    }

    pub(super) fn flag(&mut self, names: &[&str]) -> Result<Option<(String, bool)>, TrainerError> {
        let Some((key, text)) = self.text(names)? else { return Ok(None) };
        match text.to_lowercase().as_str() {
            "true" | "1" | "yes" | "on" => Ok(Some((key, true))),
            "false" | "0" | "no" | "off" => Ok(Some((key, false))),
            _ => Err(TrainerError::Value { key, value: text, wanted: "true or false" }),
        }
    }

    /// A list of numbers.
    pub(super) fn numbers(&mut self, names: &[&str]) -> Result<Option<(String, Vec<f64>)>, TrainerError> {
        let Some((key, value)) = self.value(names) else { return Ok(None) };
        let wrong = || TrainerError::Value { key: key.clone(), value: value.to_string(), wanted: "a list of numbers" };
        let items = match &value {
            Value::Array(items) => items.iter().map(|item| plain(&key, item)).collect::<Result<Vec<_>, _>>()?,
            other => plain(&key, other)?
                .trim_matches(['[', ']'])
                .split([',', ' '])
                .filter(|item| !item.is_empty())
                .map(str::to_owned)
                .collect(),
        };
        let numbers: Option<Vec<f64>> = items.iter().map(|item| item.parse().ok()).collect();
        numbers.map(|numbers| Some((key.clone(), numbers))).ok_or_else(wrong)
    }

    /// Notes that a key was taken, and what for.
    pub(super) fn take(&mut self, key: impl Into<String>, value: impl ToString, meaning: impl Into<String>) {
        let (key, value, meaning) = (key.into(), value.to_string(), meaning.into());
        self.config.taken.push(Taken { key, value, meaning });
    }

    /// Takes the size of groups.
    pub(super) fn group_size(&mut self, names: &[&str], default: Option<u64>) -> Result<(), TrainerError> {
        let given = self.whole(names)?;
        let size = given.as_ref().map(|(_, size)| *size).or(default);
        if let Some((key, size)) = given {
            self.take(key, size, format!("groups of {size}"));
        } else if let Some(size) = default {
            self.take(names[0], "default", format!("groups of {size}"));
        }
        self.config.group_size = size;
        Ok(())
    }

    /// What is left: keys that these names, or what stands below them, are known to change nothing here; and the rest.
    pub(super) fn rest(mut self, known: &[&str]) -> TrainerConfig {
        let is = |key: &str| {
            known.iter().any(|name| match name.strip_suffix('*') {
                Some(prefix) => key.starts_with(prefix),
                None => key == *name,
            })
        };
        let (unused, unknown): (Vec<String>, Vec<String>) = self.left.into_keys().partition(|key| is(key));
        (self.config.unused, self.config.unknown) = (unused, unknown);
        self.config
    }
}

/// Text, a number or a truth as text.
fn plain(key: &str, value: &Value) -> Result<String, TrainerError> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        other => {
            let (key, value) = (key.to_owned(), other.to_string());
            return Err(TrainerError::Value { key, value, wanted: "one value" });
        }
    };
    // OmegaConf's way to say what is taken where a variable is not set.
    let usual = text.strip_prefix("${oc.env:").and_then(|rest| rest.strip_suffix('}')?.split_once(','));
    let text = usual.map_or(text.clone(), |(_, usual)| usual.trim().to_owned());
    if text.contains('$') {
        return Err(TrainerError::Unset { key: key.to_owned(), value: text });
    }
    Ok(text)
}
