//! All that is wrong with a document, whatever of it could be read.

use super::{
    Catalogue, Document, TaskSpec,
    document::{WireConstraint, WireSpec},
    validate::Validator,
};
use crate::source::{At, Diagnostic, SpecError};
use std::{collections::HashSet, ops::Range};

/// What is known of a document.
pub(crate) struct Examined {
    /// What it asks for; without mistakes there always is one.
    pub task: Option<TaskSpec>,
    /// Every mistake that can be found without running anything.
    pub mistakes: Vec<Diagnostic>,
    /// Where the ids of checkers stand whose constraints are worth trying out: nothing is known against them.
    pub sound: HashSet<usize>,
}

impl Document {
    /// Validates the document against the checkers there are.
    ///
    /// # Errors
    /// [`SpecError`] with every mistake found.
    pub fn validate(&self, catalogue: &Catalogue) -> Result<TaskSpec, SpecError> {
        match self.examine(catalogue, true) {
            Examined { task: Some(task), mistakes, .. } if mistakes.is_empty() => Ok(task),
            Examined { mistakes, .. } => Err(self.refused(mistakes)),
        }
    }

    /// The same, whatever comes of it. Where the catalogue is not `whole`, since modules could not be loaded, unknown checkers are let pass.
    pub(crate) fn examine(&self, catalogue: &Catalogue, whole: bool) -> Examined {
        let Some(wire) = &self.reading.value else {
            return Examined { task: None, mistakes: self.reading.all(Vec::new()), sound: HashSet::new() };
        };
        let mut validator = Validator::new(catalogue, whole, wire);
        let task = validator.task(wire);
        let found = validator.mistakes;
        let mut sound = HashSet::new();
        let mut follow = Vec::new();
        for (constraint, mut place) in places(wire, self.reading.source.len()) {
            if let Some(next) = self.reading.item_left_out(&place) {
                place.end = next;
            }
            let wrong = |mistake: &Diagnostic| place.contains(&mistake.span.start);
            let with = constraint.value.with.as_ref();
            if self.reading.leaves_out(&place) || with.is_some_and(|with| self.made_up(&with.span)) {
                follow.push(place.clone());
            }
            if let Some(check) = &constraint.value.check
                && !self.reading.doubts(&place)
                && !found.iter().any(wrong)
            {
                sound.insert(check.span.start);
            }
        }
        // What a constraint lacks may have been left out with what is no YAML.
        let follows = |mistake: &Diagnostic| {
            mistake.message.contains(" needs ") && follow.iter().any(|place| place.contains(&mistake.span.start))
        };
        let found = found.into_iter().filter(|mistake| !follows(mistake)).collect();
        Examined { task: Some(task), mistakes: self.reading.all(found), sound }
    }

    /// Whether something stands there for what could not be read.
    pub(crate) fn made_up(&self, span: &Range<usize>) -> bool {
        self.reading.made_up(span)
    }

    /// The value of the first parameter that a message about a constraint names, or else the id of its checker, which stands at `check`.
    pub(crate) fn place_of(&self, check: &Range<usize>, message: &str) -> Range<usize> {
        let constraints = self.reading.value.iter().flat_map(|wire| &wire.constraints.value);
        let of_check =
            |constraint: &&At<WireConstraint>| constraint.value.check.as_ref().is_some_and(|id| id.span == *check);
        let params = constraints.filter(of_check).filter_map(|constraint| constraint.value.with.as_ref());
        let named = |name: &str| message.find(&format!("`{name}`")).or_else(|| message.find(&format!("`{name}[")));
        let places =
            params.flat_map(|with| &with.value.0).filter_map(|(name, value)| Some((named(&name.value)?, &value.span)));
        places.min_by_key(|(at, _)| *at).map_or_else(|| check.clone(), |(_, span)| span.clone())
    }
}

/// Each constraint, and where it ends at the latest.
fn places(wire: &WireSpec, end: usize) -> impl Iterator<Item = (&At<WireConstraint>, Range<usize>)> {
    let constraints = &wire.constraints.value;
    let last = if wire.reward.span.start > wire.constraints.span.start { wire.reward.span.start } else { end };
    constraints.iter().enumerate().map(move |(index, constraint)| {
        let next = constraints.get(index + 1).map_or(last, |next| next.span.start);
        (constraint, constraint.span.start..next)
    })
}
