//! `partial-credit-stalls`: with partial credit, full answers come later than under `binary`, or never.

use crate::{
    advise::{
        Assessment, Evidence, Percent, Severity,
        forecast::{Choice, ENOUGH},
        stats::Interval,
    },
    reward::Scheme,
};
use std::fmt;

/// Share of draws in which it does not arrive in time from which it is an error.
const MOSTLY: f64 = 0.5;

/// The pass rate from which on a run that no longer grows has learnt something: of such runs some end where `binary` ends as well.
const LITTLE: f64 = 0.2;

const TRAIN_WITH: &str = "Train with `binary`, or with a smaller credit if the forecast shows one to be faster.";

/// Partial credit slows learning down, or stalls it.
#[derive(Clone, Debug, PartialEq)]
pub struct PartialCreditStalls {
    /// The scheme with partial credit.
    pub scheme: Scheme,
    /// How that is known.
    pub stalling: Stalling,
}

/// How it is known that partial credit stalls.
#[derive(Clone, Debug, PartialEq)]
pub enum Stalling {
    /// It is forecast.
    Forecast {
        /// Probability that `binary` has the larger area under its p_full curve, by more than a tenth.
        probability: f64,
        /// Share of draws in which the scheme takes more than four times as long as the fastest.
        stalls: f64,
        /// Whether pilots say so too.
        piloted: bool,
    },
    /// It was seen in a run: rewards grow without full answers.
    Seen {
        /// The step since when.
        since: u64,
        /// By how much the mean reward grew.
        reward: Interval,
        /// By how much p_full grew.
        full: Interval,
        /// Whether full answers are surely not more than at the start of the run, after as many steps as a trend looks back on.
        flat: bool,
    },
    /// It was seen in a run: groups without a full answer all earn the same credit, so that nothing leads away from there.
    Tied {
        /// The step since when.
        since: u64,
        /// Share of full answers lately.
        rate: f64,
        /// Share of such groups lately.
        tied: f64,
        /// Share of groups without a full answer lately.
        without: f64,
        /// By how much p_full grew.
        full: Interval,
        /// Prompts among them that had a full answer once.
        lost: u64,
    },
    /// It announces itself in a run: completions become alike before they are right.
    Alike {
        /// The step since when.
        since: u64,
        /// Share of different completions in a group at the start of the run.
        before: f64,
        /// The same lately.
        now: f64,
        /// By how much p_full grew.
        full: Interval,
    },
}

impl Stalling {
    /// A name, stable.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Forecast { .. } => "forecast",
            Self::Seen { flat: false, .. } => "growing",
            Self::Seen { flat: true, .. } => "flat",
            Self::Tied { .. } => "tied",
            Self::Alike { .. } => "alike",
        }
    }
}

impl PartialCreditStalls {
    /// When the forecast is sure enough of `binary`, and that it matters.
    #[must_use]
    pub fn find(assessment: &Assessment) -> Option<Self> {
        let forecast = assessment.forecast.as_ref()?;
        let probability = forecast.odds.first;
        let binary = matches!(forecast.choice, Choice::Use(Scheme::Binary(_)));
        let stalls = forecast.outlook.schemes[forecast.rival].stalls;
        let stalling = Stalling::Forecast { probability, stalls, piloted: forecast.pilot.is_some() };
        (binary && probability >= ENOUGH).then(|| Self { scheme: forecast.schemes[forecast.rival], stalling })
    }

    /// An error when it mostly stalls, or when a run is stuck and full answers are few; else a warning, since of the runs whose rewards grow first some find full answers later.
    #[must_use]
    pub fn severity(&self) -> Severity {
        match self.stalling {
            Stalling::Forecast { stalls, .. } if stalls < MOSTLY => Severity::Warning,
            Stalling::Tied { rate, .. } if rate >= LITTLE => Severity::Warning,
            Stalling::Seen { flat: false, .. } | Stalling::Alike { .. } => Severity::Warning,
            Stalling::Forecast { .. } | Stalling::Seen { .. } | Stalling::Tied { .. } => Severity::Error,
        }
    }

    /// The numbers it rests on.
    #[must_use]
    pub fn evidence(&self) -> Vec<Evidence> {
        let scheme = Evidence::new("scheme", self.scheme.to_string().as_str());
        match self.stalling {
            Stalling::Forecast { probability, stalls, .. } => {
                vec![scheme, Evidence::new("probability", probability), Evidence::new("stalls", stalls)]
            }
            Stalling::Seen { since, reward, full, .. } => vec![
                scheme,
                Evidence::new("since_step", since),
                Evidence::new("reward_change", reward),
                Evidence::new("p_full_change", full),
            ],
            Stalling::Tied { since, rate, tied, without, full, lost } => vec![
                scheme,
                Evidence::new("since_step", since),
                Evidence::new("p_full", rate),
                Evidence::new("tied_groups", tied),
                Evidence::new("no_full_groups", without),
                Evidence::new("p_full_change", full),
                Evidence::new("lost_prompts", lost),
            ],
            Stalling::Alike { since, before, now, full } => vec![
                scheme,
                Evidence::new("since_step", since),
                Evidence::new("distinct_before", before),
                Evidence::new("distinct", now),
                Evidence::new("p_full_change", full),
            ],
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn remedy(&self) -> String {
        match self.stalling {
            Stalling::Tied { .. } | Stalling::Seen { flat: true, .. } => {
                "Go on with `binary`, or a smaller credit, from an earlier checkpoint, where answers still differ.".to_owned()
            }
            Stalling::Seen { .. } | Stalling::Alike { .. } => {
                "Watch it. If full answers do not grow soon, go on with `binary`, or a smaller credit, from this checkpoint."
                    .to_owned()
            }
            Stalling::Forecast { piloted: true, .. } => TRAIN_WITH.to_owned(),
            Stalling::Forecast { piloted: false, .. } => format!(
                "{TRAIN_WITH} A pilot of both schemes would make it surer: --pilot binary=FILE --pilot partial=FILE."
            ),
        }
    }
}

impl fmt::Display for PartialCreditStalls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = &self.scheme;
        match self.stalling {
            Stalling::Forecast { probability, stalls, .. } => write!(
                f,
                "under {scheme}, full answers come later than under binary with probability {}; in {} of the draws it takes \
                 more than four times as long",
                Percent(probability),
                Percent(stalls)
            ),
            Stalling::Seen { since, reward, full, flat } => {
                write!(
                    f,
                    "since step {since}, the mean reward under {scheme} has grown by {:.3} to {:.3}, and the share of full answers by \
                     {:.3} to {:.3}",
                    reward.low, reward.high, full.low, full.high
                )?;
                f.write_str(match flat {
                    true => ", which is no more now than at the start: what is learnt is to be paid without them",
                    false => ": what is learnt so far is to be paid without them",
                })
            }
            Stalling::Tied { since, tied, without, full, lost, .. } => {
                write!(
                    f,
                    "since step {since}, full answers under {scheme} have not grown ({:.3} to {:.3}): {} of the groups have none, and in {} all \
                     answers earn the same credit, so nothing leads away from there",
                    full.low,
                    full.high,
                    Percent(without),
                    Percent(tied)
                )?;
                match lost {
                    0 => Ok(()),
                    1 => f.write_str("; 1 of these prompts had full answers before"),
                    lost => write!(f, "; {lost} of these prompts had full answers before"),
                }
            }
            Stalling::Alike { since, before, now, full } => write!(
                f,
                "completions become alike under {scheme} before they are right: {} of a group's were different at the start, {} are now, and \
                 since step {since} full answers have grown by {:.3} to {:.3}",
                Percent(before),
                Percent(now),
                full.low,
                full.high
            ),
        }
    }
}
