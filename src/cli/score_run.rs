//! The progress of `fullmarks score` over its rows: lines out, totals, and where an interrupted run goes on.

use crate::{
    data::{BadRow, EarlierLines, PartFile, RawRow, Rows},
    report::{ScoreLine, ScoreSummary},
    reward::Scheme,
    scoring::{ScoredRow, Scorer},
};
use std::{
    collections::HashMap,
    io::{self, Write},
    path::Path,
};

/// Bad rows shown one by one; the rest is counted.
const SHOWN: u64 = 10;

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
pub(super) struct Run {
    /// Name of the input, for messages.
    rollouts: String,
    scheme: Scheme,
    summary: ScoreSummary,
    /// Next number of the completions of prompts that come one completion a row.
    turns: HashMap<String, u64>,
    /// Completions of the first row that an earlier run has written.
    written_of_first: usize,
    most_unscored: f64,
    stopped: bool,
}

impl Run {
    pub(super) fn new(rollouts: &Path, scheme: Scheme, most_unscored: f64) -> Self {
        Self {
            rollouts: rollouts.display().to_string(),
            scheme,
            summary: ScoreSummary::new(&scheme.to_string()),
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
            let parsed = match scorer.read(row.clone()) {
                Ok((parsed, _)) => parsed,
                Err(bad) => {
                    self.bad(&bad);
                    continue;
                }
            };
            for index in 0..parsed.completions.len() {
                let Some(line) = earlier.next().transpose()? else {
                    self.written_of_first = index;
                    return Ok(Some(row));
                };
                let line: ScoreLine = serde_json::from_str(&line)?;
                let completion = if parsed.plural { index as u64 } else { self.turn(&parsed.id) };
                if (&line.id, line.completion) != (&parsed.id, completion) {
                    let (there, here) = (&line.id, &parsed.id);
                    let what = format!(
                        "it has completion {} of `{there}` where they have {completion} of `{here}`",
                        line.completion
                    );
                    return Err(other_rollouts(&what));
                }
                self.add(&line)?;
            }
        }
        Ok(None)
    }

    /// Writes the lines of a row.
    pub(super) fn take(&mut self, row: Result<ScoredRow, BadRow>, out: &mut Output) -> io::Result<()> {
        let row = match row {
            Ok(row) => row,
            Err(bad) => {
                self.bad(&bad);
                return Ok(());
            }
        };
        let written = std::mem::take(&mut self.written_of_first);
        for (index, outcome) in row.outcomes.iter().enumerate().skip(written) {
            let completion = if row.plural { index as u64 } else { self.turn(&row.id) };
            let line = ScoreLine::new(&row.id, completion, outcome, &self.scheme);
            serde_json::to_writer(&mut *out, &line)?;
            out.write_all(b"\n")?;
            self.add(&line)?;
        }
        Ok(())
    }

    /// Adds a line to the totals. Whether too much is unscored is asked at fixed numbers of completions, so that the answer
    /// is the same on any number of threads and however often the run was interrupted.
    fn add(&mut self, line: &ScoreLine) -> io::Result<()> {
        self.summary.add(line);
        if self.summary.completions.is_multiple_of(BETWEEN_LOOKS) { self.stop_when_unscored() } else { Ok(()) }
    }

    fn bad(&mut self, bad: &BadRow) {
        self.summary.bad_rows += 1;
        if self.summary.bad_rows <= SHOWN {
            anstream::eprintln!("{}, {bad}", self.rollouts);
        }
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
            why += &format!("\n  {name}: {} of {}", tally.unscored, tally.passed + tally.failed + tally.unscored);
        }
        Some(why)
    }

    pub(super) fn into_summary(self) -> ScoreSummary {
        self.summary
    }
}

fn other_rollouts(what: &str) -> io::Error {
    let message = format!("the unfinished output is not of these rollouts: {what}");
    io::Error::new(io::ErrorKind::InvalidData, message)
}
