//! `fullmarks advise`

use super::{
    Common, Exit, advise_rewards,
    advise_settings::{settings, trainer},
    html::{self, Html},
    inputs::{Aside, Unscored, left_out, load_with_prompts},
    named::one_of,
    output, progress, terminal,
};
use crate::{
    advise::{Advice, Algorithm, BadRequest, PaidRewards, Request, Settings},
    data::{BadRow, KnownVerdicts, LogProbs, Rows},
    report::{AdviseReport, Advised, LeftOut, advice_page, advise_html, advise_text, prompts_jsonl},
    reward::Scheme,
    scoring::{Grouping, RewardColumns, RewardGrouping, ScoredRow, Scorer, VerdictSource, in_order},
    source::closest,
    task::Task,
};
use std::{
    io::Write,
    path::{Path, PathBuf},
};

/// Characters of a completion that the page shows.
const EXCERPT: usize = 600;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Task spec; may be left out when --verdicts or --reward says how the completions fared
    #[arg(value_name = "SPEC", required_unless_present_any = ["verdicts", "reward", "explain"])]
    spec: Option<PathBuf>,
    /// Completions of the initial policy, several per prompt: JSONL (also .gz, .zst) or Parquet
    #[arg(long, value_name = "FILE", required_unless_present = "explain")]
    rollouts: Option<PathBuf>,
    /// Prompts, in place of those the spec names
    #[arg(long, value_name = "FILE")]
    prompts: Option<PathBuf>,
    /// Column of the rollouts with the prompt's id
    #[arg(long, value_name = "COLUMN", default_value = "id")]
    pub(super) id: String,
    /// Column of the rollouts with verdicts, or scores from 0 to 1, that are already known: nothing is run then
    #[arg(long, value_name = "COLUMN")]
    verdicts: Option<String>,
    /// Column of the rollouts with rewards, as a trainer's log holds them. May be given several times: they are summed, each times its
    /// weight (1 by default)
    #[arg(long, value_name = "COLUMN[=WEIGHT]", value_parser = advise_rewards::column)]
    pub(super) reward: Vec<(String, Option<f64>)>,
    /// The trainer's own configuration: TRL's arguments (JSON or YAML), verl's YAML, OpenRLHF's command line, or a script with one.
    /// Options given here win over it
    #[arg(long, value_name = "FILE")]
    pub(super) trainer: Option<PathBuf>,
    /// Completions per prompt in a training step [default: 8; with --reward alone as many as most prompts have]
    #[arg(long, value_name = "G")]
    pub(super) group_size: Option<usize>,
    /// How the trainer turns rewards into advantages [default: grpo]
    #[arg(long, value_parser = one_of(Algorithm::NAMES, Algorithm::by_name))]
    pub(super) algorithm: Option<Algorithm>,
    /// Rollouts after a few steps under a scheme, such as `binary@40=FILE` and `partial@40=FILE`: the best evidence there is. A
    /// scheme may be given several times, in the order of the steps. Without the steps nothing is said of costs
    #[arg(long, value_name = "SCHEME[@STEP]=FILE", value_parser = pilot)]
    pilot: Vec<PilotFile>,
    /// Column of the rollouts with the log-probabilities of each completion's tokens, or with their sum beside a column `tokens`
    #[arg(long, value_name = "COLUMN")]
    logprob: Option<String>,
    /// p_full that costs are counted to; half-way from the start to 1 by default
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
    /// Probability content of the intervals
    #[arg(long, default_value_t = 0.9, allow_negative_numbers = true)]
    pub(super) level: f64,
    /// Seed of the random draws
    #[arg(long, default_value_t = 0)]
    pub(super) seed: u64,
    /// Write the prompts by state, a line of JSON each: mixed, saturated (always solved), starved or tied
    #[arg(long, value_name = "FILE")]
    prompts_out: Option<PathBuf>,
    /// End with status 1 when one of these advice codes is given
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    deny: Vec<String>,
    /// Print the page of an advice code: what it means, on what evidence, and what to do
    #[arg(long, value_name = "CODE", exclusive = true)]
    explain: Option<String>,
    #[command(flatten)]
    pub(super) unscored: Unscored,
    #[command(flatten)]
    html: Html,
    #[command(flatten)]
    pub(super) common: Common,
}

/// A pilot as it is given.
#[derive(Clone)]
struct PilotFile {
    scheme: String,
    step: Option<u64>,
    path: PathBuf,
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
    if !Scheme::NAMES.contains(&scheme) || file.is_empty() {
        return Err(format!("give one of the schemes {}, and a file", Scheme::NAMES.join(", ")));
    }
    Ok(PilotFile { scheme: scheme.to_owned(), step, path: file.into() })
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Exit> {
    if let Some(code) = &arguments.explain {
        known_codes(std::slice::from_ref(code))?;
        write!(terminal::out(), "{}", advice_page(code).unwrap_or_default())?;
        return Ok(());
    }
    let rollouts = arguments.rollouts.as_deref().ok_or_else(|| Exit::Input("give --rollouts FILE".into()))?;
    known_codes(&arguments.deny)?;
    // Before any file of rollouts is read.
    let trainer = trainer(arguments)?;
    let config = trainer.as_ref().map(|trainer| &trainer.config);
    settings(arguments, config, None)?.check().map_err(Exit::input)?;
    let columns = advise_rewards::columns(arguments, config)?;
    let load = |spec: &PathBuf| load_with_prompts(spec, arguments.prompts.as_deref(), arguments.unscored);
    let task = arguments.spec.as_ref().map(load).transpose()?;
    let settings = settings(arguments, config, task.as_ref().map(Task::scheme))?;
    let (advised, bad) = match (&arguments.verdicts, &task) {
        (None, None) => {
            if let Some(option) = needs_verdicts(arguments) {
                return Err(Exit::Input(format!("{option} needs verdicts: add a SPEC, or --verdicts COLUMN")));
            }
            let grouping = advise_rewards::read(arguments, &columns, rollouts)?;
            let bad = grouping.bad_rows().to_vec();
            let size_given = arguments.group_size.is_some() || config.is_some_and(|config| config.group_size.is_some());
            (advise_rewards::advise(&grouping.into_log(), &settings, size_given)?, bad)
        }
        _ => judged(arguments, rollouts, task.as_ref(), &columns, settings)?,
    };
    finish(arguments, rollouts, task.as_ref(), Advised { trainer, ..advised }, &bad)
}

/// An option that says nothing where only rewards are known.
fn needs_verdicts(arguments: &Arguments) -> Option<&'static str> {
    let given = [
        (!arguments.pilot.is_empty(), "--pilot"),
        (arguments.logprob.is_some(), "--logprob"),
        (arguments.target.is_some(), "--target"),
        (arguments.prompts.is_some(), "--prompts"),
    ];
    given.into_iter().find_map(|(given, option)| given.then_some(option))
}

/// Rollouts with verdicts, and with rewards as paid where they are given too.
fn judged(
    arguments: &Arguments,
    rollouts: &Path,
    task: Option<&Task>,
    columns: &RewardColumns,
    settings: Settings,
) -> Result<(Advised, Vec<BadRow>), Exit> {
    let verdicts = match (&arguments.verdicts, task) {
        (Some(column), task) => VerdictSource::Known { verdicts: KnownVerdicts { column: column.clone() }, task },
        (None, Some(task)) => VerdictSource::Judge(task),
        _ => return Err(Exit::Input("give a SPEC, --verdicts COLUMN or --reward COLUMN".into())),
    };
    let logprobs = arguments.logprob.clone().map(|column| LogProbs { column });
    let max_row = arguments.unscored.max_row;
    let excerpt = if arguments.html.is_wanted() { EXCERPT } else { 0 };
    let mut scorer = Scorer { id: &arguments.id, verdicts, logprobs, excerpt };
    let given = !columns.columns.is_empty();
    let rows = Rows::open(rollouts, scorer.reading(max_row).and(columns.names())).map_err(Exit::file(rollouts))?;
    let bar = progress::over_file(rollouts, arguments.common.quiet);
    let mut grouping = Grouping::default();
    let mut log = RewardGrouping::new(columns);
    let read = in_order(
        rows,
        |row| {
            let size = row.size() as u64;
            let rewards = given.then(|| columns.read(row.clone())).transpose();
            let scored = rewards.and_then(|rewards| {
                let row = scorer.score(row)?;
                let paid = task.map_or_else(Vec::new, |task| row.paid(task));
                let row = ScoredRow { paid, ..row };
                match rewards {
                    Some(rewards) => Ok((row.with_rewards(&rewards, columns)?, Some(rewards))),
                    None => Ok((row, None)),
                }
            });
            (size, scored)
        },
        |chunk| {
            for (size, row) in chunk {
                bar.inc(size);
                let (row, rewards) = match row {
                    Ok((row, rewards)) => (Ok(row), rewards),
                    Err(bad) => (Err(bad), None),
                };
                rewards.into_iter().for_each(|rewards| log.add(Ok(rewards)));
                grouping.add(row);
            }
            Ok(())
        },
    );
    bar.finish_and_clear();
    read.map_err(Exit::file(rollouts))?;

    let (bad, left_out, thinking) = (grouping.bad_rows().to_vec(), grouping.left_out(), grouping.thinking());
    Aside { bad: &bad, left_out, all: grouping.is_empty(), thinking }.tell(rollouts, "advise on")?;
    let by_length = task.filter(|task| task.pays_by_length());
    let scheme = by_length.filter(|_| !given).map(Task::scheme);
    let paid = (given || by_length.is_some()).then(|| PaidRewards { rewards: grouping.take_paid(), scheme });
    let (lengths, examples) = (grouping.take_sizes(), grouping.take_examples());
    let (groups, logprobs) = grouping.into_parts();
    scorer.logprobs = None;
    let by = task.map(Task::pays_by);
    let algorithm = settings.algorithm;
    let mut request = Request { groups, logprobs, paid, by, lengths, settings, ..Request::default() };
    read_pilots(&arguments.pilot, &scorer, max_row, &mut request)?;
    let assessment = request.assess().map_err(refuse)?;
    let attribution = if given { log.into_log().attribution(algorithm) } else { request.attribution() };
    let left_out = LeftOut { completions: left_out, ..LeftOut::default() };
    Ok((Advised { attribution, examples, left_out, ..assessment.into() }, bad))
}

/// Writes everything that is asked for.
fn finish(
    arguments: &Arguments,
    rollouts: &Path,
    task: Option<&Task>,
    mut advised: Advised,
    bad: &[BadRow],
) -> Result<(), Exit> {
    advised.left_out = left_out(bad, advised.left_out.completions, task.into_iter());
    let assessment = &advised.assessment;
    let subject = task.map_or_else(|| html::name(rollouts), |task| task.spec().name.clone());
    arguments.html.write(|| advise_html(&advised, &subject))?;
    if let Some(path) = &arguments.prompts_out {
        output::write(path, &prompts_jsonl(&assessment.prompts)).map_err(Exit::file(path))?;
    }
    let mut out = terminal::out();
    if arguments.common.json {
        let report = serde_json::to_value(AdviseReport::new(&advised)).map_err(Exit::input)?;
        terminal::json(&report)?;
    } else {
        let mut text = String::new();
        advise_text(&advised, &mut text).map_err(Exit::input)?;
        write!(out, "{text}")?;
    }
    if !bad.is_empty() {
        let rows = if bad.len() == 1 { "row" } else { "rows" };
        let bad = bad.len();
        return Err(Exit::Input(format!(
            "{bad} {rows} of the rollouts could not be used and are not in these figures"
        )));
    }
    let denied: Vec<_> = assessment
        .advice
        .iter()
        .map(Advice::code)
        .filter(|code| arguments.deny.iter().any(|denied| denied == code))
        .collect();
    if denied.is_empty() { Ok(()) } else { Err(Exit::Findings(format!("denied advice: {}", denied.join(", ")))) }
}

/// Reads the pilots, each scheme's rollouts in the order given. A row that cannot be used ends it: a pilot is small, and must be whole.
fn read_pilots(given: &[PilotFile], scorer: &Scorer<'_>, max_row: usize, request: &mut Request) -> Result<(), Exit> {
    for PilotFile { scheme, step, path } in given {
        let mut grouping = Grouping::default();
        let rows = Rows::open(path, scorer.reading(max_row)).map_err(Exit::file(path))?;
        in_order(
            rows,
            |row| scorer.score(row),
            |chunk| {
                chunk.into_iter().for_each(|row| grouping.add(row));
                Ok(())
            },
        )
        .map_err(Exit::file(path))?;
        if let Some(row) = grouping.bad_rows().first() {
            return Err(Exit::Input(format!("{}, {row}", path.display())));
        }
        let groups = grouping.into_groups();
        if groups.is_empty() {
            return Err(Exit::Input(format!("{} is empty: a pilot needs rollouts", path.display())));
        }
        request.add_pilot(scheme, *step, groups);
    }
    Ok(())
}

/// Says which options mend a request.
fn refuse(why: BadRequest) -> Exit {
    Exit::Input(match why {
        BadRequest::OnePilot => {
            "one pilot says nothing of the other scheme: give --pilot binary=FILE and --pilot partial=FILE".into()
        }
        BadRequest::PriceWithoutSteps => {
            "what training costs can only be told from pilots whose steps are known: give --pilot binary@40=FILE and --pilot \
             partial@40=FILE"
                .into()
        }
        other => other.to_string(),
    })
}

/// A code that does not exist would never be denied: refuse it.
fn known_codes(deny: &[String]) -> Result<(), Exit> {
    let unknown = deny.iter().find(|code| !Advice::CODES.contains(&code.as_str()));
    let Some(code) = unknown else { return Ok(()) };
    let help = match closest(code, Advice::CODES.iter().copied()) {
        Some(code) => format!("did you mean `{code}`?"),
        None => format!("known: {}", Advice::CODES.join(", ")),
    };
    Err(Exit::Input(format!("there is no advice code `{code}`; {help}")))
}
