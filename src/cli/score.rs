//! `fullmarks score`

use super::{
    Common, Exit, controller_state,
    inputs::{Unscored, load_with_prompts, share},
    interrupt::Interrupt,
    progress,
    rollouts::{self, Columns},
    score_run::{Output, Run},
};
use crate::{
    data::{Files, Keys, Opened, PartFile, fingerprint},
    digest::sha256,
    report::Clean,
    reward::Scheme,
    scoring::{Scorer, Streamed, VerdictSource, stream},
    task::Task,
};
use serde_json::json;
use std::{
    cell::RefCell,
    io::{self, Write},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

/// How often lines go where a kill of this process cannot lose them.
const BETWEEN_FLUSHES: Duration = Duration::from_millis(250);

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Task spec
    #[arg(value_name = "SPEC")]
    spec: PathBuf,
    /// Completions: JSONL (also .gz, .zst), Parquet or Arrow, a folder of such files or a pattern such as 'out/*.jsonl'; `-` reads standard
    /// input. May be given several times
    #[arg(long, value_name = "FILE", required = true)]
    rollouts: Vec<PathBuf>,
    /// Prompts, in place of those the spec names
    #[arg(long, value_name = "FILE")]
    prompts: Option<PathBuf>,
    #[command(flatten)]
    columns: Columns,
    /// Where to write a line per completion; without it they go to standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Continue the unfinished --out of a run that was interrupted
    #[arg(long, requires = "out")]
    resume: bool,
    /// Reward scheme, in place of the spec's
    #[arg(long, value_name = "SCHEME")]
    scheme: Option<String>,
    /// Where training is, from 0 to 1: for the scheme `annealed`
    #[arg(long, value_name = "SHARE", value_parser = share, allow_negative_numbers = true)]
    progress: Option<f64>,
    /// State of the scheme `adaptive`: read when it is there, and written at the end
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
    #[command(flatten)]
    unscored: Unscored,
    #[command(flatten)]
    common: Common,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Exit> {
    let Common { json, quiet } = arguments.common;
    let task = load_with_prompts(&arguments.spec, arguments.prompts.as_deref(), arguments.unscored)?;
    let scheme = scheme(arguments.scheme.as_deref(), task.scheme())?;
    let task = task.with_scheme(scheme);
    fits(arguments, scheme)?;
    if let Some(path) = &arguments.state {
        controller_state::restore(path, &task)?;
    }
    let name = name(&task, arguments.progress);
    let prompts_path = task.prompts_path();
    let scorer = Scorer { keys: Keys::id("id"), verdicts: VerdictSource::Judge(&task), logprobs: None, excerpt: 0 };
    if arguments.resume {
        can_be_continued(&arguments.rollouts, prompts_path.as_deref())?;
    }
    let (max_row, named) = (arguments.unscored.max_row, arguments.columns.named(Some(&task.spec().columns.id)));
    let opened = rollouts::open(&arguments.rollouts, named, max_row, quiet, |_, _| scorer.reading(max_row))?;
    let Opened { mut rows, layout, files } = opened;
    let scorer = Scorer { keys: Keys::id(layout.id()), ..scorer };

    let mut run = Run::new(files.clone(), &task, arguments.progress, &name, arguments.unscored.max_unscored);
    let mut first = None;
    let mut out = match &arguments.out {
        Some(path) => {
            let inputs = [Some(&arguments.spec), prompts_path.as_ref()].into_iter().flatten();
            not_an_input(path, inputs.chain(files.paths()))?;
            let identity = identity(&task.source().yaml, prompts_path.as_deref(), &files, &name)?;
            let (part, earlier) = PartFile::begin(path, &identity, arguments.resume).map_err(Exit::input)?;
            let passed_over = run.pass_over(&mut rows, earlier, &scorer);
            if let Some(why) = run.stopped() {
                return Err(Exit::Findings(why));
            }
            first = passed_over.map_err(Exit::file(path))?;
            Output::Part(part)
        }
        None => Output::Stdout(io::BufWriter::new(io::stdout().lock())),
    };
    let bar = progress::over(&files, quiet);
    let mut unwritten = false;
    let interrupt = Interrupt::listen().map_err(Exit::input)?;
    let (rows, cutting) = (first.into_iter().map(Ok).chain(rows), run.cutting());
    let lines = RefCell::new((&mut out, Instant::now()));
    let take = |streamed| {
        match streamed {
            Streamed::Bad(bad) => run.bad(&bad),
            Streamed::Ended(size) => bar.inc(size),
            Streamed::Part(part) => run.take(part, lines.borrow_mut().0).inspect_err(|_| unwritten = true)?,
        }
        Ok(())
    };
    let pause = || {
        let (out, flushed) = &mut *lines.borrow_mut();
        if interrupt.came() {
            out.flush()?;
            return Err(io::ErrorKind::Interrupted.into());
        }
        if flushed.elapsed() > BETWEEN_FLUSHES {
            out.flush()?;
            *flushed = Instant::now();
        }
        Ok(())
    };
    let done = stream(rows, &scorer, cutting, take, pause);
    let done = done.and_then(|()| run.stop_when_unscored());
    bar.finish_and_clear();
    run.count_bad();
    if interrupt.came() && done.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::Interrupted) {
        return Err(interrupted(arguments, &run));
    }
    if let Some(why) = run.stopped() {
        return Err(Exit::Findings(why));
    }
    match (done, &out) {
        // Whoever read our output has seen enough.
        (Err(error), Output::Stdout(_)) if error.kind() == io::ErrorKind::BrokenPipe => return Err(Exit::Closed),
        (Err(error), _) if unwritten => return Err(Exit::Input(format!("the lines could not be written: {error}"))),
        (done, _) => done.map_err(Exit::rollouts(&files))?,
    }

    let summary = run.into_summary();
    if summary.completions == 0 {
        out.abandon().map_err(Exit::input)?;
        let what = if summary.bad_rows > 0 { "has no row that can be used" } else { "is empty" };
        return Err(Exit::Input(format!("{files} {what}: nothing was scored")));
    }
    let lines_on_stdout = matches!(out, Output::Stdout(_));
    out.finish()?;
    // After the lines, which its next step rests on.
    if let (Some(path), Some(state)) = (&arguments.state, task.state()) {
        controller_state::write(path, &state)?;
    }
    // The lines own standard output when they go there.
    let stream: Box<dyn Write> = if lines_on_stdout { Box::new(io::stderr()) } else { Box::new(io::stdout()) };
    match (json, quiet) {
        (true, _) => writeln!(Clean::json(stream), "{:#}", serde_json::to_value(&summary).map_err(Exit::input)?)?,
        (false, true) => {}
        (false, false) => write!(Clean::text(stream), "{summary}")?,
    }
    match summary.bad_rows {
        0 => Ok(()),
        1 => Err(Exit::Input("1 row of the rollouts could not be used; all others were scored".into())),
        bad => Err(Exit::Input(format!("{bad} rows of the rollouts could not be used; all others were scored"))),
    }
}

/// Says what is kept and how to go on.
fn interrupted(arguments: &Arguments, run: &Run<'_>) -> Exit {
    let done = run.completions();
    let message = match &arguments.out {
        Some(out) if arguments.state.is_none() && arguments.rollouts.iter().all(|path| can_be_read_again(path)) => {
            format!(
                "interrupted: {done} completions are scored and kept in {}.part\n  continue: run the same command with --resume",
                out.display()
            )
        }
        _ => format!("interrupted: {done} completions were scored"),
    };
    Exit::Interrupted(message)
}

fn scheme(given: Option<&str>, of_spec: Scheme) -> Result<Scheme, Exit> {
    match given {
        // The spec's own settings of the scheme stay when it is named again.
        Some(name) if name != of_spec.name() => Scheme::by_name(name).ok_or_else(|| {
            Exit::Input(format!("there is no reward scheme `{name}`; known: {}", Scheme::ALL.join(", ")))
        }),
        _ => Ok(of_spec),
    }
}

/// Whether the options fit the scheme.
fn fits(arguments: &Arguments, scheme: Scheme) -> Result<(), Exit> {
    let refuse = |message: &str| Err(Exit::Input(message.into()));
    let name = scheme.name();
    let annealed = matches!(scheme, Scheme::Annealed(_));
    let adaptive = matches!(scheme, Scheme::Adaptive(_));
    match arguments.progress {
        None if annealed => {
            return refuse("the scheme `annealed` has to know where training is: add `--progress SHARE`, from 0 to 1");
        }
        Some(_) if !annealed => {
            return refuse(&format!(
                "`--progress` is for the scheme `annealed`, and this one is `{name}`: leave it out"
            ));
        }
        _ => {}
    }
    if adaptive && arguments.resume {
        return refuse(
            "the scheme `adaptive` decides by all it has seen, so an interrupted run cannot be continued: score again \
             without `--resume`",
        );
    }
    if !adaptive && arguments.state.is_some() {
        return refuse(&format!("`--state` is for the scheme `adaptive`, and this one is `{name}`: leave it out"));
    }
    Ok(())
}

/// What the rewards are, in words: a run can be continued only with the same.
fn name(task: &Task, progress: Option<f64>) -> String {
    let at = progress.map_or_else(String::new, |progress| format!(" at {progress}"));
    let reward = task.reward();
    let by = task.spec().advantage.map_or_else(String::new, |rule| format!(", advantages by {rule}"));
    format!("{reward}{at}{by}")
}

/// An output in the place of an input would destroy it.
fn not_an_input<'a>(out: &Path, mut inputs: impl Iterator<Item = &'a PathBuf>) -> Result<(), Exit> {
    let Ok(out) = out.canonicalize() else { return Ok(()) };
    match inputs.find(|input| input.canonicalize().is_ok_and(|input| input == out)) {
        Some(input) => Err(Exit::Input(format!("--out would overwrite {}, which this run reads", input.display()))),
        None => Ok(()),
    }
}

/// Whether what a run reads is there to be read again. Asked before it is opened, for to open a pipe waits for whoever writes to it.
fn can_be_continued(rollouts: &[PathBuf], prompts: Option<&Path>) -> Result<(), Exit> {
    let rollouts = rollouts.iter().map(|path| (path.as_path(), "the rollouts"));
    for (path, what) in rollouts.chain(prompts.map(|path| (path, "the prompts"))) {
        if !can_be_read_again(path) {
            let name = if path == Path::new("-") { "standard input".into() } else { path.display().to_string() };
            return Err(Exit::Input(format!("{name} cannot be read again: --resume needs {what} as a file")));
        }
    }
    Ok(())
}

/// What a run is: only the same run can be continued. Pipes are read once, so a run that takes from one cannot be.
fn identity(spec: &[u8], prompts: Option<&Path>, rollouts: &Files, reward: &str) -> Result<String, Exit> {
    let print = |path: &Path| can_be_read_again(path).then(|| fingerprint(path).map_err(Exit::file(path))).transpose();
    let identity = json!({
        "fullmarks": "score-part",
        "version": 1,
        "program": env!("CARGO_PKG_VERSION"),
        "spec": sha256(spec),
        "prompts": prompts.map(print).transpose()?,
        "rollouts": rollouts.paths().iter().map(|path| print(path)).collect::<Result<Vec<_>, _>>()?,
        "scheme": reward,
    });
    Ok(identity.to_string())
}

/// Whether a file is one: what was read of a pipe is gone.
fn can_be_read_again(path: &Path) -> bool {
    path != Path::new("-") && path.metadata().map_or(true, |file| file.is_file())
}
