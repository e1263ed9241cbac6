//! A task: loaded from one spec, it judges completions and pays them. What every surface goes through: the command line, Python, the
//! server, audits and probes.

mod batch;
mod circumstances;
mod error;
mod example;
mod lengths;
mod looks;
mod opened;
mod pay;
mod plans;
mod prompts;
mod sample;
mod scored;
mod source;
mod thinking_marks;

/// JSON as programs write it, for surfaces whose batches come as text.
pub use crate::data::{Memory, Unread, Want, read_bounded, read_json};
pub use batch::{Batch, Samples};
pub use circumstances::Circumstances;
pub use error::TaskError;
pub use example::Example;
pub use lengths::{lengths, lengths_of_row};
pub use looks::Looks;
pub use pay::Judged;
pub use prompts::{Loaded, Prompts, PromptsError};
pub use sample::{Bound, PromptRef, Sample};
pub use scored::Scored;
pub use source::Source;
pub use thinking_marks::ThinkingMarks;

use crate::{
    adaptive::Rewarder,
    data::{BadRow, unknown_prompt},
    reward::Scheme,
    source::open_regular,
    spec::{Document, TaskSpec},
    verify::{Library, LibraryError, Plan, Row, Verifier, keep_signals},
};
use plans::Plans;
use rayon::prelude::*;
use std::{path::PathBuf, sync::Arc};

/// A task, ready to judge and to pay. Share it between threads.
///
/// Judging is a pure function. So is paying, unless the scheme is `adaptive`: the task then holds a controller, to which the order of
/// steps matters ([`Task::state`]).
pub struct Task {
    source: Source,
    document: Document,
    verifier: Verifier,
    /// `None` where the spec takes values from prompts and names no file of them: each sample then brings its row.
    prompts: Option<Prompts>,
    /// Prompts of the file that cannot be used, and how many it has.
    left_out: (Vec<BadRow>, u64),
    plans: Plans,
    rewarder: Rewarder,
}

impl Task {
    /// Validates the spec and reads its prompts, so that all that is wrong with either is known before anything is judged. Prompts that
    /// cannot be used are left out, unless they are too many.
    ///
    /// # Errors
    /// [`TaskError`], naming every mistake found.
    pub fn load(source: Source) -> Result<Self, TaskError> {
        let mut task = Self::without_prompts(source)?;
        let (path, Source { max_unscored, max_row, .. }) = (task.prompts_path(), &task.source);
        if let (None, Some(path)) = (&task.source.prompts, &path) {
            // What a spec names is an ordinary file; whoever calls may give a pipe.
            open_regular(path).map_err(|error| TaskError::Prompts(PromptsError::Io(path.clone(), error)))?;
        }
        match Prompts::load(&task.verifier, path.as_deref(), *max_unscored, *max_row) {
            Ok(Loaded { prompts, left_out, of }) => {
                task.prompts = Some(prompts);
                task.left_out = (left_out, of);
            }
            Err(PromptsError::Needed) => {}
            Err(error) => return Err(TaskError::Prompts(error)),
        }
        Ok(task)
    }

    /// Validates the spec alone: each sample then brings the row of its prompt, if the spec takes values from it.
    ///
    /// # Errors
    /// [`TaskError`], naming every mistake of the spec.
    pub fn without_prompts(source: Source) -> Result<Self, TaskError> {
        keep_signals();
        let document = Document::parse(&source.name, &source.yaml)?;
        let library = Library::for_document(&document, &source.folder).map_err(|error| match error {
            LibraryError::Spec(error) => TaskError::Spec(error),
            other => TaskError::Sandbox(other),
        })?;
        let verifier = Verifier::new(&document, library)?;
        let rewarder = Rewarder::new(verifier.task().reward(), verifier.task().advantage);
        let (left_out, plans) = ((Vec::new(), 0), Plans::default());
        Ok(Self { source, document, verifier, prompts: None, left_out, plans, rewarder })
    }

    /// The same task, loaded once more from what it was loaded from, with the state it has now.
    ///
    /// # Errors
    /// [`TaskError`], where the files that the spec names have changed or gone.
    pub fn again(&self) -> Result<Self, TaskError> {
        let mut task = Self::load(self.source.clone())?;
        task.rewarder = self.rewarder.clone();
        Ok(task)
    }

    /// The same task, paid by another scheme. A new controller begins where that is `adaptive`.
    #[must_use]
    pub fn with_scheme(mut self, scheme: Scheme) -> Self {
        if scheme != self.rewarder.function().scheme {
            self.rewarder = self.rewarder.with_scheme(scheme);
        }
        self
    }

    /// What it was loaded from.
    #[must_use]
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The spec as it was read, for messages about places in it.
    #[must_use]
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// The spec, validated.
    #[must_use]
    pub fn spec(&self) -> &TaskSpec {
        self.verifier.task()
    }

    /// What judges.
    #[must_use]
    pub fn verifier(&self) -> &Verifier {
        &self.verifier
    }

    /// The file of its prompts: the one given, else the one that the spec names.
    #[must_use]
    pub fn prompts_path(&self) -> Option<PathBuf> {
        let named = || self.spec().prompts_file.as_ref().map(|file| self.source.folder.join(&file.path));
        self.source.prompts.clone().or_else(named)
    }

    /// Its prompts, for whoever names them by id alone.
    ///
    /// # Errors
    /// [`PromptsError::Needed`] where the spec takes values from prompts and no file of them was read.
    pub fn prompts(&self) -> Result<&Prompts, TaskError> {
        self.prompts.as_ref().ok_or(TaskError::Prompts(PromptsError::Needed))
    }

    /// Prompts of the file that cannot be used, and why. The completions of these prompts are unscored.
    #[must_use]
    pub fn left_out(&self) -> &[BadRow] {
        &self.left_out.0
    }

    /// How many prompts the file has, those that are left out among them; 0 without a file.
    #[must_use]
    pub fn prompt_count(&self) -> u64 {
        self.left_out.1
    }

    /// Whether the prompts were read from a file, so that an id is enough to name one.
    #[must_use]
    pub fn knows_prompts(&self) -> bool {
        matches!(self.prompts, Some(Prompts::ById(_)))
    }

    /// Finds out how to judge each sample. One whose row cannot be used is left out, and its verdicts are unscored; where that is so of all
    /// samples, the mistake is the caller's. Call it from a thread outside of rayon's pools: it may wait for another caller who is
    /// getting the Python runtime ready with the help of all threads.
    ///
    /// # Errors
    /// [`TaskError::Sample`] with the first sample that cannot be judged, and why.
    pub fn bind(&self, batch: Samples) -> Result<Bound, TaskError> {
        keep_signals();
        let Samples { samples, given } = batch;
        let plans: Vec<_> = samples.iter().map(|sample| self.plan(&sample.prompt)).collect();
        let some = plans.iter().any(Result::is_ok);
        let plan = |(index, plan): (usize, Result<Arc<Plan>, String>)| match (plan, &samples[index].prompt) {
            (Ok(plan), _) => Ok(plan),
            (Err(message), PromptRef::Row(_)) if some => {
                Ok(Arc::new(self.verifier.left_out(format!("the prompt's row: {message}"))))
            }
            (Err(message), _) => Err(TaskError::Sample { index, message }),
        };
        let plans = plans.into_iter().enumerate().map(plan).collect::<Result<_, _>>()?;
        Ok(Bound { samples, plans, given })
    }

    /// Judges a batch on all threads of the current rayon pool. Outcomes are in the order of the samples.
    #[must_use]
    pub fn judge(&self, batch: Bound) -> Judged {
        keep_signals();
        let opened = self.opened_plans(&batch);
        let pairs = batch.samples.par_iter().zip(&batch.plans).with_max_len(1);
        let judge = |(sample, plan): (&Sample, &Arc<Plan>)| {
            self.verifier.judge_ended(plan, &sample.completion, sample.ended, opened.contains(&opened::address(plan)))
        };
        let outcomes = pairs.map(judge).collect();
        Judged { outcomes, given: batch.given }
    }

    /// Reads, judges and pays a batch, in its order.
    ///
    /// # Errors
    /// [`TaskError`] with what is wrong with the batch; nothing was judged then.
    pub fn score(&self, batch: Batch) -> Result<Vec<Scored>, TaskError> {
        let bound = self.bind(self.read(batch)?)?;
        Ok(self.pay(self.judge(bound)))
    }

    fn plan(&self, prompt: &PromptRef) -> Result<Arc<Plan>, String> {
        match (prompt, &self.prompts) {
            (PromptRef::Row(row), _) => self.plans.get(&self.verifier, row),
            (PromptRef::Only | PromptRef::Id(_), Some(Prompts::Shared(plan))) => Ok(plan.clone()),
            (PromptRef::Id(id), Some(prompts)) => prompts.plan(id).cloned().ok_or_else(|| unknown_prompt(id)),
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
