//! The right answer in a world, from its exact solution, and what an answer is worth beside it.

use super::{
    solve::{differ, solve},
    world::World,
};
use fullmarks::{
    advise::{Answer, Fix, Pick},
    reward::{Binary, Partial, Scheme},
};

/// ln of ratios of areas: a difference that hardly matters, and one that does.
pub(super) const TENTH: f64 = 0.095_310_179_804_324_86;
pub(super) const HALF: f64 = 0.405_465_108_108_164_4;

/// The right answer.
pub(super) struct Truth {
    /// What to do: more than one where a share lies close to where the answer changes.
    pub(super) acts: Vec<Act>,
    /// What to do under one scheme or the other.
    either: Vec<Act>,
    /// ln(area of partial / area of binary).
    pub(super) ahead: f64,
    /// Areas of `binary`, and of `partial` with credits of 1, 0.3 and 0.1.
    areas: Vec<f64>,
}

/// What to do first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Act {
    Start,
    Fix(Fix),
}

/// What an answer is worth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Worth {
    Right,
    /// It names no scheme, or asks for more samples.
    CannotTell,
    /// It says that any scheme will do, and names the right one as that which leads.
    Leads,
    /// Not right, and not wrong by more than a tenth of the area.
    Harmless,
    Wrong,
}

pub(super) fn schemes() -> Vec<Scheme> {
    let partial = [1.0, 0.3, 0.1].map(|credit| Scheme::Partial(Partial::with_credit(credit)));
    [&[Scheme::Binary(Binary)][..], &partial].concat()
}

/// Shares of groups under a scheme: mixed, all full, all nothing, tied between.
struct Shares {
    mixed: f64,
    full: f64,
    nothing: f64,
    tied: f64,
}

impl Shares {
    fn of(world: &World, scheme: Scheme) -> Self {
        let rewards = world.rewards(scheme);
        let mut levels = rewards.clone();
        levels.sort_by(f64::total_cmp);
        levels.dedup();
        let mut shares = Self { mixed: 0.0, full: 0.0, nothing: 0.0, tied: 0.0 };
        for kind in &world.types {
            let mut chances = vec![0.0; levels.len()];
            for (reward, p) in rewards.iter().zip(&kind.policy) {
                chances[levels.partition_point(|level| level < reward)] += p;
            }
            let alike = |level: usize| kind.weight * f64::min(chances[level], 1.0).powi(world.group as i32);
            let last = levels.len() - 1;
            shares.mixed += kind.weight * differ(&chances, world.group);
            shares.full += alike(last);
            shares.nothing += alike(0);
            shares.tied += (1..last).map(alike).sum::<f64>();
        }
        shares
    }
}

impl Truth {
    pub(super) fn of(world: &World) -> Self {
        let schemes = schemes();
        let rewards: Vec<Vec<f64>> = schemes.iter().map(|scheme| world.rewards(*scheme)).collect();
        let solved = solve(world, &rewards);
        let areas = solved.areas;
        let ahead = if world.shape.constraints() == 1 { 0.0 } else { (areas[1] / areas[0].max(1e-300)).ln() };
        let ahead = if ahead.is_finite() { ahead } else { 0.0 };
        let shares: Vec<Shares> = [0, 1].map(|n| Shares::of(world, schemes[n])).into();
        let named: Vec<usize> = match ahead {
            ahead if ahead > HALF => vec![1],
            ahead if ahead < -HALF => vec![0],
            _ => vec![0, 1],
        };
        let acts = |named: &[usize]| {
            let each = |&named: &usize| [-1.0, 1.0].map(|margin| act(world, &shares, named, solved.arrives, margin));
            named.iter().flat_map(each).collect::<Vec<_>>()
        };
        Self { acts: acts(&named), either: acts(&[0, 1]), ahead, areas }
    }

    /// Whether the schemes differ by more than half.
    pub(super) fn differs(&self) -> bool {
        self.leaves_a_scheme() && self.ahead.abs() > HALF
    }

    fn leaves_a_scheme(&self) -> bool {
        self.acts.iter().any(|act| matches!(act, Act::Start | Act::Fix(Fix::Solved | Fix::Starved | Fix::Tied)))
    }

    /// What an answer is worth.
    pub(super) fn worth(&self, answer: &Answer) -> Worth {
        let (act, pick) = match answer {
            Answer::SampleMore { .. } | Answer::Nothing => return Worth::CannotTell,
            Answer::Start(pick) => (Act::Start, Some(*pick)),
            // It says no more than that no full answer was seen.
            Answer::FixFirst(Fix::NoFull, _) if !self.acts.contains(&Act::Fix(Fix::NoFull)) => {
                return Worth::CannotTell;
            }
            Answer::FixFirst(fix, pick) => (Act::Fix(*fix), *pick),
        };
        if matches!(pick, Some(Pick::Unclear(_))) && self.either.contains(&act) {
            return Worth::CannotTell;
        }
        if !self.acts.contains(&act) {
            return Worth::Wrong;
        }
        match pick {
            None if !matches!(act, Act::Start | Act::Fix(Fix::Solved | Fix::Starved | Fix::Tied)) => Worth::Right,
            None | Some(Pick::Unclear(_)) => Worth::CannotTell,
            Some(Pick::Any(_)) if self.ahead.abs() <= HALF => Worth::Right,
            // Who follows the one that it says leads loses nothing.
            Some(Pick::Any(Some(scheme))) if self.named(scheme) == Worth::Right => Worth::Leads,
            Some(Pick::Any(_)) => Worth::Wrong,
            Some(Pick::Use(scheme) | Pick::Only(scheme)) => self.named(scheme),
        }
    }

    fn named(&self, scheme: Scheme) -> Worth {
        let place = schemes().iter().position(|other| *other == scheme).unwrap_or(1);
        let other = if place == 0 { self.areas[1] } else { self.areas[0] };
        let lead = (self.areas[place] / other.max(1e-300)).ln();
        match lead {
            lead if lead > TENTH => Worth::Right,
            lead if lead > -TENTH => Worth::Harmless,
            _ => Worth::Wrong,
        }
    }
}

/// What to do first, by the rules of docs/advisor.md; a share within a margin of where the answer changes counts as on that side of it.
fn act(world: &World, shares: &[Shares], named: usize, arrives: bool, margin: f64) -> Act {
    let best = if shares[1].mixed > shares[0].mixed { &shares[1] } else { &shares[0] };
    if world.penalty.is_some() && shares[1].mixed < 0.02 + 0.01 * margin {
        return Act::Fix(Fix::PenaltyAlone);
    }
    if best.full >= 0.9 + 0.04 * margin {
        return Act::Fix(Fix::NothingLeft);
    }
    if best.mixed < 0.02 + 0.01 * margin {
        return Act::Fix(Fix::NoGradient);
    }
    if best.full >= 0.3 + 0.08 * margin {
        return Act::Fix(Fix::Solved);
    }
    if !arrives {
        return Act::Fix(if world.solvable() { Fix::OutOfReach } else { Fix::NoFull });
    }
    let under = &shares[named];
    if under.mixed > 0.2 + 0.06 * margin {
        return Act::Start;
    }
    let kinds = [(Fix::Solved, under.full), (Fix::Starved, under.nothing), (Fix::Tied, under.tied)];
    Act::Fix(kinds.into_iter().max_by(|a, b| a.1.total_cmp(&b.1)).map_or(Fix::Starved, |(fix, _)| fix))
}
