//! What a forecast is made from.

use super::{
    Lost, Pilot, PilotVerdict, Space, mobility,
    pilot::{Pair, State, compare},
};
use crate::verdict::Group;

/// Full answers from which on there are some.
const ESTABLISHED: usize = 3;

/// Samples of the initial policy, and what else is known.
#[derive(Clone, Copy, Debug, Default)]
pub struct Samples<'a> {
    /// Groups of completions.
    pub groups: &'a [Group],
    /// Of each group's completions, in their order, the mean log-probability of a token under the policy; empty when no column has
    /// them.
    pub logprobs: &'a [Vec<Option<f64>>],
    /// Short pilots: several of a scheme are runs of different seeds.
    pub pilots: &'a [Pilot],
}

impl<'a> Samples<'a> {
    /// Groups and nothing else.
    #[must_use]
    pub fn of(groups: &'a [Group]) -> Self {
        Self { groups, ..Self::default() }
    }

    /// Whether any completion, of these of the initial policy or of a pilot, is fully correct.
    pub(super) fn full_seen(&self, initial: &[&Group]) -> bool {
        let pilots = self.pilots.iter().flat_map(|pilot| &pilot.snapshots).flat_map(|snapshot| &snapshot.groups);
        let mut outcomes = initial.iter().copied().chain(pilots).flat_map(|group| &group.outcomes);
        outcomes.any(|outcome| outcome.full() == Some(true))
    }

    /// Whether full answers were seen more often than by a fluke, by the policy or by a pilot's: one answer of thousands turns nothing.
    pub(super) fn full_established(&self, initial: &[&Group]) -> bool {
        let pilots = self.pilots.iter().flat_map(|pilot| &pilot.snapshots).flat_map(|snapshot| &snapshot.groups);
        let outcomes = initial.iter().copied().chain(pilots).flat_map(|group| &group.outcomes);
        outcomes.filter(|outcome| outcome.full() == Some(true)).take(ESTABLISHED).count() == ESTABLISHED
    }

    /// The factors of the points of spaces, which were made of the same groups.
    pub(super) fn mobility(&self, spaces: &[Space]) -> Vec<Vec<f64>> {
        let mut completions: Vec<Vec<Vec<(usize, f64)>>> = spaces.iter().map(|_| Vec::new()).collect();
        for (group, logprobs) in self.groups.iter().zip(self.logprobs) {
            let Some(place) = spaces.iter().position(|space| space.size() == group.constraints().len()) else {
                continue;
            };
            let known = group.outcomes.iter().zip(logprobs);
            let points = known.filter_map(|(outcome, logprob)| Some((spaces[place].place(outcome)?, (*logprob)?)));
            completions[place].push(points.collect());
        }
        mobility(spaces, &completions)
    }

    /// Whether any log-probability is known.
    pub(super) fn has_logprobs(&self) -> bool {
        self.logprobs.iter().flatten().any(Option::is_some)
    }

    /// The same without log-probabilities.
    pub(super) fn without_logprobs(&self) -> Self {
        Self { logprobs: &[], ..*self }
    }

    /// What the pilots of two schemes say of the second against the first, in groups of that size; `None` unless both have one.
    pub(super) fn pilot(&self, first: &str, second: &str, size: usize) -> Option<PilotVerdict> {
        let of = |name: &str| self.pilots.iter().filter(|pilot| pilot.scheme == name).collect::<Vec<_>>();
        let (first, second) = (of(first), of(second));
        let doubt = self.groups.iter().map(|group| group.constraints().len()).max().unwrap_or(0).min(6);
        let doubt = f64::from(1_u32 << doubt);
        let initial = initial(self.groups)?;
        let pair = |a: &Pilot, b: &Pilot| -> Option<Pair> {
            // In pairs from the end; what one has more than the other came earlier.
            let count = a.snapshots.len().min(b.snapshots.len());
            let states = |pilot: &Pilot| -> Option<Vec<State>> {
                let last = &pilot.snapshots[pilot.snapshots.len() - count..];
                last.iter().map(|snapshot| State::new(&snapshot.groups, initial, doubt)).collect()
            };
            compare(&states(a)?, &states(b)?, initial.0)
        };
        let row = |a: &&Pilot| second.iter().map(|b| pair(a, b)).collect::<Option<Vec<Pair>>>();
        let pairs: Vec<Vec<Pair>> = first.iter().map(row).collect::<Option<_>>()?;
        let last: Vec<&[Group]> = second.iter().filter_map(|pilot| Some(&pilot.snapshots.last()?.groups[..])).collect();
        PilotVerdict::new(&pairs, Lost::new(self.groups, &last, size))
    }
}

/// Rates of the initial policy over its completions, never 0: p_full and the mean share of constraints met.
fn initial(groups: &[Group]) -> Option<(f64, f64)> {
    let mut known = 0.0;
    let (mut full, mut fraction) = (0.0, 0.0);
    for outcome in groups.iter().flat_map(|group| &group.outcomes) {
        if let (Some(is_full), Some(share)) = (outcome.full(), outcome.fraction()) {
            known += 1.0;
            full += f64::from(u8::from(is_full));
            fraction += share;
        }
    }
    (known > 0.0).then(|| ((full + 0.5) / (known + 1.0), (fraction + 0.25) / (known + 0.5)))
}
