//! Outcomes gathered by prompt, for the stages that look at whole groups.

use super::ScoredRow;
use crate::{
    data::BadRow,
    task::{Example, ThinkingMarks},
    verdict::{Group, Outcome},
};
use std::collections::{BTreeSet, HashMap};

/// Prompts of which an example is kept: what a page can show is less.
const EXAMPLES: usize = 2000;

/// Gathers scored rows into one group per prompt, in the order the prompts first appear. Reasons are dropped: only
/// verdicts matter to what comes after, and a million completions must fit.
#[derive(Default)]
pub struct Grouping {
    groups: Vec<Group>,
    logprobs: Vec<Vec<Option<f64>>>,
    paid: Vec<Vec<Option<f64>>>,
    sizes: Vec<Vec<Option<f64>>>,
    examples: Vec<Example>,
    shown: HashMap<String, usize>,
    index: HashMap<(String, Option<String>), usize>,
    steps: BTreeSet<Option<String>>,
    rows: u64,
    bad: Vec<BadRow>,
    left_out: u64,
    thinking: ThinkingMarks,
}

impl Grouping {
    /// Adds a row; one that cannot be used is kept as such.
    pub fn add(&mut self, row: Result<ScoredRow, BadRow>) {
        self.rows += 1;
        match row {
            Err(bad) => self.bad.push(bad),
            Ok(row) => self.gather(row),
        }
    }

    fn gather(&mut self, row: ScoredRow) {
        self.thinking += row.thinking;
        if row.outcomes.iter().all(Outcome::is_left_out) {
            self.left_out += row.outcomes.len() as u64;
            return;
        }
        self.keep(row.example);
        let sizes = row.lengths.iter().map(|length| Some(length.count as f64));
        let outcomes = row.outcomes.iter().map(Outcome::without_reasons);
        let key = (row.id.clone(), row.step);
        self.steps.insert(key.1.clone());
        let Some(&index) = self.index.get(&key) else {
            self.index.insert(key, self.groups.len());
            self.groups.push(Group { prompt: row.id.into(), outcomes: outcomes.collect() });
            self.logprobs.push(row.logprobs);
            self.paid.push(row.paid);
            self.sizes.push(sizes.collect());
            return;
        };
        let group = &mut self.groups[index];
        if group.constraints() != &**row.outcomes[0].constraints() {
            let message = format!(
                "`{}` has verdicts of other constraints here than in an earlier row: give the files of one task at a time",
                row.id
            );
            self.bad.push(BadRow { line: row.line, message });
            return;
        }
        group.outcomes.extend(outcomes);
        self.logprobs[index].extend(row.logprobs);
        self.paid[index].extend(row.paid);
        self.sizes[index].extend(sizes);
    }

    /// Keeps an example of a prompt, in the place of one that is full where it is not.
    fn keep(&mut self, example: Option<Example>) {
        let Some(example) = example else { return };
        match self.shown.get(&example.prompt) {
            Some(&at) if self.examples[at].full && !example.full => self.examples[at] = example,
            None if self.examples.len() < EXAMPLES => {
                self.shown.insert(example.prompt.clone(), self.examples.len());
                self.examples.push(example);
            }
            _ => {}
        }
    }

    /// Whether no row could be used.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// How many rows were added.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// How many steps of training they are of; 1 where steps are not told apart.
    #[must_use]
    pub fn steps(&self) -> usize {
        self.steps.len()
    }

    /// The rows that could not be used.
    #[must_use]
    pub fn bad_rows(&self) -> &[BadRow] {
        &self.bad
    }

    /// How many completions answer prompts that cannot be used, and are in no group.
    #[must_use]
    pub fn left_out(&self) -> u64 {
        self.left_out
    }

    /// What marks of thinking the completions have.
    #[must_use]
    pub fn thinking(&self) -> ThinkingMarks {
        self.thinking
    }

    /// Of each group's completions, in their order, what they are paid; nothing where rows do not say it.
    #[must_use]
    pub fn take_paid(&mut self) -> Vec<Vec<Option<f64>>> {
        std::mem::take(&mut self.paid)
    }

    /// Of each group's completions, in their order, how long they are, where length costs.
    #[must_use]
    pub fn take_sizes(&mut self) -> Vec<Vec<Option<f64>>> {
        std::mem::take(&mut self.sizes)
    }

    /// A completion of each of the first prompts, with its reasons, where they were asked for.
    #[must_use]
    pub fn take_examples(&mut self) -> Vec<Example> {
        std::mem::take(&mut self.examples)
    }

    /// The groups.
    #[must_use]
    pub fn into_groups(self) -> Vec<Group> {
        self.groups
    }

    /// The groups, and of each group's completions, in their order, the mean log-probability of a token where it is known.
    #[must_use]
    pub fn into_parts(self) -> (Vec<Group>, Vec<Vec<Option<f64>>>) {
        (self.groups, self.logprobs)
    }
}
