//! `fullmarks check`

use super::{
    Common, Exit,
    inputs::{Unscored, load},
    rollouts::{self, Columns},
    terminal,
};
use crate::{
    data::{BadRows, Keys, Opened},
    printable::printable,
    report::thinking_text,
    scoring::{CaseFailure, CaseReport, Scorer, VerdictSource, run_cases},
    task::{Task, ThinkingMarks},
};
use serde_json::json;
use std::{io::Write, path::PathBuf};

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Task specs; `-` reads standard input
    #[arg(required = true, value_name = "SPEC")]
    specs: Vec<PathBuf>,
    /// Also run each spec's accept and reject cases
    #[arg(long)]
    run: bool,
    /// Completions of the policy, to see whether the specs fit how it thinks: JSONL (also .gz, .zst), Parquet or Arrow, a folder of such files or a
    /// pattern such as 'out/*.jsonl'. May be given several times
    #[arg(long, value_name = "FILE")]
    rollouts: Vec<PathBuf>,
    #[command(flatten)]
    columns: Columns,
    #[command(flatten)]
    unscored: Unscored,
    #[command(flatten)]
    common: Common,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Exit> {
    let mut bad = Vec::new();
    let mut failed = 0;
    let mut results = Vec::new();
    for path in &arguments.specs {
        // A spec that names its prompts is valid only together with them.
        let task = match load(path, None, arguments.unscored) {
            Ok(task) => task,
            Err(exit) => {
                let message = match exit {
                    Exit::Spec(message) => message,
                    Exit::Input(message) => format!("error: {message}"),
                    other => return Err(other),
                };
                results.push(json!({"spec": path.display().to_string(), "valid": false, "message": message}));
                bad.push(message);
                continue;
            }
        };
        let report = if arguments.run { run_cases(&task) } else { CaseReport::default() };
        failed += report.failures.len();
        let thinking = if arguments.rollouts.is_empty() { Vec::new() } else { thinking(&task, arguments)? };
        results.push(json!({
            "spec": path.display().to_string(),
            "valid": true,
            "name": task.spec().name,
            "cases_run": report.run,
            "left_out": task.left_out().iter().map(ToString::to_string).collect::<Vec<_>>(),
            "thinking": thinking,
            "failures": report.failures.iter().map(|failure| {
                json!({"case": failure.case, "message": failure.message})
            }).collect::<Vec<_>>(),
        }));
        if !arguments.common.json && !arguments.common.quiet {
            show(&task, &report, arguments.run)?;
            for line in &thinking {
                writeln!(terminal::out(), "{line}")?;
            }
        }
    }
    if arguments.common.json {
        let report = json!({"fullmarks": "check", "version": 1, "specs": results});
        terminal::json(&report)?;
    }
    match (bad.is_empty(), failed) {
        (false, _) => Err(Exit::Spec(bad.join("\n\n"))),
        (true, 0) => Ok(()),
        (true, 1) => Err(Exit::Findings("1 case did not go as its spec says".into())),
        (true, failed) => Err(Exit::Findings(format!("{failed} cases did not go as their spec says"))),
    }
}

/// What the marks of thinking in a policy's completions say of a spec.
fn thinking(task: &Task, arguments: &Arguments) -> Result<Vec<String>, Exit> {
    let scorer = Scorer { keys: Keys::id("id"), verdicts: VerdictSource::Judge(task), logprobs: None, excerpt: 0 };
    let max_row = arguments.unscored.max_row;
    let named = arguments.columns.named(Some(&task.spec().columns.id));
    let quiet = arguments.common.quiet;
    let opened = rollouts::open(&arguments.rollouts, named, max_row, quiet, |_, _| scorer.reading(max_row))?;
    let Opened { rows, layout, files } = opened;
    let scorer = Scorer { keys: Keys::id(layout.id()), ..scorer };
    let (mut marks, mut bad) = (ThinkingMarks::default(), BadRows::default());
    for row in rows {
        match scorer.read(row.map_err(Exit::rollouts(&files))?) {
            Ok((row, plan)) => marks += scorer.thinking(&row, plan),
            Err(row) if bad.add(&row) => terminal::tell(files.named(&row)),
            Err(_) => {}
        }
    }
    bad.more(|line| files.line(line)).iter().for_each(|line| terminal::tell(format_args!("{files}: {line}")));
    if marks.completions == 0 {
        return Err(Exit::Input(format!("{files} has no completion that can be used")));
    }
    Ok(thinking_text(&marks))
}

fn show(task: &Task, report: &CaseReport, run: bool) -> Result<(), Exit> {
    let mut out = terminal::out();
    let spec = task.spec();
    let constraints = match spec.constraints.len() {
        1 => "1 constraint".to_owned(),
        several => format!("{several} constraints"),
    };
    write!(out, "{}: fine, {constraints}, reward `{}`", printable(&spec.name), spec.scheme)?;
    let passed = report.run - report.failures.len();
    if run {
        writeln!(out, ", {passed} of {} cases as stated", report.run)?
    } else {
        writeln!(out)?
    }
    for (place, failure) in report.failures.iter().enumerate() {
        let same = |other: &&CaseFailure| other.message == failure.message;
        // One fault of a checker is met by many cases.
        if report.failures[..place].iter().any(|earlier| same(&earlier)) {
            continue;
        }
        let help = match report.failures[place..].iter().filter(same).count() {
            1 => None,
            several => Some(format!("the same goes for {} more of the cases", several - 1)),
        };
        let message = format!("{}: {}", failure.case, failure.message);
        terminal::show_rendered(&task.document().error(failure.span.clone(), message, help).render(true))?;
    }
    Ok(())
}
