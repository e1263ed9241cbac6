//! What a scoring run found, in numbers: made from its lines, so that a continued run sums up the whole.

use super::{ScoreLine, words::thinking::thinking_text};
use crate::{printable::printable, task::ThinkingMarks};
use schemars::JsonSchema;
use serde::Serialize;
use std::{collections::BTreeMap, fmt};

/// Totals of a scoring run. JSON version 1.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ScoreSummary {
    /// Always `score`.
    pub fullmarks: &'static str,
    /// Version of this format: 1.
    pub version: u32,
    /// The reward scheme.
    pub scheme: String,
    /// Completions judged.
    pub completions: u64,
    /// Completions that meet every constraint.
    pub full: u64,
    /// Completions of which that is not known, because something is unscored.
    pub unknown: u64,
    /// Mean reward of the completions whose reward is known; null when there is none.
    pub mean_reward: Option<f64>,
    /// Verdicts per constraint, by the constraint's id without its position.
    pub constraints: BTreeMap<String, Tally>,
    /// Rows of the input that could not be used.
    pub bad_rows: u64,
    /// Completions in which a thinking section ends that nothing in them opened.
    pub unopened_thinking: u64,
    /// Completions without any mark of thinking, where the completion would open its sections.
    pub unmarked_thinking: u64,
    /// Completions that are known to be cut at a limit on their length.
    pub truncated: u64,
    /// Prompts that cannot be used: their completions are unscored.
    pub left_out_prompts: u64,
    /// Where a controller chooses the credit: what it is now, and why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub adaptive: Option<AdaptiveSummary>,
    #[serde(skip)]
    thinking: ThinkingMarks,
    #[serde(skip)]
    rewards: (f64, u64),
}

/// The credit that a controller has chosen.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct AdaptiveSummary {
    /// The credit of the next group.
    pub credit: f64,
    /// Why it is that, in a sentence.
    pub reason: String,
}

/// Verdicts of one constraint.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Tally {
    /// Met.
    pub passed: u64,
    /// Not met.
    pub failed: u64,
    /// Not judged, by our fault.
    pub unscored: u64,
}

impl Tally {
    fn total(self) -> u64 {
        self.passed + self.failed + self.unscored
    }
}

impl ScoreSummary {
    /// No completions yet.
    #[must_use]
    pub fn new(scheme: &str) -> Self {
        Self {
            fullmarks: "score",
            version: 1,
            scheme: scheme.to_owned(),
            completions: 0,
            full: 0,
            unknown: 0,
            mean_reward: None,
            constraints: BTreeMap::new(),
            bad_rows: 0,
            unopened_thinking: 0,
            unmarked_thinking: 0,
            truncated: 0,
            left_out_prompts: 0,
            thinking: ThinkingMarks::default(),
            adaptive: None,
            rewards: (0.0, 0),
        }
    }

    /// The same with the credit that a controller has chosen by now, and why.
    #[must_use]
    pub fn with_controller(self, credit: f64, reason: &str) -> Self {
        Self { adaptive: Some(AdaptiveSummary { credit, reason: reason.to_owned() }), ..self }
    }

    /// The same where so many prompts cannot be used.
    #[must_use]
    pub fn without_prompts(self, left_out: u64) -> Self {
        Self { left_out_prompts: left_out, ..self }
    }

    /// Adds what marks of thinking completions have.
    pub fn add_thinking(&mut self, marks: ThinkingMarks) {
        self.thinking += marks;
        self.unopened_thinking = self.thinking.unopened;
        self.unmarked_thinking = self.thinking.unmarked;
        self.truncated = self.thinking.cut;
    }

    /// Adds a completion.
    pub fn add(&mut self, line: &ScoreLine) {
        self.completions += 1;
        match line.full {
            Some(true) => self.full += 1,
            Some(false) => {}
            None => self.unknown += 1,
        }
        if let Some(reward) = line.reward {
            self.rewards = (self.rewards.0 + reward, self.rewards.1 + 1);
            self.mean_reward = Some(self.rewards.0 / self.rewards.1 as f64);
        }
        for verdict in &line.verdicts {
            let family = crate::verdict::family(&verdict.constraint);
            if !self.constraints.contains_key(family) {
                self.constraints.insert(family.to_owned(), Tally::default());
            }
            let tally = self.constraints.get_mut(family).expect("just inserted");
            match verdict.passed {
                Some(true) => tally.passed += 1,
                Some(false) => tally.failed += 1,
                None => tally.unscored += 1,
            }
        }
    }

    /// Share of all verdicts that are unscored, 0 when there are none.
    #[must_use]
    pub fn unscored_share(&self) -> f64 {
        let (unscored, total) = self
            .constraints
            .values()
            .fold((0, 0), |(unscored, total), tally| (unscored + tally.unscored, total + tally.total()));
        if total == 0 { 0.0 } else { unscored as f64 / total as f64 }
    }
}

impl fmt::Display for ScoreSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let share = |part: u64, whole: u64| 100.0 * part as f64 / whole.max(1) as f64;
        writeln!(
            f,
            "{} completion{}, full marks for {} ({:.1} %)",
            self.completions,
            if self.completions == 1 { "" } else { "s" },
            self.full,
            share(self.full, self.completions)
        )?;
        match self.mean_reward {
            Some(mean) => writeln!(f, "mean reward under `{}`: {mean:.3}", self.scheme)?,
            None => writeln!(f, "no reward is known")?,
        }
        if let Some(AdaptiveSummary { credit, reason }) = &self.adaptive {
            writeln!(f, "credit of the next group: {credit}: {reason}")?;
        }
        if self.unknown > 0 {
            writeln!(f, "of {} completions it is not known whether they earn full marks", self.unknown)?;
        }
        for line in thinking_text(&self.thinking) {
            writeln!(f, "{line}")?;
        }
        if self.left_out_prompts > 0 {
            let prompts = if self.left_out_prompts == 1 { "prompt" } else { "prompts" };
            writeln!(f, "{} {prompts} could not be used: the completions are unscored", self.left_out_prompts)?;
        }
        if self.bad_rows > 0 {
            let rows = if self.bad_rows == 1 { "row" } else { "rows" };
            writeln!(f, "{} {rows} of the input could not be used", self.bad_rows)?;
        }
        let width = self.constraints.keys().map(|name| printable(name).chars().count()).max().unwrap_or(0).max(10);
        writeln!(f, "\n  {:width$}  {:>7}  {:>7}  {:>8}", "constraint", "met", "of", "unscored")?;
        let mut rows: Vec<_> = self.constraints.iter().collect();
        // The hardest first: that is where a policy has most to learn.
        rows.sort_by(|a, b| {
            let met = |tally: &Tally| share(tally.passed, tally.total() - tally.unscored);
            met(a.1).total_cmp(&met(b.1)).then(a.0.cmp(b.0))
        });
        for (name, tally) in rows {
            let met = share(tally.passed, tally.total() - tally.unscored);
            let name = printable(name);
            writeln!(f, "  {name:width$}  {met:>5.1} %  {:>7}  {:>8}", tally.total(), tally.unscored)?;
        }
        Ok(())
    }
}
