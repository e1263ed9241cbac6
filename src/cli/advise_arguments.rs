//! The options of `fullmarks advise`.

use super::{Common, html::Html, inputs::Unscored, named::one_of_or, rollouts::Columns, since::Since};
use crate::{
    advise::Algorithm,
    reward::{Scheme, Unmodelled},
};
use std::path::PathBuf;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Task spec; may be left out when --verdicts or --reward says how the completions fared. Several are compared: which teaches more, and who is
    /// paid differently
    #[arg(value_name = "SPEC")]
    pub(super) specs: Vec<PathBuf>,
    /// Completions of the initial policy, several per prompt: JSONL (also .gz, .zst), Parquet or Arrow, a folder of such files or a pattern such
    /// as 'out/*.jsonl'. May be given several times
    #[arg(long, value_name = "FILE")]
    pub(super) rollouts: Vec<PathBuf>,
    /// Prompts, in place of those the spec names
    #[arg(long, value_name = "FILE")]
    pub(super) prompts: Option<PathBuf>,
    #[command(flatten)]
    pub(super) columns: Columns,
    /// Column of the rollouts with verdicts, or scores from 0 to 1, that are already known: nothing is run then
    #[arg(long, value_name = "COLUMN")]
    pub(super) verdicts: Option<String>,
    /// Column of the rollouts with rewards, as a trainer's log holds them. May be given several times: they are summed, each times its
    /// weight (1 by default)
    #[arg(long, value_name = "COLUMN[=WEIGHT]", value_parser = column)]
    pub(super) reward: Vec<(String, Option<f64>)>,
    /// Take each --reward as a reward of its own, and compare them with each other and with the specs: a column, or a sum such as
    /// accuracy+format=0.5
    #[arg(long)]
    pub(super) compare: bool,
    /// The trainer's own configuration: TRL's arguments (JSON or YAML), verl's YAML, OpenRLHF's command line, or a script with one.
    /// Options given here win over it
    #[arg(long, value_name = "FILE")]
    pub(super) trainer: Option<PathBuf>,
    /// Completions per prompt in a training step [default: 8; with --reward alone as many as most prompts have]
    #[arg(long, value_name = "G")]
    pub(super) group_size: Option<usize>,
    /// How the trainer turns rewards into advantages [default: grpo]
    #[arg(long, value_parser = one_of_or(Algorithm::NAMES, Algorithm::by_name, unmodelled))]
    pub(super) algorithm: Option<Algorithm>,
    /// Rollouts after a few steps under a scheme, such as `binary@40=FILE` and `partial@40=FILE`: the best evidence there is. A
    /// credit stands behind the name (`partial:0.3@40=FILE`). A scheme may be given several times: files of other
    /// steps belong to one run, files of the same step to runs of different seeds. Without the steps nothing is said of costs
    #[arg(long, value_name = "SCHEME[@STEP]=FILE", value_parser = pilot)]
    pub(super) pilot: Vec<PilotFile>,
    /// Column of the rollouts with the log-probabilities of each completion's tokens, or with their sum beside a column `tokens`. They make
    /// odds of their own in the JSON, and no recommendation
    #[arg(long, value_name = "COLUMN")]
    pub(super) logprob: Option<String>,
    /// Pass rate that costs are counted to; half-way from the start to 1 by default
    #[arg(long, value_name = "P", allow_negative_numbers = true)]
    pub(super) target: Option<f64>,
    /// Accelerator hours of one step of training
    #[arg(long, value_name = "HOURS", allow_negative_numbers = true)]
    pub(super) hours_per_step: Option<f64>,
    /// Price of an accelerator hour
    #[arg(long, value_name = "PRICE", requires = "hours_per_step", allow_negative_numbers = true)]
    pub(super) price_per_hour: Option<f64>,
    /// Coefficient of the trainer's penalty on the divergence from the initial policy [default: 0]
    #[arg(long, value_name = "BETA", allow_negative_numbers = true)]
    pub(super) kl: Option<f64>,
    /// Learning rate of a trainer with plain SGD, which does not make up for small gradients as Adam does: then the forecast ends with
    /// the run
    #[arg(long, value_name = "RATE", requires = "steps", allow_negative_numbers = true)]
    pub(super) sgd: Option<f64>,
    /// Steps of the run, for --sgd
    #[arg(long, value_name = "STEPS", requires = "sgd")]
    pub(super) steps: Option<u64>,
    /// Confidence level of the intervals
    #[arg(long, default_value_t = 0.9, allow_negative_numbers = true)]
    pub(super) level: f64,
    /// Seed of the random draws
    #[arg(long, default_value_t = 0)]
    pub(super) seed: u64,
    /// Write the prompts by state, a line of JSON each: mixed, saturated (always solved), starved or tied
    #[arg(long, value_name = "FILE")]
    pub(super) prompts_out: Option<PathBuf>,
    /// Write the state with which the scheme `adaptive` begins that knows these rollouts, for `score --state` and `Task.restore`
    #[arg(long, value_name = "FILE")]
    pub(super) state: Option<PathBuf>,
    /// End with status 1 when one of these advice codes is given
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub(super) deny: Vec<String>,
    /// Print all figures, and what to do about each finding. With a CODE alone: the page of that advice code, what it means, on what
    /// evidence, and what to do
    #[arg(long, value_name = "CODE", num_args = 0..=1, default_missing_value = "")]
    pub(super) explain: Option<String>,
    #[command(flatten)]
    pub(super) unscored: Unscored,
    #[command(flatten)]
    pub(super) since: Since,
    #[command(flatten)]
    pub(super) html: Html,
    #[command(flatten)]
    pub(super) common: Common,
}

/// A pilot as it is given.
#[derive(Clone)]
pub(super) struct PilotFile {
    pub(super) scheme: String,
    pub(super) step: Option<u64>,
    pub(super) path: PathBuf,
}

/// Why a name that trainers use is none here, and what comes nearest.
fn unmodelled(name: &str) -> Option<String> {
    Unmodelled::by_name(name).map(|found| found.to_string())
}

fn pilot(text: &str) -> Result<PilotFile, String> {
    let (of, file) = text.split_once('=').ok_or("give a scheme and a file: `binary@40=FILE`")?;
    let (scheme, step) = match of.split_once('@') {
        None => (of, None),
        Some((scheme, step)) => match step.parse() {
            Ok(step @ 1..) => (scheme, Some(step)),
            _ => return Err(format!("`{step}` is no number of steps: write `{scheme}@40=FILE`")),
        },
    };
    let name = match scheme.split_once(':') {
        Some(("partial", credit)) => match credit.parse::<f64>() {
            Ok(credit) if credit > 0.0 && credit <= 1.0 => "partial",
            _ => return Err(format!("`{credit}` is no credit from 0 to 1: write `partial:0.3=FILE`")),
        },
        _ => scheme,
    };
    if !Scheme::NAMES.contains(&name) || file.is_empty() {
        return Err(format!("give one of the schemes {}, and a file", Scheme::NAMES.join(", ")));
    }
    Ok(PilotFile { scheme: scheme.to_owned(), step, path: file.into() })
}

/// `COLUMN`, or `COLUMN=WEIGHT`.
pub(super) fn column(text: &str) -> Result<(String, Option<f64>), String> {
    let (name, weight) = match text.rsplit_once('=') {
        Some((name, weight)) => match weight.trim().parse::<f64>() {
            Ok(weight) if weight.is_finite() => (name, Some(weight)),
            // A sum, whose last column has no weight, for --compare.
            _ if weight.contains('+') => (text, None),
            _ => return Err(format!("`{weight}` is no weight: write `{name}=0.5`, or the column alone")),
        },
        None => (text, None),
    };
    if name.is_empty() { Err("give the name of a column".into()) } else { Ok((name.to_owned(), weight)) }
}
