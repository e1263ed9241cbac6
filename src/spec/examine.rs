//! All that is wrong with a document, whatever of it could be read.

use super::{
    Catalogue, Document, TaskSpec,
    document::{WireConstraint, WireSpec},
    validate::Validator,
};
use crate::source::{At, Diagnostic, SpecError};
use std::{collections::HashMap, ops::Range};

/// What is known of a document.
pub(crate) struct Examined {
    /// What it asks for; without mistakes there always is one.
    pub task: Option<TaskSpec>,
    /// Every mistake that can be found without running anything.
    pub mistakes: Vec<Diagnostic>,
    /// Where the ids of checkers stand whose constraints are worth trying out, each with the parameters that are known to be wrong.
    pub sound: HashMap<usize, Vec<String>>,
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
            return Examined { task: None, mistakes: self.reading.all(Vec::new()), sound: HashMap::new() };
        };
        let mut validator = Validator::new(catalogue, whole, wire);
        let task = validator.task(wire);
        let found = validator.mistakes;
        let mut sound = HashMap::new();
        let mut follow = Vec::new();
        for (constraint, mut place) in places(wire, self.reading.source.len()) {
            if let Some(next) = self.reading.item_left_out(&place) {
                place.end = next;
            }
            let with = constraint.value.with.as_ref();
            if self.reading.leaves_out(&place) || with.is_some_and(|with| self.made_up(&with.span)) {
                follow.push(place.clone());
            }
            if let Some(check) = &constraint.value.check
                && !self.reading.leaves_out(&place)
                && !with.is_some_and(|with| self.made_up(&with.span))
                && let Some(wrong) = self.wrong_params(constraint, &found)
            {
                sound.insert(check.span.start, wrong);
            }
        }
        // What a constraint lacks may have been left out with what is no YAML.
        let follows = |mistake: &Diagnostic| {
            mistake.message.contains(" needs ") && follow.iter().any(|place| place.contains(&mistake.span.start))
        };
        let found = found.into_iter().filter(|mistake| !follows(mistake)).collect();
        Examined { task: Some(task), mistakes: self.reading.all(found), sound }
    }

    /// The parameters of a constraint that are known to be wrong. `None` where it is not known which, or what the checker is.
    fn wrong_params(&self, constraint: &At<WireConstraint>, found: &[Diagnostic]) -> Option<Vec<String>> {
        let params = constraint.value.with.iter().flat_map(|with| &with.value.0);
        // A value that is missing has no length.
        let place = |(name, value): &(At<String>, At<_>)| {
            name.span.start..value.span.end.max(value.span.start + 1).max(name.span.end)
        };
        let check = constraint.value.check.as_ref()?;
        let all = || self.reading.mistakes.iter().chain(found);
        let unknown = |mistake: &Diagnostic| {
            mistake.message.starts_with("there is no checker") || mistake.message.contains(" needs `")
        };
        if all().any(|mistake| mistake.span.start == check.span.start && unknown(mistake)) {
            return None;
        }
        let within = |param: &&(At<String>, At<_>)| all().any(|mistake| place(param).contains(&mistake.span.start));
        let wrong: Vec<_> = params.filter(within).map(|(name, _)| name.value.clone()).collect();
        let with = constraint.value.with.as_ref().map(|with| with.span.clone());
        let somewhere = with.is_some_and(|with| all().any(|mistake| with.contains(&mistake.span.start)));
        (!wrong.is_empty() || !somewhere).then_some(wrong)
    }

    /// Where the language of the code stands that is taken out of a completion.
    pub(crate) fn language(&self) -> Option<&At<String>> {
        self.reading.value.as_ref()?.extract.as_ref()?.value.code.as_ref()
    }

    /// Whether something stands there for what could not be read.
    pub(crate) fn made_up(&self, span: &Range<usize>) -> bool {
        self.reading.made_up(span)
    }

    /// What a message about a constraint is about: the parameter that it names first, and the place of that, or of the part that the
    /// message names. Without one, the id of the checker, which stands at `check`.
    pub(crate) fn place_of(&self, check: &Range<usize>, message: &str) -> (Option<String>, Range<usize>) {
        let constraints = self.reading.value.iter().flat_map(|wire| &wire.constraints.value);
        let of_check =
            |constraint: &&At<WireConstraint>| constraint.value.check.as_ref().is_some_and(|id| id.span == *check);
        let params = constraints.filter(of_check).filter_map(|constraint| constraint.value.with.as_ref());
        let named = |name: &str| message.find(&format!("`{name}`")).or_else(|| message.find(&format!("`{name}[")));
        let places = params
            .flat_map(|with| &with.value.0)
            .filter_map(|(name, value)| Some((named(&name.value)?, &name.value, &value.span)));
        let Some((at, name, span)) = places.min_by_key(|(at, ..)| *at) else { return (None, check.clone()) };
        let path = path(&message[at..]);
        let part = self.reading.part(span, &path.iter().map(String::as_str).collect::<Vec<_>>());
        let line = line_of(message).filter(|_| part == *span).and_then(|line| self.reading.line_within(span, line));
        (Some(name.clone()), line.unwrap_or(part))
    }
}

/// The way to a part of a parameter that a message names: `cases[1]`, then a key; or `schema` at `#/a/b`, then a key.
fn path(message: &str) -> Vec<String> {
    let mut texts = message.split('`').skip(1).step_by(2);
    let mut path: Vec<String> = Vec::new();
    let first = texts.next().unwrap_or_default();
    path.extend(first.split('[').skip(1).map(|place| place.trim_end_matches(']').to_owned()));
    let mut next = texts.next();
    if let Some(pointer) = next.and_then(|text| text.strip_prefix('#')) {
        path.extend(pointer.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~")));
        next = texts.next();
    }
    path.extend(next.map(str::to_owned));
    path
}

/// The line that a message names.
fn line_of(message: &str) -> Option<usize> {
    let (_, rest) = message.rsplit_once("line ")?;
    rest[..rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len())].parse().ok()
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
