//! Drawing prompts again: the same draws for every metric and proxy, so that these can be compared.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

/// Draws of as many prompts as there are, with replacement.
pub(super) struct Bootstrap {
    prompts: usize,
    draws: u64,
    seed: u64,
}

impl Bootstrap {
    pub(super) fn new(prompts: usize, draws: u64, seed: u64) -> Self {
        Self { prompts, draws, seed }
    }

    /// What `of` makes of each draw, in order; the same on any number of threads.
    pub(super) fn map<T: Send>(&self, of: impl Fn(&[usize]) -> T + Sync) -> Vec<T> {
        let draw = |draw: u64| {
            let mut rng = ChaCha8Rng::seed_from_u64(self.seed);
            rng.set_stream(draw);
            let drawn: Vec<usize> = (0..self.prompts).map(|_| rng.random_range(0..self.prompts)).collect();
            of(&drawn)
        };
        (0..self.draws).into_par_iter().map(draw).collect()
    }
}
