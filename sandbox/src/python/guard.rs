//! What is watched while a candidate runs: `guard.py` tells it from within the instance, and the host keeps it, out of reach.

use super::{EncodeError, Value, encode::encode};
use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError},
};

/// What a candidate is watched for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Watched {
    /// Functions by their dotted names: `sorted`, `list.sort`, `os.system`.
    pub calls: Vec<String>,
    /// Modules; `*` is any.
    pub imports: Vec<String>,
    /// Lines at the start of the source that are the spec's own: what they call does not count.
    pub prefix_lines: usize,
}

/// What a candidate did that it was watched for: the rule, `calls` or `imports`, and its entry.
pub type Caught = BTreeSet<(String, String)>;

/// The watch over the instances of one completion.
pub(super) struct Guard {
    /// What the instance is asked for before it reads the source.
    pub(super) request: Vec<u8>,
    watched: Watched,
    caught: Mutex<Caught>,
}

impl Guard {
    pub(super) fn new(watched: Watched) -> Result<Self, EncodeError> {
        let texts = |texts: &[String]| Value::List(texts.iter().map(|text| text.as_str().into()).collect());
        let lines = i64::try_from(watched.prefix_lines).unwrap_or(i64::MAX);
        let mut request = Vec::new();
        encode(&Value::Tuple(vec![texts(&watched.calls), texts(&watched.imports), lines.into()]), &mut request)?;
        Ok(Self { request, watched, caught: Mutex::default() })
    }

    /// What was seen so far.
    pub(super) fn caught(&self) -> Caught {
        self.caught.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Takes down what an instance says it saw. Only what was asked for counts: the candidate may say things itself.
    pub(super) fn saw(&self, said: &[u8]) {
        let Some((rule, entry)) = std::str::from_utf8(said).ok().and_then(|said| said.split_once(' ')) else { return };
        let known = match rule {
            "calls" => &self.watched.calls,
            "imports" => &self.watched.imports,
            _ => return,
        };
        if known.iter().any(|known| known == entry) {
            let mut caught = self.caught.lock().unwrap_or_else(PoisonError::into_inner);
            caught.insert((rule.to_owned(), entry.to_owned()));
        }
    }
}
