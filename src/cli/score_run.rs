//! The progress of `fullmarks score` over its rows: lines out, totals, and where an interrupted run goes on.

use super::terminal;
use crate::{
    data::{BadRow, BadRows, EarlierLines, Files, PartFile, RawRow, Rows},
    printable::printable,
    report::{ScoreLine, ScoreSummary, json_line},
    scoring::{Cutting, Part, Scorer},
    task::{Circumstances, Judged, Task},
};
use std::{
    collections::HashMap,
    io::{self, Write},
    sync::Arc,
};

/// Completions between two looks at the share of unscored verdicts.
const BETWEEN_LOOKS: u64 = 1024;

/// Where the lines go.
pub(super) enum Output {
    Part(PartFile),
    Stdout(io::BufWriter<io::StdoutLock<'static>>),
}

impl Output {
    pub(super) fn finish(self) -> io::Result<()> {
        match self {
            Self::Part(part) => part.finish(),
            Self::Stdout(mut stdout) => stdout.flush(),
        }
    }

    /// Gives up an output into which nothing was written, so that it does not stand in the way of the next run.
    pub(super) fn abandon(self) -> io::Result<()> {
        match self {
            Self::Part(part) => part.abandon(),
            Self::Stdout(_) => Ok(()),
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Part(part) => part.write(bytes),
            Self::Stdout(stdout) => stdout.write(bytes),
        }
    }
    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Part(part) => part.flush(),
            Self::Stdout(stdout) => stdout.flush(),
        }
    }
}

/// The state of a run.
pub(super) struct Run<'a> {
    /// The input, for messages.
    rollouts: Arc<Files>,
    task: &'a Task,
    progress: Option<f64>,
    summary: ScoreSummary,
    /// Next number of the completions of prompts that come one completion a row.
    turns: HashMap<String, u64>,
    /// Completions of the first row that an earlier run has written.
    written_of_first: usize,
    most_unscored: f64,
    stopped: bool,
    bad_rows: BadRows,
}

impl<'a> Run<'a> {
    /// `reward` names what the task pays at this progress.
    pub(super) fn new(
        rollouts: Arc<Files>,
        task: &'a Task,
        progress: Option<f64>,
        reward: &str,
        most_unscored: f64,
    ) -> Self {
        Self {
            rollouts,
            task,
            progress,
            summary: ScoreSummary::new(reward).without_prompts(task.left_out().len() as u64),
            bad_rows: BadRows::default(),
            turns: HashMap::new(),
            written_of_first: 0,
            most_unscored,
            stopped: false,
        }
    }

    /// Passes over the rows whose lines an earlier run has written, adding those lines to the totals. Returns the row
    /// that was being written when it ended, if it ended within one.
    pub(super) fn pass_over(
        &mut self,
        rows: &mut Rows,
        earlier: EarlierLines,
        scorer: &Scorer<'_>,
    ) -> io::Result<Option<RawRow>> {
        let mut earlier = earlier.peekable();
        while earlier.peek().is_some() {
            let row = rows.next().transpose()?.ok_or_else(|| other_rollouts("the rollouts end before it does"))?;
            let line = row.line;
            let read =
                scorer.read(row.clone()).and_then(|(parsed, _)| self.whole(line, parsed.plural).map(|()| parsed));
            let parsed = match read {
                Ok(parsed) => parsed,
                Err(bad) => {
                    self.bad(&bad);
                    continue;
                }
            };
            let plan = self.task.prompts().ok().and_then(|prompts| prompts.plan(&parsed.id));
            self.summary.add_thinking(scorer.thinking(&parsed, plan.map(|plan| &**plan)));
            for place in 0..parsed.completions.len() {
                let Some(line) = earlier.next().transpose()? else {
                    self.written_of_first = place;
                    return Ok(Some(row));
                };
                let line: ScoreLine = serde_json::from_str(&line)?;
                let index = if parsed.plural { place as u64 } else { self.turn(&parsed.id) };
                if (&line.id, line.index) != (&parsed.id, index) {
                    let (there, here) = (&line.id, &parsed.id);
                    let what =
                        format!("it has completion {} of `{there}` where they have {index} of `{here}`", line.index);
                    return Err(other_rollouts(&what));
                }
                self.add(&line)?;
            }
        }
        Ok(None)
    }

    /// How rows are taken apart: an earlier run may have written a part of the first.
    pub(super) fn cutting(&self) -> Cutting {
        Cutting { whole: self.task.needs_group(), skip: self.written_of_first }
    }

    /// Writes the lines of completions.
    pub(super) fn take(&mut self, part: Part, out: &mut Output) -> io::Result<()> {
        if let Err(bad) = self.whole(part.line, part.plural) {
            self.bad(&bad);
            return Ok(());
        }
        if let Some(thinking) = part.thinking {
            self.summary.add_thinking(thinking);
        }
        let (from, plural) = (part.from as u64, part.plural);
        let ids = vec![part.id; part.outcomes.len()];
        let given = Circumstances { ids, lengths: part.lengths, progress: self.progress };
        let paid = self.task.pay(Judged { outcomes: part.outcomes, given });
        // Where completions are paid by each other, those that an earlier run has written are judged again.
        let written = std::mem::take(&mut self.written_of_first);
        let written = if self.task.needs_group() { written } else { 0 };
        for mut scored in paid.into_iter().skip(written) {
            scored.index = if plural { from + scored.index } else { self.turn(&scored.id) };
            let line = ScoreLine::of(&scored);
            writeln!(out, "{}", json_line(&line)?)?;
            self.add(&line)?;
        }
        Ok(())
    }

    /// How many completions are scored.
    pub(super) fn completions(&self) -> u64 {
        self.summary.completions
    }

    /// Whether a row holds what the reward looks at: where that is whole groups, the completions of a prompt stand in one row.
    fn whole(&self, line: u64, plural: bool) -> Result<(), BadRow> {
        if plural || !self.task.needs_group() {
            return Ok(());
        }
        let message = "the reward looks at whole groups, and this row holds one completion: write those of a prompt in one \
                       row, as `completions`";
        Err(BadRow { line, message: message.into() })
    }

    /// Adds a line to the totals. Whether too much is unscored is asked at fixed numbers of completions, so that the answer
    /// is the same on any number of threads and however often the run was interrupted.
    fn add(&mut self, line: &ScoreLine) -> io::Result<()> {
        self.summary.add(line);
        if self.summary.completions.is_multiple_of(BETWEEN_LOOKS) { self.stop_when_unscored() } else { Ok(()) }
    }

    pub(super) fn bad(&mut self, bad: &BadRow) {
        self.summary.bad_rows += 1;
        if self.bad_rows.add(bad) {
            terminal::tell(self.rollouts.named(bad));
        }
    }

    /// Counts the bad rows that were not named one by one.
    pub(super) fn count_bad(&self) {
        let more = self.bad_rows.more(|line| self.rollouts.line(line));
        more.iter().for_each(|line| terminal::tell(format_args!("{}: {line}", self.rollouts)));
    }

    fn turn(&mut self, id: &str) -> u64 {
        match self.turns.get_mut(id) {
            Some(next) => {
                *next += 1;
                *next - 1
            }
            None => {
                self.turns.insert(id.to_owned(), 1);
                0
            }
        }
    }

    /// Ends the run when our own side fails too often.
    pub(super) fn stop_when_unscored(&mut self) -> io::Result<()> {
        self.stopped = self.summary.unscored_share() > self.most_unscored;
        if self.stopped { Err(io::Error::other("too much is unscored")) } else { Ok(()) }
    }

    /// Why the run was ended, when it was.
    pub(super) fn stopped(&self) -> Option<String> {
        if !self.stopped {
            return None;
        }
        let mut why = format!(
            "stopped: {:.1} % of the verdicts are unscored, more than --max-unscored {}",
            100.0 * self.summary.unscored_share(),
            self.most_unscored
        );
        for (name, tally) in self.summary.constraints.iter().filter(|(_, tally)| tally.unscored > 0) {
            why += &format!(
                "\n  {}: {} of {}",
                printable(name),
                tally.unscored,
                tally.passed + tally.failed + tally.unscored
            );
        }
        Some(why)
    }

    pub(super) fn into_summary(self) -> ScoreSummary {
        match self.task.credit() {
            Some((credit, reason)) => self.summary.with_controller(credit, &reason),
            None => self.summary,
        }
    }
}

fn other_rollouts(what: &str) -> io::Error {
    let message = format!("the unfinished output is not of these rollouts: {what}");
    io::Error::new(io::ErrorKind::InvalidData, message)
}
