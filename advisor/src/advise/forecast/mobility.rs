//! How easily an outcome is moved, as far as log-probabilities of its completions tell.

use super::Space;

/// Completions' worth of doubt about an outcome's mean.
const DOUBT: f64 = 5.0;

/// Standard deviations beyond which an outcome counts no further.
const MOST: f64 = 2.0;

/// A factor for each point of each space, 1 where nothing is known: exp(z / 2), where z is how many standard deviations the mean
/// log-probability of a token lies above that of the same prompts' completions, shrunk by five completions and cut at 2.
///
/// An outcome that the policy produces in few ways, each likely, is pushed by all of its completions in nearly the same direction; one
/// that it produces in many ways is pushed in as many. K(c, c′) is multiplied by the factors of both. It is an observation from real
/// runs with a reason, not a theorem; docs/advisor.md says what it was worth there.
///
/// `completions` are, of each prompt of a space, (point, mean log-probability of a token).
#[must_use]
pub fn mobility(spaces: &[Space], completions: &[Vec<Vec<(usize, f64)>>]) -> Vec<Vec<f64>> {
    let all = || completions.iter().flatten().flatten().map(|(_, logprob)| *logprob);
    let count = all().count() as f64;
    let mean = all().sum::<f64>() / count;
    let deviation = (all().map(|logprob| (logprob - mean).powi(2)).sum::<f64>() / count).sqrt();
    let still = |space: &Space| vec![1.0; space.points.len()];
    // Also when there is none, and it is no number.
    if deviation.is_nan() || deviation <= 1e-9 {
        return spaces.iter().map(still).collect();
    }
    let of_space = |(space, prompts): (&Space, &Vec<Vec<(usize, f64)>>)| {
        let mut sums = vec![(0.0, 0.0); space.points.len()];
        for prompt in prompts.iter().filter(|prompt| !prompt.is_empty()) {
            let mean = prompt.iter().map(|(_, logprob)| logprob).sum::<f64>() / prompt.len() as f64;
            for &(point, logprob) in prompt {
                sums[point].0 += (logprob - mean) / deviation;
                sums[point].1 += 1.0;
            }
        }
        sums.into_iter().map(|(sum, count)| ((sum / (count + DOUBT)).clamp(-MOST, MOST) / 2.0).exp()).collect()
    };
    spaces.iter().zip(completions).map(of_space).collect()
}
