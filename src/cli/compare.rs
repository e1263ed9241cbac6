//! `fullmarks advise A.yaml B.yaml`, and `advise --compare`: several rewards on the same rollouts.

use super::{
    Exit,
    advise_arguments::Arguments,
    advise_rewards,
    advise_settings::{settings, trainer},
    html,
    inputs::{Aside, left_out, load_with_prompts},
    progress, rollouts, terminal,
};
use crate::{
    advise::{Advice, Settings},
    compare::{Alternative, Compared, Comparing, Gathered},
    data::{BadRow, KnownVerdicts, Layout, Opened},
    report::{CompareReport, Detail, compare_html, compare_text},
    scoring::{RewardColumns, VerdictSource, in_order},
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
    let bar = progress::over(&files, quiet);
    let mut gathered = Gathered::new(&comparing);
    let read = in_order(
        rows,
        |row| (row.size() as u64, comparing.read(row)),
        |chunk| {
            for (size, row) in chunk {
                bar.inc(size);
                gathered.add(row);
            }
            Ok(())
        },
    );
    bar.finish_and_clear();
    read.map_err(Exit::rollouts(&files))?;
    let bad = gathered.bad_rows().to_vec();
    let aside = Aside {
        bad: &bad,
        left_out: gathered.left_out(),
        all: gathered.is_empty(),
        thinking: gathered.thinking(),
        rows: (gathered.rows(), arguments.unscored.max_unscored),
    };
    aside.tell(&files, "compare")?;
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
    rewards: Vec<(String, RewardColumns)>,
) -> Result<Vec<Alternative<'a>>, Exit> {
    let known = |task: Option<&'a Task>| {
        let column = arguments.verdicts.clone()?;
        Some(VerdictSource::Known { verdicts: KnownVerdicts { column }, task })
    };
    let of_task = |(path, task): (&PathBuf, &'a Task)| {
        let alternative = Alternative::of_task(path.display().to_string(), task);
        Alternative { verdicts: known(Some(task)).or(alternative.verdicts.clone()), ..alternative }
    };
    // Columns have verdicts beside them where nothing but the columns pays.
    let beside = if tasks.is_empty() { known(None) } else { None };
    let of_columns =
        |(name, columns)| Alternative { verdicts: beside.clone(), ..Alternative::of_columns(name, columns) };
    let all: Vec<_> =
        arguments.specs.iter().zip(tasks).map(of_task).chain(rewards.into_iter().map(of_columns)).collect();
    match all.len() {
        0 | 1 => Err(Exit::Input(
            "--compare takes two rewards or more: specs, such as `A.yaml B.yaml`, and columns, such as `--reward a --reward b`".into(),
        )),
        _ => Ok(all),
    }
}

/// Each `--reward` as a reward of its own: a column, or a sum such as `accuracy+format=0.5`.
fn columns(arguments: &Arguments) -> Result<Vec<(String, RewardColumns)>, Exit> {
    if !arguments.compare && !arguments.reward.is_empty() {
        return Err(Exit::Input(
            "with several specs, nothing says what --reward is: add --compare to compare its column with the specs, or leave it out".into(),
        ));
    }
    arguments.reward.iter().map(|(names, last)| sum(names, *last)).collect()
}

fn sum(names: &str, last: Option<f64>) -> Result<(String, RewardColumns), Exit> {
    let parts: Vec<&str> = names.split('+').map(str::trim).collect();
    let mut columns: Vec<(String, f64)> = Vec::new();
    for (place, part) in parts.iter().enumerate() {
        let (name, weight) = match part.rsplit_once('=') {
            Some((name, weight)) => match weight.trim().parse::<f64>() {
                Ok(weight) if weight.is_finite() => (name, weight),
                _ => {
                    return Err(Exit::Input(format!(
                        "`{weight}` is no weight: write `{name}=0.5`, or the column alone"
                    )));
                }
            },
            None => (*part, 1.0),
        };
        if name.is_empty() {
            return Err(Exit::Input(format!("`{names}` names no column: write `accuracy+format=0.5`")));
        }
        if columns.iter().any(|(known, _)| known == name) {
            return Err(Exit::Input(format!("`{name}` is given twice in one reward: give it one weight")));
        }
        let weight = last.filter(|_| place + 1 == parts.len()).unwrap_or(weight);
        columns.push((name.to_owned(), weight));
    }
    let shown = |(name, weight): &(String, f64)| if *weight == 1.0 { name.clone() } else { format!("{name}={weight}") };
    let name = columns.iter().map(shown).collect::<Vec<_>>().join("+");
    Ok((name, RewardColumns { id: "id".into(), steps: &[], columns }))
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
