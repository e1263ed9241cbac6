//! Constructed worlds: what a policy does at the start, on every type of prompt, and what it is trained with.

use super::{carry::Carry, shape::Shape};
use fullmarks::{
    advise::{Algorithm, PaidRewards, Settings, Sgd},
    reward::{Partial, Scheme},
    verdict::{Constraint, FailureKind, Group, Outcome, Verdict},
};
use rand::{
    RngExt, SeedableRng,
    seq::{IndexedRandom, SliceRandom},
};
use rand_chacha::ChaCha8Rng;
use std::sync::Arc;

/// Prompts that the policy fares alike on.
#[derive(Clone, Debug)]
pub(super) struct Kind {
    pub(super) weight: f64,
    pub(super) policy: Vec<f64>,
}

/// A world.
pub(super) struct World {
    pub(super) name: String,
    pub(super) shape: Shape,
    pub(super) types: Vec<Kind>,
    pub(super) carry: Carry,
    pub(super) algorithm: Algorithm,
    pub(super) group: usize,
    prompts: usize,
    completions: usize,
    /// What the longest answer loses.
    pub(super) penalty: Option<f64>,
    seed: u64,
}

/// How constraints have to do with each other.
#[derive(Clone, Copy, Debug)]
enum Dependence {
    Independent,
    /// Each is met only where the one before is.
    Ordered,
    /// One is hard, and hardly ever met with the rest.
    RedHerring,
    /// Good answers and bad ones.
    Correlated,
}

/// Completions of a prompt that never has a full answer.
#[derive(Clone, Copy, Debug)]
enum Never {
    /// They meet nothing.
    Nothing,
    /// All meet the same.
    Tied,
    /// They differ.
    Differing,
}

impl World {
    pub(super) fn new(seed: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let rng = &mut rng;
        let constraints = *[1, 2, 2, 3, 3, 4, 5, 6, 7, 8, 9, 10, 12, 16, 20, 24].choose(rng).expect("some");
        let dependences = match constraints {
            1 => &[Dependence::Independent][..],
            2..=6 => &[Dependence::Independent, Dependence::Ordered, Dependence::RedHerring, Dependence::Correlated],
            _ => &[Dependence::Independent, Dependence::RedHerring, Dependence::Correlated],
        };
        let dependence = *dependences.choose(rng).expect("some");
        let shape = Shape::new(sizes(constraints, dependence, rng));
        let full = if rng.random_bool(0.5) { uneven(rng, 3e-4, 0.01) } else { uneven(rng, 0.01, 0.4) };
        let spread = *[0.0, 0.5, 1.0].choose(rng).expect("some");
        let mut types: Vec<Kind> = (0..rng.random_range(1..=5))
            .map(|_| {
                let odds = full / (1.0 - full) * (spread * normal(rng)).exp();
                Kind { weight: 0.3 + rng.random::<f64>(), policy: policy(&shape, dependence, odds / (1.0 + odds), rng) }
            })
            .collect();
        let always = *[0.0, 0.0, 0.05, 0.2, 0.5, 0.95].choose(rng).expect("some");
        let kind = *[Never::Nothing, Never::Tied, Never::Differing].choose(rng).expect("some");
        let most = if matches!(kind, Never::Differing) { 0.9 } else { 1.0 };
        let never = *[0.0, 0.0, 0.0, 0.2, 0.5, 0.9, most].choose(rng).expect("some") * (1.0 - always);
        let open: f64 = types.iter().map(|kind| kind.weight).sum();
        let open_share: f64 = 1.0 - always - never;
        types.iter_mut().for_each(|kind| kind.weight *= open_share / open);
        if always > 0.0 {
            types.push(Kind { weight: always, policy: shape.only(|state| state == shape.sizes) });
        }
        if never > 0.0 {
            types.push(Kind { weight: never, policy: never_solved(&shape, kind, &types[0].policy) });
        }
        types.retain(|kind| kind.weight > 1e-9);
        let algorithm = *Algorithm::ALL.choose(rng).expect("some");
        let group = *[4, 8, 8, 16, 32, 64].choose(rng).expect("some");
        let completions = *[8, 16, 32, 64, 96].choose(rng).expect("some");
        let prompts = (*[40, 80, 160, 320].choose(rng).expect("some")).min(20_000 / completions);
        let carry = match rng.random_range(0..3) {
            0 => Carry::Skills(rng.random_range(0.1..0.9)),
            1 => Carry::Verdicts(rng.random_range(0.1..0.9)),
            _ => Carry::Near(uneven(rng, 0.4, 3.5)),
        };
        let penalty = rng.random_bool(0.15).then(|| rng.random_range(0.05..0.5));
        let name = format!(
            "k {constraints} {dependence:?} full {full:.4}±{spread} always {always} never {never:.2} {kind:?} {carry:.2?} {algorithm} {group} of {prompts}×{completions}{}",
            if penalty.is_some() { " penalty" } else { "" }
        );
        Self { name, shape, types, carry, algorithm, group, prompts, completions, penalty, seed }
    }

    /// One type of prompts, under GRPO in groups of eight.
    pub(super) fn of_one(policy: Vec<f64>, shape: Shape, carry: Carry) -> Self {
        let types = vec![Kind { weight: 1.0, policy }];
        let (name, algorithm) = (String::new(), Algorithm::Grpo);
        Self { name, shape, types, carry, algorithm, group: 8, prompts: 0, completions: 0, penalty: None, seed: 0 }
    }

    /// Whether any prompt that is not always solved can be.
    pub(super) fn solvable(&self) -> bool {
        let full = self.shape.full();
        self.types.iter().any(|kind| kind.policy[full] > 0.0 && kind.policy[full] < 1.0)
    }

    /// The reward of each state under a scheme.
    pub(super) fn rewards(&self, scheme: Scheme) -> Vec<f64> {
        let constraints = self.shape.constraints();
        let credit = scheme.credit().unwrap_or(0.0);
        let reward = |met: usize| if met == constraints { 1.0 } else { credit * met as f64 / constraints as f64 };
        self.shape.met().map(reward).collect()
    }

    pub(super) fn settings(&self) -> Settings {
        // Plain gradient ascent, for as long as it takes.
        let sgd = Some(Sgd { learning_rate: 1.0, steps: 1 << 40 });
        Settings { sgd, algorithm: self.algorithm, group_size: self.group, draws: 45, ..Settings::default() }
    }

    /// What an advisor sees, and what the trainer would pay for it, where that is more than a scheme's reward.
    pub(super) fn sampled(&self) -> (Vec<Group>, Option<PaidRewards>) {
        let mut rng = ChaCha8Rng::seed_from_u64(self.seed);
        rng.set_stream(1);
        let constraints: Arc<[Constraint]> =
            (0..self.shape.constraints()).map(|n| Constraint::plain(format!("c{n}"))).collect();
        let (mut groups, mut paid) = (Vec::new(), Vec::new());
        let scheme = Scheme::Partial(Partial::default());
        for prompt in 0..self.prompts {
            let kind = &self.types[drawn(self.types.iter().map(|kind| kind.weight), &mut rng)];
            let outcomes: Vec<Outcome> = (0..self.completions)
                .map(|_| {
                    let state = &self.shape.states[drawn(kind.policy.iter().copied(), &mut rng)];
                    Outcome::new(constraints.clone(), self.verdicts(state, &mut rng))
                })
                .collect();
            if let Some(most) = self.penalty {
                let pay = |outcome: &Outcome| {
                    scheme
                        .reward(outcome)
                        .map(|reward| reward.value() - most * f64::from(rng.random_range(0..1000_u32)) / 1e3)
                };
                paid.push(outcomes.iter().map(pay).collect());
            }
            groups.push(Group { prompt: format!("p{prompt}").into(), outcomes });
        }
        (groups, self.penalty.map(|_| PaidRewards { rewards: paid, scheme: Some(scheme) }))
    }

    fn verdicts(&self, state: &[usize], rng: &mut ChaCha8Rng) -> Vec<Verdict> {
        let mut verdicts = Vec::new();
        for (&met, &size) in state.iter().zip(&self.shape.sizes) {
            let mut block: Vec<bool> = (0..size).map(|place| place < met).collect();
            block.shuffle(rng);
            verdicts.extend(block.into_iter().map(|met| match met {
                true => Verdict::Passed,
                false => Verdict::failed(FailureKind::Unmet, ""),
            }));
        }
        verdicts
    }
}

/// Constraints one by one where every combination can be had; blocks of interchangeable ones where not.
fn sizes(constraints: usize, dependence: Dependence, rng: &mut ChaCha8Rng) -> Vec<usize> {
    match (constraints, dependence) {
        (..=7, _) => vec![1; constraints],
        (_, Dependence::RedHerring) => vec![1, constraints - 1],
        (8..=9, _) if rng.random_bool(0.5) => vec![1; constraints],
        _ => {
            let first = rng.random_range(1..constraints);
            vec![first, constraints - first]
        }
    }
}

/// A policy with that rate of full answers.
fn policy(shape: &Shape, dependence: Dependence, full: f64, rng: &mut ChaCha8Rng) -> Vec<f64> {
    let hardness: Vec<f64> = shape.sizes.iter().map(|_| 0.2 + rng.random::<f64>()).collect();
    // Rates to the powers of a block's hardness, such that all are met as often as asked.
    let independent = |full: f64| {
        let powers: f64 = hardness.iter().zip(&shape.sizes).map(|(hard, &size)| hard * size as f64).sum();
        let rates: Vec<f64> = hardness.iter().map(|hard| full.powf(hard / powers)).collect();
        shape.independent(&rates)
    };
    match dependence {
        Dependence::Independent => independent(full),
        Dependence::Ordered => {
            let rate = full.powf(1.0 / shape.constraints() as f64);
            let last = shape.constraints();
            let chain = |state: &Vec<usize>| {
                let met = state.iter().take_while(|met| **met == 1).count();
                let is = state.iter().sum::<usize>() == met;
                if !is { 0.0 } else { rate.powi(met as i32) * if met == last { 1.0 } else { 1.0 - rate } }
            };
            mix(&[(0.98, shape.states.iter().map(chain).collect()), (0.02, independent(full))])
        }
        Dependence::RedHerring => {
            let mediocre = rng.random_range(0.4..0.9) * (1.0 - full);
            let easy = |state: &[usize]| state[0] == 0 && state[1..] == shape.sizes[1..];
            let poor = rng.random_range(0.2..0.6);
            let rates: Vec<f64> =
                shape.sizes.iter().enumerate().map(|(n, _)| if n == 0 { full } else { poor }).collect();
            let rest = 1.0 - full - mediocre;
            let all = |state: &[usize]| state == shape.sizes;
            mix(&[(full, shape.only(all)), (mediocre, shape.only(easy)), (rest, shape.independent(&rates))])
        }
        Dependence::Correlated => {
            let poor = vec![rng.random_range(0.05..0.4); shape.sizes.len()];
            let share: f64 = rng.random_range(0.2..0.6);
            let good = (full / share).min(0.9);
            mix(&[(share, independent(good)), (1.0 - share, shape.independent(&poor))])
        }
    }
}

fn never_solved(shape: &Shape, kind: Never, other: &[f64]) -> Vec<f64> {
    let half = shape.constraints() / 2;
    match kind {
        Never::Nothing => shape.only(|state| state.iter().all(|met| *met == 0)),
        Never::Tied => {
            // One state that meets half of all.
            let place = shape.met().position(|met| met == half).unwrap_or(0);
            let tied = shape.states[place].clone();
            shape.only(|state| state == tied)
        }
        Never::Differing => {
            let rates: Vec<f64> = shape.sizes.iter().map(|_| 0.5).collect();
            let mut policy = mix(&[(0.5, shape.independent(&rates)), (0.5, other.to_vec())]);
            let full = shape.full();
            policy[full] = 0.0;
            let all: f64 = policy.iter().sum();
            policy.iter().map(|p| p / all).collect()
        }
    }
}

fn mix(parts: &[(f64, Vec<f64>)]) -> Vec<f64> {
    let all: f64 = parts.iter().map(|(weight, _)| weight).sum();
    (0..parts[0].1.len()).map(|state| parts.iter().map(|(weight, part)| weight / all * part[state]).sum()).collect()
}

/// Evenly on the logarithm's scale.
fn uneven(rng: &mut ChaCha8Rng, low: f64, high: f64) -> f64 {
    low * (high / low).powf(rng.random())
}

fn normal(rng: &mut ChaCha8Rng) -> f64 {
    (0..12).map(|_| rng.random::<f64>()).sum::<f64>() - 6.0
}

fn drawn(chances: impl Iterator<Item = f64>, rng: &mut ChaCha8Rng) -> usize {
    let mut left: f64 = rng.random();
    let mut last = 0;
    for (place, chance) in chances.enumerate().filter(|(_, chance)| *chance > 0.0) {
        last = place;
        left -= chance;
        if left < 0.0 {
            break;
        }
    }
    last
}
