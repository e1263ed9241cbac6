//! How differently two schemes pay what was seen.

use super::Space;
use crate::reward::Algorithm;

/// Share of advantages in which two schemes differ from which they are two schemes; below, they differ in proportion.
const WHOLLY: f64 = 0.1;

/// How far two schemes' advantages lie apart on the prompts that were seen, from 0, where none differs, to 1.
///
/// Within a group of two kinds of answers, whatever is divided by its standard deviation is the same under every credit: then nothing that
/// schemes do can differ.
pub(super) fn apart(spaces: &[Space], a: usize, b: usize, algorithm: Algorithm) -> f64 {
    let of = |scheme: usize| advantages(spaces, scheme, algorithm);
    let (first, second) = (of(a), of(b));
    let (mut differences, mut sizes) = (0.0, 0.0);
    for ((weight, x), (_, y)) in first.iter().zip(&second) {
        differences += weight * (x - y).abs();
        sizes += weight * (x.abs() + y.abs());
    }
    if sizes > 0.0 { (differences / sizes / WHOLLY).min(1.0) } else { 0.0 }
}

/// Of each prompt and point, the share of the prompt's completions there, and the advantage: as the algorithm scales it, and over all with
/// a mean square of 1, which is what an optimiser that scales its steps sees.
fn advantages(spaces: &[Space], scheme: usize, algorithm: Algorithm) -> Vec<(f64, f64)> {
    let by_deviation = matches!(algorithm, Algorithm::Grpo | Algorithm::Dapo);
    let mut found = Vec::new();
    for space in spaces {
        let rewards = &space.rewards[scheme];
        for prompt in &space.prompts {
            let all: f64 = prompt.iter().map(|(_, count)| *count as f64).sum();
            let mean = prompt.iter().map(|&(point, count)| rewards[point] * count as f64).sum::<f64>() / all;
            let square = |point: usize| (rewards[point] - mean).powi(2);
            let variance = prompt.iter().map(|&(point, count)| square(point) * count as f64).sum::<f64>() / all;
            let scale = if !by_deviation || variance < 1e-18 { 1.0 } else { variance.sqrt() };
            found.extend(prompt.iter().map(|&(point, count)| (count as f64 / all, (rewards[point] - mean) / scale)));
        }
    }
    let squares: f64 = found.iter().map(|(weight, advantage)| weight * advantage * advantage).sum();
    let size = (squares / found.iter().map(|(weight, _)| weight).sum::<f64>()).sqrt();
    if size > 1e-9 {
        found.iter_mut().for_each(|(_, advantage)| *advantage /= size);
    }
    found
}
