//! `fullmarks simulate`

use super::{Common, Exit, inputs, terminal};
use crate::{
    report::{SimulateReport, simulate_text},
    simulate::{Problem, simulate},
    task::Source,
};
use std::{io::Write, path::PathBuf};

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The problem, as YAML (docs/simulate.md); `-` reads standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    common: Common,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Exit> {
    let source = Source::read(&arguments.file).map_err(inputs::exit)?;
    let problem = Problem::parse(&source.name, &source.yaml)?;
    let simulated = simulate(&problem);
    let mut out = terminal::out();
    if arguments.common.json {
        let report = serde_json::to_value(SimulateReport::new(&problem, &simulated)).map_err(Exit::input)?;
        terminal::json(&report)?;
    } else {
        let mut text = String::new();
        simulate_text(&problem, &simulated, &mut text).map_err(Exit::input)?;
        write!(out, "{text}")?;
    }
    Ok(())
}
