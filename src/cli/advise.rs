//! `fullmarks advise`

use super::{
    Common, Exit,
    html::{self, Html},
    inputs::{Aside, Unscored, load_with_prompts},
    output, progress,
};
use crate::{
    advise::{Advice, Algorithm, BadRequest, PaidRewards, Price, Request, Settings, Sgd},
    data::{KnownVerdicts, LogProbs, Rows},
    report::{AdviseReport, advice_page, advise_html, advise_text, prompts_jsonl},
    reward::Scheme,
    scoring::{Grouping, ScoredRow, Scorer, VerdictSource, in_order},
    source::closest,
    task::Task,
};
use std::{io::Write, path::PathBuf};

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Task spec; may be left out when --verdicts says how the completions fared
    #[arg(value_name = "SPEC", required_unless_present_any = ["verdicts", "explain"])]
    spec: Option<PathBuf>,
    /// Completions of the initial policy, several per prompt: JSONL (also .gz, .zst) or Parquet
    #[arg(long, value_name = "FILE", required_unless_present = "explain")]
    rollouts: Option<PathBuf>,
    /// Prompts, in place of those the spec names
    #[arg(long, value_name = "FILE")]
    prompts: Option<PathBuf>,
    /// Column of the rollouts with the prompt's id
    #[arg(long, value_name = "COLUMN", default_value = "id")]
    id: String,
    /// Column of the rollouts with verdicts that are already known: nothing is run then
    #[arg(long, value_name = "COLUMN")]
    verdicts: Option<String>,
    /// Completions per prompt in a training step
    #[arg(long, value_name = "G", default_value_t = 8)]
    group_size: usize,
    /// How the trainer turns rewards into advantages: grpo, dr-grpo, dapo, rloo or reinforce
    #[arg(long, default_value = "grpo", value_parser = algorithm)]
    algorithm: Algorithm,
    /// Rollouts after a few steps under a scheme, such as `binary@40=FILE` and `partial@40=FILE`: the best evidence there is. A
    /// scheme may be given several times, in the order of the steps. Without the steps nothing is said of costs
    #[arg(long, value_name = "SCHEME[@STEP]=FILE", value_parser = pilot)]
    pilot: Vec<PilotFile>,
    /// Column of the rollouts with the log-probabilities of each completion's tokens, or with their sum beside a column `tokens`
    #[arg(long, value_name = "COLUMN")]
    logprob: Option<String>,
    /// p_full that costs are counted to; half-way from the start to 1 by default
    #[arg(long, value_name = "P", allow_negative_numbers = true)]
    target: Option<f64>,
    /// Accelerator hours of one step of training
    #[arg(long, value_name = "HOURS", allow_negative_numbers = true)]
    hours_per_step: Option<f64>,
    /// Price of an accelerator hour
    #[arg(long, value_name = "PRICE", requires = "hours_per_step", allow_negative_numbers = true)]
    price_per_hour: Option<f64>,
    /// Coefficient of the trainer's penalty on the divergence from the initial policy
    #[arg(long, value_name = "BETA", default_value_t = 0.0, allow_negative_numbers = true)]
    kl: f64,
    /// Learning rate of a trainer with plain SGD, which does not make up for small gradients as Adam does: then the forecast ends with
    /// the run
    #[arg(long, value_name = "RATE", requires = "steps", allow_negative_numbers = true)]
    sgd: Option<f64>,
    /// Steps of the run, for --sgd
    #[arg(long, value_name = "STEPS", requires = "sgd")]
    steps: Option<u64>,
    /// Probability content of the intervals
    #[arg(long, default_value_t = 0.9, allow_negative_numbers = true)]
    level: f64,
    /// Seed of the random draws
    #[arg(long, default_value_t = 0)]
    seed: u64,
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
    unscored: Unscored,
    #[command(flatten)]
    html: Html,
    #[command(flatten)]
    common: Common,
}

fn algorithm(name: &str) -> Result<Algorithm, String> {
    Algorithm::by_name(name).ok_or_else(|| format!("known: {}", Algorithm::NAMES.join(", ")))
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
        write!(anstream::stdout(), "{}", advice_page(code).unwrap_or_default())?;
        return Ok(());
    }
    let rollouts = arguments.rollouts.as_deref().ok_or_else(|| Exit::Input("give --rollouts FILE".into()))?;
    known_codes(&arguments.deny)?;
    // Before any file is read.
    settings(arguments, None)?.check().map_err(Exit::input)?;
    let load = |spec: &PathBuf| load_with_prompts(spec, arguments.prompts.as_deref(), arguments.unscored);
    let task = arguments.spec.as_ref().map(load).transpose()?;
    let settings = settings(arguments, task.as_ref().map(Task::scheme))?;
    let verdicts = match (&arguments.verdicts, &task) {
        (Some(column), task) => {
            VerdictSource::Known { verdicts: KnownVerdicts { column: column.clone() }, task: task.as_ref() }
        }
        (None, Some(task)) => VerdictSource::Judge(task),
        _ => return Err(Exit::Input("give a SPEC, or --verdicts COLUMN".into())),
    };
    let logprobs = arguments.logprob.clone().map(|column| LogProbs { column });
    let max_row = arguments.unscored.max_row;
    let mut scorer = Scorer { id: &arguments.id, verdicts, logprobs };
    let rows = Rows::open(rollouts, scorer.reading(max_row)).map_err(Exit::file(rollouts))?;
    let bar = progress::over_file(rollouts, arguments.common.quiet);
    let mut grouping = Grouping::default();
    let read = in_order(
        rows,
        |row| {
            let size = row.size() as u64;
            let paid =
                |row: ScoredRow| ScoredRow { paid: task.as_ref().map_or_else(Vec::new, |task| row.paid(task)), ..row };
            (size, scorer.score(row).map(paid))
        },
        |chunk| {
            for (size, row) in chunk {
                bar.inc(size);
                grouping.add(row);
            }
            Ok(())
        },
    );
    bar.finish_and_clear();
    read.map_err(Exit::file(rollouts))?;

    let (bad, left_out, thinking) = (grouping.bad_rows(), grouping.left_out(), grouping.thinking());
    Aside { bad, left_out, all: grouping.is_empty(), thinking }.tell(rollouts, "advise on")?;
    let bad = bad.len();
    let paid = task.as_ref().filter(|task| task.pays_by_length());
    let paid = paid.map(|task| PaidRewards { rewards: grouping.take_paid(), scheme: Some(task.scheme()) });
    let (groups, logprobs) = grouping.into_parts();
    scorer.logprobs = None;
    let mut request = Request { groups, logprobs, paid, settings, ..Request::default() };
    read_pilots(&arguments.pilot, &scorer, max_row, &mut request)?;
    let assessment = request.assess().map_err(refuse)?;
    let subject = task.as_ref().map_or_else(|| html::name(rollouts), |task| task.spec().name.clone());
    arguments.html.write(|| advise_html(&assessment, &subject))?;
    if let Some(path) = &arguments.prompts_out {
        output::write(path, &prompts_jsonl(&assessment.prompts)).map_err(Exit::file(path))?;
    }
    let mut out = anstream::stdout();
    if arguments.common.json {
        let report = serde_json::to_value(AdviseReport::new(&assessment)).map_err(Exit::input)?;
        writeln!(out, "{report:#}")?;
    } else {
        let mut text = String::new();
        advise_text(&assessment, &mut text).map_err(Exit::input)?;
        write!(out, "{text}")?;
    }
    if bad > 0 {
        let rows = if bad == 1 { "row" } else { "rows" };
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

/// What is asked; the spec's own scheme is compared with the others.
fn settings(arguments: &Arguments, own: Option<Scheme>) -> Result<Settings, Exit> {
    let settings = Settings {
        kl: arguments.kl,
        group_size: arguments.group_size,
        algorithm: arguments.algorithm,
        sgd: arguments.sgd.zip(arguments.steps).map(|(learning_rate, steps)| Sgd { learning_rate, steps }),
        target: arguments.target,
        price: Price::given(arguments.hours_per_step, arguments.price_per_hour).map_err(Exit::input)?,
        level: arguments.level,
        seed: arguments.seed,
        ..Settings::default()
    };
    Ok(settings.comparing(own))
}
