//! The options of a command line, or of a script with one: `--key value`, `--key=value`, `--flag`, and Hydra's `key.path=value`.

use super::{TrainerError, leaves::Leaves};
use serde_json::Value;
use std::collections::BTreeMap;

/// What commands begin with.
const PROGRAMS: [&str; 7] = ["python", "python3", "trl", "accelerate", "torchrun", "deepspeed", "ray"];

/// Whether it is a script or a command, and no YAML.
pub(super) fn is_command(text: &str) -> bool {
    let begins = |line: &str| {
        let mut words = line.split_whitespace();
        let first = words.next().unwrap_or_default();
        let option = first.starts_with("--") && first.len() > 2;
        first.starts_with("#!") || option || hydra(first) || PROGRAMS.contains(&first)
    };
    text.lines().any(|line| begins(line.trim_start()))
}

/// The options. Variables that the script sets are filled in.
pub(super) fn options(text: &str) -> Result<Leaves, TrainerError> {
    let joined = text.replace("\\\r\n", " ").replace("\\\n", " ");
    let mut flat = Leaves::new();
    let mut variables: BTreeMap<String, String> = BTreeMap::new();
    for line in joined.lines() {
        let mut words = words(line).into_iter().peekable();
        while let Some(word) = words.next() {
            let word = filled(&word, &variables);
            if let Some(option) = word.strip_prefix("--").filter(|option| !option.is_empty()) {
                let (key, value) = match option.split_once('=') {
                    Some((key, value)) => (key, vec![value.to_owned()]),
                    None => {
                        let mut values = Vec::new();
                        while let Some(value) = words.next_if(|next| !is_key(next)) {
                            values.push(filled(&value, &variables));
                        }
                        (option, values)
                    }
                };
                flat.insert(key.replace('-', "_"), value_of(&value));
            } else if let Some((key, value)) = word.split_once('=') {
                let key = key.trim_start_matches('+').trim_start_matches('~');
                let name = key.strip_prefix("export ").unwrap_or(key);
                if key.contains('.') {
                    flat.insert(key.to_owned(), value_of(&[value.to_owned()]));
                } else {
                    variables.insert(name.to_owned(), value.to_owned());
                }
            }
        }
    }
    Ok(flat)
}

/// Whether a word begins an option, so that it is no value of the one before it.
fn is_key(word: &str) -> bool {
    word.starts_with("--") || hydra(word)
}

/// Whether a word is `key.path=value`.
fn hydra(word: &str) -> bool {
    let is_path = |key: &str| key.contains('.') && key.chars().all(|c| c.is_alphanumeric() || "._+~@".contains(c));
    word.split_once('=').is_some_and(|(key, _)| is_path(key))
}

fn value_of(values: &[String]) -> Value {
    match values {
        [] => Value::Bool(true),
        [one] => Value::String(one.clone()),
        several => several.iter().cloned().map(Value::String).collect(),
    }
}

/// The words of a line, without quotes and what stands behind `#`.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quote, mut any) = (Vec::new(), String::new(), None, false);
    for c in line.chars() {
        match (quote, c) {
            (None, '#') if !any => break,
            (None, '"' | '\'') => (quote, any) = (Some(c), true),
            (Some(open), c) if open == c => quote = None,
            (None, c) if c.is_whitespace() => {
                if any {
                    words.push(std::mem::take(&mut word));
                }
                any = false;
            }
            (_, c) => {
                word.push(c);
                any = true;
            }
        }
    }
    if any {
        words.push(word);
    }
    words
}

/// Variables by their values: `$N`, `${N}` and `${N:-8}`. What is not set stays.
fn filled(word: &str, variables: &BTreeMap<String, String>) -> String {
    let mut filled = String::new();
    let mut rest = word;
    while let Some(at) = rest.find('$') {
        filled += &rest[..at];
        rest = &rest[at..];
        let (length, name, default) = match rest[1..].strip_prefix('{').and_then(|inner| inner.split_once('}')) {
            Some((inner, _)) => {
                let (name, default) = inner.split_once(":-").map_or((inner, None), |(name, by)| (name, Some(by)));
                (inner.len() + 3, name, default)
            }
            None => {
                let letters = |c: &char| c.is_alphanumeric() || *c == '_';
                let length: usize = rest[1..].chars().take_while(letters).map(char::len_utf8).sum();
                (length + 1, &rest[1..=length], None)
            }
        };
        match variables.get(name).map(String::as_str).or(default) {
            Some(value) => filled += value,
            None => filled += &rest[..length],
        }
        rest = &rest[length..];
    }
    filled + rest
}
