//! A task as programs use it: loaded from one spec, it judges batches of completions. What the Python package and the server share.

mod adaptive;
mod batch;
mod error;
mod pay;
mod plans;
mod sample;
mod source;

pub use batch::{Batch, Circumstances, Samples};
pub use error::TaskError;
pub use pay::Looks;
pub use sample::{Bound, PromptRef, Sample, turns};
pub use source::Source;

use crate::{
    reward::Scheme,
    scoring::{Prompts, PromptsError},
    spec::Document,
    verdict::Outcome,
    verify::{Library, LibraryError, Plan, Row, Verifier, keep_signals},
};
use plans::Plans;
use rayon::prelude::*;
use std::sync::Arc;

/// A task, ready to judge. Share it between threads.
pub struct Task {
    verifier: Verifier,
    /// `None` where the spec takes values from prompts and names no file of them: each sample then brings its row.
    prompts: Option<Prompts>,
    plans: Plans,
}

impl Task {
    /// Validates the spec and reads its prompts, so that all that is wrong with either is known before anything is judged.
    ///
    /// # Errors
    /// [`TaskError`], naming every mistake found.
    pub fn load(source: &Source) -> Result<Self, TaskError> {
        let task = Self::load_any(source)?;
        match task.verifier.task().scheme {
            Scheme::Adaptive(_) => Err(TaskError::Reward(format!(
                "{}: its reward needs a controller (`scheme: adaptive`), which `fullmarks.Adaptive` in Python and `fullmarks score \
                 --state` have",
                source.name
            ))),
            _ => Ok(task),
        }
    }

    /// Whatever its scheme.
    fn load_any(source: &Source) -> Result<Self, TaskError> {
        keep_signals();
        let document = Document::parse(&source.name, &source.yaml)?;
        let library = Library::for_document(&document, &source.folder).map_err(|error| match error {
            LibraryError::Spec(error) => TaskError::Spec(error),
            other => TaskError::Sandbox(other),
        })?;
        let verifier = Verifier::new(&document, library)?;
        let named = || verifier.task().prompts_file.as_ref().map(|file| source.folder.join(&file.path));
        let path = source.prompts.clone().or_else(named);
        let prompts = match Prompts::load(&verifier, path.as_deref()) {
            Ok(prompts) => Some(prompts),
            Err(PromptsError::Needed) => None,
            Err(error) => return Err(TaskError::Prompts(error)),
        };
        Ok(Self { verifier, prompts, plans: Plans::default() })
    }

    /// What judges.
    #[must_use]
    pub fn verifier(&self) -> &Verifier {
        &self.verifier
    }

    /// Whether the prompts were read from a file, so that an id is enough to name one.
    #[must_use]
    pub fn knows_prompts(&self) -> bool {
        matches!(self.prompts, Some(Prompts::ById(_)))
    }

    /// Finds out how to judge each sample. Call it from a thread outside of rayon's pools: it may wait for another caller who is
    /// getting the Python runtime ready with the help of all threads.
    ///
    /// # Errors
    /// [`TaskError::Sample`] with the first sample that cannot be judged, and why.
    pub fn bind(&self, samples: Vec<Sample>) -> Result<Bound, TaskError> {
        keep_signals();
        let plan = |(index, sample): (usize, &Sample)| {
            self.plan(&sample.prompt).map_err(|message| TaskError::Sample { index, message })
        };
        let plans = samples.iter().enumerate().map(plan).collect::<Result<_, _>>()?;
        Ok(Bound { samples, plans })
    }

    /// Judges a batch on all threads of the current rayon pool. Outcomes are in the order of the samples.
    #[must_use]
    pub fn judge(&self, batch: &Bound) -> Vec<Outcome> {
        keep_signals();
        let pairs = batch.samples.par_iter().zip(&batch.plans).with_max_len(1);
        pairs.map(|(sample, plan)| self.verifier.judge(plan, &sample.completion)).collect()
    }

    fn plan(&self, prompt: &PromptRef) -> Result<Arc<Plan>, String> {
        match (prompt, &self.prompts) {
            (PromptRef::Row(row), _) => self.plans.get(&self.verifier, row),
            (PromptRef::Only | PromptRef::Id(_), Some(Prompts::Shared(plan))) => Ok(plan.clone()),
            (PromptRef::Id(id), Some(prompts)) => {
                prompts.plan(id).cloned().ok_or_else(|| format!("there is no prompt with the id `{id}`"))
            }
            (PromptRef::Only, Some(Prompts::ById(_))) => {
                Err("the task has several prompts: say by its id which of them this answers".into())
            }
            (_, None) => {
                // Says which column is missing.
                let bound = self.verifier.plan(&Row::new()).err().map(|error| error.message).unwrap_or_default();
                Err(format!("{bound}; the task takes values from its prompts: give the prompt's row"))
            }
        }
    }
}
