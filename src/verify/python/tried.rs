//! What was tried once and found fit: rules and checkers that every prompt of a task shares cost an instance each to try.

use super::Row;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::{
    collections::HashSet,
    sync::{Mutex, PoisonError},
};

/// Parameters that were tried, by their hash.
#[derive(Debug, Default)]
pub(in crate::verify) struct Tried(Mutex<HashSet<[u8; 32]>>);

impl Tried {
    /// Tries a checker's parameters unless they were found fit before.
    pub(super) fn once(
        &self,
        checker: &str,
        params: &Row,
        attempt: impl FnOnce() -> Result<(), String>,
    ) -> Result<(), String> {
        let key = Sha256::digest(format!("{checker} {}", Value::Object(params.clone()))).into();
        let known = |tried: &Self| tried.0.lock().unwrap_or_else(PoisonError::into_inner).contains(&key);
        if !known(self) {
            attempt()?;
            self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(key);
        }
        Ok(())
    }
}
