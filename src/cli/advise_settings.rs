//! What `advise` is asked for: options, and under them what the trainer's own configuration says.

use super::{Exit, advise_arguments::Arguments};
use crate::{
    advise::{Price, Settings, Sgd},
    report::TrainerSettings,
    reward::Scheme,
    trainer::{Given, TrainerConfig},
};
use std::fs;

/// The options that a trainer's configuration may say too.
fn given(arguments: &Arguments) -> Given {
    Given {
        group_size: arguments.group_size.map(|size| size as u64),
        algorithm: arguments.algorithm,
        kl: arguments.kl,
        sgd: arguments.sgd.zip(arguments.steps),
    }
}

/// The configuration of `--trainer`, and which options win over it.
pub(super) fn trainer(arguments: &Arguments) -> Result<Option<TrainerSettings>, Exit> {
    let Some(path) = &arguments.trainer else { return Ok(None) };
    let text = fs::read_to_string(path).map_err(Exit::file(path))?;
    let read = TrainerConfig::read(&text).and_then(|config| config.under(&given(arguments)).map(|_| config));
    let config = read.map_err(|error| Exit::Input(format!("{}: {error}", path.display())))?;
    let overruled_by = config.overruled_by(&given(arguments));
    Ok(Some(TrainerSettings { config, overruled_by }))
}

/// What is asked; the spec's own scheme is compared with the others.
pub(super) fn settings(
    arguments: &Arguments,
    trainer: Option<&TrainerConfig>,
    own: Option<Scheme>,
) -> Result<Settings, Exit> {
    let given = given(arguments);
    let asked = trainer.map_or(Ok(given), |config| config.under(&given)).map_err(Exit::input)?;
    let usual = Settings::default();
    let settings = Settings {
        kl: asked.kl.unwrap_or(usual.kl),
        group_size: asked.group_size.map_or(usual.group_size, |size| usize::try_from(size).unwrap_or(usize::MAX)),
        algorithm: asked.algorithm.unwrap_or(usual.algorithm),
        sgd: asked.sgd.map(|(learning_rate, steps)| Sgd { learning_rate, steps }),
        target: arguments.target,
        price: Price::given(arguments.hours_per_step, arguments.price_per_hour).map_err(Exit::input)?,
        level: arguments.level,
        seed: arguments.seed,
        ..usual
    };
    Ok(settings.comparing(own))
}
