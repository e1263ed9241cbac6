//! Rows of a trainer's log, with the step of each → groups by step, for a monitor.

use super::{grouping::other_constraints, intake::Intake};
use crate::{
    advise::RewardLog,
    data::{BadRow, Keys, KnownVerdicts, RawRow, Reading, RolloutRow},
    monitor::{LoggedGroup, LoggedRun},
    source::Unfit,
    verdict::{CauseKind, Constraint, Group, Outcome, Verdict},
};
use serde_json::Value;
use std::{
    collections::{BTreeMap, HashMap, HashSet, hash_map::DefaultHasher},
    hash::{Hash, Hasher},
    sync::Arc,
};

/// The column that tells TRL's rows of training from those of evaluation.
const MODE: &str = "mode";

/// Which columns of a log hold what.
#[derive(Clone, Debug)]
pub struct LogColumns {
    /// With the prompt's id.
    pub id: String,
    /// With the step of training.
    pub step: String,
    /// With the verdicts, where they are known. Else each reward is a constraint, and a full answer earns the most of all.
    pub verdicts: Option<KnownVerdicts>,
    /// With rewards, each with its weight in the sum.
    pub rewards: Vec<(String, f64)>,
}

/// What a row says.
#[derive(Clone, Debug)]
pub struct LogRow {
    line: u64,
    id: String,
    step: u64,
    /// It is of an evaluation, which taught nothing.
    aside: bool,
    outcomes: Vec<Outcome>,
    rewards: Vec<Vec<Option<f64>>>,
    texts: Vec<u64>,
}

impl LogColumns {
    /// What of a row matters, and the most bytes that one may take.
    #[must_use]
    pub fn reading(&self, max_row: usize) -> Reading {
        let verdicts = self.verdicts.iter().map(|known| known.column.as_str());
        let known = RolloutRow::COLUMNS.into_iter().chain([self.id.as_str(), self.step.as_str(), MODE]);
        Reading::only(known.chain(verdicts), max_row).and(self.rewards.iter().map(|(name, _)| name.as_str()))
    }

    /// Reads a row.
    ///
    /// # Errors
    /// What is wrong with the row, and where.
    pub fn read(&self, row: RawRow) -> Result<LogRow, BadRow> {
        let line = row.line;
        row.parse()
            .and_then(|columns| self.of_columns(line, columns).map_err(|why| BadRow { line, message: why.into() }))
    }

    fn of_columns(&self, line: u64, columns: serde_json::Map<String, Value>) -> Result<LogRow, Unfit> {
        let step = self.step_of(&columns)?;
        let verdicts = self.verdicts.iter().map(|known| known.column.as_str());
        let names: Vec<&str> = self.rewards.iter().map(|(name, _)| name.as_str()).chain(verdicts).collect();
        let row = RolloutRow::from_row(columns, Keys::id(&self.id), Some(&names))?;
        let outcomes = self.verdicts.as_ref().map(|known| known.outcomes(&row, None)).transpose()?.unwrap_or_default();
        let of = self.rewards.iter().map(|(name, _)| row.logged_rewards(name)).collect::<Result<Vec<_>, _>>()?;
        let count = of.first().map_or(outcomes.len(), Vec::len);
        let whole = of.iter().all(|values| values.len() == count) && (outcomes.is_empty() || outcomes.len() == count);
        if !whole {
            return Err(format!("its columns {} are of different numbers of completions", names.join(", ")).into());
        }
        let rewards = (0..count).map(|at| of.iter().map(|values| values[at]).collect()).collect();
        let texts = if row.completions.len() == count {
            row.completions.iter().map(|one| hash(&one.everything())).collect()
        } else {
            Vec::new()
        };
        let aside = row.columns.get(MODE).and_then(Value::as_str).is_some_and(|mode| mode != "train");
        let outcomes = outcomes.iter().map(Outcome::without_reasons).collect();
        Ok(LogRow { line, id: row.id, step, aside, outcomes, rewards, texts })
    }

    fn step_of(&self, columns: &serde_json::Map<String, Value>) -> Result<u64, Unfit> {
        let column = &self.step;
        let Some(value) = columns.get(column) else {
            let missing = crate::data::missing_column(columns, column);
            return Err(format!("{missing}: `--step` names the one with the step of training").into());
        };
        let whole = value.as_f64().filter(|step| *step >= 0.0 && *step <= f64::from(u32::MAX) && step.fract() == 0.0);
        let text = || value.as_str().and_then(|text| text.trim().parse::<u32>().ok()).map(u64::from);
        let step = whole.map(|step| step as u64).or_else(text);
        step.ok_or_else(|| format!("`{column}` must be the number of a step, from 0, not {value}").into())
    }
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// Groups of a step by prompt, in the order they first appear.
#[derive(Debug, Default)]
struct OfStep {
    groups: Vec<Gathered>,
    index: HashMap<String, usize>,
}

#[derive(Debug, Default)]
struct Gathered {
    prompt: String,
    outcomes: Vec<Outcome>,
    rewards: Vec<Vec<Option<f64>>>,
    texts: Vec<u64>,
}

/// Gathers rows into the groups of each step.
#[derive(Debug, Default)]
pub struct TrainingLog {
    steps: BTreeMap<u64, OfStep>,
    /// Least and largest value of each reward.
    ranges: Vec<Option<(f64, f64)>>,
    aside: u64,
    intake: Intake,
}

impl TrainingLog {
    /// Adds a row; one that cannot be used is kept as such.
    pub fn add(&mut self, row: Result<LogRow, BadRow>) {
        let Some(row) = self.intake.count(row) else { return };
        if row.aside {
            self.aside += 1;
            return;
        }
        let of = self.steps.entry(row.step).or_default();
        let before = of.index.get(&row.id).and_then(|at| of.groups[*at].outcomes.first());
        if let (Some(before), Some(now)) = (before, row.outcomes.first())
            && before.constraints() != now.constraints()
        {
            return self.intake.refuse(other_constraints(row.line, &row.id));
        }
        for values in &row.rewards {
            self.ranges.resize(values.len(), None);
            for (range, value) in
                self.ranges.iter_mut().zip(values).filter_map(|(range, value)| Some((range, (*value)?)))
            {
                *range =
                    Some(range.map_or((value, value), |(low, high): (f64, f64)| (low.min(value), high.max(value))));
            }
        }
        let at = *of.index.entry(row.id.clone()).or_insert_with(|| {
            of.groups.push(Gathered { prompt: row.id, ..Gathered::default() });
            of.groups.len() - 1
        });
        of.groups[at].outcomes.extend(row.outcomes);
        of.groups[at].rewards.extend(row.rewards);
        of.groups[at].texts.extend(row.texts);
    }

    /// What came of the rows.
    #[must_use]
    pub fn intake(&self) -> &Intake {
        &self.intake
    }

    /// How many of them were of an evaluation, and are in no group.
    #[must_use]
    pub fn aside(&self) -> u64 {
        self.aside
    }

    /// Whether no row could be used.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// The most that an answer earned of each reward.
    #[must_use]
    pub fn most(&self) -> Vec<f64> {
        self.ranges.iter().map(|range| range.map_or(0.0, |(_, high)| high)).collect()
    }

    /// What a full answer earns of each reward: `full` of the only one, where it is given; else 1, or the largest in the log where that is more.
    #[must_use]
    pub fn full_marks(&self, full: Option<f64>) -> Vec<f64> {
        let largest = |range: &Option<(f64, f64)>| range.map_or(1.0, |(_, high)| if high > 1.0 { high } else { 1.0 });
        self.ranges.iter().map(|range| full.unwrap_or_else(|| largest(range))).collect()
    }

    /// The groups of each step. Where verdicts are not known each reward is a constraint, met by what earns its full mark and to a share by what lies
    /// between that and nothing, or the least in the log where that is less.
    #[must_use]
    pub fn into_steps(self, columns: &LogColumns, full: Option<f64>) -> LoggedRun {
        let names = columns.rewards.iter().map(|(name, _)| Constraint::plain(name.as_str()));
        let scale = Scale {
            constraints: names.collect(),
            least: self.ranges.iter().map(|range| range.map_or(0.0, |(low, _)| low.min(0.0))).collect(),
            full: self.full_marks(full),
        };
        let weights: Vec<f64> = columns.rewards.iter().map(|(_, weight)| *weight).collect();
        let group = |Gathered { prompt, outcomes, rewards, texts }: Gathered| {
            let known = columns.verdicts.is_some();
            let outcomes = if known { outcomes } else { rewards.iter().map(|values| scale.outcome(values)).collect() };
            let paid =
                (!weights.is_empty()).then(|| rewards.iter().map(|values| RewardLog::sum(values, &weights)).collect());
            let whole = texts.len() == outcomes.len();
            let distinct = whole.then(|| texts.iter().collect::<HashSet<_>>().len());
            LoggedGroup { group: Group { prompt: prompt.into(), outcomes }, paid, distinct }
        };
        LoggedRun(self.steps.into_iter().map(|(step, of)| (step, of.groups.into_iter().map(group).collect())).collect())
    }
}

/// How rewards become verdicts.
struct Scale {
    constraints: Arc<[Constraint]>,
    least: Vec<f64>,
    full: Vec<f64>,
}

impl Scale {
    fn outcome(&self, values: &[Option<f64>]) -> Outcome {
        let verdict = |(at, value): (usize, &Option<f64>)| match value {
            None => Verdict::unscored(CauseKind::Missing, "no reward"),
            Some(value) => {
                let (least, full) = (self.least[at], self.full[at]);
                let share = if full > least { (value - least) / (full - least) } else { 0.0 };
                // Sums of weights may fall short of what they are meant to be by a rounding.
                Verdict::scored(if share > 1.0 - 1e-9 { 1.0 } else { share.max(0.0) })
            }
        };
        Outcome::new(self.constraints.clone(), values.iter().enumerate().map(verdict).collect())
    }
}
