//! The flow of logits against what it should be the gradient of, differentiated by numbers and without its algebra.

use fullmarks::advise::dynamics::{Algorithm, Flow, Kernel, PromptType, Schedule, Trainer, trajectory};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

const LEARNING_RATE: f64 = 0.1;

/// A softmax policy with logits Φθ + b, and what is maximised over θ: the expected reward less β · KL(π ‖ softmax b).
struct Linear {
    features: Vec<Vec<f64>>,
    start: Vec<f64>,
    rewards: Vec<f64>,
    kl: f64,
}

impl Linear {
    fn random(rng: &mut ChaCha8Rng) -> Self {
        let outcomes = rng.random_range(2..=6);
        let width = rng.random_range(1..=6);
        let mut numbers =
            |count: usize, reach: f64| -> Vec<f64> { (0..count).map(|_| rng.random_range(-reach..reach)).collect() };
        let features = (0..outcomes).map(|_| numbers(width, 1.5)).collect();
        let (start, rewards) = (numbers(outcomes, 2.0), numbers(outcomes, 1.0));
        let kl = if rng.random() { rng.random_range(0.0..1.0) } else { 0.0 };
        Self { features, start: softmax(&start), rewards, kl }
    }

    fn logit_changes(&self, theta: &[f64]) -> Vec<f64> {
        self.features.iter().map(|row| row.iter().zip(theta).map(|(feature, theta)| feature * theta).sum()).collect()
    }

    fn policy(&self, theta: &[f64]) -> Vec<f64> {
        let logits = self.start.iter().zip(self.logit_changes(theta)).map(|(p, change)| p.ln() + change);
        softmax(&logits.collect::<Vec<_>>())
    }

    fn objective(&self, theta: &[f64]) -> f64 {
        let each = self.policy(theta).into_iter().zip(&self.start).zip(&self.rewards);
        each.map(|((p, start), reward)| p * (reward - self.kl * (p / start).ln())).sum()
    }

    fn gradient(&self, theta: &[f64]) -> Vec<f64> {
        const H: f64 = 1e-5;
        let along = |place: usize| {
            let at = |h: f64| {
                let mut moved = theta.to_vec();
                moved[place] += h;
                self.objective(&moved)
            };
            (at(H) - at(-H)) / (2.0 * H)
        };
        (0..theta.len()).map(along).collect()
    }
}

fn softmax(logits: &[f64]) -> Vec<f64> {
    let total: f64 = logits.iter().map(|logit| logit.exp()).sum();
    logits.iter().map(|logit| logit.exp() / total).collect()
}

fn furthest(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}

#[test]
fn the_drift_is_the_gradient_of_the_objective() {
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    for problem in 0..10_000 {
        let linear = Linear::random(&mut rng);
        let theta: Vec<f64> = linear.features[0].iter().map(|_| rng.random_range(-1.0..1.0)).collect();
        let expected = linear.logit_changes(&linear.gradient(&theta));

        let types = [PromptType { weight: 1.0, initial: linear.start.clone() }];
        let kernel = Kernel::Features(linear.features.clone()).matrix(&linear.features);
        let trainer = Trainer { algorithm: Algorithm::Reinforce, group_size: 8, kl: linear.kl };
        let flow = Flow::new(&types, &kernel, &linear.rewards, &trainer);
        let drift = flow.drift(&linear.logit_changes(&theta));
        assert!(furthest(&drift, &expected) < 1e-8, "problem {problem}: {drift:?} {expected:?}");

        if problem % 100 == 0 {
            let schedule = Schedule { steps: 100, record_every: 1, learning_rate: LEARNING_RATE };
            let mut theta = vec![0.0; theta.len()];
            for recorded in trajectory(&flow, &types[0], &schedule) {
                let apart = furthest(&recorded.probabilities, &linear.policy(&theta));
                assert!(apart < 1e-8, "problem {problem}, step {}: {apart}", recorded.step);
                let gradient = linear.gradient(&theta);
                theta.iter_mut().zip(gradient).for_each(|(theta, gradient)| *theta += LEARNING_RATE * gradient);
            }
        }
    }
}
