//! What carries over between answers, applied without ever writing a matrix of it.

use super::shape::{Shape, choose};

/// How far learning an answer moves another: the families that the advisor's hypotheses span, at any parameter within their range.
#[derive(Clone, Copy, Debug)]
pub(super) enum Carry {
    /// By constraints that both meet.
    Skills(f64),
    /// By verdicts that agree.
    Verdicts(f64),
    /// By e^(−differences / range).
    Near(f64),
}

impl Carry {
    /// Of each state, how far its answers' logits move when each state's answers together are pushed so hard.
    pub(super) fn of(self, shape: &Shape, push: &[f64]) -> Vec<f64> {
        let each: Vec<f64> = push.iter().zip(&shape.answers).map(|(push, answers)| push / answers).collect();
        match self {
            Self::Skills(share) => {
                let met = met(shape, push);
                let along = |state: &[usize]| state.iter().zip(&met).map(|(&of, met)| of as f64 * met).sum::<f64>();
                blend(shape, share, &each, along)
            }
            Self::Verdicts(share) => {
                let met = met(shape, push);
                let all: f64 = push.iter().sum();
                let along = |state: &[usize]| -> f64 {
                    let of = |((&of, &size), met): ((&usize, &usize), &f64)| {
                        of as f64 * met + (size - of) as f64 * (all - met)
                    };
                    state.iter().zip(&shape.sizes).zip(&met).map(of).sum()
                };
                blend(shape, share, &each, along)
            }
            Self::Near(range) => near(shape, (-1.0 / range).exp(), each),
        }
    }
}

/// Of each block, the push on answers that meet one given constraint of it.
fn met(shape: &Shape, push: &[f64]) -> Vec<f64> {
    let mut met = vec![0.0; shape.sizes.len()];
    for (state, push) in shape.states.iter().zip(push) {
        for ((sum, &of), &size) in met.iter_mut().zip(state).zip(&shape.sizes) {
            *sum += push * of as f64 / size as f64;
        }
    }
    met
}

fn blend(shape: &Shape, share: f64, each: &[f64], along: impl Fn(&[usize]) -> f64) -> Vec<f64> {
    let constraints = shape.constraints() as f64;
    let of = |(state, each): (&Vec<usize>, &f64)| share * along(state) / constraints + (1.0 - share) * each;
    shape.states.iter().zip(each).map(of).collect()
}

/// A product over constraints, so one block after another: of those met some stay met, of those unmet some become met.
fn near(shape: &Shape, fade: f64, mut each: Vec<f64>) -> Vec<f64> {
    let mut stride = each.len();
    for &size in &shape.sizes {
        stride /= size + 1;
        let mut after = vec![0.0; each.len()];
        for (place, after) in after.iter_mut().enumerate() {
            let of = place / stride % (size + 1);
            let first = place - of * stride;
            for kept in 0..=of {
                for gained in 0..=size - of {
                    let ways = choose(of, kept) * choose(size - of, gained);
                    let apart = (of - kept + gained) as i32;
                    *after += ways * fade.powi(apart) * each[first + (kept + gained) * stride];
                }
            }
        }
        each = after;
    }
    each
}
