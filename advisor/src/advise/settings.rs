//! What an assessment is made for.

use super::dynamics::Algorithm;
use crate::reward::Scheme;
use std::fmt;

/// Plain stochastic gradient descent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sgd {
    /// Its learning rate.
    pub learning_rate: f64,
    /// Steps of the whole run.
    pub steps: u64,
}

/// What a step of training takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Price {
    /// Accelerator hours of one step, above 0: hours of clock times accelerators.
    pub hours_per_step: f64,
    /// Price of an accelerator hour, in any currency; at least 0.
    pub per_hour: Option<f64>,
}

/// What an assessment is made for.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Completions per prompt in one training step, at least 2.
    pub group_size: usize,
    /// The trainer's algorithm.
    pub algorithm: Algorithm,
    /// The schemes to compare, in the order they are shown; at least one.
    pub schemes: Vec<Scheme>,
    /// Coefficient of the penalty on the divergence from the initial policy, at least 0.
    pub kl: f64,
    /// Where the optimiser is plain SGD, what it is run with. Optimisers that scale their steps, as Adam does, need no such number.
    pub sgd: Option<Sgd>,
    /// The p_full that costs are counted to, strictly between 0 and 1; half-way from the start to all full answers when absent.
    pub target: Option<f64>,
    /// What a step of training takes, where costs are wanted in more than steps.
    pub price: Option<Price>,
    /// Draws of what is not known behind a forecast.
    pub draws: usize,
    /// Probability content of every interval, strictly between 0 and 1.
    pub level: f64,
    /// Seed of the draws.
    pub seed: u64,
}

impl Default for Settings {
    fn default() -> Self {
        let schemes = Scheme::NAMES.iter().filter_map(|name| Scheme::by_name(name)).collect();
        Self {
            group_size: 8,
            algorithm: Algorithm::default(),
            schemes,
            kl: 0.0,
            sgd: None,
            target: None,
            price: None,
            draws: 195,
            level: 0.9,
            seed: 0,
        }
    }
}

impl Price {
    /// What a step takes, where that is said.
    ///
    /// # Errors
    /// [`BadSettings::HourWithoutStep`]: a price of an hour alone.
    pub fn given(hours_per_step: Option<f64>, per_hour: Option<f64>) -> Result<Option<Self>, BadSettings> {
        match (hours_per_step, per_hour) {
            (None, Some(_)) => Err(BadSettings::HourWithoutStep),
            (hours, per_hour) => Ok(hours.map(|hours_per_step| Self { hours_per_step, per_hour })),
        }
    }
}

impl Settings {
    /// The same, with this scheme among those compared.
    #[must_use]
    pub fn comparing(mut self, scheme: Option<Scheme>) -> Self {
        self.schemes.extend(scheme.filter(|scheme| !self.schemes.contains(scheme)));
        self
    }

    /// Whether an assessment can be made with these settings.
    ///
    /// # Errors
    /// The first setting that is out of range.
    pub fn check(&self) -> Result<(), BadSettings> {
        if !(2..=1024).contains(&self.group_size) {
            Err(BadSettings::GroupSize(self.group_size))
        } else if self.schemes.is_empty() {
            Err(BadSettings::NoScheme)
        } else if !(self.kl >= 0.0 && self.kl.is_finite()) {
            Err(BadSettings::Kl(self.kl))
        } else if self
            .sgd
            .is_some_and(|sgd| !(sgd.learning_rate > 0.0 && sgd.learning_rate.is_finite() && sgd.steps > 0))
        {
            Err(BadSettings::Sgd)
        } else if self.target.is_some_and(|target| !(target > 0.0 && target < 1.0)) {
            Err(BadSettings::Target(self.target.unwrap_or_default()))
        } else if self.price.is_some_and(|price| {
            let hours = price.hours_per_step > 0.0 && price.hours_per_step.is_finite();
            !(hours && price.per_hour.is_none_or(|per_hour| per_hour >= 0.0 && per_hour.is_finite()))
        }) {
            Err(BadSettings::Price)
        } else if self.draws == 0 {
            Err(BadSettings::NoDraws)
        } else if !(self.level > 0.0 && self.level < 1.0) {
            Err(BadSettings::Level(self.level))
        } else {
            Ok(())
        }
    }
}

/// A setting out of range.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum BadSettings {
    /// Not from 2 to 1024 completions in a group: with one there is nothing to compare.
    GroupSize(usize),
    /// No scheme to assess.
    NoScheme,
    /// A coefficient that is no number from 0 up.
    Kl(f64),
    /// No learning rate above 0, or no step.
    Sgd,
    /// A target that is not strictly between 0 and 1.
    Target(f64),
    /// Hours that are not above 0, or a price that is not from 0 up.
    Price,
    /// A price of an hour, and no hours of a step.
    HourWithoutStep,
    /// No draw.
    NoDraws,
    /// A level that is not strictly between 0 and 1.
    Level(f64),
}

impl fmt::Display for BadSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::GroupSize(size) => {
                write!(f, "the group size {size} is out of range: a step compares 2 to 1024 completions of a prompt")
            }
            Self::Kl(kl) => write!(f, "the KL coefficient {kl} is out of range: give a number from 0 up"),
            Self::Sgd => f.write_str("plain SGD needs a learning rate above 0 and at least one step"),
            Self::Target(target) => {
                write!(f, "the target {target} is out of range: give a p_full between 0 and 1, such as 0.8")
            }
            Self::Price => f.write_str("a step takes more than 0 hours, and an hour costs a number from 0 up"),
            Self::HourWithoutStep => f.write_str("`price_per_hour` needs `hours_per_step`"),
            Self::NoDraws => f.write_str("a forecast needs at least one draw"),
            Self::NoScheme => f.write_str("no reward scheme given: name at least one"),
            Self::Level(level) => {
                write!(f, "interval level {level} is out of range: give a number between 0 and 1, such as 0.9")
            }
        }
    }
}

impl std::error::Error for BadSettings {}
