//! `fullmarks check`

use super::{Common, Exit, inputs::load};
use crate::{
    scoring::{CaseFailure, CaseReport, run_cases},
    task::Task,
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
    #[command(flatten)]
    common: Common,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Exit> {
    let mut bad = Vec::new();
    let mut failed = 0;
    let mut results = Vec::new();
    for path in &arguments.specs {
        // A spec that names its prompts is valid only together with them.
        let task = match load(path, None) {
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
        results.push(json!({
            "spec": path.display().to_string(),
            "valid": true,
            "name": task.spec().name,
            "cases_run": report.run,
            "failures": report.failures.iter().map(|failure| {
                json!({"case": failure.case, "message": failure.message})
            }).collect::<Vec<_>>(),
        }));
        if !arguments.common.json && !arguments.common.quiet {
            show(&task, &report, arguments.run)?;
        }
    }
    if arguments.common.json {
        let report = json!({"fullmarks": "check", "version": 1, "specs": results});
        writeln!(std::io::stdout(), "{report:#}")?;
    }
    match (bad.is_empty(), failed) {
        (false, _) => Err(Exit::Spec(bad.join("\n\n"))),
        (true, 0) => Ok(()),
        (true, 1) => Err(Exit::Findings("1 case did not go as its spec says".into())),
        (true, failed) => Err(Exit::Findings(format!("{failed} cases did not go as their spec says"))),
    }
}

fn show(task: &Task, report: &CaseReport, run: bool) -> Result<(), Exit> {
    let mut out = anstream::stdout();
    let spec = task.spec();
    let constraints = match spec.constraints.len() {
        1 => "1 constraint".to_owned(),
        several => format!("{several} constraints"),
    };
    write!(out, "{}: fine, {constraints}, reward `{}`", spec.name, spec.scheme)?;
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
        writeln!(out, "{}", task.document().error(failure.span.clone(), message, help).render(true))?;
    }
    Ok(())
}
