//! `fullmarks score`

use super::{Common, Exit, inputs::LoadedSpec, progress};
use crate::{
    data::{BadRow, PartFile, Rows, fingerprint},
    report::{ScoreLine, ScoreSummary},
    reward::{Partial, Scheme},
    scoring::{ScoredRow, Scorer, in_order},
};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::{
    collections::{HashMap, VecDeque},
    io::{self, Write},
    path::{Path, PathBuf},
};

/// Bad rows shown one by one; the rest is counted.
const SHOWN: u64 = 10;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Task spec
    #[arg(value_name = "SPEC")]
    spec: PathBuf,
    /// Completions: JSONL (also .gz, .zst) or Parquet; `-` reads standard input
    #[arg(long, value_name = "FILE")]
    rollouts: PathBuf,
    /// Prompts, in place of those the spec names
    #[arg(long, value_name = "FILE")]
    prompts: Option<PathBuf>,
    /// Where to write a line per completion; without it they go to standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Continue the unfinished --out of a run that was interrupted
    #[arg(long, requires = "out")]
    resume: bool,
    /// Reward scheme, in place of the spec's
    #[arg(long, value_name = "SCHEME")]
    scheme: Option<String>,
    /// Stop when more than this share of the verdicts is unscored
    #[arg(long, value_name = "SHARE", default_value_t = 0.1)]
    max_unscored: f64,
    #[command(flatten)]
    common: Common,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Exit> {
    let spec = LoadedSpec::load(&arguments.spec)?;
    let scheme = scheme(arguments.scheme.as_deref(), spec.verifier.task().scheme)?;
    let prompts_path = spec.prompts_path(arguments.prompts.as_deref());
    let prompts = spec.prompts(prompts_path.as_deref())?;
    let scorer = Scorer::Judge { verifier: &spec.verifier, prompts: &prompts };
    let rows = Rows::open(&arguments.rollouts).map_err(Exit::file(&arguments.rollouts))?;

    let mut run = Run::new(scheme, arguments.max_unscored);
    let mut out = match &arguments.out {
        Some(path) => {
            let identity = identity(&spec.bytes, prompts_path.as_deref(), &arguments.rollouts, &scheme)?;
            let part = PartFile::begin(path, &identity, arguments.resume, |line| run.seen(line));
            Output::Part(part.map_err(Exit::input)?)
        }
        None => Output::Stdout(io::BufWriter::new(io::stdout().lock())),
    };
    let bar = progress::over_file(&arguments.rollouts, arguments.common.quiet);
    let done = in_order(
        rows,
        |row| (row.size() as u64, scorer.score(row)),
        |chunk| {
            for (size, row) in chunk {
                bar.inc(size);
                run.take(row, &mut out)?;
            }
            out.flush()?;
            run.stop_when_unscored()
        },
    );
    bar.finish_and_clear();
    match done {
        Err(_) if run.stopped => return Err(Exit::Findings(run.why_stopped())),
        Err(error) if matches!(out, Output::Part(_)) || error.kind() != io::ErrorKind::BrokenPipe => {
            return Err(Exit::file(&arguments.rollouts)(error));
        }
        done => done?,
    }
    run.finish(out, arguments)
}

fn scheme(given: Option<&str>, of_spec: Scheme) -> Result<Scheme, Exit> {
    match given {
        None => Ok(of_spec),
        // The spec's own settings of the scheme stay when it is named again.
        Some(name) if name == of_spec.name() => Ok(of_spec),
        Some("partial") => Ok(Scheme::Partial(Partial::default())),
        Some(name) => Scheme::by_name(name).ok_or_else(|| {
            Exit::Input(format!("there is no reward scheme `{name}`; known: {}", Scheme::NAMES.join(", ")))
        }),
    }
}

/// What a run is: only the same run can be continued.
fn identity(spec: &[u8], prompts: Option<&Path>, rollouts: &Path, scheme: &Scheme) -> Result<String, Exit> {
    if rollouts == Path::new("-") {
        return Ok(json!({"fullmarks": "score-part", "version": 1, "rollouts": "-"}).to_string());
    }
    let spec: String = Sha256::digest(spec).iter().map(|byte| format!("{byte:02x}")).collect();
    let prompts = prompts.map(|path| fingerprint(path).map_err(Exit::file(path))).transpose()?;
    Ok(json!({
        "fullmarks": "score-part",
        "version": 1,
        "program": env!("CARGO_PKG_VERSION"),
        "spec": spec,
        "prompts": prompts,
        "rollouts": fingerprint(rollouts).map_err(Exit::file(rollouts))?,
        "scheme": scheme.to_string(),
    })
    .to_string())
}

enum Output {
    Part(PartFile),
    Stdout(io::BufWriter<io::StdoutLock<'static>>),
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

/// The state of a run over its rows.
struct Run {
    scheme: Scheme,
    summary: ScoreSummary,
    /// Lines an earlier run has written: which completion each is of.
    already: VecDeque<(String, u64)>,
    /// Completions so far of prompts that come one completion a row.
    turns: HashMap<String, u64>,
    most_unscored: f64,
    stopped: bool,
}

impl Run {
    fn new(scheme: Scheme, most_unscored: f64) -> Self {
        Self {
            scheme,
            summary: ScoreSummary::new(&scheme.to_string()),
            already: VecDeque::new(),
            turns: HashMap::new(),
            most_unscored,
            stopped: false,
        }
    }

    /// A line that an earlier run has written.
    fn seen(&mut self, line: &str) -> io::Result<()> {
        let line: ScoreLine = serde_json::from_str(line)?;
        self.summary.add(&line);
        self.already.push_back((line.id, line.completion));
        Ok(())
    }

    fn take(&mut self, row: Result<ScoredRow, BadRow>, out: &mut Output) -> io::Result<()> {
        let row = match row {
            Ok(row) => row,
            Err(bad) => {
                self.summary.bad_rows += 1;
                if self.summary.bad_rows <= SHOWN {
                    anstream::eprintln!("rollouts, {bad}");
                }
                return Ok(());
            }
        };
        for (index, outcome) in row.outcomes.iter().enumerate() {
            let completion = if row.plural { index as u64 } else { self.turn(&row.id) };
            match self.already.pop_front() {
                Some((id, number)) if id == row.id && number == completion => continue,
                Some((id, number)) => {
                    let message = format!(
                        "the unfinished output goes on with completion {number} of `{id}`, the rollouts with completion \
                         {completion} of `{}`: they are not the same rollouts",
                        row.id
                    );
                    return Err(io::Error::new(io::ErrorKind::InvalidData, message));
                }
                None => {}
            }
            let line = ScoreLine::new(&row.id, completion, outcome, &self.scheme);
            self.summary.add(&line);
            serde_json::to_writer(&mut *out, &line)?;
            out.write_all(b"\n")?;
        }
        Ok(())
    }

    fn turn(&mut self, id: &str) -> u64 {
        match self.turns.get_mut(id) {
            Some(turn) => {
                *turn += 1;
                *turn
            }
            None => {
                self.turns.insert(id.to_owned(), 0);
                0
            }
        }
    }

    fn stop_when_unscored(&mut self) -> io::Result<()> {
        self.stopped = self.summary.unscored_share() > self.most_unscored;
        if self.stopped { Err(io::Error::other("too much is unscored")) } else { Ok(()) }
    }

    fn why_stopped(&self) -> String {
        let mut why = format!(
            "stopped: {:.1} % of the verdicts are unscored, more than --max-unscored {}. Unscored by constraint:",
            100.0 * self.summary.unscored_share(),
            self.most_unscored
        );
        for (name, tally) in self.summary.constraints.iter().filter(|(_, tally)| tally.unscored > 0) {
            why += &format!("\n  {name}: {} of {}", tally.unscored, tally.passed + tally.failed + tally.unscored);
        }
        why
    }

    fn finish(self, out: Output, arguments: &Arguments) -> Result<(), Exit> {
        let Common { json, quiet } = arguments.common;
        let to_stdout = matches!(out, Output::Stdout(_));
        if self.summary.completions == 0 {
            let what = if self.summary.bad_rows > 0 { "has no row that can be used" } else { "is empty" };
            return Err(Exit::Input(format!("{} {what}: nothing was scored", arguments.rollouts.display())));
        }
        match out {
            Output::Part(part) => part.finish().map_err(Exit::input)?,
            Output::Stdout(mut stdout) => stdout.flush()?,
        }
        let shown = if json {
            format!("{:#}\n", serde_json::to_value(&self.summary).map_err(Exit::input)?)
        } else {
            self.summary.to_string()
        };
        // The lines own standard output when they go there.
        match (quiet && !json, to_stdout) {
            (true, _) => {}
            (false, true) => write!(anstream::stderr(), "{shown}")?,
            (false, false) => write!(anstream::stdout(), "{shown}")?,
        }
        match self.summary.bad_rows {
            0 => Ok(()),
            bad => Err(Exit::Input(format!("{bad} rows of the rollouts could not be used; all others were scored"))),
        }
    }
}
