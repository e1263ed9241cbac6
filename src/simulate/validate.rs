//! YAML → a problem, and everything that can be wrong with one of the right form.

use super::{
    Problem, Sampled, Update,
    document::{Numbers, WireFile, WireProblem, WireRewards, WireSampled},
};
use crate::{
    advise::dynamics::{Algorithm, Batch, Schedule},
    source::{At, Diagnostic, Slips, SpecError, read_yaml, suggestion},
};
use std::{collections::HashMap, ops::Range};

/// Most outcomes: a step costs their square.
const OUTCOMES: usize = 1000;
/// Most steps.
const STEPS: u64 = 10_000_000;
/// Most records of a trajectory.
const RECORDS: u64 = 10_000;
/// Most completions in a group.
const GROUP: u64 = 1024;
/// Most runs, and most groups in an update.
const DRAWS: u64 = 10_000;
/// Most completions that are drawn for a reward in all runs.
const COMPLETIONS: f64 = 1e10;
/// Most probabilities that are recorded for a reward in all runs.
const NUMBERS: f64 = 1e8;
/// Rewards, features, rates and coefficients are at most this far from 0, so that no sum of them overflows.
const LARGEST: f64 = 1e6;
/// How far from 1 probabilities may sum to.
const ROUNDING: f64 = 1e-6;
/// The least probability above 0: the logarithm of its reciprocal must be a number.
const LEAST: f64 = 1e-100;

impl Problem {
    /// Reads a problem. `file` names it in messages.
    ///
    /// # Errors
    /// [`SpecError`] with every mistake found.
    pub fn parse(file: &str, bytes: &[u8]) -> Result<Self, SpecError> {
        let reading = read_yaml::<WireFile>(file, bytes, Slips::default())?;
        let (problem, found) = reading.value.as_ref().map(validate).unzip();
        match (problem, reading.all(found.unwrap_or_default())) {
            (Some(problem), mistakes) if mistakes.is_empty() => Ok(problem),
            (_, mistakes) => Err(SpecError::new(file, &reading.source, mistakes)),
        }
    }
}

/// The problem, and every mistake in it.
fn validate(file: &WireFile) -> (Problem, Vec<Diagnostic>) {
    let mut validator = Validator { mistakes: Vec::new() };
    if file.fullmarks.value != 1 {
        let message = format!("format {} is not known", file.fullmarks.value);
        validator.mistake(&file.fullmarks.span, message, "this program reads format 1");
    }
    (validator.problem(&file.simulate), validator.mistakes)
}

/// Collects mistakes on the way, so that one run names them all.
struct Validator {
    mistakes: Vec<Diagnostic>,
}

impl Validator {
    fn mistake(&mut self, span: &Range<usize>, message: String, help: &str) {
        self.mistakes.push(Diagnostic::new(span.clone(), message).help(help));
    }

    fn problem(&mut self, wire: &WireProblem) -> Problem {
        let outcomes = self.outcomes(&wire.outcomes);
        let count = outcomes.len();
        let rewards = self.rewards(&wire.rewards, count);
        let update = self.update(wire);
        let schedule = self.schedule(wire);
        Problem {
            probabilities: self.probabilities(&wire.probabilities, count),
            features: wire.features.as_ref().map(|features| self.features(features, count)),
            truth: wire.truth.as_ref().map_or(0, |truth| self.truth(truth, &rewards)),
            kl: wire.kl.as_ref().map_or(0.0, |kl| self.within(kl, 0.0, "`kl`")),
            sampled: wire.sampled.as_ref().and_then(|sampled| self.sampled(sampled, update, &schedule, count)),
            outcomes,
            rewards,
            update,
            schedule,
        }
    }

    fn outcomes(&mut self, wire: &At<Vec<At<String>>>) -> Vec<String> {
        let count = wire.value.len();
        if count < 2 {
            let message = format!("{count} outcomes leave nothing to learn");
            self.mistake(&wire.span, message.replace("1 outcomes leave", "1 outcome leaves"), "name at least two");
        } else if count > OUTCOMES {
            let message = format!("{count} outcomes are more than the {OUTCOMES} this command takes");
            self.mistake(&wire.span, message, "put outcomes of equal rewards together");
        }
        let mut seen = HashMap::new();
        for (place, name) in wire.value.iter().enumerate() {
            if name.value.trim().is_empty() {
                self.mistake(&name.span, "the name of an outcome is empty".into(), "give it one");
            } else if let Some(before) = seen.insert(name.value.as_str(), place) {
                let message = format!("`{}` is outcome {} already", name.value, before + 1);
                self.mistake(&name.span, message, "give this one another name");
            }
        }
        wire.value.iter().map(|name| name.value.clone()).collect()
    }

    /// The values of a list with one number of each outcome.
    fn each(&mut self, wire: &Numbers, outcomes: usize, what: &str) -> Vec<f64> {
        if wire.value.len() != outcomes {
            let message = format!("{what} has {} numbers, but there are {outcomes} outcomes", wire.value.len());
            self.mistake(&wire.span, message, "give one number for each outcome, in their order");
        }
        wire.value.iter().map(|number| number.value).collect()
    }

    fn probabilities(&mut self, wire: &Numbers, outcomes: usize) -> Vec<f64> {
        let mut probabilities = self.each(wire, outcomes, "`probabilities`");
        let before = self.mistakes.len();
        for probability in &wire.value {
            let p = probability.value;
            if !(0.0..=1.0).contains(&p) {
                let message = format!("a probability is a number from 0 to 1, not {p}");
                self.mistakes.push(Diagnostic::new(probability.span.clone(), message));
            } else if p > 0.0 && p < LEAST {
                let message = format!("a probability is 0 or at least {LEAST:e}, not {p:e}");
                self.mistake(&probability.span, message, "write 0: it will not be seen in any run");
            }
        }
        let total: f64 = probabilities.iter().sum();
        if before == self.mistakes.len() && (total - 1.0).abs() > ROUNDING && probabilities.len() == outcomes {
            let message = format!("the probabilities sum to {}, not to 1", rounded(total));
            self.mistake(&wire.span, message, "the outcomes must be all there are: one may stand for the rest");
        }
        probabilities.iter_mut().for_each(|p| *p /= total);
        probabilities
    }

    fn features(&mut self, wire: &At<Vec<Numbers>>, outcomes: usize) -> Vec<Vec<f64>> {
        let rows = wire.value.len();
        if rows != outcomes {
            let message = format!("`features` has {rows} rows, but there are {outcomes} outcomes");
            self.mistake(&wire.span, message, "give one row for each outcome, in their order");
        }
        let width = wire.value.first().map_or(0, |row| row.value.len());
        for (place, row) in wire.value.iter().enumerate() {
            if row.value.len() != width || width == 0 {
                let found = row.value.len();
                let message = match width {
                    0 => format!("row {} of the features is empty", place + 1),
                    _ => format!("row {} has {found} features, but the first has {width}", place + 1),
                };
                self.mistake(&row.span, message, "all outcomes have the same features, 0 where they lack one");
            }
            row.value.iter().for_each(|feature| self.number(feature, "a feature"));
        }
        let numbers = |row: &Numbers| row.value.iter().map(|feature| feature.value).collect();
        wire.value.iter().map(numbers).collect()
    }

    fn rewards(&mut self, wire: &At<WireRewards>, outcomes: usize) -> Vec<(String, Vec<f64>)> {
        if wire.value.0.is_empty() {
            self.mistake(&wire.span, "there is no reward to train with".into(), "add for example `binary: [1, 0]`");
        }
        let mut rewards = Vec::new();
        for (name, values) in &wire.value.0 {
            if name.value.trim().is_empty() {
                self.mistake(&name.span, "the name of a reward is empty".into(), "give it one");
            }
            values.value.iter().for_each(|reward| self.number(reward, "a reward"));
            rewards.push((name.value.clone(), self.each(values, outcomes, &format!("`{}`", name.value))));
        }
        rewards
    }

    fn truth(&mut self, wire: &At<String>, rewards: &[(String, Vec<f64>)]) -> usize {
        let names: Vec<&str> = rewards.iter().map(|(name, _)| name.as_str()).collect();
        names.iter().position(|name| *name == wire.value).unwrap_or_else(|| {
            let message = format!("there is no reward `{}` that could be the truth", wire.value);
            self.mistakes.push(Diagnostic::new(wire.span.clone(), message).maybe_help(suggestion(&wire.value, &names)));
            0
        })
    }

    fn update(&mut self, wire: &WireProblem) -> Update {
        let size = wire.group_size.as_ref().map_or(8, |size| self.count(size, 2, GROUP, "`group_size`"));
        let Some(At { value: name, span }) = wire.algorithm.as_ref().filter(|name| name.value != Update::GRADIENT)
        else {
            if let Some(size) = &wire.group_size {
                let message = "`group_size` means nothing to `gradient`, which draws no groups";
                self.mistake(&size.span, message.into(), "remove it, or choose an `algorithm`, for example grpo");
            }
            return Update::Gradient;
        };
        let algorithm = Algorithm::by_name(name).unwrap_or_else(|| {
            let message = format!("there is no algorithm `{name}`");
            self.mistakes.push(Diagnostic::new(span.clone(), message).maybe_help(suggestion(name, &Update::names())));
            Algorithm::Grpo
        });
        Update::Groups(algorithm, size as usize)
    }

    fn schedule(&mut self, wire: &WireProblem) -> Schedule {
        let learning_rate = self.within(&wire.learning_rate, f64::MIN_POSITIVE, "`learning_rate`");
        let steps = self.count(&wire.steps, 1, STEPS, "`steps`");
        let every = |wire| self.count(wire, 1, u64::MAX, "`record_every`");
        let record_every = wire.record_every.as_ref().map_or_else(|| steps.div_ceil(50), every);
        if let Some(every) = &wire.record_every
            && steps.div_ceil(record_every) > RECORDS
        {
            let message = format!("{} records are more than {RECORDS}", steps.div_ceil(record_every));
            let help = format!("record every {} steps or less often", steps.div_ceil(RECORDS));
            self.mistake(&every.span, message, &help);
        }
        Schedule { steps, record_every, learning_rate }
    }

    fn sampled(
        &mut self,
        wire: &At<WireSampled>,
        update: Update,
        schedule: &Schedule,
        outcomes: usize,
    ) -> Option<Sampled> {
        let At { value: wire, span } = wire;
        let runs = self.count(&wire.runs, 1, DRAWS, "`runs`");
        let groups = wire.groups.as_ref().map_or(1, |groups| self.count(groups, 1, DRAWS, "`groups`"));
        let Some(size) = update.group_size() else {
            let message = "`gradient` is exact: there is nothing to sample";
            self.mistake(span, message.into(), "choose `algorithm: rloo`, whose groups sample the same gradient");
            return None;
        };
        let completions = runs as f64 * groups as f64 * size as f64 * schedule.steps as f64;
        let numbers = runs as f64 * schedule.recorded().size_hint().0 as f64 * outcomes as f64;
        if completions > COMPLETIONS {
            let message = format!("{completions:.1e} completions would be drawn, more than {COMPLETIONS:.0e}");
            self.mistake(span, message, "take fewer runs, groups or steps");
        } else if numbers > NUMBERS {
            let message = format!("{numbers:.1e} probabilities would be recorded, more than {NUMBERS:.0e}");
            self.mistake(span, message, "take fewer runs, or record less often");
        }
        Some(Sampled { runs, batch: Batch { groups: groups as usize, seed: wire.seed.unwrap_or(0) } })
    }

    /// A whole number within limits; the nearest one where it is not.
    fn count(&mut self, number: &At<u64>, least: u64, most: u64, what: &str) -> u64 {
        if !(least..=most).contains(&number.value) {
            let limits = if most == u64::MAX { format!("at least {least}") } else { format!("from {least} to {most}") };
            let message = format!("{what} is a whole number {limits}, not {}", number.value);
            self.mistakes.push(Diagnostic::new(number.span.clone(), message));
        }
        number.value.clamp(least, most)
    }

    fn within(&mut self, number: &At<f64>, least: f64, what: &str) -> f64 {
        if !(least..=LARGEST).contains(&number.value) {
            let limits = if least > 0.0 { "above 0, up to 1e6" } else { "from 0 to 1e6" };
            let message = format!("{what} is a number {limits}, not {}", number.value);
            self.mistakes.push(Diagnostic::new(number.span.clone(), message));
        }
        number.value
    }

    fn number(&mut self, number: &At<f64>, what: &str) {
        if !(-LARGEST..=LARGEST).contains(&number.value) {
            let message = format!("{what} is a number from -1e6 to 1e6, not {}", number.value);
            self.mistakes.push(Diagnostic::new(number.span.clone(), message));
        }
    }
}

/// Without the noise of adding.
fn rounded(number: f64) -> f64 {
    (number * 1e9).round() / 1e9
}
