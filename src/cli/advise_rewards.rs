//! `fullmarks advise --reward COLUMN`: rewards as a trainer logged them.

use super::{Exit, advise_arguments::Arguments, inputs::Aside, progress};
use crate::{
    advise::{RewardLog, Settings},
    data::Rows,
    report::Advised,
    scoring::{RewardColumns, RewardGrouping, in_order},
    task::ThinkingMarks,
    trainer::TrainerConfig,
};
use std::path::Path;

/// The columns that are asked for, with their weights: those given, or the trainer's, or 1.
pub(super) fn columns(arguments: &Arguments, trainer: Option<&TrainerConfig>) -> Result<RewardColumns, Exit> {
    let weights = trainer.and_then(|config| config.reward_weights.as_ref());
    let given = &arguments.reward;
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
    Ok(RewardColumns { id: arguments.id.clone(), columns })
}

/// Reads a log, names rows that cannot be used, and counts them.
pub(super) fn read(arguments: &Arguments, columns: &RewardColumns, rollouts: &Path) -> Result<RewardGrouping, Exit> {
    let rows = Rows::open(rollouts, columns.reading(arguments.unscored.max_row)).map_err(Exit::file(rollouts))?;
    let bar = progress::over_file(rollouts, arguments.common.quiet);
    let mut grouping = RewardGrouping::new(columns);
    let read = in_order(
        rows,
        |row| (row.size() as u64, columns.read(row)),
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
    let bad = grouping.bad_rows();
    let rows = (grouping.rows(), arguments.unscored.max_unscored);
    Aside { bad, left_out: 0, all: grouping.is_empty(), thinking: ThinkingMarks::default(), rows }
        .tell(rollouts, "advise on")?;
    Ok(grouping)
}

/// The assessment of a log. Where nobody says how large groups are, they are as large as most prompts' are.
pub(super) fn advise(log: &RewardLog, settings: &Settings, size_given: bool) -> Result<Advised, Exit> {
    let group_size = if size_given { settings.group_size } else { log.usual_size().unwrap_or(settings.group_size) };
    let settings = Settings { group_size, ..settings.clone() };
    Ok(log.assess(&settings).map_err(Exit::input)?.into())
}
