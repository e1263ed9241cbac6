//! What short pilots of two schemes, a run of each, say about which will win.

use crate::verdict::{Group, Outcome};

/// Rollouts of a policy after some steps.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// How many, where known: without it nothing can be said of costs.
    pub step: Option<u64>,
    /// The rollouts.
    pub groups: Vec<Group>,
}

/// Rollouts of a policy on its way under one scheme.
#[derive(Clone, Debug)]
pub struct Pilot {
    /// Name of the scheme it was trained under.
    pub scheme: String,
    /// Rollouts after some steps, and after more, in the order of the steps; not empty.
    pub snapshots: Vec<Snapshot>,
}

/// What a snapshot comes to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct State {
    /// −ln p_full: nats that full answers still lack.
    pub(super) missing: f64,
    /// One minus the mean share of constraints met.
    pub(super) unmet: f64,
    /// Full answers seen.
    pub(super) full: f64,
}

/// Exchange rates between marks already taken and growth still to come, averaged over. With 1, all marks that are left are worth
/// the going price; with 0, those taken have cost nothing. Under RLOO a full answer's advantage shrinks as easy marks are
/// taken, under a normalised group it does not, so no single rate is right.
pub(super) const RATES: [f64; 5] = [0.25, 0.5, 0.75, 1.0, 1.25];

/// What part of the way to half-way is nearly there.
const NEARLY: f64 = 0.8;

/// A lead in p_full, in nats, that is far: four times as many. Of real runs that were less apart when one was half-way, most ended alike.
const FAR: f64 = 2.0 * std::f64::consts::LN_2;

/// What an earlier snapshot counts beside the last.
const EARLIER: f64 = 0.5;

impl State {
    /// The state of rollouts, to which the initial policy's rates are added as `doubt` completions, so that no rate is 0.
    /// `None` without a known completion.
    pub(super) fn new(groups: &[Group], initial: (f64, f64), doubt: f64) -> Option<Self> {
        let (mut full, mut fraction, mut completions) = (0.0, 0.0, 0.0);
        let outcomes = groups.iter().flat_map(|group| &group.outcomes);
        for (is_full, share) in outcomes.filter_map(|outcome: &Outcome| Some((outcome.full()?, outcome.fraction()?))) {
            full += f64::from(u8::from(is_full));
            fraction += share;
            completions += 1.0;
        }
        (completions > 0.0).then(|| {
            let total = completions + doubt;
            let p_full = (full + doubt * initial.0) / total;
            let unmet = 1.0 - (fraction + doubt * initial.1) / total;
            // Where everything is met nothing is missing, and the price of nothing is not asked.
            Self { missing: -p_full.ln(), unmet: unmet.max(1e-9), full }
        })
    }
}

/// A run of each of two schemes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Pair {
    /// The lead of the second after it has paid for easy marks, at each of [`RATES`], in nats.
    pub(super) gaps: [f64; RATES.len()],
    /// The same at the going price, of the last snapshots alone.
    pub(super) paid: f64,
    /// ln(p_full of the second / p_full of the first) in the last snapshots.
    pub(super) lead: f64,
    /// The most that full answers still lack under one of them.
    pub(super) missing: f64,
    /// Counting noise of a difference of logarithms: a variance.
    pub(super) noise: f64,
    /// ln(area of the second / area of the first), where one got so far that the areas were seen.
    pub(super) seen: Option<f64>,
}

impl Pair {
    /// The lead after paying, averaged over rates.
    pub(super) fn gap(&self) -> f64 {
        self.gaps.iter().sum::<f64>() / RATES.len() as f64
    }
}

/// Compares snapshots of two schemes, taken after as many steps each, in that order.
///
/// A scheme with partial credit is mostly ahead in p_full early because it has already taken the easy marks, which it can take only
/// once. So it is charged for them at the going price, the nats of p_full that are still missing for each unit of the mean share that is
/// still missing: it is really ahead only if it lies above the straight line from the other scheme's state to all marks.
///
/// Where one of them has come nearly half-way from `initial`, the p_full of the initial policy, to all full answers, and the other is far
/// behind, nothing has to be foretold: the areas until then were seen.
pub(super) fn compare(first: &[State], second: &[State], initial: f64) -> Option<Pair> {
    let pairs: Vec<(&State, &State)> = first.iter().zip(second).collect();
    let (b, p) = *pairs.last()?;
    let gap = |(b, p): &(&State, &State), rate: f64| {
        let price = (b.missing / b.unmet + p.missing / p.unmet) / 2.0;
        (b.missing - p.missing) - rate * price * (b.unmet - p.unmet)
    };
    let earlier = &pairs[..pairs.len() - 1];
    let weight = EARLIER / earlier.len().max(1) as f64;
    let mean = |rate: f64| {
        let before: f64 = earlier.iter().map(|pair| weight * gap(pair, rate)).sum();
        (gap(&(b, p), rate) + before) / (1.0 + weight * earlier.len() as f64)
    };
    let lead = b.missing - p.missing;
    let furthest = (-b.missing.min(p.missing)).exp();
    let nearly = furthest >= NEARLY * (1.0 + initial) / 2.0 && lead.abs() >= FAR;
    Some(Pair {
        gaps: RATES.map(mean),
        paid: mean(1.0),
        lead,
        missing: b.missing.max(p.missing),
        noise: 1.0 / (b.full + 1.0) + 1.0 / (p.full + 1.0),
        seen: nearly.then(|| (area(initial, second) / area(initial, first)).ln()),
    })
}

/// The mean of p_full from the start to the last snapshot, those between evenly spaced.
fn area(initial: f64, states: &[State]) -> f64 {
    let full: Vec<f64> = std::iter::once(initial).chain(states.iter().map(|state| (-state.missing).exp())).collect();
    full.windows(2).map(|pair| (pair[0] + pair[1]) / 2.0).sum::<f64>() / states.len() as f64
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in crate::advise::forecast) fn state(p_full: f64, fraction: f64) -> State {
        State { missing: -p_full.ln(), unmet: 1.0 - fraction, full: p_full * 4000.0 }
    }

    #[test]
    fn the_same_pilots_are_no_pair_apart() {
        let pair = compare(&[state(0.02, 0.5)], &[state(0.02, 0.5)], 0.01).unwrap();
        assert!(pair.gap() == 0.0 && pair.lead == 0.0 && pair.paid == 0.0 && pair.seen.is_none());
    }

    /// By hand: L = ln 50 and ln 40, h = 0.5 and 0.2; the price is (ln 50 / 0.5 + ln 40 / 0.2) / 2 = 13.13 nats a unit, and 0.3 units
    /// were taken: a lead of 0.22 nats becomes a debt.
    #[test]
    fn a_lead_bought_with_easy_marks_is_none() {
        let pair = compare(&[state(0.02, 0.5)], &[state(0.025, 0.8)], 0.01).unwrap();
        assert!((pair.lead - 1.25_f64.ln()).abs() < 1e-12);
        assert!((pair.paid - (1.25_f64.ln() - 0.3 * 13.1342)).abs() < 1e-3, "{pair:?}");
        assert!(pair.gap() < -2.0);
    }

    /// From 1 % to 10 % and 90 %: means of 5.5 % and 45.5 %, whatever the easy marks.
    #[test]
    fn areas_that_were_seen_need_no_forecast() {
        let pair = compare(&[state(0.1, 0.3)], &[state(0.9, 0.99)], 0.01).unwrap();
        assert!((pair.seen.unwrap() - (0.455_f64 / 0.055).ln()).abs() < 1e-9, "{pair:?}");
        assert!((area(0.01, &[state(0.9, 0.99)]) - 0.455).abs() < 1e-12);
        assert_eq!(compare(&[state(0.9, 0.9)], &[state(0.8, 0.9)], 0.01).unwrap().seen, None);
    }
}
