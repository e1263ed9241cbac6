//! `fullmarks advise --reward COLUMN`: rewards as a trainer logged them.

use super::{Exit, advise_arguments::Arguments, inputs::Aside, rollouts, terminal};
use crate::{
    advise::{RewardLog, Settings},
    data::{Files, Opened},
    report::Advised,
    scoring::{RewardColumns, RewardGrouping},
    trainer::TrainerConfig,
};

/// The columns that are asked for, with their weights: those given, or the trainer's, or 1.
pub(super) fn columns(arguments: &Arguments, trainer: Option<&TrainerConfig>) -> Result<RewardColumns, Exit> {
    weighed(&arguments.reward, trainer)
}

fn weighed(given: &[(String, Option<f64>)], trainer: Option<&TrainerConfig>) -> Result<RewardColumns, Exit> {
    let weights = trainer.and_then(|config| config.reward_weights.as_ref());
    if let Some(weights) =
        weights.filter(|weights| weights.len() != given.len() && given.iter().any(|(_, w)| w.is_none()))
    {
        return Err(Exit::Input(format!(
            "the trainer weighs {} rewards and --reward names {}: name them in its order, or give weights, such as --reward {}=1",
            weights.len(),
            given.len(),
            given.first().map_or("COLUMN", |(name, _)| name)
        )));
    }
    let mut columns = Vec::new();
    for (place, (name, weight)) in given.iter().enumerate() {
        if columns.iter().any(|(known, _)| known == name) {
            return Err(Exit::Input(format!("--reward {name} is given twice")));
        }
        let own = weights.and_then(|weights| weights.get(place)).copied();
        columns.push((name.clone(), weight.or(own).unwrap_or(1.0)));
    }
    Ok(RewardColumns { id: "id".into(), steps: &[], columns })
}

/// Reads a log, names rows that cannot be used, and counts them. Where no column is asked for, a trainer's log says which hold rewards.
pub(super) fn read(
    arguments: &Arguments,
    mut columns: RewardColumns,
    trainer: Option<&TrainerConfig>,
) -> Result<RewardGrouping, Exit> {
    let (max_row, quiet) = (arguments.unscored.max_row, arguments.common.quiet);
    let mut of_log = Ok(());
    let opened = rollouts::open(&arguments.rollouts, arguments.columns.named(None), max_row, quiet, |layout, first| {
        if columns.columns.is_empty() {
            // Weights in the file are those that it was paid by.
            let weight = |weight: f64| trainer.is_none_or(|config| config.reward_weights.is_none()).then_some(weight);
            let names: Vec<_> = layout.rewards(first).into_iter().map(|(name, of)| (name, weight(of))).collect();
            of_log = weighed(&names, trainer).map(|found| columns = found);
        }
        columns.id = layout.id().to_owned();
        if let Some((id, _)) = columns.columns.iter().find(|(name, _)| *name == columns.id) {
            of_log = Err(Exit::Input(format!(
                "--reward {id}: `{id}` holds the ids of prompts. A reward is a number, or true or false, of each completion: name its column"
            )));
        }
        columns.steps = layout.steps();
        columns.reading(max_row)
    });
    let Opened { rows, files, .. } = opened?;
    of_log?;
    if columns.columns.is_empty() {
        return Err(Exit::Input(format!(
            "nothing says what the completions in {files} are worth. Give a SPEC that judges them, --verdicts COLUMN for verdicts that \
             are known, or --reward COLUMN for rewards from a log"
        )));
    }
    if arguments.reward.is_empty() && !quiet {
        let sum: Vec<String> = columns.columns.iter().map(|(name, weight)| summand(name, *weight)).collect();
        terminal::tell(format_args!("{files}: the reward is {} (--reward COLUMN names others)", sum.join(" + ")));
    }
    let mut grouping = RewardGrouping::new(&columns);
    rollouts::each(rows, &files, quiet, |row| columns.read(row), |row| grouping.add(row))?;
    let most = arguments.unscored.max_unscored;
    Aside { intake: grouping.intake(), all: grouping.is_empty(), most }.tell(&files, "advise on")?;
    tell_steps(&files, grouping.steps(), quiet);
    let (unknown, all) = grouping.unknown();
    if unknown < all && unknown as f64 > most * all as f64 {
        let names: Vec<String> = columns.names().map(|name| format!("`{name}`")).collect();
        return Err(Exit::Input(format!(
            "stopped: {unknown} of {all} completions have no reward in {}, more than --max-unscored {most}. What is missing is not known: \
             write 0 where a completion earned nothing, or allow a larger share",
            names.join(", ")
        )));
    }
    Ok(grouping)
}

/// Says that rows are of several policies.
pub(super) fn tell_steps(files: &Files, steps: usize, quiet: bool) {
    if steps > 1 && !quiet {
        terminal::tell(format_args!(
            "{files}: the rows are of {steps} steps, between which the policy changed. Figures are over all of them; for the start of the \
             run give the first step's rows alone"
        ));
    }
}

fn summand(name: &str, weight: f64) -> String {
    if weight == 1.0 { format!("`{name}`") } else { format!("{weight} × `{name}`") }
}

/// The assessment of a log. Where nobody says how large groups are, they are as large as most prompts' are, which is said.
pub(super) fn advise(log: &RewardLog, settings: &Settings, size_given: bool, quiet: bool) -> Result<Advised, Exit> {
    let group_size = if size_given { settings.group_size } else { log.usual_size().unwrap_or(settings.group_size) };
    if !size_given && !quiet && group_size != settings.group_size {
        terminal::tell(format_args!(
            "groups of {group_size}, as most prompts have here: give --group-size G where your trainer takes others"
        ));
    }
    let settings = Settings { group_size, ..settings.clone() };
    Ok(log.assess(&settings).map_err(Exit::input)?.into())
}
