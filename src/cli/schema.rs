//! `fullmarks schema`

use super::{Exit, terminal};
use crate::{
    report::{
        AdviseReport, AuditReport, CompareReport, MonitorReport, ProbeSpecReport, ScoreLine, ScoreSummary,
        SimulateReport,
    },
    serve, simulate,
    spec::Document,
};
use schemars::{Schema, schema_for};
use serde_json::Value;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Which format
    #[arg(value_enum, default_value = "spec")]
    format: Format,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    /// A task spec, for editors: `# yaml-language-server: $schema=…`
    Spec,
    /// A line of `fullmarks score --out`
    Scored,
    /// `fullmarks score --json`
    Score,
    /// `fullmarks advise --json`
    Advise,
    /// `fullmarks advise --json` of several rewards
    Compare,
    /// `fullmarks audit --json`
    Audit,
    /// `fullmarks probe --json`
    Probe,
    /// `fullmarks monitor --json`
    Monitor,
    /// The file that `fullmarks simulate` reads
    Simulation,
    /// `fullmarks simulate --json`
    Simulate,
    /// The OpenAPI description of `fullmarks serve`
    Openapi,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Exit> {
    terminal::json(&arguments.format.schema())?;
    Ok(())
}

impl Format {
    fn schema(self) -> Value {
        let schema: Schema = match self {
            Self::Spec => Document::schema(),
            Self::Scored => schema_for!(ScoreLine),
            Self::Score => schema_for!(ScoreSummary),
            Self::Advise => schema_for!(AdviseReport),
            Self::Compare => schema_for!(CompareReport),
            Self::Audit => schema_for!(AuditReport),
            Self::Probe => schema_for!(ProbeSpecReport),
            Self::Monitor => schema_for!(MonitorReport),
            Self::Simulation => simulate::schema(),
            Self::Simulate => schema_for!(SimulateReport),
            Self::Openapi => return serve::openapi(),
        };
        schema.to_value()
    }
}
