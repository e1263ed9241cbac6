//! Plans made from rows that come with the completions, kept while they are in use: the completions of a group share one.

use crate::verify::{Plan, Row, Verifier};
use sha2::{Digest, Sha256};
use std::{
    collections::HashMap,
    mem,
    sync::{Arc, Mutex, PoisonError},
};

/// Plans of one generation. Two are kept: a plan that is not asked for while this many others are made is dropped.
const GENERATION: usize = 1024;

type Key = [u8; 32];

/// The plans most recently used.
#[derive(Default)]
pub(super) struct Plans {
    generations: Mutex<[HashMap<Key, Arc<Plan>>; 2]>,
}

impl Plans {
    /// The plan of a row.
    pub(super) fn get(&self, verifier: &Verifier, row: &Row) -> Result<Arc<Plan>, String> {
        let key = Sha256::digest(serde_json::to_vec(row).map_err(|error| error.to_string())?).into();
        if let Some(plan) = self.known(&key) {
            return Ok(plan);
        }
        // Two threads may make the same plan, which costs time and nothing else. A lock would be held while checkers run.
        let plan = Arc::new(verifier.plan(row).map_err(|error| error.to_string())?);
        self.keep(key, &plan);
        Ok(plan)
    }

    fn known(&self, key: &Key) -> Option<Arc<Plan>> {
        let [new, old] = &mut *self.generations.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(plan) = new.get(key) {
            return Some(plan.clone());
        }
        let plan = old.remove(key)?;
        new.insert(*key, plan.clone());
        Some(plan)
    }

    fn keep(&self, key: Key, plan: &Arc<Plan>) {
        let [new, old] = &mut *self.generations.lock().unwrap_or_else(PoisonError::into_inner);
        if new.len() >= GENERATION {
            *old = mem::take(new);
        }
        new.insert(key, plan.clone());
    }
}
