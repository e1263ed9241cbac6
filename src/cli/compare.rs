//! `fullmarks advise A.yaml B.yaml`, and `advise --compare`: several rewards on the same rollouts.

use super::{
    Exit,
    advise_arguments::{Arguments, column},
    advise_rewards,
    advise_settings::{settings, trainer},
    html,
    inputs::{Aside, left_out, load_with_prompts},
    rollouts, terminal,
};
use crate::{
    advise::{Advice, Settings},
    compare::{Alternative, Compared, Comparing, Gathered},
    data::{BadRow, Layout, Opened},
    report::{CompareReport, Detail, compare_html, compare_text},
    scoring::RewardColumns,
    task::Task,
};
use std::{io::Write, path::PathBuf};

/// Whether several rewards are given as such.
pub(super) fn is_asked(arguments: &Arguments) -> bool {
    arguments.compare || arguments.specs.len() > 1
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Exit> {
    if let Some(option) = of_one_reward(arguments) {
        return Err(Exit::Input(format!(
            "{option} is of one reward, and several are compared here: run `fullmarks advise` with one reward and {option}"
        )));
    }
    let config = trainer(arguments)?;
    let config = config.as_ref().map(|trainer| &trainer.config);
    let settings = settings(arguments, config, None)?;
    settings.check().map_err(Exit::input)?;
    let rewards = columns(arguments)?;
    let load = |spec: &PathBuf| load_with_prompts(spec, arguments.prompts.as_deref(), arguments.unscored);
    let tasks: Vec<Task> = arguments.specs.iter().map(load).collect::<Result<_, _>>()?;
    let alternatives = alternatives(arguments, &tasks, rewards)?;
    Alternative::check(&alternatives).map_err(Exit::input)?;

    let (max_row, quiet) = (arguments.unscored.max_row, arguments.common.quiet);
    let named = arguments.columns.named(tasks.first().map(|task| task.spec().columns.id.as_str()));
    let wanted = |_: &Layout, _: &_| Comparing::reading(&alternatives, max_row);
    let Opened { rows, layout, files } = rollouts::open(&arguments.rollouts, named, max_row, quiet, wanted)?;
    let comparing = Comparing::new(&alternatives, &layout).map_err(Exit::input)?;
    let mut gathered = Gathered::new(&comparing);
    rollouts::each(rows, &files, quiet, |row| comparing.read(row), |row| gathered.add(row))?;
    let bad = gathered.intake().bad_rows().to_vec();
    let most = arguments.unscored.max_unscored;
    Aside { intake: gathered.intake(), all: gathered.is_empty(), most }.tell(&files, "compare")?;
    advise_rewards::tell_steps(&files, gathered.steps(), quiet);
    let size_given = arguments.group_size.is_some() || config.is_some_and(|config| config.group_size.is_some());
    let usual = gathered.usual_size().filter(|_| !size_given);
    let settings = Settings { group_size: usual.unwrap_or(settings.group_size), ..settings };
    let compared = gathered.compare(&settings).map_err(Exit::input)?;
    finish(arguments, &compared, &tasks, &bad)
}

/// An option that only one reward can have.
fn of_one_reward(arguments: &Arguments) -> Option<&'static str> {
    let given = [
        (!arguments.pilot.is_empty(), "--pilot"),
        (arguments.logprob.is_some(), "--logprob"),
        (arguments.state.is_some(), "--state"),
        (arguments.prompts_out.is_some(), "--prompts-out"),
        (arguments.since.is_wanted(), "--since"),
    ];
    given.into_iter().find_map(|(given, option)| given.then_some(option))
}

fn alternatives<'a>(
    arguments: &Arguments,
    tasks: &'a [Task],
    rewards: Vec<RewardColumns>,
) -> Result<Vec<Alternative<'a>>, Exit> {
    let of_task = |(path, task): (&PathBuf, &'a Task)| Alternative::of_task(path.display().to_string(), task);
    let all = arguments.specs.iter().zip(tasks).map(of_task).chain(rewards.into_iter().map(Alternative::of_columns));
    let all = Alternative::known_by(all.collect(), arguments.verdicts.as_deref());
    match all.len() {
        0 | 1 => Err(Exit::Input(
            "--compare takes two rewards or more: specs, such as `A.yaml B.yaml`, and columns, such as `--reward a --reward b`".into(),
        )),
        _ => Ok(all),
    }
}

/// Each `--reward` as a reward of its own: a column, or a sum such as `accuracy+format=0.5`.
fn columns(arguments: &Arguments) -> Result<Vec<RewardColumns>, Exit> {
    if !arguments.compare && !arguments.reward.is_empty() {
        return Err(Exit::Input(
            "with several specs, nothing says what --reward is: add --compare to compare its column with the specs, or leave it out".into(),
        ));
    }
    arguments.reward.iter().map(|(names, last)| sum(names, *last)).collect()
}

/// The columns of a sum; `last` is the weight of the last one, where it has any.
fn sum(names: &str, last: Option<f64>) -> Result<RewardColumns, Exit> {
    let mut columns: Vec<(String, f64)> = Vec::new();
    for part in names.split('+').map(str::trim) {
        if part.is_empty() {
            return Err(Exit::Input(format!("`{names}` names no column: write `accuracy+format=0.5`")));
        }
        let (name, weight) = column(part).map_err(Exit::Input)?;
        if columns.iter().any(|(known, _)| *known == name) {
            return Err(Exit::Input(format!("`{name}` is given twice in one reward: give it one weight")));
        }
        columns.push((name, weight.unwrap_or(1.0)));
    }
    columns.last_mut().into_iter().zip(last).for_each(|(column, weight)| column.1 = weight);
    Ok(RewardColumns { id: "id".into(), steps: &[], columns })
}

fn finish(arguments: &Arguments, compared: &Compared, tasks: &[Task], bad: &[BadRow]) -> Result<(), Exit> {
    let subject = html::name(&arguments.rollouts);
    arguments.html.write(|| compare_html(compared, &subject))?;
    if arguments.common.json {
        let left_out = left_out(bad, compared.left_out, tasks.iter());
        let report = serde_json::to_value(CompareReport::new(compared, left_out)).map_err(Exit::input)?;
        terminal::json(&report)?;
    } else {
        let detail = match (arguments.explain.is_some(), arguments.common.quiet) {
            (true, _) => Detail::All,
            (false, true) => Detail::Answer,
            (false, false) => Detail::Screen,
        };
        let mut text = String::new();
        compare_text(compared, detail, &mut text).map_err(Exit::input)?;
        write!(terminal::out(), "{text}")?;
    }
    if !bad.is_empty() {
        let rows = if bad.len() == 1 { "row" } else { "rows" };
        let bad = bad.len();
        return Err(Exit::Input(format!(
            "{bad} {rows} of the rollouts could not be used and are not in these figures"
        )));
    }
    let denied = |code: &&str| arguments.deny.iter().any(|denied| denied == code);
    let mut found: Vec<String> = Vec::new();
    for weighed in &compared.rewards {
        let codes = weighed.assessment.advice.iter().map(Advice::code).filter(denied);
        found.extend(codes.map(|code| format!("{code} ({})", weighed.name)));
    }
    if found.is_empty() { Ok(()) } else { Err(Exit::Findings(format!("denied advice: {}", found.join(", ")))) }
}
