//! The JSON form of a forecast.

use super::{IntervalReport, SchemeReport};
use crate::advise::{
    dynamics::Kernel,
    forecast::{Choice, Forecast, SHOWN, SchemeOutlook, Settling},
    stats::Interval,
};
use schemars::JsonSchema;
use serde::Serialize;

/// Which scheme would learn fastest.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ForecastReport {
    /// `use`, `either` (the difference is small) or `cannot-tell`.
    pub choice: String,
    /// The scheme to use; `null` unless the choice is `use`.
    pub scheme: Option<SchemeReport>,
    /// The scheme that `binary` is compared with.
    pub rival: SchemeReport,
    /// Probability that the rival has the larger area under its p_full curve, by samples and pilots.
    pub probability: f64,
    /// The same by samples alone.
    pub by_samples: f64,
    /// The same by pilots alone; `null` without.
    pub by_pilots: Option<f64>,
    /// The same were the initial policy known exactly.
    pub if_sampled_forever: f64,
    /// More prompts that would settle it; `null` where none would, or nothing is open.
    pub more_prompts: Option<u64>,
    /// Whether a pilot, or a longer one, is what would settle it.
    pub needs_pilot: bool,
    /// The same by what carries over.
    pub by_kernel: Vec<KernelReport>,
    /// Times at which curves are given, in units of the fastest scheme's time to half-way between its start and all full answers.
    pub times: Vec<f64>,
    /// Every scheme.
    pub schemes: Vec<OutlookReport>,
}

/// The forecast under one kernel.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct KernelReport {
    /// `shared-skills`, `agreement` or `hamming`.
    pub family: String,
    /// Its parameter: a share, or a range.
    pub parameter: f64,
    /// Probability that the rival wins.
    pub probability: f64,
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

impl From<&Forecast> for ForecastReport {
    fn from(forecast: &Forecast) -> Self {
        let duel = forecast.duel();
        let (choice, scheme) = match &forecast.choice {
            Choice::Use(scheme) => ("use", Some(scheme.into())),
            Choice::Either => ("either", None),
            Choice::CannotTell => ("cannot-tell", None),
        };
        let more_prompts = match forecast.settling {
            Some(Settling::Prompts(more)) => Some(more),
            _ => None,
        };
        Self {
            choice: choice.to_owned(),
            scheme,
            rival: (&forecast.schemes[forecast.rival]).into(),
            probability: forecast.probability,
            by_samples: duel.probability,
            by_pilots: forecast.pilot.map(|pilot| pilot.probability),
            if_sampled_forever: duel.if_sampled_forever,
            more_prompts,
            needs_pilot: forecast.settling == Some(Settling::Pilot),
            by_kernel: duel.by_kernel.iter().map(|(kernel, probability)| kernel_report(kernel, *probability)).collect(),
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

fn kernel_report(kernel: &Kernel, probability: f64) -> KernelReport {
    let (family, parameter) = match kernel {
        Kernel::Tabular | Kernel::Features(_) => ("tabular", 0.0),
        Kernel::SharedSkills { carry } => ("shared-skills", *carry),
        Kernel::Agreement { share } => ("agreement", *share),
        Kernel::Hamming { range } => ("hamming", *range),
    };
    KernelReport { family: family.to_owned(), parameter, probability }
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
