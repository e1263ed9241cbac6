//! `fullmarks monitor`

use super::{
    Common, Exit,
    advise_arguments::column,
    inputs::{Aside, Unscored},
    named::one_of,
    rollouts::{self, Columns},
    terminal,
};
use crate::{
    advise::Settings,
    data::{Files, KnownVerdicts, Opened},
    monitor::Review,
    report::{LeftOut, MonitorReport, monitor_text},
    reward::Scheme,
    scoring::{LogColumns, TrainingLog},
};
use std::{io::Write, path::PathBuf, sync::Arc};

/// Schemes that a run is watched as.
const SCHEMES: [&str; 2] = ["binary", "partial"];

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The log: a row for each completion or each group, with its step. JSONL (also .gz, .zst), Parquet or Arrow, a folder of such files or a
    /// pattern such as 'out/*.jsonl'. TRL's logged completions and verl's dumps are read as they are
    #[arg(value_name = "LOG", required = true)]
    log: Vec<PathBuf>,
    #[command(flatten)]
    columns: Columns,
    /// Column with the step of training
    #[arg(long, value_name = "COLUMN", default_value = "step")]
    step: String,
    /// Column with verdicts, or scores from 0 to 1. Without it each reward is a constraint, and an answer is full that earns the most of all
    #[arg(long, value_name = "COLUMN")]
    verdicts: Option<String>,
    /// Column with rewards. May be given several times: they are summed, each times its weight (1 by default) [default: those that a
    /// trainer's log names]
    #[arg(long, value_name = "COLUMN[=WEIGHT]", value_parser = column)]
    reward: Vec<(String, Option<f64>)>,
    /// What a full answer earns of the reward [default: 1, or the largest reward in the log where that is more]
    #[arg(long, value_name = "REWARD", allow_negative_numbers = true, conflicts_with = "verdicts")]
    full: Option<f64>,
    /// What the run paid: full answers alone, or parts too [default: told by the log]
    #[arg(long, value_name = "SCHEME", value_parser = one_of(&SCHEMES, Scheme::by_name))]
    scheme: Option<Scheme>,
    /// Steps that trends look back on, at least 2 [default: a third of the log's, from 20 to 100]
    #[arg(long, value_name = "STEPS", value_parser = clap::value_parser!(u32).range(2..))]
    back: Option<u32>,
    /// Confidence level of the intervals
    #[arg(long, default_value_t = 0.9, allow_negative_numbers = true)]
    level: f64,
    /// End with status 1 when the run stalled
    #[arg(long)]
    deny: bool,
    #[command(flatten)]
    unscored: Unscored,
    #[command(flatten)]
    common: Common,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Exit> {
    let usual = Settings { level: arguments.level, ..Settings::default() };
    usual.check().map_err(Exit::input)?;
    let (columns, log, files) = read(arguments)?;
    let left_out = LeftOut::of(log.intake().bad_rows(), &[]);
    let quiet = arguments.common.quiet;
    if arguments.verdicts.is_none() && !quiet {
        tell_full(&files, &columns, &log.full_marks(arguments.full), arguments.full.is_some());
        tell_never_full(&files, &columns, &log, arguments.full);
    }
    let steps = log.into_steps(&columns, arguments.full);
    let scheme = arguments.scheme.unwrap_or_else(|| {
        let told = steps.told_scheme();
        if !quiet {
            terminal::tell(format_args!(
                "{files}: it reads like a run under `{told}` (--scheme SCHEME says otherwise)"
            ));
        }
        told
    });
    let settings = Settings { group_size: steps.usual_size().unwrap_or(usual.group_size), ..usual };
    let back = arguments.back.map(|back| back as usize);
    let review = Review::of(&steps, scheme, settings, back).map_err(Exit::input)?;
    if arguments.common.json {
        let report = serde_json::to_value(MonitorReport::new(&review, left_out)).map_err(Exit::input)?;
        terminal::json(&report)?;
    } else {
        let mut text = String::new();
        monitor_text(&review, &mut text).map_err(Exit::input)?;
        write!(terminal::out(), "{text}")?;
    }
    match review.stall {
        Some(stall) if arguments.deny => Err(Exit::Findings(format!("the run stalled at step {}", stall.since))),
        _ => Ok(()),
    }
}

fn read(arguments: &Arguments) -> Result<(LogColumns, TrainingLog, Arc<Files>), Exit> {
    let given: Vec<(String, f64)> =
        arguments.reward.iter().map(|(name, weight)| (name.clone(), weight.unwrap_or(1.0))).collect();
    let verdicts = arguments.verdicts.clone().map(|column| KnownVerdicts { column });
    let mut columns = LogColumns { id: "id".into(), step: arguments.step.clone(), verdicts, rewards: given };
    let (max_row, quiet) = (arguments.unscored.max_row, arguments.common.quiet);
    let opened = rollouts::open(&arguments.log, arguments.columns.named(None), max_row, quiet, |layout, first| {
        if columns.rewards.is_empty() && columns.verdicts.is_none() {
            columns.rewards = layout.rewards(first);
        }
        columns.id = layout.id().to_owned();
        columns.reading(max_row)
    });
    let Opened { rows, files, .. } = opened?;
    if columns.rewards.is_empty() && columns.verdicts.is_none() {
        return Err(Exit::Input(format!(
            "nothing says what the completions in {files} earned: give --reward COLUMN for rewards, or --verdicts COLUMN"
        )));
    }
    if arguments.full.is_some() && columns.rewards.len() > 1 {
        return Err(Exit::Input(
            "--full says what a full answer earns of one reward: name that one by --reward".into(),
        ));
    }
    let mut log = TrainingLog::default();
    rollouts::each(rows, &files, quiet, |row| columns.read(row), |row| log.add(row))?;
    let most = arguments.unscored.max_unscored;
    Aside { intake: log.intake(), all: log.is_empty(), most }.tell(&files, "watch")?;
    if log.aside() > 0 && !quiet {
        terminal::tell(format_args!("{files}: {} rows of evaluation are left out", log.aside()));
    }
    Ok((columns, log, files))
}

/// Says where some is paid of a reward and never its full mark: then it may not be its full mark.
fn tell_never_full(files: &Files, columns: &LogColumns, log: &TrainingLog, full: Option<f64>) {
    for (((name, _), most), full) in columns.rewards.iter().zip(log.most()).zip(log.full_marks(full)) {
        if most > 0.0 && most < full - 1e-9 {
            terminal::tell(format_args!(
                "{files}: no answer earned {full} of `{name}`, and the most is {most}. If that is a full answer's, all below is wrong"
            ));
        }
    }
}

/// Says what is taken for a full answer.
fn tell_full(files: &Files, columns: &LogColumns, marks: &[f64], given: bool) {
    let each: Vec<String> =
        columns.rewards.iter().zip(marks).map(|((name, _), full)| format!("{full} of `{name}`")).collect();
    let others = match (given, each.len()) {
        (true, _) => "",
        (false, 1) => " (--full REWARD or --verdicts COLUMN says otherwise)",
        (false, _) => " (--verdicts COLUMN says otherwise)",
    };
    terminal::tell(format_args!("{files}: a full answer earns {}{others}", each.join(" and ")));
}
