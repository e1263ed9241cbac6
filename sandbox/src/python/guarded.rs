//! An interpreter that watches its candidates.

use super::{
    EncodeError, Python,
    guard::{Caught, Guard, Watched},
};
use std::sync::Arc;

impl Python {
    /// The same interpreter, which watches every candidate that it runs.
    ///
    /// # Errors
    /// [`EncodeError`] when there are too many names.
    pub fn guarded(&self, watched: Watched) -> Result<Self, EncodeError> {
        let mut python = self.clone();
        python.guard = Some(Arc::new(Guard::new(watched)?));
        Ok(python)
    }

    /// What the candidates that it ran did of what they were watched for.
    #[must_use]
    pub fn caught(&self) -> Caught {
        self.guard.as_ref().map(|guard| guard.caught()).unwrap_or_default()
    }
}
