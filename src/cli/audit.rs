//! `fullmarks audit`

use super::{
    Common, Exit,
    audit_sources::{Prompts, Sources, outcome},
    html::{self, Html},
    inputs::{Aside, Unscored, left_out, share},
    named::one_of,
    rollouts::{self, Columns},
    since::{self, Earlier, Since},
    terminal,
};
use crate::{
    advise::{Algorithm, dynamics::Trainer},
    audit::{Audit, AuditSettings, Category, Mass, Metric, OF_TEXTS, SampleReader, Sampling, Scaling, audit},
    data::{BadRow, Opened},
    report::{AuditReport, AuditView, LeftOut, audit_html, audit_text},
};
use std::{io::Write, path::PathBuf};

/// How much of each completion is kept for the examples, in characters.
const EXCERPT: usize = 160;

/// The same where a page has room for it.
const PAGE_EXCERPT: usize = 20_000;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Task spec; may be left out when truth and proxies are columns
    #[arg(value_name = "SPEC")]
    spec: Option<PathBuf>,
    /// Completions of the policy, several per prompt: JSONL (also .gz, .zst), Parquet or Arrow, a folder of such files or a
    /// pattern such as 'out/*.jsonl'. May be given several times
    #[arg(long, value_name = "FILE", required = true)]
    rollouts: Vec<PathBuf>,
    /// Samples of the policy, which say what it earns, where `--rollouts` are pairs or best-of-n sets from elsewhere. They need what the
    /// proxies are made of, and no truth. Completions whose truth is null are such samples as well. May be given several times
    #[arg(long, value_name = "FILE")]
    policy: Vec<PathBuf>,
    /// Prompts, in place of those the specs name
    #[arg(long, value_name = "FILE")]
    prompts: Option<PathBuf>,
    #[command(flatten)]
    columns: Columns,
    /// What completions are worth: a column of the rollouts, or `full`, whether the spec's constraints are all met (the default)
    #[arg(long, value_name = "SOURCE")]
    truth: Option<String>,
    /// A reward to audit: a column, `scheme:NAME` of the spec, or `spec:FILE`, another spec with its scheme (a column whose name looks
    /// like one of these is `column:NAME`). May be given several times; by default every scheme but binary
    #[arg(long, value_name = "SOURCE")]
    proxy: Vec<String>,
    /// Column with the log-probability of each completion under the policy, in nats; null where it is not known
    #[arg(long, value_name = "COLUMN")]
    logprob: Option<String>,
    /// Column with a feature of the completions, such as their source or format: patterns of harmful errors are looked for among it. May be
    /// given several times
    #[arg(long, value_name = "COLUMN")]
    feature: Vec<String>,
    /// What a completion stands for: `sampled`, one draw from the policy, or `logprob`, its probability, when the completions are
    /// different outputs and no draws
    #[arg(long, value_name = "KIND", default_value = "sampled", value_parser = one_of(Mass::NAMES, Mass::by_name))]
    mass: Mass,
    /// How a proxy is put on the truth's scale: `same`, as it is; `fit`, by a fitted slope; `auto`, as it is but for an offset of each
    /// prompt where its differences are often those of the truth, else as `fit`
    #[arg(long, value_name = "KIND", default_value = "auto", value_parser = one_of(Scaling::NAMES, Scaling::by_name))]
    scale: Scaling,
    /// The least difference from the truth that is an error, on the truth's scale [default: any; with a fitted slope half the distance
    /// between two values of the truth, or the noise that most completions have]
    #[arg(long, value_name = "DIFFERENCE", allow_negative_numbers = true)]
    tolerance: Option<f64>,
    /// How the policy is trained with and without an error; reinforce is the plain gradient
    #[arg(long, default_value = "reinforce", value_parser = one_of(Algorithm::NAMES, Algorithm::by_name))]
    algorithm: Algorithm,
    /// Completions per prompt in a training step
    #[arg(long, value_name = "G", default_value_t = 8)]
    group_size: usize,
    /// The metric that ranks the proxies [default: hacc-w; hacc without log-probabilities or where they
    /// amount to few comparisons; acc where prompts have two completions and no samples of the policy]
    #[arg(long, value_name = "METRIC", value_parser = one_of(&Metric::NAMES, Metric::by_name))]
    rank_by: Option<Metric>,
    /// The measured outcome of training on a proxy, such as `scheme:partial=0.71`: says how well each metric would have told. May be given
    /// several times
    #[arg(long, value_name = "PROXY=VALUE", value_parser = outcome)]
    outcome: Vec<(String, f64)>,
    /// The same from a file: a JSON object, or lines `proxy,value`
    #[arg(long, value_name = "FILE")]
    outcomes: Option<PathBuf>,
    /// End with status 1 when harmful errors of a proxy touch more than this share of the policy
    #[arg(long, value_name = "SHARE", value_parser = share, allow_negative_numbers = true)]
    max_harmful: Option<f64>,
    /// Examples shown of each kind of error
    #[arg(long, value_name = "N", default_value_t = 3)]
    examples: usize,
    /// Print all metrics and, of each proxy, all kinds of errors with examples
    #[arg(long)]
    explain: bool,
    /// Confidence level of the intervals
    #[arg(long, default_value_t = 0.9, allow_negative_numbers = true)]
    level: f64,
    /// Resamplings of the prompts behind the intervals
    #[arg(long, value_name = "N", default_value_t = 2000)]
    resamplings: u64,
    /// Seed of the resamplings
    #[arg(long, default_value_t = 0)]
    seed: u64,
    #[command(flatten)]
    unscored: Unscored,
    #[command(flatten)]
    since: Since,
    #[command(flatten)]
    html: Html,
    #[command(flatten)]
    common: Common,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Exit> {
    let settings = settings(arguments);
    settings.check().map_err(Exit::input)?;
    if let Some(why) = arguments.feature.iter().find_map(|name| own_feature(name)) {
        return Err(Exit::Input(why));
    }
    if settings.mass == Mass::Logprob && arguments.logprob.is_none() {
        return Err(Exit::Input("--mass logprob needs --logprob COLUMN".into()));
    }
    if settings.rank_by.is_some_and(|metric| metric.weighted) && arguments.logprob.is_none() {
        return Err(Exit::Input(
            "a weighted metric needs --logprob COLUMN: without it, nothing can be ranked by it".into(),
        ));
    }
    let earlier = arguments.since.read()?;
    earlier.iter().try_for_each(|earlier| earlier.check("audit"))?;
    let prompts = Prompts { file: arguments.prompts.as_deref(), unscored: arguments.unscored };
    let sources = Sources::new(arguments.spec.as_deref(), arguments.truth.as_deref(), &arguments.proxy, prompts)?;
    let proxies = sources.with_outcomes(&arguments.outcome, arguments.outcomes.as_deref())?;
    let reader = SampleReader {
        id: "id",
        judges: sources.tasks.iter().collect(),
        truth: Some(sources.truth.1.clone()),
        proxies: sources.proxies.iter().map(|(_, source)| source.clone()).collect(),
        logprob: arguments.logprob.clone(),
        needs_logprob: settings.mass == Mass::Logprob,
        features: arguments.feature.clone(),
        excerpt: if arguments.html.is_wanted() { PAGE_EXCERPT } else { EXCERPT },
    };
    let of_prompts = sources.tasks.first().map(|task| task.spec().columns.id.as_str());
    let (mut sampling, mut bad) = read(arguments, &arguments.rollouts, reader, of_prompts)?;
    if !arguments.policy.is_empty() {
        let (policy, bad_too) = read(arguments, &arguments.policy, of_policy(&sources), of_prompts)?;
        bad.extend(bad_too);
        if sampling.take_policy(policy) == 0 {
            return Err(Exit::Input(
                "no prompt of --policy is one of --rollouts: do both name them by the same ids?".into(),
            ));
        }
    }
    let completions_left_out = sampling.intake().left_out();
    let found = audit(&sampling.into_prompts(), &proxies, &settings);
    let subject = match (&arguments.spec, sources.tasks.first()) {
        (Some(_), Some(task)) => task.spec().name.clone(),
        _ => html::name(&arguments.rollouts),
    };
    let spec = arguments.spec.as_deref().map(|path| path.display().to_string());
    let rollouts = arguments.rollouts.iter().map(|path| path.display().to_string()).collect::<Vec<_>>();
    let policy = arguments.policy.first().map(|path| path.display().to_string());
    let view = AuditView {
        truth: &sources.truth.0,
        explain: arguments.explain,
        spec: spec.as_deref(),
        rollouts: rollouts.first().map(String::as_str),
        policy: policy.as_deref(),
    };
    arguments.html.write(|| audit_html(&found, &view, &subject))?;
    let left_out = left_out(&bad, completions_left_out, sources.tasks.iter());
    show(arguments, &found, &view, left_out, earlier.as_ref())?;
    let bad = bad.len();
    if bad > 0 {
        let rows = if bad == 1 { "row" } else { "rows" };
        return Err(Exit::Input(format!(
            "{bad} {rows} of the rollouts could not be used and are not in these figures"
        )));
    }
    harmful(&found, arguments.max_harmful)
}

/// Reads samples of the policy: what they are paid, and nothing else.
fn of_policy(sources: &Sources) -> SampleReader<'_> {
    SampleReader {
        id: "id",
        judges: sources.tasks.iter().collect(),
        truth: None,
        proxies: sources.proxies.iter().map(|(_, source)| source.clone()).collect(),
        logprob: None,
        needs_logprob: false,
        features: Vec::new(),
        excerpt: 0,
    }
}

/// Features that are looked at anyway, whose names a column cannot have.
fn own_feature(name: &str) -> Option<String> {
    (OF_TEXTS.contains(&name) || ["reward", "prompt"].contains(&name)).then(|| {
        format!("--feature {name}: that is a feature of every audit. Give the column another name in the rollouts")
    })
}

fn settings(arguments: &Arguments) -> AuditSettings {
    AuditSettings {
        mass: arguments.mass,
        scaling: arguments.scale,
        tolerance: arguments.tolerance,
        trainer: Trainer { algorithm: arguments.algorithm, group_size: arguments.group_size, kl: 0.0 },
        rank_by: arguments.rank_by,
        level: arguments.level,
        resamplings: arguments.resamplings,
        seed: arguments.seed,
        examples: arguments.examples,
        features: OF_TEXTS.iter().map(|name| (*name).to_owned()).chain(arguments.feature.iter().cloned()).collect(),
    }
}

fn read(
    arguments: &Arguments,
    files: &[PathBuf],
    reader: SampleReader<'_>,
    of_prompts: Option<&str>,
) -> Result<(Sampling, Vec<BadRow>), Exit> {
    let (max_row, quiet) = (arguments.unscored.max_row, arguments.common.quiet);
    let named = arguments.columns.named(of_prompts);
    let opened = rollouts::open(files, named, max_row, quiet, |_, _| reader.reading(max_row))?;
    let Opened { rows, layout, files } = opened;
    let reader = SampleReader { id: layout.id(), ..reader };
    let mut sampling = Sampling::default();
    rollouts::each(rows, &files, quiet, |row| reader.read(row), |row| sampling.add(row))?;
    let most = arguments.unscored.max_unscored;
    Aside { intake: sampling.intake(), all: sampling.is_empty(), most }.tell(&files, "audit")?;
    let bad = sampling.intake().bad_rows().to_vec();
    Ok((sampling, bad))
}

fn show(
    arguments: &Arguments,
    found: &Audit,
    view: &AuditView<'_>,
    left_out: LeftOut,
    earlier: Option<&Earlier>,
) -> Result<(), Exit> {
    let mut out = terminal::out();
    let report = AuditReport::new(found, view.truth, left_out);
    if arguments.common.json {
        terminal::json(&since::json(&report, earlier)?)?;
    } else {
        let mut text = since::text(report, earlier)?;
        audit_text(found, view, &mut text).map_err(Exit::input)?;
        write!(out, "{text}")?;
    }
    Ok(())
}

fn harmful(found: &Audit, most: Option<f64>) -> Result<(), Exit> {
    let Some(most) = most else { return Ok(()) };
    let mut over = Vec::new();
    for proxy in &found.proxies {
        match proxy.errors.as_ref().map(|errors| (errors.by_dynamics(Category::Harmful).mass, errors.undecided.mass)) {
            Some((mass, open)) if mass + open <= most => {}
            Some((mass, _)) if mass <= most => over.push(format!("`{}` cannot be told", proxy.name)),
            Some((mass, _)) => over.push(format!("`{}` touch {mass:.4}", proxy.name)),
            None => over.push(format!("`{}` cannot be told", proxy.name)),
        }
    }
    match over.is_empty() {
        true => Ok(()),
        false => Err(Exit::Findings(format!(
            "harmful errors of {} of the policy, more than --max-harmful {most}",
            over.join(", those of ")
        ))),
    }
}
