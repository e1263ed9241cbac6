//! Many constraints: outcomes counted by how many constraints of each class they meet.

use super::{kernel::Kernel, matrix::Matrix};

/// Outcomes of many constraints in lumps. Constraints form classes, and a lump holds all outcomes that meet as many of each class.
///
/// Where the policy does not tell the constraints of a class apart and rewards do not either, the outcomes of a lump stay equally
/// likely, and the logits of lumps move by the mean of K(c, c′) over the c′ of a lump: an exact lumping, with few lumps where
/// outcomes are 2^k.
#[derive(Clone, Debug, PartialEq)]
pub struct Lumps {
    /// Constraints of each class.
    pub sizes: Vec<usize>,
    /// Of each lump, how many constraints of each class are met.
    pub met: Vec<Vec<usize>>,
    /// Of each lump, the chance that two of its completions have the same outcome: at least one in [`outcomes`](Self::outcomes),
    /// and more where the policy prefers some of them.
    pub alike: Vec<f64>,
}

impl Lumps {
    /// All lumps of classes of these sizes, each a uniform policy; the full one is the last.
    #[must_use]
    pub fn all(sizes: Vec<usize>) -> Self {
        let mut met: Vec<Vec<usize>> = vec![Vec::new()];
        for &size in &sizes {
            met = met.iter().flat_map(|met| (0..=size).map(move |more| [&met[..], &[more]].concat())).collect();
        }
        let mut lumps = Self { sizes, met, alike: Vec::new() };
        lumps.alike = (0..lumps.met.len()).map(|lump| 1.0 / lumps.outcomes(lump)).collect();
        lumps
    }

    /// How many outcomes a lump holds.
    #[must_use]
    pub fn outcomes(&self, lump: usize) -> f64 {
        self.sizes.iter().zip(&self.met[lump]).map(|(&size, &met)| choose(size, met)).product()
    }

    /// Values of a kernel between lumps: each the mean over pairs of their outcomes.
    #[must_use]
    pub fn matrix(&self, kernel: &Kernel) -> Matrix {
        let constraints = self.sizes.iter().sum::<usize>() as f64;
        let shared = |a: usize, b: usize| -> f64 {
            let of = |((a, b), size): ((&usize, &usize), &usize)| (a * b) as f64 / *size as f64;
            self.met[a].iter().zip(&self.met[b]).zip(&self.sizes).map(of).sum()
        };
        let all = |lump: usize| self.met[lump].iter().sum::<usize>() as f64;
        match kernel {
            Kernel::Tabular => self.averaged(|_, _| 0.0, |_| 0.0, 1.0),
            Kernel::SharedSkills { carry } => {
                self.averaged(|a, b| carry * shared(a, b) / constraints, |a| carry * all(a) / constraints, 1.0 - carry)
            }
            Kernel::Agreement { share } => self.averaged(
                |a, b| share * (1.0 - (all(a) + all(b) - 2.0 * shared(a, b)) / constraints),
                |_| *share,
                1.0 - share,
            ),
            Kernel::Hamming { range } => {
                let decays: Vec<Vec<Vec<f64>>> = self.sizes.iter().map(|&size| decay(size, *range)).collect();
                let between = |a: usize, b: usize| {
                    let met = self.met[a].iter().zip(&self.met[b]);
                    met.zip(&decays).map(|((&a, &b), decay)| decay[a][b]).product()
                };
                self.averaged(between, |_| 1.0, 0.0)
            }
            Kernel::Features(_) => kernel
                .matrix(&self.met.iter().map(|met| met.iter().map(|&met| met as f64).collect()).collect::<Vec<_>>()),
        }
    }

    /// From the smooth part of a kernel, as a mean over all pairs of outcomes of two lumps and between an outcome and itself, and the
    /// part that an outcome has to itself alone.
    fn averaged(&self, between: impl Fn(usize, usize) -> f64, itself: impl Fn(usize) -> f64, own: f64) -> Matrix {
        Matrix::from_fn(self.met.len(), |a, b| {
            if a != b {
                return between(a, b);
            }
            let (outcomes, alike) = (self.outcomes(a), self.alike[a]);
            let others =
                if outcomes > 1.0 { (between(a, a) - itself(a) / outcomes) / (1.0 - 1.0 / outcomes) } else { 0.0 };
            alike * (itself(a) + own) + (1.0 - alike) * others
        })
    }
}

/// Of a class, the mean of exp(−distance / range) between an outcome that meets `a` and all that meet `b`. How many constraints both
/// meet is hypergeometric.
fn decay(size: usize, range: f64) -> Vec<Vec<f64>> {
    let mean = |a: usize, b: usize| -> f64 {
        let both = (a + b).saturating_sub(size)..=a.min(b);
        let term = |both: usize| {
            let ways = choose(a, both) * choose(size - a, b - both);
            ways * (-((a + b - 2 * both) as f64) / range).exp()
        };
        both.map(term).sum::<f64>() / choose(size, b)
    };
    (0..=size).map(|a| (0..=size).map(|b| mean(a, b)).collect()).collect()
}

/// In how many ways some of a class can be chosen.
#[must_use]
pub fn choose(size: usize, some: usize) -> f64 {
    (1..=some.min(size - some)).fold(1.0, |ways, n| ways * (size + 1 - n) as f64 / n as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every outcome of some classes, with the place of its lump.
    fn outcomes(lumps: &Lumps) -> Vec<(Vec<f64>, usize)> {
        let size: usize = lumps.sizes.iter().sum();
        let of = |bits: u32| {
            let scores: Vec<f64> = (0..size).map(|place| f64::from(bits >> place & 1)).collect();
            let mut rest = &scores[..];
            let mut met = Vec::new();
            for &size in &lumps.sizes {
                let (class, others) = rest.split_at(size);
                met.push(class.iter().sum::<f64>() as usize);
                rest = others;
            }
            let lump = lumps.met.iter().position(|other| *other == met).unwrap();
            (scores, lump)
        };
        (0..1_u32 << size).map(of).collect()
    }

    fn kernels() -> Vec<Kernel> {
        let shares = [0.1, 0.5, 0.9];
        let skills = shares.map(|carry| Kernel::SharedSkills { carry });
        let agreement = shares.map(|share| Kernel::Agreement { share });
        let hamming = [0.4, 1.1, 3.5].map(|range| Kernel::Hamming { range });
        [&skills[..], &agreement, &hamming, &[Kernel::Tabular]].concat()
    }

    /// Known answers: the mean of every kernel over all 2^k outcomes, by brute force.
    #[test]
    fn kernels_between_lumps_are_means_over_all_outcomes() {
        for sizes in [vec![1, 1], vec![2, 1], vec![1, 4], vec![3, 2], vec![3, 3], vec![2, 4], vec![6], vec![1, 2, 3]] {
            let lumps = Lumps::all(sizes);
            let all = outcomes(&lumps);
            let points: Vec<Vec<f64>> = all.iter().map(|(scores, _)| scores.clone()).collect();
            for kernel in kernels() {
                let (each, lumped) = (kernel.matrix(&points), lumps.matrix(&kernel));
                for (a, (_, from)) in all.iter().enumerate() {
                    for to in 0..lumps.met.len() {
                        let inside: Vec<usize> = (0..all.len()).filter(|&b| all[b].1 == to).collect();
                        let mean = inside.iter().map(|&b| each.at(a, b)).sum::<f64>() / inside.len() as f64;
                        let got = lumped.at(*from, to);
                        assert!((got - mean).abs() < 1e-12, "{kernel:?} {:?}: {got} {mean}", lumps.sizes);
                    }
                }
            }
        }
    }

    /// A policy that writes one outcome of a lump only is a point there, as if nothing had been lumped.
    #[test]
    fn a_lump_of_which_one_outcome_occurs_is_a_point() {
        let mut lumps = Lumps::all(vec![6]);
        lumps.alike.fill(1.0);
        let point: Vec<f64> = vec![1.0, 1.0, 0.0, 0.0, 0.0, 0.0];
        for kernel in kernels() {
            let own = kernel.matrix(std::slice::from_ref(&point)).at(0, 0);
            assert!((lumps.matrix(&kernel).at(2, 2) - own).abs() < 1e-12, "{kernel:?}");
        }
    }
}
