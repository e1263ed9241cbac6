//! The solver against what can be worked out otherwise.

use super::{advantage::Advantage, carry::Carry, shape::Shape, solve::solve, world::World};
use fullmarks::{
    advise::Algorithm,
    reward::{Binary, Partial, Scheme},
};

/// By hand: groups of two with rewards 0 and 1 differ with probability 2p(1 − p), and advantages are ±(1/2) / (√(1/2) + 1e-4).
#[test]
fn groups_of_two_are_known() {
    let each = 0.5 / (0.5_f64.sqrt() + 1e-4);
    let pay = Advantage::new(Algorithm::Grpo, &[0.0, 1.0], 2).of(&[0.7, 0.3]);
    assert!((pay[1] - 0.7 * each).abs() < 1e-12 && (pay[0] + 0.3 * each).abs() < 1e-12, "{pay:?}");
}

/// What is drawn is near what is summed.
#[test]
fn drawn_groups_pay_as_all_do() {
    let levels = [0.0, 1.0 / 3.0, 2.0 / 3.0, 1.0];
    let chances = [0.5, 0.3, 0.15, 0.05];
    let all = Advantage::new(Algorithm::Grpo, &levels, 32).of(&chances);
    let drawn = Advantage::drawing(Algorithm::Grpo, &levels, 32).of(&chances);
    for (all, drawn) in all.iter().zip(&drawn) {
        assert!((all - drawn).abs() < 0.02, "{all} {drawn}");
    }
}

/// What carries over from one answer to another, by definition, on constraints one by one.
#[test]
fn carried_is_the_sum_over_all_answers() {
    let shape = Shape::new(vec![1; 4]);
    let push: Vec<f64> = (0..16).map(|n| f64::from(n * 7 % 5) - 2.0).collect();
    for carry in [Carry::Skills(0.3), Carry::Verdicts(0.6), Carry::Near(1.3)] {
        let between = |a: &[usize], b: &[usize]| {
            let both = a.iter().zip(b).filter(|(a, b)| **a == 1 && **b == 1).count() as f64;
            let apart = a.iter().zip(b).filter(|(a, b)| a != b).count() as f64;
            let same = f64::from(u8::from(a == b));
            match carry {
                Carry::Skills(share) => share * both / 4.0 + (1.0 - share) * same,
                Carry::Verdicts(share) => share * (1.0 - apart / 4.0) + (1.0 - share) * same,
                Carry::Near(range) => (-apart / range).exp(),
            }
        };
        for (state, found) in shape.states.iter().zip(carry.of(&shape, &push)) {
            let sum: f64 = shape.states.iter().zip(&push).map(|(other, push)| between(state, other) * push).sum();
            assert!((sum - found).abs() < 1e-9, "{carry:?}: {sum} {found}");
        }
    }
}

/// Interchangeable constraints, counted, are trained as the same constraints one by one.
#[test]
fn blocks_are_trained_as_their_constraints() {
    for carry in [Carry::Skills(0.3), Carry::Verdicts(0.6), Carry::Near(1.3)] {
        let areas = [vec![3, 2], vec![1; 5]].map(|sizes| {
            let rates = if sizes.len() == 2 { vec![0.6, 0.2] } else { vec![0.6, 0.6, 0.6, 0.2, 0.2] };
            let shape = Shape::new(sizes);
            let world = World::of_one(shape.independent(&rates), shape, carry);
            solve(&world, &[Scheme::Binary(Binary), Scheme::Partial(Partial::default())].map(|of| world.rewards(of)))
                .areas
        });
        assert!((areas[0][0] - areas[0][1]).abs() > 0.01, "{areas:?}");
        for (counted, each) in areas[0].iter().zip(&areas[1]) {
            assert!((counted - each).abs() < 1e-6, "{areas:?}");
        }
    }
}
