//! The JSON form of a forecast.

use super::{IntervalReport, SchemeReport};
use crate::advise::{
    Price,
    dynamics::Kernel,
    forecast::{Choice, Cost, Forecast, Losses, Lost, Odds, PilotVerdict, SHOWN, SchemeOutlook, Settling},
    stats::Interval,
};
use schemars::JsonSchema;
use serde::Serialize;

/// Which scheme would learn fastest.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ForecastReport {
    /// `use`, `either` (the difference is small), `neither` (nothing says that full answers come under any) or `cannot-tell`.
    pub choice: String,
    /// The scheme to use; `null` where any will do, or none will, or where none can be named. With `cannot-tell` it is `adaptive`.
    pub scheme: Option<SchemeReport>,
    /// Whether any completion is fully correct; if none is, where the curves begin is a guess.
    pub full_seen: bool,
    /// The scheme that `binary` is compared with.
    pub rival: SchemeReport,
    /// Which has the larger area under its p_full curve, by samples and pilots.
    pub odds: OddsReport,
    /// What each choice is expected to lose.
    pub expected_losses: LossesReport,
    /// The same as `odds`, by samples alone.
    pub by_samples: OddsReport,
    /// The same by pilots alone; `null` without.
    pub by_pilots: Option<OddsReport>,
    /// What the pilots are; `null` without.
    pub pilots: Option<PilotsReport>,
    /// By samples, with log-probabilities of completions taken in; `null` without. No recommendation rests on it.
    pub by_logprobs: Option<OddsReport>,
    /// By samples, were the initial policy known exactly.
    pub if_sampled_forever: OddsReport,
    /// More prompts that would settle it; `null` where none would, or nothing is open.
    pub more_prompts: Option<u64>,
    /// More pilots of each scheme, each of another seed, that would settle which is ahead; `null` where none would, or nothing is open.
    pub more_pilots: Option<u32>,
    /// Whether a pilot, or a longer one, is what would settle it.
    pub needs_pilot: bool,
    /// By samples, for each kernel: how far learning one thing carries over to another.
    pub by_kernel: Vec<KernelReport>,
    /// Times at which curves are given, in units of the fastest scheme's time to half-way between its start and all full answers.
    pub times: Vec<f64>,
    /// p_full that costs are counted to.
    pub target: f64,
    /// Costs of reaching it under the schemes that were piloted; empty unless pilots say after how many steps they were taken.
    pub costs: Vec<CostReport>,
    /// Every scheme.
    pub schemes: Vec<OutlookReport>,
}

/// What the pilots are, beside the odds that they make.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct PilotsReport {
    /// Runs of each scheme, each of a seed of its own; of the scheme with fewer.
    pub runs: u32,
    /// Whether some say one scheme and some the other, and their mean neither.
    pub contradict: bool,
    /// Prompts that partial credit loses; `null` where there are too few completions of each prompt to say.
    pub lost_prompts: Option<LostReport>,
}

/// Prompts that partial credit loses.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct LostReport {
    /// Share of the prompts without a full answer in the samples of the initial policy.
    pub before: f64,
    /// The same under partial credit, in the pilots.
    pub after: f64,
    /// Share of the pilots' prompts whose answers, none of them full, all score the same above 0.
    pub tied: f64,
    /// Whether that is what stalls looked like.
    pub stalls: bool,
}

impl PilotsReport {
    fn new(pilot: &PilotVerdict) -> Self {
        let lost =
            |lost: Lost| LostReport { before: lost.before, after: lost.after, tied: lost.tied, stalls: lost.stalls() };
        Self { runs: pilot.runs, contradict: pilot.contradict, lost_prompts: pilot.lost.map(lost) }
    }
}

/// What it takes to reach the target under one scheme.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct CostReport {
    /// Name of the scheme.
    pub scheme: String,
    /// Steps from the start of training; `null` where the pilot shows no growth.
    pub steps: Option<BandReport>,
    /// Accelerator hours; `null` unless those of a step were given.
    pub hours: Option<BandReport>,
    /// Money; `null` unless the price of an hour was given.
    pub price: Option<BandReport>,
}

/// The forecast under one kernel.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct KernelReport {
    /// `shared-skills`, `agreement` or `hamming`.
    pub family: String,
    /// Its parameter: a share, or a range.
    pub parameter: f64,
    /// Which scheme wins under it.
    pub odds: OddsReport,
}

/// Probabilities that add up to 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct OddsReport {
    /// The rival has the larger area, by more than a tenth.
    pub rival: f64,
    /// `binary` has.
    pub binary: f64,
    /// The areas differ by less than a tenth.
    pub small: f64,
}

impl From<Odds> for OddsReport {
    fn from(odds: Odds) -> Self {
        Self { rival: odds.rival, binary: odds.first, small: odds.small }
    }
}

/// Expected shares of the area under the p_full curve that are lost against the better of `binary` and the rival.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct LossesReport {
    /// With `binary`.
    pub binary: f64,
    /// With the rival.
    pub rival: f64,
    /// With `adaptive`; `null` where full answers are so rare that it may miss them.
    pub adaptive: Option<f64>,
}

impl From<Losses> for LossesReport {
    fn from(losses: Losses) -> Self {
        Self { binary: losses.first, rival: losses.rival, adaptive: losses.adaptive }
    }
}

/// How one scheme would fare.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct OutlookReport {
    /// The scheme.
    pub scheme: SchemeReport,
    /// Share of draws in which it has the largest area.
    pub best: f64,
    /// Share of draws in which it takes more than four times as long as the fastest.
    pub stalls: f64,
    /// Its time over the fastest scheme's, the median; `null` where it never arrives, or mostly none does.
    pub slowdown: Option<f64>,
    /// p_full at the times.
    pub full: Vec<BandReport>,
    /// Mean share of constraints met at the times.
    pub fraction: Vec<BandReport>,
}

/// A median with its interval over draws.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct BandReport {
    /// The median.
    pub median: f64,
    /// The interval.
    pub interval: IntervalReport,
}

impl ForecastReport {
    pub(super) fn new(forecast: &Forecast, price: Option<Price>) -> Self {
        let duel = forecast.duel();
        let (choice, scheme) = match &forecast.choice {
            Choice::Use(scheme) => ("use", Some(scheme.into())),
            Choice::Either => ("either", None),
            Choice::Neither(_) => ("neither", None),
            Choice::CannotTell(meanwhile) => ("cannot-tell", meanwhile.as_ref().map(Into::into)),
        };
        let more_prompts = match forecast.settling {
            Some(Settling::Prompts(more)) => Some(more),
            _ => None,
        };
        let more_pilots = match forecast.settling {
            Some(Settling::Pilots(more)) => Some(more),
            _ => None,
        };
        Self {
            choice: choice.to_owned(),
            scheme,
            full_seen: forecast.full_seen,
            rival: (&forecast.schemes[forecast.rival]).into(),
            odds: forecast.odds.into(),
            expected_losses: forecast.losses.into(),
            by_samples: duel.odds.into(),
            by_pilots: forecast.pilot.map(|pilot| pilot.odds().into()),
            pilots: forecast.pilot.map(|pilot| PilotsReport::new(&pilot)),
            by_logprobs: forecast.by_logprobs.map(Into::into),
            if_sampled_forever: duel.if_sampled_forever.into(),
            more_prompts,
            more_pilots,
            needs_pilot: forecast.settling == Some(Settling::Pilot),
            by_kernel: duel.by_kernel.iter().map(|(kernel, odds)| kernel_report(kernel, *odds)).collect(),
            target: forecast.target,
            costs: forecast.costs.iter().map(|cost| cost_report(cost, price)).collect(),
            times: SHOWN.to_vec(),
            schemes: forecast
                .schemes
                .iter()
                .zip(&forecast.outlook.schemes)
                .map(|(scheme, outlook)| outlook_report(scheme.into(), outlook))
                .collect(),
        }
    }
}

fn cost_report(cost: &Cost, price: Option<Price>) -> CostReport {
    let times = |factor: f64| {
        cost.steps.map(|(steps, Interval { low, high })| BandReport {
            median: factor * steps,
            interval: Interval::new(factor * low, factor * high).into(),
        })
    };
    CostReport {
        scheme: cost.scheme.clone(),
        steps: times(1.0),
        hours: price.and_then(|price| times(price.hours_per_step)),
        price: price.and_then(|price| times(price.hours_per_step * price.per_hour?)),
    }
}

fn kernel_report(kernel: &Kernel, odds: Odds) -> KernelReport {
    let (family, parameter) = (kernel.name().to_owned(), kernel.parameter().unwrap_or(0.0));
    KernelReport { family, parameter, odds: odds.into() }
}

fn outlook_report(scheme: SchemeReport, outlook: &SchemeOutlook) -> OutlookReport {
    let band = |(median, interval): &(f64, Interval)| BandReport { median: *median, interval: (*interval).into() };
    OutlookReport {
        scheme,
        best: outlook.best,
        stalls: outlook.stalls,
        slowdown: outlook.slowdown.map(|(median, _)| median).filter(|median| median.is_finite()),
        full: outlook.full.iter().map(band).collect(),
        fraction: outlook.fraction.iter().map(band).collect(),
    }
}
