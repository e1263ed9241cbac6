//! `fullmarks advise`

use super::{
    Exit,
    advise_arguments::{Arguments, PilotFile},
    advise_rewards,
    advise_settings::{settings, trainer},
    compare, controller_state, html,
    inputs::{Aside, exit, left_out, load_with_prompts},
    output, rollouts,
    since::{self, Earlier},
    terminal,
};
use crate::{
    advise::{Advice, BadRequest, PaidRewards, Request, Settings},
    data::{BadRow, Keys, KnownVerdicts, Layout, LogProbs, Named, Opened},
    report::{AdviseReport, Advised, Detail, LeftOut, advice_page, advise_html, advise_text, prompts_jsonl},
    scoring::{Grouping, RewardColumns, RewardGrouping, ScoredRow, Scorer, VerdictSource},
    source::closest,
    task::Task,
    verdict::Group,
};
use std::{
    collections::BTreeSet,
    io::Write,
    path::{Path, PathBuf},
    slice,
};

/// Characters of a completion that the page shows.
const EXCERPT: usize = 600;

pub(super) fn run(arguments: &Arguments) -> Result<(), Exit> {
    if let Some(code) = arguments.explain.as_deref().filter(|code| !code.is_empty()) {
        return explain(code, arguments);
    }
    if arguments.rollouts.is_empty() {
        return Err(Exit::Input(no_rollouts(arguments)));
    }
    known_codes(&arguments.deny)?;
    let spec = arguments.specs.first();
    let rows = arguments.rollouts.first().map_or(Path::new("-"), PathBuf::as_path);
    swapped(spec.map(PathBuf::as_path), rows)?;
    arguments.specs.iter().skip(1).try_for_each(|spec| swapped(Some(spec), rows))?;
    if compare::is_asked(arguments) {
        return compare::run(arguments);
    }
    // Before any file of rollouts is read.
    let earlier = arguments.since.read()?;
    earlier.iter().try_for_each(|earlier| earlier.check("advise"))?;
    let trainer = trainer(arguments)?;
    let config = trainer.as_ref().map(|trainer| &trainer.config);
    settings(arguments, config, None)?.check().map_err(Exit::input)?;
    let columns = advise_rewards::columns(arguments, config)?;
    let load = |spec: &PathBuf| load_with_prompts(spec, arguments.prompts.as_deref(), arguments.unscored);
    let task = spec.map(load).transpose()?;
    let settings = settings(arguments, config, task.as_ref().map(Task::scheme))?;
    let (advised, bad) = match (&arguments.verdicts, &task) {
        (None, None) => {
            if let Some(option) = needs_verdicts(arguments) {
                return Err(Exit::Input(format!("{option} needs verdicts: add a SPEC, or --verdicts COLUMN")));
            }
            let grouping = advise_rewards::read(arguments, columns, config)?;
            let bad = grouping.intake().bad_rows().to_vec();
            let size_given = arguments.group_size.is_some() || config.is_some_and(|config| config.group_size.is_some());
            (advise_rewards::advise(&grouping.into_log(), &settings, size_given, arguments.common.quiet)?, bad)
        }
        _ => judged(arguments, task.as_ref(), columns, settings)?,
    };
    finish(arguments, task.as_ref(), Advised { trainer, ..advised }, &bad, earlier.as_ref())
}

/// What to type where no rollouts are given.
fn no_rollouts(arguments: &Arguments) -> String {
    if arguments.explain.is_some() {
        return "--explain prints the page of an advice code (--explain CODE), or all figures of rollouts (--rollouts FILE)"
            .into();
    }
    match arguments.specs.as_slice() {
        [rows] if holds_rows(rows) => {
            format!("{} holds rows: type `fullmarks advise --rollouts {}`", rows.display(), rows.display())
        }
        _ => "give completions of the initial policy: --rollouts FILE (docs/rollouts.md)".into(),
    }
}

/// Prints the page of an advice code.
fn explain(code: &str, arguments: &Arguments) -> Result<(), Exit> {
    if !arguments.rollouts.is_empty() || !arguments.specs.is_empty() {
        return Err(Exit::Input(format!(
            "--explain {code} prints the page of an advice code, and takes nothing else. For all figures of these rollouts write \
             --explain at the end of the command"
        )));
    }
    known_codes(&[code.to_owned()])?;
    write!(terminal::out(), "{}", advice_page(code).unwrap_or_default())?;
    Ok(())
}

fn ends(path: &Path, endings: &[&str]) -> bool {
    path.extension().and_then(|ending| ending.to_str()).is_some_and(|ending| endings.contains(&ending))
}

/// Whether a file's name is one of rows.
fn holds_rows(path: &Path) -> bool {
    ends(path, &["jsonl", "ndjson", "parquet", "arrow", "gz", "zst"])
}

/// Refuses rollouts where a spec belongs, and a spec where rollouts belong: read as what they are not, they would only raise errors of syntax.
fn swapped(spec: Option<&Path>, rollouts: &Path) -> Result<(), Exit> {
    let of_rows = spec.filter(|spec| holds_rows(spec));
    let of_spec = ends(rollouts, &["yaml", "yml"]).then_some(rollouts);
    let way = "fullmarks advise SPEC.yaml --rollouts ROLLOUTS.jsonl";
    match (of_rows, of_spec) {
        (None, None) => Ok(()),
        (Some(rows), Some(spec)) => Err(Exit::Input(format!(
            "SPEC and --rollouts are swapped: type `fullmarks advise {} --rollouts {}`",
            spec.display(),
            rows.display()
        ))),
        (Some(rows), None) => {
            Err(Exit::Input(format!("{} holds rows, and a spec is YAML: type `{way}`", rows.display())))
        }
        (None, Some(spec)) => Err(Exit::Input(format!(
            "{} is YAML, and rollouts are rows of JSON or Parquet: type `{way}`",
            spec.display()
        ))),
    }
}

/// An option that says nothing where only rewards are known.
fn needs_verdicts(arguments: &Arguments) -> Option<&'static str> {
    let given = [
        (!arguments.pilot.is_empty(), "--pilot"),
        (arguments.logprob.is_some(), "--logprob"),
        (arguments.target.is_some(), "--target"),
        (arguments.state.is_some(), "--state"),
        (arguments.prompts.is_some(), "--prompts"),
    ];
    given.into_iter().find_map(|(given, option)| given.then_some(option))
}

/// Rollouts with verdicts, and with rewards as paid where they are given too.
fn judged(
    arguments: &Arguments,
    task: Option<&Task>,
    mut columns: RewardColumns,
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
    let scorer = Scorer { keys: Keys::id("id"), verdicts, logprobs, excerpt };
    let given = !columns.columns.is_empty();
    let (quiet, named) =
        (arguments.common.quiet, arguments.columns.named(task.map(|task| task.spec().columns.id.as_str())));
    let wanted = |_: &Layout, _: &_| scorer.reading(max_row).and(columns.names());
    let Opened { rows, layout, files } = rollouts::open(&arguments.rollouts, named, max_row, quiet, wanted)?;
    let mut scorer = Scorer { keys: layout.keys(), ..scorer };
    (columns.id, columns.steps) = (layout.id().to_owned(), layout.steps());
    let columns = &columns;
    let mut grouping = Grouping::default();
    let mut log = RewardGrouping::new(columns);
    let score = |row| {
        if given {
            return scorer.score_paid(row, columns).map(|(row, rewards)| (row, Some(rewards)));
        }
        let paid = |row: &ScoredRow| task.map_or_else(Vec::new, |task| row.paid(task));
        scorer.score(row).map(|row| (ScoredRow { paid: paid(&row), ..row }, None))
    };
    rollouts::each(rows, &files, quiet, score, |row| {
        let (row, rewards) = match row {
            Ok((row, rewards)) => (Ok(row), rewards),
            Err(bad) => (Err(bad), None),
        };
        rewards.into_iter().for_each(|rewards| log.add(Ok(rewards)));
        grouping.add(row);
    })?;
    let intake = grouping.intake().clone();
    let what = match (&arguments.verdicts, task) {
        (Some(_), Some(_)) => "advise on. Without --verdicts the spec judges the completions itself",
        _ => "advise on",
    };
    Aside { intake: &intake, all: grouping.is_empty(), most: arguments.unscored.max_unscored }.tell(&files, what)?;
    advise_rewards::tell_steps(&files, grouping.steps(), quiet);
    let by_length = task.filter(|task| task.pays_by_length());
    let scheme = by_length.filter(|_| !given).map(Task::scheme);
    let paid = (given || by_length.is_some()).then(|| PaidRewards { rewards: grouping.take_paid(), scheme });
    let (lengths, examples) = (grouping.take_sizes(), grouping.take_examples());
    let (groups, logprobs) = grouping.into_parts();
    scorer.logprobs = None;
    let by = task.map(Task::pays_by);
    let log = given.then(|| log.into_log());
    let mut request = Request { groups, logprobs, paid, log, by, lengths, settings, ..Request::default() };
    read_pilots(arguments, scorer, named, &mut request)?;
    if let Some(path) = &arguments.state {
        begin(path, task, &request.groups)?;
    }
    let assessment = request.assess().map_err(refuse)?;
    let attribution = request.attribution();
    let left_out = LeftOut { completions: intake.left_out(), ..LeftOut::default() };
    Ok((Advised { attribution, examples, left_out, ..assessment.into() }, intake.bad_rows().to_vec()))
}

/// Writes the state of a controller that knows samples of the initial policy. One that is there may be a run's, and stays.
fn begin(path: &Path, task: Option<&Task>, samples: &[Group]) -> Result<(), Exit> {
    let Some(task) = task else {
        return Err(Exit::Input("`--state` is for a spec with the scheme `adaptive`: give the SPEC".into()));
    };
    if path.exists() {
        let path = path.display();
        return Err(Exit::Input(format!("{path} is there already: name a new file for `--state`, or remove it first")));
    }
    let state = task.begin(samples).map_err(exit)?;
    controller_state::write(path, &state)
}

/// Writes everything that is asked for.
fn finish(
    arguments: &Arguments,
    task: Option<&Task>,
    mut advised: Advised,
    bad: &[BadRow],
    earlier: Option<&Earlier>,
) -> Result<(), Exit> {
    advised.left_out = left_out(bad, advised.left_out.completions, task.into_iter());
    let assessment = &advised.assessment;
    let subject = task.map_or_else(|| html::name(&arguments.rollouts), |task| task.spec().name.clone());
    arguments.html.write(|| advise_html(&advised, &subject))?;
    if let Some(path) = &arguments.prompts_out {
        output::write(path, &prompts_jsonl(&assessment.prompts)).map_err(Exit::file(path))?;
    }
    let mut out = terminal::out();
    if arguments.common.json {
        terminal::json(&since::json(&AdviseReport::new(&advised), earlier)?)?;
    } else {
        let mut text = since::text(AdviseReport::new(&advised), earlier)?;
        let detail = match (arguments.explain.is_some(), arguments.common.quiet) {
            (true, _) => Detail::All,
            (false, true) => Detail::Answer,
            (false, false) => Detail::Screen,
        };
        advise_text(&advised, detail, &mut text).map_err(Exit::input)?;
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
fn read_pilots(arguments: &Arguments, scorer: Scorer<'_>, named: Named<'_>, request: &mut Request) -> Result<(), Exit> {
    let (max_row, quiet) = (arguments.unscored.max_row, arguments.common.quiet);
    for PilotFile { scheme, step, path } in &arguments.pilot {
        let mut grouping = Grouping::default();
        let opened = rollouts::open(slice::from_ref(path), named, max_row, quiet, |_, _| scorer.reading(max_row))?;
        let Opened { rows, layout, files } = opened;
        let scorer = Scorer { keys: layout.keys(), logprobs: None, excerpt: 0, verdicts: scorer.verdicts.clone() };
        rollouts::each(rows, &files, true, |row| scorer.score(row), |row| grouping.add(row))?;
        if let Some(row) = grouping.intake().bad_rows().first() {
            return Err(Exit::Input(files.named(row)));
        }
        let groups = grouping.into_groups();
        if groups.is_empty() {
            return Err(Exit::Input(format!("{files} is empty: a pilot needs rollouts")));
        }
        let (here, there) = (constraints(&request.groups), constraints(&groups));
        if here.is_disjoint(&there) {
            let names = |set: BTreeSet<&str>| set.into_iter().take(5).collect::<Vec<_>>().join(", ");
            return Err(Exit::Input(format!(
                "{files} has verdicts of other constraints ({}) than the rollouts ({}): a pilot is a short run on the same task",
                names(there),
                names(here)
            )));
        }
        request.add_pilot(scheme, *step, groups);
    }
    Ok(())
}

fn constraints(groups: &[Group]) -> BTreeSet<&str> {
    groups.iter().flat_map(|group| group.constraints().iter().map(|constraint| &*constraint.id)).collect()
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
    let part = || Advice::CODES.iter().copied().find(|known| code.len() > 2 && known.contains(code.as_str()));
    let help = match closest(code, Advice::CODES.iter().copied()).or_else(part) {
        Some(code) => format!("did you mean `{code}`?"),
        None => format!("known: {}", Advice::CODES.join(", ")),
    };
    Err(Exit::Input(format!("there is no advice code `{code}`; {help}")))
}
