//! Whether more prompts would say the same, and how many it takes until they do.

use super::{
    Answer, Assessment, Fix, Unsettled,
    decide::{Middles, first_of, grew},
    stats::PromptLevels,
    summary::Summary,
};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Exp1};
use rayon::prelude::*;

/// Draws of what all prompts there could be are like.
const DRAWS: u64 = 160;

/// Probability that the answer stays from which it is settled.
const SETTLED: f64 = 0.9;

/// What is asked for is where a draw of a larger sample says the same, a little more often than it has to: the draws know of no kind of prompt that was
/// not seen.
const ASKED: f64 = 0.93;

/// Numbers of prompts in all that are tried, as multiples of those there are.
const TIMES: [f64; 12] = [1.25, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.5, 8.0, 11.0, 16.0, 24.0];

/// The most prompts that are drawn.
const MOST: f64 = 6000.0;

/// Of one prompt, under each scheme: the shares of groups that are all zero, all one, tied and mixed.
type Shares = Vec<[f64; 4]>;

/// Draws what prompts there could be are like (the Bayesian bootstrap, with one prompt more, which teaches as much as can be, or nothing), decides by each,
/// and decides by samples of it. `None` where the answer is settled, rests on something else than shares of groups, or prompts have too few completions.
pub(super) fn unsettled(summaries: &[Summary<'_>], assessment: &Assessment) -> Option<Unsettled> {
    let now = match assessment.decision.answer {
        // What a pilot showed is no matter of prompts.
        Answer::Start(pick) if grew(assessment, Some(pick)) => return None,
        Answer::Start(_) => None,
        Answer::FixFirst(fix @ (Fix::NoGradient | Fix::NothingLeft | Fix::Solved | Fix::Starved | Fix::Tied), _) => {
            Some(fix)
        }
        _ => return None,
    };
    let named = assessment.decision.scheme();
    let named = assessment.signal.iter().position(|signal| Some(signal.scheme) == named);
    let size = assessment.settings.group_size as u64;
    let of = |summary: &Summary<'_>| -> Option<Shares> {
        summary.rewards.iter().map(|levels: &PromptLevels| levels.shares(size)).collect()
    };
    let known = summaries.iter().filter(|summary| summary.known() > 0);
    let prompts: Vec<Shares> = known.clone().filter_map(of).collect();
    if 10 * prompts.len() < 9 * known.count() || prompts.len() < 2 {
        return None;
    }
    let population = Population { prompts: &prompts, named };
    let stays = population.share(assessment.settings.seed, |truth, _| population.decide_by(&truth.weights) == now);
    if stays >= SETTLED {
        return None;
    }
    let agree = |times: f64| {
        let count = (times * prompts.len() as f64).round() as usize;
        population.share(assessment.settings.seed, |truth, rng| {
            population.decide_by(&truth.sampled(count, rng)) == population.decide_by(&truth.weights)
        })
    };
    let tried = TIMES.into_iter().filter(|times| times * prompts.len() as f64 <= MOST);
    let times = tried.into_iter().find(|times| agree(*times) >= ASKED);
    let more_prompts = times.map(|times| ((times - 1.0) * prompts.len() as f64).ceil() as u64);
    Some(Unsettled { stays, more_prompts })
}

struct Population<'a> {
    prompts: &'a [Shares],
    named: Option<usize>,
}

/// What prompts may be like: how much each of those seen counts, and the one that was not seen.
struct Drawn {
    weights: Vec<f64>,
}

impl Population<'_> {
    /// In which share of the draws something holds.
    fn share(&self, seed: u64, holds: impl Fn(&Drawn, &mut ChaCha8Rng) -> bool + Sync) -> f64 {
        let of = |draw: u64| {
            let mut rng = ChaCha8Rng::seed_from_u64(seed);
            rng.set_stream(draw);
            let mut weights: Vec<f64> = (0..self.prompts.len()).map(|_| Exp1.sample(&mut rng)).collect();
            // Of the four kinds of groups, the prompt that was not seen has one alone.
            let mut unseen = vec![0.0; 4];
            unseen[rng.random_range(0..4)] = Exp1.sample(&mut rng);
            weights.extend(unseen);
            holds(&Drawn { weights }, &mut rng)
        };
        let count = (0..DRAWS).into_par_iter().filter(|draw| of(*draw)).count();
        count as f64 / DRAWS as f64
    }

    /// What comes first where prompts count so much.
    fn decide_by(&self, weights: &[f64]) -> Option<Fix> {
        let all: f64 = weights.iter().sum();
        let schemes = self.prompts[0].len();
        let mut means = vec![[0.0; 4]; schemes];
        for (prompt, weight) in self.prompts.iter().zip(weights).filter(|(_, weight)| **weight > 0.0) {
            for (mean, shares) in means.iter_mut().zip(prompt) {
                (0..4).for_each(|kind| mean[kind] += weight / all * shares[kind]);
            }
        }
        for mean in &mut means {
            (0..4).for_each(|kind| mean[kind] += weights[self.prompts.len() + kind] / all);
        }
        let best = (0..schemes).rev().max_by(|&a, &b| means[a][3].total_cmp(&means[b][3])).unwrap_or(0);
        let of = |scheme: usize| {
            let [all_zero, all_one, tied, mixed] = means[scheme];
            Middles { all_zero, all_one, tied, mixed }
        };
        first_of(&of(best), &of(self.named.unwrap_or(best)))
    }
}

impl Drawn {
    /// How often each prompt is among so many that are drawn.
    fn sampled(&self, count: usize, rng: &mut ChaCha8Rng) -> Vec<f64> {
        let ends: Vec<f64> = self
            .weights
            .iter()
            .scan(0.0, |sum, weight| {
                *sum += weight;
                Some(*sum)
            })
            .collect();
        let all = ends[ends.len() - 1];
        let mut counts = vec![0.0; self.weights.len()];
        for _ in 0..count {
            let at: f64 = all * rng.random::<f64>();
            let place = ends.partition_point(|end| *end <= at).min(counts.len() - 1);
            counts[place] += 1.0;
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Settings, advise, testing::group};
    use super::*;
    use crate::verdict::Group;

    /// Of prompts: how many in a hundred are always solved, never solved, tied, or solved at that rate.
    struct World {
        always: f64,
        never: f64,
        tied: f64,
        rate: f64,
    }

    impl World {
        fn sample(&self, prompts: usize, rng: &mut ChaCha8Rng) -> Vec<Group> {
            let one = |rng: &mut ChaCha8Rng| -> Vec<&'static str> {
                let kind: f64 = rng.random();
                let ends = [self.always, self.always + self.never, self.always + self.never + self.tied];
                let mut mark = |rate: f64| if rng.random_bool(rate) { '1' } else { '0' };
                (0..16)
                    .map(|_| match ends.iter().position(|end| kind < *end) {
                        Some(0) => "11",
                        Some(1) => "00",
                        Some(_) => "10",
                        None => match (mark(self.rate), mark(0.5)) {
                            ('1', _) => "11",
                            (_, '1') => "10",
                            _ => "00",
                        },
                    })
                    .collect()
            };
            (0..prompts).map(|n| group(&n.to_string(), &one(rng))).collect()
        }
    }

    impl World {
        /// By the shares of groups of eight as they are.
        fn first(&self) -> Option<Fix> {
            let open = 1.0 - self.always - self.never - self.tied;
            let [full, half] = [self.rate, (1.0 - self.rate) / 2.0].map(|p| open * p.powi(8));
            let none = open * (1.0 - self.rate).powi(8);
            let all_one = self.always + full;
            let binary =
                Middles { all_zero: self.never + self.tied + none, all_one, tied: 0.0, mixed: open - full - none };
            let [all_zero, tied] = [self.never + half, self.tied + half];
            let partial = Middles { all_zero, all_one, tied, mixed: open - full - 2.0 * half };
            let best = if partial.mixed > binary.mixed { &partial } else { &binary };
            first_of(best, best)
        }
    }

    fn first(groups: &[Group]) -> (Option<Fix>, Option<Unsettled>) {
        let found = advise(groups, &Settings::default());
        let fix = match found.decision.answer {
            Answer::FixFirst(fix, _) => Some(fix),
            _ => None,
        };
        (fix, found.unsettled)
    }

    /// Worlds whose right answer is known: where so many more are asked for, that many say it; where nothing is asked for, it was said.
    #[test]
    fn as_many_prompts_as_are_asked_for_settle_what_to_do() {
        let mut rng = ChaCha8Rng::seed_from_u64(11);
        let (mut told, mut settled, mut times) = (0.0, 0.0, 0.0);
        let (mut silent, mut right) = (0.0, 0.0);
        for _ in 0..160 {
            let always: f64 = [0.0, 0.2, 0.27, 0.34, 0.5][rng.random_range(0..5)];
            let rest = 1.0 - always;
            let (never, tied) = (rest * rng.random_range(0.0..0.8), 0.2 * rest * rng.random::<f64>());
            let world = World { always, never, tied, rate: rng.random_range(0.02..0.6) };
            let truth = world.first();
            let count = [20, 40, 80][rng.random_range(0..3)];
            let mut groups = world.sample(count, &mut rng);
            let (said, unsettled) = first(&groups);
            match unsettled.and_then(|unsettled| unsettled.more_prompts) {
                Some(more) => {
                    groups.extend(world.sample(more as usize, &mut rng));
                    told += 1.0;
                    times += more as f64 / count as f64;
                    settled += f64::from(u8::from(first(&groups).0 == truth));
                }
                None if unsettled.is_none() => {
                    silent += 1.0;
                    right += f64::from(u8::from(said == truth));
                }
                None => {}
            }
        }
        println!(
            "told {told}, settled {:.3}, by {:.1} times the prompts; silent {silent}, right {:.3}",
            settled / told,
            times / told,
            right / silent
        );
        assert!(told >= 15.0 && settled >= 0.85 * told, "{settled} of {told}");
        assert!(silent >= 30.0 && right >= 0.9 * silent, "{right} of {silent}");
    }
}
