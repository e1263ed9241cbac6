//! What pilots of one or several seeds say, each a draw.

use super::{
    Gaps, Lost, Odds, SURE,
    gaps::TENTH,
    pilot::{Pair, RATES},
};
use std::f64::consts::PI;

/// How sharply a lead becomes a probability, per nat, if it were known of all seeds.
const SHARPNESS: f64 = 5.0;

/// How far the lead of a run lies from that of all seeds, in nats: a standard deviation, of both schemes' runs together. With an independent
/// seed the sign turned in 17 of 96 real runs (docs/advisor.md).
const SEED: f64 = 0.53;

/// No pilot is surer than this.
const SUREST: f64 = 0.97;

/// How likely it is that areas differ by less than a tenth: a logistic curve of the nats that are still missing. Fitted on real runs.
const MATTERS: (f64, f64) = (1.4, 4.3);

/// Medians of the fifths of a standard normal distribution.
const QUINTILES: [f64; 5] = [-1.2816, -0.5244, 0.0, 0.5244, 1.2816];

/// A lead in nats that is looked for: how many runs it takes to tell a smaller one is not said.
const WORTH: f64 = 0.35;

/// Runs of each scheme up to which it is said how many would settle it.
const MOST: u32 = 16;

/// What is said where a pilot loses prompts: binary won 4 of 4 such runs, and with one of each in doubt that is 5 in 7.
const LOSING: Odds = Odds { rival: 1.0 / 7.0, first: 5.0 / 7.0, small: 1.0 / 7.0 };

/// Of two schemes, by their pilots: whether the second will win.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PilotVerdict {
    /// Probability that the second scheme has the larger area under its p_full curve, given that it makes a difference.
    pub probability: f64,
    /// Probability that the areas differ by less than a tenth.
    pub small: f64,
    /// ln(p_full of the second / p_full of the first) in the last snapshots: who leads. The mean over runs, as all that follows.
    pub lead: f64,
    /// The lead after the second has paid for the easy marks that it took and the first did not, at the going price: nats.
    pub paid: f64,
    /// ln(area of the second / area of the first) where all pilots got so far that the areas were seen and need no forecast.
    pub seen: Option<f64>,
    /// Runs of each scheme; of the one with fewer.
    pub runs: u32,
    /// Whether runs of different seeds contradict each other: some say one scheme, some the other, and their mean neither.
    pub contradict: bool,
    /// How many runs more of each scheme would settle which is ahead; `None` where it is settled, or 16 would not.
    pub more: Option<u32>,
    /// Prompts that the second scheme's pilots lose, where samples and pilots have enough completions of each.
    pub lost: Option<Lost>,
}

impl PilotVerdict {
    /// Of every run of the first scheme with every run of the second; a row for each of the first. `None` where there is none.
    pub(super) fn new(pairs: &[Vec<Pair>], lost: Option<Lost>) -> Option<Self> {
        let rows = pairs.len();
        let columns = pairs.first().map_or(0, Vec::len);
        if columns == 0 {
            return None;
        }
        let runs = rows.min(columns) as u32;
        let mean = |of: &dyn Fn(&Pair) -> f64| pairs.iter().flatten().map(of).sum::<f64>() / (rows * columns) as f64;
        let noise = mean(&|pair| pair.noise) / f64::from(runs);
        let by_row: Vec<f64> =
            pairs.iter().map(|row| row.iter().map(Pair::gap).sum::<f64>() / columns as f64).collect();
        let of_column = |column: usize| pairs.iter().map(|row| row[column].gap()).sum::<f64>() / rows as f64;
        let by_column: Vec<f64> = (0..columns).map(of_column).collect();
        // Few runs may agree by chance: their spread is never taken for less than what runs have shown.
        let of_mean = |means: &[f64]| variance(means).unwrap_or(0.0).max(SEED.powi(2) / 2.0) / means.len() as f64;
        let doubt = of_mean(&by_row) + of_mean(&by_column);
        let gap = mean(&Pair::gap);
        let chance = |lead: f64, doubt: f64| {
            let blunted = SHARPNESS / (1.0 + PI / 8.0 * SHARPNESS.powi(2) * doubt).sqrt();
            (1.0 / (1.0 + (-blunted * lead).exp())).clamp(1.0 - SUREST, SUREST)
        };
        let rates = 0..RATES.len();
        let mut probability = rates.map(|rate| chance(mean(&|pair| pair.gaps[rate]), doubt + noise)).sum::<f64>();
        probability /= RATES.len() as f64;
        let mut small = 1.0 / (1.0 + (MATTERS.0 * mean(&|pair| pair.missing) - MATTERS.1).exp());
        let all: Option<Vec<f64>> = pairs.iter().flatten().map(|pair| pair.seen).collect();
        let seen = all.map(|ratios| ratios.iter().sum::<f64>() / ratios.len() as f64);
        if let Some(ratio) = seen {
            let odds = Odds::seen(&QUINTILES.map(|z| ratio + z * noise.sqrt()), doubt.sqrt());
            probability = odds.probability().clamp(1.0 - SUREST, SUREST);
            small = odds.small;
        }
        let both = |sign: f64| pairs.iter().flatten().any(|pair| sign * pair.gap() > pair.noise.sqrt());
        let contradict = runs > 1 && both(1.0) && both(-1.0) && gap.abs() < (doubt + noise).sqrt();
        let lead = gap.abs().max(WORTH);
        let settled = |total: &u32| {
            let share = f64::from(runs) / f64::from(*total);
            chance(lead, (doubt + noise) * share) >= SURE
        };
        let sure = probability.max(1.0 - probability) >= SURE && !contradict;
        let more = (runs + 1..=MOST).find(settled).filter(|_| !sure).map(|total| total - runs);
        let (lead, paid) = (mean(&|pair| pair.lead), mean(&|pair| pair.paid));
        Some(Self { probability, small, lead, paid, seen, runs, contradict, more, lost })
    }

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
        let of = |sign: f64| self.seen.map(|ratio| (sign * ratio).max(TENTH));
        Some(Gaps { first: of(-1.0)?, rival: of(1.0)? })
    }

    /// The same as odds.
    #[must_use]
    pub fn odds(&self) -> Odds {
        // What easy marks cost is not all that credit can cost: a policy that settles on them leaves full answers behind.
        if self.lead <= 0.0 && self.lost.is_some_and(Lost::stalls) {
            return LOSING;
        }
        let matters = 1.0 - self.small;
        Odds { rival: matters * self.probability, first: matters * (1.0 - self.probability), small: self.small }
    }
}

/// Of values around their mean; `None` of fewer than two.
fn variance(values: &[f64]) -> Option<f64> {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    (values.len() > 1).then(|| values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (count - 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::advise::forecast::pilot::{State, compare, tests::state};

    fn verdict(first: &[State], second: &[State]) -> PilotVerdict {
        let row = |b: &State| second.iter().map(|p| compare(&[*b], &[*p], 0.01).unwrap()).collect();
        PilotVerdict::new(&first.iter().map(row).collect::<Vec<_>>(), None).unwrap()
    }

    #[test]
    fn the_same_pilots_decide_nothing() {
        let verdict = verdict(&[state(0.02, 0.5)], &[state(0.02, 0.5)]);
        assert!((verdict.probability - 0.5).abs() < 1e-12 && verdict.lead == 0.0 && verdict.paid == 0.0);
    }

    #[test]
    fn leads_count_and_bought_ones_do_not() {
        let of = |b: (f64, f64), p: (f64, f64)| verdict(&[state(b.0, b.1)], &[state(p.0, p.1)]).probability;
        assert!(of((0.02, 0.5), (0.06, 0.5)) > 0.85);
        assert!(of((0.06, 0.5), (0.02, 0.5)) < 0.15);
        assert!(of((0.02, 0.5), (0.025, 0.8)) < 0.1);
    }

    /// More seeds that say the same make it surer, and none is as sure as its own counting noise would be.
    #[test]
    fn seeds_that_agree_make_it_surer() {
        let runs = |count: usize| verdict(&vec![state(0.02, 0.5); count], &vec![state(0.03, 0.5); count]);
        let chances: Vec<f64> = [1, 2, 4, 8].map(|count| runs(count).probability).into();
        assert!(chances.windows(2).all(|pair| pair[0] < pair[1]), "{chances:?}");
        assert!(chances[0] < 0.8 && runs(8).more.is_none() && !runs(8).contradict);
        assert!(runs(1).more.is_some_and(|more| more >= 1), "{:?}", runs(1));
    }

    #[test]
    fn seeds_that_contradict_each_other_say_neither_and_how_many_more_it_takes() {
        let verdict = verdict(&[state(0.02, 0.5), state(0.04, 0.5)], &[state(0.04, 0.5), state(0.02, 0.5)]);
        assert!(verdict.contradict && verdict.runs == 2);
        assert!((verdict.probability - 0.5).abs() < 1e-9 && verdict.more.is_some_and(|more| more > 1), "{verdict:?}");
    }

    #[test]
    fn few_full_answers_leave_doubt() {
        let few = |p_full: f64| State { full: p_full * 100.0, ..state(p_full, 0.5) };
        let (sure, unsure) = (verdict(&[state(0.02, 0.5)], &[state(0.06, 0.5)]), verdict(&[few(0.02)], &[few(0.06)]));
        assert!(unsure.probability < sure.probability && unsure.probability > 0.5, "{unsure:?}");
    }

    #[test]
    fn areas_that_were_seen_are_surest() {
        let verdict = verdict(&[state(0.1, 0.3)], &[state(0.9, 0.99)]);
        assert!(verdict.seen.is_some() && verdict.probability == SUREST && verdict.small < 0.01, "{verdict:?}");
    }

    #[test]
    fn where_both_learn_the_choice_hardly_matters() {
        let small = |b: f64| verdict(&[state(b, 0.7)], &[state(0.25, 0.8)]).small;
        assert!(small(0.3) > 0.85 && small(0.005) < 0.1);
    }

    #[test]
    fn prompts_that_are_lost_speak_for_binary() {
        let lost = Some(Lost { before: 0.5, after: 0.75, tied: 0.3 });
        let pair = compare(&[state(0.36, 0.7)], &[state(0.2, 0.8)], 0.1).unwrap();
        let with = PilotVerdict::new(&[vec![pair]], lost).unwrap();
        assert!(with.odds().first > 0.6 && PilotVerdict::new(&[vec![pair]], None).unwrap().odds().first < 0.5);
    }
}
