//! The answers of a world: every combination of constraints met, or, of interchangeable constraints, how many are met.

/// In how many ways some of a number can be chosen.
pub(super) fn choose(size: usize, some: usize) -> f64 {
    (0..some).fold(1.0, |ways, n| ways * (size - n) as f64 / (n + 1) as f64)
}

/// Blocks of interchangeable constraints; a block of one is a constraint by itself. The last state is the full answer.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    pub(super) sizes: Vec<usize>,
    /// Of each state, how many constraints of each block are met.
    pub(super) states: Vec<Vec<usize>>,
    /// Of each state, the answers that it stands for.
    pub(super) answers: Vec<f64>,
}

impl Shape {
    pub(super) fn new(sizes: Vec<usize>) -> Self {
        let mut states: Vec<Vec<usize>> = vec![Vec::new()];
        for &size in &sizes {
            let longer = |state: &Vec<usize>| (0..=size).map(|met| [&state[..], &[met]].concat()).collect::<Vec<_>>();
            states = states.iter().flat_map(longer).collect();
        }
        let count = |state: &Vec<usize>| state.iter().zip(&sizes).map(|(&met, &size)| choose(size, met)).product();
        Self { answers: states.iter().map(count).collect(), states, sizes }
    }

    pub(super) fn constraints(&self) -> usize {
        self.sizes.iter().sum()
    }

    pub(super) fn full(&self) -> usize {
        self.states.len() - 1
    }

    /// Constraints met in each state.
    pub(super) fn met(&self) -> impl Iterator<Item = usize> {
        self.states.iter().map(|state| state.iter().sum())
    }

    /// Independent constraints, of each block met so often.
    pub(super) fn independent(&self, rates: &[f64]) -> Vec<f64> {
        let chance = |(state, answers): (&Vec<usize>, &f64)| {
            let of = |((&met, &size), rate): ((&usize, &usize), &f64)| {
                rate.powi(met as i32) * (1.0 - rate).powi((size - met) as i32)
            };
            answers * state.iter().zip(&self.sizes).zip(rates).map(of).product::<f64>()
        };
        self.states.iter().zip(&self.answers).map(chance).collect()
    }

    /// One state alone.
    pub(super) fn only(&self, is: impl Fn(&[usize]) -> bool) -> Vec<f64> {
        let chosen: Vec<f64> = self.states.iter().map(|state| f64::from(u8::from(is(state)))).collect();
        let all: f64 = chosen.iter().sum();
        chosen.iter().map(|chosen| chosen / all).collect()
    }
}
