//! One scheme against `binary`.

use super::{
    Gaps, Odds,
    odds::{Ratio, hidden, room},
    raced::{Race, spread},
};
use crate::advise::{dynamics::Kernel, stats::Interval};

/// Added to areas under p_full: what no run resolves.
pub(super) const RESOLUTION: f64 = 0.005;

/// What sample sizes are planned for: well within what is said at most.
pub const SURE: f64 = 0.8;

/// Numbers of prompts tried when planning, as multiples of those that there are.
const MORE: [u32; 7] = [1, 2, 4, 8, 16, 32, 64];

/// How far two schemes can differ.
#[derive(Clone, Copy, Debug)]
pub(super) struct Differing {
    pub(super) group_size: usize,
    /// Whether the optimiser is plain gradient descent.
    pub(super) plain: bool,
    /// The share of what they pay in which they differ, in [0, 1].
    pub(super) apart: f64,
}

/// One scheme against the first.
#[derive(Clone, Debug, PartialEq)]
pub struct Duel {
    /// Which has the larger area under its p_full curve.
    pub odds: Odds,
    /// By how much each is ahead where it is.
    pub gaps: Gaps,
    /// ln(its area / that of the first): median and interval over the draws.
    pub log_ratio: (f64, Interval),
    /// The same as the simulation has it, where [`log_ratio`](Self::log_ratio) is what of that networks show on average.
    pub simulated: (f64, Interval),
    /// By kernel.
    pub by_kernel: Vec<(Kernel, Odds)>,
    /// What the odds would be if the initial policy were known exactly: what is left then is in the kernel.
    pub if_sampled_forever: Odds,
    /// How many times as many prompts it takes until one of the three has [`SURE`]; `None` where no number is enough.
    pub times_more: Option<u32>,
}

impl Duel {
    /// The scheme of that place against the first.
    pub(super) fn new(
        scheme: usize,
        kernels: &[Kernel],
        races: &[Race],
        Differing { group_size, plain, apart }: Differing,
        level: f64,
    ) -> Self {
        let whole = |race: &Race| ((race.areas[scheme] + RESOLUTION) / (race.areas[0] + RESOLUTION)).ln();
        let draws: Vec<Ratio> = races
            .iter()
            .map(|race| Ratio {
                ratio: whole(race),
                hidden: hidden(race.start, group_size, plain),
                room: room(race.start),
            })
            .collect();
        let of_kernel = |kernel: usize| -> Vec<Ratio> {
            races.iter().zip(&draws).filter(|(race, _)| race.kernel == kernel).map(|(_, draw)| *draw).collect()
        };
        let by_kernel: Vec<Vec<Ratio>> = (0..kernels.len()).map(of_kernel).collect();
        let mean = |draws: &Vec<Ratio>| {
            let of = |value: fn(&Ratio) -> f64| draws.iter().map(value).sum::<f64>() / draws.len() as f64;
            Ratio { ratio: of(|draw| draw.ratio), hidden: of(|draw| draw.hidden), room: of(|draw| draw.room) }
        };
        let means: Vec<Ratio> = by_kernel.iter().map(mean).collect();
        // With n times the prompts, draws of the policy lie √n times nearer to their mean.
        let narrowed = |times: f64| {
            let narrowed = races.iter().zip(&draws).map(|(race, draw)| {
                let mean = means[race.kernel].ratio;
                Ratio { ratio: mean + (draw.ratio - mean) / times.sqrt(), ..*draw }
            });
            Odds::spread(&narrowed.collect::<Vec<_>>(), apart)
        };
        Self {
            odds: Odds::spread(&draws, apart).capped(),
            gaps: Odds::gaps(&draws),
            log_ratio: spread(draws.iter().map(|draw| draw.expected()).collect(), level),
            simulated: spread(races.iter().map(whole).collect(), level),
            by_kernel: kernels.iter().cloned().zip(by_kernel.iter().map(|draws| Odds::spread(draws, apart))).collect(),
            if_sampled_forever: Odds::spread(&means, apart),
            times_more: MORE.into_iter().find(|&times| narrowed(f64::from(times)).surest() >= SURE),
        }
    }
}
