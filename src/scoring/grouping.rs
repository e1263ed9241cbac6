//! Outcomes gathered by prompt, for the stages that look at whole groups.

use super::{ScoredRow, intake::Intake, places::Places};
use crate::{
    data::BadRow,
    task::Example,
    verdict::{Group, Outcome},
};
use std::collections::HashMap;

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
    places: Places,
    intake: Intake,
}

/// What is said of a row whose verdicts are not of the constraints that earlier rows of its prompt have.
pub(super) fn other_constraints(line: u64, id: &str) -> BadRow {
    let message = format!(
        "`{id}` has verdicts of other constraints here than in an earlier row: give the files of one task at a time"
    );
    BadRow { line, message }
}

impl Grouping {
    /// Adds a row; one that cannot be used is kept as such.
    pub fn add(&mut self, row: Result<ScoredRow, BadRow>) {
        if let Some(row) = self.intake.count(row) {
            self.gather(row);
        }
    }

    /// Why a row cannot stand beside earlier ones of its prompt.
    pub(crate) fn refused(&self, row: &ScoredRow) -> Option<BadRow> {
        let group = &self.groups[self.place(&row.id, row.step.as_deref())?];
        let fits = group.constraints() == &**row.outcomes[0].constraints();
        (!fits).then(|| other_constraints(row.line, &row.id))
    }

    /// The place of a prompt among the groups, where it has one.
    pub(crate) fn place(&self, id: &str, step: Option<&str>) -> Option<usize> {
        self.places.known(id, step)
    }

    /// The groups until now.
    pub(crate) fn groups(&self) -> &[Group] {
        &self.groups
    }

    fn gather(&mut self, mut row: ScoredRow) {
        self.intake.mark(row.thinking);
        if row.outcomes.iter().all(Outcome::is_left_out) {
            return self.intake.leave_out(row.outcomes.len() as u64);
        }
        self.keep(row.example.take());
        if let Some(bad) = self.refused(&row) {
            return self.intake.refuse(bad);
        }
        let place = self.places.of(row.id.clone(), row.step);
        if place == self.groups.len() {
            self.groups.push(Group { prompt: row.id.into(), outcomes: Vec::new() });
            self.logprobs.push(Vec::new());
            self.paid.push(Vec::new());
            self.sizes.push(Vec::new());
        }
        self.groups[place].outcomes.extend(row.outcomes.iter().map(Outcome::without_reasons));
        self.logprobs[place].extend(row.logprobs);
        self.paid[place].extend(row.paid);
        self.sizes[place].extend(row.lengths.iter().map(|length| Some(length.count as f64)));
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

    /// What came of the rows.
    #[must_use]
    pub fn intake(&self) -> &Intake {
        &self.intake
    }

    /// How many steps of training they are of; 1 where steps are not told apart.
    #[must_use]
    pub fn steps(&self) -> usize {
        self.places.steps()
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
