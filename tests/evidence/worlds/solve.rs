//! A world trained exactly: expected policy gradients of a softmax policy, followed closely.

use super::{advantage::Advantage, world::World};
use fullmarks::advise::Algorithm;

/// How far logits move in a step: the root mean square over what is written, and the full answer.
const STRIDE: f64 = 0.15;

/// Steps after which a scheme has come to rest, or never will.
const STEPS: usize = 1500;

/// The rate of full answers over time under one scheme.
struct Path {
    times: Vec<f64>,
    rates: Vec<f64>,
}

/// What training comes to.
#[derive(Debug)]
pub(super) struct Solved {
    /// Area under the rate of full answers of each scheme, until the fastest is half-way from the start to all that can be had.
    pub(super) areas: Vec<f64>,
    /// Whether any gets there.
    pub(super) arrives: bool,
}

/// Under rewards of each state, one set for each scheme. Prompts that are always solved are no part of the rate.
pub(super) fn solve(world: &World, schemes: &[Vec<f64>]) -> Solved {
    let full = world.shape.full();
    let open = || world.types.iter().filter(|kind| kind.policy[full] < 1.0);
    let share: f64 = open().map(|kind| kind.weight).sum();
    let most = open().filter(|kind| kind.policy[full] > 0.0).map(|kind| kind.weight).sum::<f64>() / share;
    let start = open().map(|kind| kind.weight * kind.policy[full]).sum::<f64>() / share;
    let target = f64::midpoint(start, most);
    let paths: Vec<Path> = schemes.iter().map(|rewards| train(world, rewards, share, target)).collect();
    let arrival = paths.iter().filter(|_| most > 0.0).filter_map(|path| path.reaches(target)).min_by(f64::total_cmp);
    let end = paths.iter().map(|path| path.times[path.times.len() - 1]).fold(0.0, f64::max);
    let horizon = arrival.unwrap_or(end);
    Solved { areas: paths.iter().map(|path| path.area(horizon)).collect(), arrives: arrival.is_some() }
}

impl Path {
    fn reaches(&self, target: f64) -> Option<f64> {
        let place = self.rates.iter().position(|rate| *rate >= target)?;
        let (before, rate) = (self.rates[place.max(1) - 1], self.rates[place]);
        let share = if place == 0 { 1.0 } else { (target - before) / (rate - before) };
        Some(self.times[place.max(1) - 1] + share * (self.times[place] - self.times[place.max(1) - 1]))
    }

    /// The mean rate until then; after its end it stays as it is.
    fn area(&self, horizon: f64) -> f64 {
        let mut area = 0.0;
        for place in 1..self.times.len() {
            let (from, to) = (self.times[place - 1], self.times[place]);
            let until = to.min(horizon);
            if until > from {
                let last =
                    self.rates[place - 1] + (until - from) / (to - from) * (self.rates[place] - self.rates[place - 1]);
                area += (until - from) * f64::midpoint(self.rates[place - 1], last);
            }
        }
        let end = self.times[self.times.len() - 1];
        let rest = (horizon - end).max(0.0) * self.rates[self.rates.len() - 1];
        if horizon > 0.0 { (area + rest) / horizon } else { self.rates[0] }
    }
}

/// Where the policy is going.
struct Seen {
    rate: f64,
    drift: Vec<f64>,
    speed: f64,
}

fn train(world: &World, rewards: &[f64], share: f64, target: f64) -> Path {
    let mut levels = rewards.to_vec();
    levels.sort_by(f64::total_cmp);
    levels.dedup();
    let place: Vec<usize> = rewards.iter().map(|reward| levels.partition_point(|level| level < reward)).collect();
    let advantage = Advantage::new(world.algorithm, &levels, world.group);
    let look = |logits: &[f64]| look(world, logits, share, &advantage, &place, levels.len());
    let mut logits = vec![0.0; world.shape.states.len()];
    let (mut path, mut time) = (Path { times: Vec::new(), rates: Vec::new() }, 0.0);
    for _ in 0..STEPS {
        let seen = look(&logits);
        path.times.push(time);
        path.rates.push(seen.rate);
        if seen.rate >= target || seen.speed < 1e-12 {
            break;
        }
        let step = (STRIDE / seen.speed).min(1e7);
        let half: Vec<f64> = logits.iter().zip(&seen.drift).map(|(logit, drift)| logit + step / 2.0 * drift).collect();
        let drift = look(&half).drift;
        logits.iter_mut().zip(drift).for_each(|(logit, drift)| *logit += step * drift);
        time += step;
    }
    path
}

fn look(world: &World, logits: &[f64], share: f64, advantage: &Advantage, place: &[usize], levels: usize) -> Seen {
    let full = world.shape.full();
    let (mut rate, mut mixed) = (0.0, 0.0);
    let mut push = vec![0.0; logits.len()];
    let mut policies = Vec::new();
    for kind in &world.types {
        let policy = softmax(&kind.policy, logits);
        if kind.policy[full] < 1.0 {
            rate += kind.weight / share * policy[full];
        }
        let mut chances = vec![0.0; levels];
        policy.iter().zip(place).for_each(|(p, &level)| chances[level] += p);
        mixed += kind.weight * differ(&chances, world.group);
        let pay = advantage.of(&chances);
        push.iter_mut().zip(&policy).zip(place).for_each(|((push, p), &level)| *push += kind.weight * p * pay[level]);
        policies.push((kind.weight, policy));
    }
    if world.algorithm == Algorithm::Dapo && mixed > 0.0 {
        // Groups of equal rewards are left out, and others fill the batch.
        push.iter_mut().for_each(|push| *push /= mixed);
    }
    let drift = world.carry.of(&world.shape, &push);
    let (mut squares, mut fastest) = (0.0, 0.0_f64);
    for (weight, policy) in &policies {
        let mean: f64 = policy.iter().zip(&drift).map(|(p, drift)| p * drift).sum();
        squares += weight * policy.iter().zip(&drift).map(|(p, drift)| p * (drift - mean).powi(2)).sum::<f64>();
        if policy[full] > 0.0 {
            fastest = fastest.max((drift[full] - mean).abs());
        }
    }
    Seen { rate, drift, speed: squares.sqrt().max(fastest) }
}

fn softmax(start: &[f64], logits: &[f64]) -> Vec<f64> {
    let possible = || start.iter().zip(logits).filter(|(p, _)| **p > 0.0);
    let most = possible().map(|(_, logit)| *logit).fold(f64::MIN, f64::max);
    let mut policy: Vec<f64> =
        start.iter().zip(logits).map(|(p, logit)| if *p > 0.0 { p * (logit - most).exp() } else { 0.0 }).collect();
    let all: f64 = policy.iter().sum();
    policy.iter_mut().for_each(|p| *p /= all);
    policy
}

/// Chance that the rewards of a group differ, also where that is rare.
pub(super) fn differ(chances: &[f64], size: usize) -> f64 {
    let likeliest = (0..chances.len()).max_by(|&a, &b| chances[a].total_cmp(&chances[b])).unwrap_or(0);
    let others = || chances.iter().enumerate().filter(|(level, _)| *level != likeliest).map(|(_, p)| *p);
    let rest: f64 = others().sum();
    -(size as f64 * (-rest).ln_1p()).exp_m1() - others().map(|p| p.powi(size as i32)).sum::<f64>()
}
