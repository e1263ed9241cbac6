//! What short pilots of two schemes say about which will win.

use super::{Gaps, Odds, odds::Ratio};
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
    missing: f64,
    /// One minus the mean share of constraints met.
    unmet: f64,
    /// Full answers seen.
    full: f64,
}

/// Exchange rates between marks already taken and growth still to come, averaged over. With 1, all marks that are left are worth
/// the going price; with 0, those taken have cost nothing. Under RLOO a full answer's advantage shrinks as easy marks are
/// taken, under a normalised group it does not, so no single rate is right.
const RATES: [f64; 5] = [0.25, 0.5, 0.75, 1.0, 1.25];

/// How sharply a lead becomes a probability, per nat. Fitted on real runs it would be 5 to 6; less, because their labels are few.
const SHARPNESS: f64 = 3.0;

/// No pilot is surer than this.
const SUREST: f64 = 0.97;

/// What part of the way to half-way is nearly there.
const NEARLY: f64 = 0.8;

/// A lead in p_full, in nats, that is far: four times as many. Of real runs that were less apart when one was half-way, most ended alike.
const FAR: f64 = 2.0 * std::f64::consts::LN_2;

/// Medians of the fifths of a standard normal distribution.
const QUINTILES: [f64; 5] = [-1.2816, -0.5244, 0.0, 0.5244, 1.2816];

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

/// Of two schemes, by their pilots: whether the second will win.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PilotVerdict {
    /// Probability that the second scheme has the larger area under its p_full curve, given that it makes a difference.
    pub probability: f64,
    /// Probability that the areas differ by less than a tenth.
    pub small: f64,
    /// ln(p_full of the second / p_full of the first) in the last snapshots: who leads.
    pub lead: f64,
    /// The lead after the second has paid for the easy marks that it took and the first did not, at the going price: nats.
    pub paid: f64,
    /// ln(area of the second / area of the first) where a pilot got so far that the areas were seen and need no forecast.
    pub seen: Option<f64>,
}

impl PilotVerdict {
    /// What was foretold and what the pilots say, in one. What was seen needs no forecast, and counts in full.
    #[must_use]
    pub(super) fn with(&self, foretold: Odds) -> Odds {
        match self.seen {
            Some(_) => foretold.corrected(self.odds()),
            None => foretold.pooled(self.odds()),
        }
    }

    /// By how much each is ahead where it is, if that was seen.
    pub(super) fn gaps(&self) -> Option<Gaps> {
        self.seen.map(|ratio| Odds::gaps(&[Ratio::seen(ratio)]))
    }

    /// The same as odds.
    #[must_use]
    pub fn odds(&self) -> Odds {
        let matters = 1.0 - self.small;
        Odds { rival: matters * self.probability, first: matters * (1.0 - self.probability), small: self.small }
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
pub(super) fn compare(first: &[State], second: &[State], initial: f64) -> Option<PilotVerdict> {
    let pairs: Vec<(&State, &State)> = first.iter().zip(second).collect();
    let (b, p) = *pairs.last()?;
    let gap = |(b, p): &(&State, &State), rate: f64| {
        let price = (b.missing / b.unmet + p.missing / p.unmet) / 2.0;
        (b.missing - p.missing) - rate * price * (b.unmet - p.unmet)
    };
    let earlier = &pairs[..pairs.len() - 1];
    let weight = if earlier.is_empty() { 0.0 } else { EARLIER / earlier.len() as f64 };
    let gap = |rate: f64| {
        let before: f64 = earlier.iter().map(|pair| weight * gap(pair, rate)).sum();
        (gap(&(b, p), rate) + before) / (1.0 + weight * earlier.len() as f64)
    };
    // Counting noise of a difference of logarithms.
    let noise = 1.0 / (b.full + 1.0) + 1.0 / (p.full + 1.0);
    let blunted = SHARPNESS / (1.0 + std::f64::consts::PI / 8.0 * SHARPNESS.powi(2) * noise).sqrt();
    let chance = |rate: f64| (1.0 / (1.0 + (-blunted * gap(rate)).exp())).clamp(1.0 - SUREST, SUREST);
    let lead = b.missing - p.missing;
    let furthest = (-b.missing.min(p.missing)).exp();
    if furthest >= NEARLY * (1.0 + initial) / 2.0 && lead.abs() >= FAR {
        let ratio = (area(initial, second) / area(initial, first)).ln();
        let odds = Odds::of(&QUINTILES.map(|z| ratio + z * noise.sqrt()));
        let probability = odds.probability().clamp(1.0 - SUREST, SUREST);
        return Some(PilotVerdict { probability, small: odds.small, lead, paid: gap(1.0), seen: Some(ratio) });
    }
    Some(PilotVerdict {
        probability: RATES.iter().map(|&rate| chance(rate)).sum::<f64>() / RATES.len() as f64,
        small: 1.0 / (1.0 + (1.65 * b.missing.max(p.missing) - 5.0).exp()),
        lead,
        paid: gap(1.0),
        seen: None,
    })
}

/// The mean of p_full from the start to the last snapshot, those between evenly spaced.
fn area(initial: f64, states: &[State]) -> f64 {
    let full: Vec<f64> = std::iter::once(initial).chain(states.iter().map(|state| (-state.missing).exp())).collect();
    full.windows(2).map(|pair| (pair[0] + pair[1]) / 2.0).sum::<f64>() / states.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(p_full: f64, fraction: f64) -> State {
        State { missing: -p_full.ln(), unmet: 1.0 - fraction, full: p_full * 4000.0 }
    }

    #[test]
    fn the_same_pilots_decide_nothing() {
        let verdict = compare(&[state(0.02, 0.5)], &[state(0.02, 0.5)], 0.01).unwrap();
        assert!((verdict.probability - 0.5).abs() < 1e-12 && verdict.lead == 0.0 && verdict.paid == 0.0);
    }

    /// By hand: L = ln 50 and ln 40, h = 0.5 and 0.2; the price is (ln 50 / 0.5 + ln 40 / 0.2) / 2 = 13.13 nats a unit, and 0.3 units
    /// were taken: a lead of 0.22 nats becomes a debt.
    #[test]
    fn a_lead_bought_with_easy_marks_is_none() {
        let verdict = compare(&[state(0.02, 0.5)], &[state(0.025, 0.8)], 0.01).unwrap();
        assert!((verdict.lead - 1.25_f64.ln()).abs() < 1e-12);
        assert!((verdict.paid - (1.25_f64.ln() - 0.3 * 13.1342)).abs() < 1e-3, "{verdict:?}");
        assert!(verdict.probability < 0.1);
    }

    #[test]
    fn a_lead_without_easy_marks_is_one() {
        let verdict = compare(&[state(0.02, 0.5)], &[state(0.06, 0.5)], 0.01).unwrap();
        assert!(verdict.probability > 0.9);
        // And the other way round.
        let verdict = compare(&[state(0.06, 0.5)], &[state(0.02, 0.5)], 0.01).unwrap();
        assert!(verdict.probability < 0.1);
    }

    #[test]
    fn few_full_answers_leave_doubt() {
        let few = |p_full: f64| State { full: p_full * 100.0, ..state(p_full, 0.5) };
        let verdict = compare(&[few(0.02)], &[few(0.06)], 0.01).unwrap();
        assert!(verdict.probability < 0.9, "{verdict:?}");
    }

    /// From 1 % to 10 % and 90 %: means of 5.5 % and 45.5 %, whatever the easy marks.
    #[test]
    fn areas_that_were_seen_need_no_forecast() {
        let verdict = compare(&[state(0.1, 0.3)], &[state(0.9, 0.99)], 0.01).unwrap();
        assert!(verdict.seen.is_some() && verdict.probability == SUREST && verdict.small < 1e-6, "{verdict:?}");
        assert!((area(0.01, &[state(0.9, 0.99)]) - 0.455).abs() < 1e-12);
        let mirrored = compare(&[state(0.9, 0.99)], &[state(0.1, 0.3)], 0.01).unwrap();
        assert!((mirrored.probability - (1.0 - SUREST)).abs() < 1e-12);
        assert_eq!(compare(&[state(0.9, 0.9)], &[state(0.8, 0.9)], 0.01).unwrap().seen, None);
    }

    #[test]
    fn where_both_learn_the_choice_hardly_matters() {
        assert!(compare(&[state(0.3, 0.7)], &[state(0.25, 0.8)], 0.01).unwrap().small > 0.9);
        assert!(compare(&[state(0.005, 0.3)], &[state(0.25, 0.8)], 0.01).unwrap().small < 0.1);
    }
}
