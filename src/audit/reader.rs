//! Rows of rollouts → samples: the one place of an audit that has completions judged.

use super::{Feature, PromptSamples, Sample, features_of};
use crate::{
    completion::Completion,
    data::{BadRow, Keys, RawRow, Reading, RolloutRow, TOKENS},
    reward::{Reward, Scheme},
    scoring::{Intake, Scorer, VerdictSource},
    task::{Task, ThinkingMarks},
    verdict::Outcome,
};
use serde_json::Value;
use std::{collections::HashMap, sync::Arc};

/// Where a reward comes from.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum RewardSource {
    /// A column of the rollouts.
    Column(String),
    /// 1 for a completion that meets every constraint of a judge, else 0.
    Full {
        /// Place among the judges.
        judge: usize,
    },
    /// A scheme over the verdicts of a judge.
    Scheme {
        /// Place among the judges.
        judge: usize,
        /// The scheme.
        scheme: Scheme,
    },
}

/// Reads the samples of rows.
pub struct SampleReader<'a> {
    /// Column with the prompt's id.
    pub id: &'a str,
    /// The tasks that judge, whose prompts are known.
    pub judges: Vec<&'a Task>,
    /// What completions are truly worth. Without one, or where a column of it holds null, they are samples of the policy that say what it
    /// earns.
    pub truth: Option<RewardSource>,
    /// What they are paid.
    pub proxies: Vec<RewardSource>,
    /// Column with log-probabilities.
    pub logprob: Option<String>,
    /// Whether each completion must have one.
    pub needs_logprob: bool,
    /// Columns that are features of completions, after those of their texts.
    pub features: Vec<String>,
    /// How many characters of each completion are kept for examples.
    pub excerpt: usize,
}

/// A row with the outcomes of each judge, and the marks of thinking as the first has them.
type JudgedRow = (RolloutRow, Vec<Vec<Outcome>>, ThinkingMarks);

/// The samples of a row.
pub struct SampledRow {
    line: u64,
    id: String,
    samples: Vec<Sample>,
    policy: Vec<Vec<f64>>,
    /// How many completions are left out, where their prompt cannot be used.
    left_out: u64,
    thinking: ThinkingMarks,
}

impl SampleReader<'_> {
    /// Reads a row, having its completions judged where that is asked for.
    ///
    /// # Errors
    /// What is wrong with the row, and where.
    pub fn read(&self, raw: RawRow) -> Result<SampledRow, BadRow> {
        let line = raw.line;
        let (row, outcomes, thinking) = self.judge(raw)?;
        if outcomes.iter().any(|outcomes| outcomes.iter().all(Outcome::is_left_out)) {
            let left_out = row.completions.len() as u64;
            return Ok(SampledRow { line, id: row.id, samples: Vec::new(), policy: Vec::new(), left_out, thinking });
        }
        let bad = |message| BadRow { line, message };
        let rewards = |source: &RewardSource| rewards(source, &row, &outcomes).map_err(bad);
        let count = |lengths: &[Vec<Option<f64>>]| lengths.first().map_or(row.completions.len(), Vec::len);
        let proxies: Vec<Vec<Option<f64>>> = self.proxies.iter().map(rewards).collect::<Result<_, _>>()?;
        let (truth, of_policy) = match &self.truth {
            Some(RewardSource::Column(column)) => {
                let truth = row.logged_rewards(column).map_err(|why| bad(why.into()))?;
                // Where a few are null their truth is unknown. Where most are, they are samples beside pairs or best-of-n sets.
                let nulls = truth.iter().filter(|truth| truth.is_none()).count();
                let of_policy = truth.iter().map(|one| one.is_none() && 2 * nulls > truth.len()).collect::<Vec<_>>();
                (truth, of_policy)
            }
            Some(source) => {
                let truth = rewards(source)?;
                let of_policy = vec![false; truth.len()];
                (truth, of_policy)
            }
            None => (vec![None; count(&proxies)], vec![true; count(&proxies)]),
        };
        let logprobs = match &self.logprob {
            Some(column) => row.logprobs(column).map_err(|why| bad(why.into()))?,
            None => vec![None; truth.len()],
        };
        let other = proxies.iter().map(Vec::len).chain([logprobs.len()]).find(|length| *length != truth.len());
        if let Some(other) = other {
            return Err(bad(format!("its columns are of {} and of {other} completions", truth.len())));
        }
        if let (true, Some(missing)) = (self.needs_logprob, logprobs.iter().position(Option::is_none)) {
            let column = self.logprob.as_deref().unwrap_or_default();
            return Err(bad(format!("`{column}[{missing}]` is null, but --mass logprob needs all of them")));
        }
        let sample = |index: usize| Sample {
            truth: truth[index],
            proxies: proxies.iter().map(|proxy| proxy[index]).collect(),
            logprob: logprobs[index],
            features: self.features(&row, index),
            excerpt: row.completions.get(index).map_or_else(String::new, |completion| self.excerpt(completion)).into(),
        };
        let samples = (0..truth.len()).filter(|&index| !of_policy[index]).map(sample).collect();
        let paid = |index: usize| proxies.iter().map(|proxy| proxy[index]).collect::<Option<Vec<f64>>>();
        let policy = (0..truth.len()).filter(|&index| of_policy[index]).filter_map(paid).collect();
        Ok(SampledRow { line, id: row.id, samples, policy, left_out: 0, thinking })
    }

    /// What of a row matters to it.
    #[must_use]
    pub fn reading(&self, max_row: usize) -> Reading {
        let columns = self.columns().into_iter().chain(self.logprob.as_deref());
        let columns = columns.chain(self.features.iter().map(String::as_str));
        Reading::only(RolloutRow::COLUMNS.into_iter().chain([self.id, TOKENS]).chain(columns), max_row)
    }

    /// The columns that hold rewards.
    fn columns(&self) -> Vec<&str> {
        let sources = self.truth.iter().chain(&self.proxies);
        let columns = sources.filter_map(|source| match source {
            RewardSource::Column(column) => Some(column.as_str()),
            RewardSource::Full { .. } | RewardSource::Scheme { .. } => None,
        });
        columns.collect()
    }

    fn excerpt(&self, completion: &Completion) -> String {
        completion.text().chars().take(self.excerpt).collect()
    }

    /// The features of a completion: of its text, then of the columns, which hold one value for all completions or one for each.
    fn features(&self, row: &RolloutRow, index: usize) -> Arc<[Feature]> {
        let of_column = |name: &String| match row.columns.get(name) {
            Some(Value::Array(each)) => each.get(index).map_or(Feature::Unknown, feature),
            Some(value) => feature(value),
            None => Feature::Unknown,
        };
        let text = row.completions.get(index).map(Completion::text);
        features_of(text).into_iter().chain(self.features.iter().map(of_column)).collect()
    }

    fn judge(&self, raw: RawRow) -> Result<JudgedRow, BadRow> {
        let line = raw.line;
        if self.judges.is_empty() {
            let row = RolloutRow::from_row(raw.parse()?, Keys::id(self.id), Some(&self.columns()));
            return Ok((
                row.map_err(|why| BadRow { line, message: why.into() })?,
                Vec::new(),
                ThinkingMarks::default(),
            ));
        }
        let mut outcomes = Vec::new();
        let mut first = None;
        for task in &self.judges {
            let scorer =
                Scorer { keys: Keys::id(self.id), verdicts: VerdictSource::Judge(task), logprobs: None, excerpt: 0 };
            let scored = scorer.score(raw.clone())?;
            outcomes.push(scored.outcomes);
            if first.is_none() {
                first = Some((scorer.read(raw.clone())?.0, scored.thinking));
            }
        }
        let (row, thinking) = first.expect("there is a judge");
        Ok((row, outcomes, thinking))
    }
}

fn feature(value: &Value) -> Feature {
    match value {
        Value::Null | Value::Array(_) | Value::Object(_) => Feature::Unknown,
        Value::Number(number) => number.as_f64().map_or(Feature::Unknown, Feature::Number),
        Value::String(text) => Feature::Text(text.as_str().into()),
        Value::Bool(value) => Feature::Holds(*value),
    }
}

fn rewards(source: &RewardSource, row: &RolloutRow, outcomes: &[Vec<Outcome>]) -> Result<Vec<Option<f64>>, String> {
    match source {
        RewardSource::Column(column) => Ok(row.rewards(column)?.into_iter().map(Some).collect()),
        RewardSource::Full { judge } => {
            let full = |outcome: &Outcome| outcome.full().map(|full| f64::from(u8::from(full)));
            Ok(outcomes[*judge].iter().map(full).collect())
        }
        RewardSource::Scheme { judge, scheme } => {
            Ok(outcomes[*judge].iter().map(|outcome| scheme.reward(outcome).map(Reward::value)).collect())
        }
    }
}

/// Gathers rows into prompts, in the order they first appear.
#[derive(Default)]
pub struct Sampling {
    prompts: Vec<PromptSamples>,
    index: HashMap<String, usize>,
    intake: Intake,
}

impl Sampling {
    /// Adds a row; one that cannot be used is kept as such.
    pub fn add(&mut self, row: Result<SampledRow, BadRow>) {
        let Some(SampledRow { line, id, samples, policy, left_out, thinking }) = self.intake.count(row) else { return };
        self.intake.mark(thinking);
        if left_out > 0 {
            return self.intake.leave_out(left_out);
        }
        if samples.is_empty() && policy.is_empty() {
            return self.intake.refuse(BadRow { line, message: "it has no completion".into() });
        }
        let place = *self.index.entry(id.clone()).or_insert(self.prompts.len());
        if place == self.prompts.len() {
            self.prompts.push(PromptSamples { prompt: id.into(), samples, policy });
            return;
        }
        self.prompts[place].samples.extend(samples);
        self.prompts[place].policy.extend(policy);
    }

    /// What came of the rows.
    #[must_use]
    pub fn intake(&self) -> &Intake {
        &self.intake
    }

    /// Whether no row could be used.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.prompts.is_empty()
    }

    /// Takes what the policy earns from the samples of another file. Gives the prompts of which that is known now.
    pub fn take_policy(&mut self, other: Self) -> u64 {
        let mut known = 0;
        for prompt in other.prompts.into_iter().filter(|prompt| !prompt.policy.is_empty()) {
            if let Some(&index) = self.index.get(&*prompt.prompt) {
                self.prompts[index].policy.extend(prompt.policy);
                known += 1;
            }
        }
        known
    }

    /// The samples, by prompt.
    #[must_use]
    pub fn into_prompts(self) -> Vec<PromptSamples> {
        self.prompts
    }
}
