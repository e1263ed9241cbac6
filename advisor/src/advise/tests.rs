//! Properties of whole assessments.

use super::{forecast::Samples, testing::group, *};
use crate::{reward::Scheme, verdict::Group};
use proptest::prelude::*;
use stats::Interval;

fn groups(marks: &[Vec<String>]) -> Vec<Group> {
    marks.iter().enumerate().map(|(n, marks)| group(&n.to_string(), marks)).collect()
}

fn some_groups() -> impl Strategy<Value = Vec<Vec<String>>> {
    let mark = prop::sample::select(vec!['0', '1', '0', '1', '?']);
    let prompt = (1..4_usize).prop_flat_map(move |constraints| {
        let marks = prop::collection::vec(mark.clone(), constraints).prop_map(|marks| marks.into_iter().collect());
        prop::collection::vec(marks, 1..12)
    });
    prop::collection::vec(prompt, 1..8)
}

/// Prompts of kinds that real sets have: always solved, never, tied, mixed; each of 2 to 4 constraints, the same for all.
fn some_kinds() -> impl Strategy<Value = Vec<Vec<String>>> {
    let kind = (0..5_usize, any::<u64>());
    (2..5_usize, prop::collection::vec(kind, 1..40)).prop_map(|(constraints, kinds)| {
        let of = |(kind, seed): (usize, u64)| {
            let mark = |bit: usize| match kind {
                0 => '1',
                1 => '0',
                2 => {
                    if bit.is_multiple_of(constraints) {
                        '1'
                    } else {
                        '0'
                    }
                }
                3 => {
                    if bit % constraints + 1 == constraints || seed >> (bit % 64) & 1 == 0 {
                        '0'
                    } else {
                        '1'
                    }
                }
                _ => {
                    if seed >> (bit % 64) & 1 == 0 {
                        '0'
                    } else {
                        '1'
                    }
                }
            };
            (0..8)
                .map(|completion| (0..constraints).map(|place| mark(completion * constraints + place)).collect())
                .collect()
        };
        kinds.into_iter().map(of).collect()
    })
}

fn inside(interval: Interval) -> bool {
    0.0 <= interval.low && interval.low <= interval.high && interval.high <= 1.0
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn shares_and_rates_are_shares_and_rates(marks in some_groups()) {
        let assessment = advise(&groups(&marks), &Settings::default());
        for rates in assessment.rates.iter().chain(&assessment.several) {
            let all = [rates.full, rates.partial, rates.none];
            prop_assert!((all.iter().map(|rate| rate.estimate).sum::<f64>() - 1.0).abs() < 1e-9);
            for rate in all {
                prop_assert!(inside(rate.interval) && rate.interval.contains(rate.estimate));
                prop_assert!(inside(rate.if_scored) && rate.if_scored.contains(rate.estimate));
            }
        }
        for signal in &assessment.signal {
            let all = [signal.all_zero, signal.all_one, signal.tied, signal.mixed];
            prop_assert!(all.iter().all(|share| inside(share.interval)));
            if all.iter().all(|share| share.estimate.is_some()) {
                let sum: f64 = all.iter().filter_map(|share| share.estimate).sum();
                prop_assert!((sum - 1.0).abs() < 1e-9);
                prop_assert!(all.iter().all(|share| share.interval.contains(share.estimate.unwrap())));
            }
        }
        for pass in &assessment.pass_at {
            prop_assert!(inside(pass.interval) && pass.interval.contains(pass.estimate));
        }
        prop_assert!(assessment.pass_at.windows(2).all(|two| two[0].short > 0 || two[0].estimate <= two[1].estimate + 1e-9));
        for pair in &assessment.dependence.pairs {
            let shares = [pair.both, pair.both_if_independent, pair.second_given_first, pair.first_given_second];
            prop_assert!(shares.iter().flatten().all(|mean| inside(mean.interval) && mean.interval.contains(mean.estimate)));
            prop_assert!(pair.interval.is_none_or(|interval| interval.contains(pair.odds_ratio.unwrap())));
            prop_assert!(pair.p_adjusted.is_none_or(|adjusted| pair.p_value.unwrap() <= adjusted && adjusted <= 1.0));
        }
        for full in assessment.dependence.full.iter() {
            prop_assert!((full.full.estimate - full.independent.estimate - full.worth.estimate).abs() < 1e-9);
        }
        if let Ok(credit) = &assessment.critical_credit {
            prop_assert!(credit.estimate.is_finite() && credit.interval.high.is_finite());
            prop_assert!(credit.interval.contains(credit.estimate));
        }
    }

    /// What is said in one place is not taken back in another.
    #[test]
    fn the_parts_of_an_assessment_agree(kinds in some_kinds(), size in prop::sample::select(vec![2_usize, 8, 32])) {
        let groups: Vec<Group> = kinds.iter().enumerate().map(|(n, marks)| group(&n.to_string(), marks)).collect();
        let settings = Settings { draws: 15, group_size: size, ..Settings::default() };
        let found = advise_with_forecast(&Samples::of(&groups), None, &settings);
        let errors: Vec<&str> =
            found.advice.iter().filter(|advice| advice.severity() == Severity::Error).map(Advice::code).collect();
        let named = found.decision.scheme();
        let binary = named.is_some_and(|scheme| matches!(scheme, Scheme::Binary(_)));
        prop_assert!(!(binary && errors.contains(&"binary-starves")), "{:?}", found.decision);
        prop_assert!(!(named.is_some() && !binary && errors.contains(&"partial-credit-stalls")), "{:?}", found.decision);
        let nothing = matches!(found.decision.answer, Answer::FixFirst(Fix::NoGradient | Fix::NothingLeft, _));
        prop_assert_eq!(nothing, errors.contains(&"no-gradient"));
        prop_assert_eq!(found.forecast.is_some() && !found.decision.leaves_a_forecast(), false);
        for advice in &found.advice {
            // Nobody is told to set prompts aside that are alike by chance.
            let aside = advice.remedy().contains("Set aside the");
            let real = found.always_full.is_real() || found.never_full.is_real();
            prop_assert!(!aside || real, "{} {:?}", advice.remedy(), found.never_full);
            // Nor to set all of them aside, or to give weights to what has the same verdicts.
            let all = format!("{0} of {0} prompts", found.counts.prompts);
            prop_assert!(!advice.remedy().contains(&format!("et aside the {all}")), "{}", advice.remedy());
            if let Advice::RewardTies(ties) = advice {
                let weights = ties.remedy().contains("different weights: in");
                prop_assert_eq!(weights, ties.by_weights.is_some_and(|share| share >= 0.05) && !binary);
                prop_assert!(ties.severity() == Severity::Info || !binary, "{:?}", found.decision);
            }
            // One number of prompts to sample, not two.
            let more = advice.evidence().iter().find_map(|evidence| match evidence.value {
                Value::Count(more) if evidence.name == "more_prompts" && advice.code() == "too-few-samples" => Some(more),
                _ => None,
            });
            if let (Some(more), Answer::SampleMore { prompts, .. }) = (more, &found.decision.answer) {
                prop_assert_eq!(more, *prompts);
            }
        }
        // One truth of prompts that are alike: the counts', the states' and the advice's.
        for (alike, count) in [
            (found.always_full, found.counts.always_full_prompts),
            (found.never_full, found.counts.never_full_prompts),
            (Alike::among(&found.prompts, &[State::Saturated]), found.counts.always_full_prompts),
        ] {
            prop_assert_eq!(alike.prompts, count);
            prop_assert!(0.0 <= alike.stay && alike.stay <= count as f64);
        }
        let saturated = Alike::among(&found.prompts, &[State::Saturated]);
        prop_assert!((saturated.stay - found.always_full.stay).abs() < 1e-9, "{saturated:?} {:?}", found.always_full);
        for prompt in &found.prompts {
            let alike = !matches!(prompt.state, State::Mixed | State::Unknown);
            prop_assert_eq!(alike, prompt.stays.is_some());
        }
        // Where any will do, the one that is named loses no more than the other, or as much and stalls no more often.
        if let (Answer::Start(Pick::Any(Some(leader))) | Answer::FixFirst(_, Some(Pick::Any(Some(leader)))), Some(forecast)) =
            (&found.decision.answer, &found.forecast)
        {
            let stalls = |place: usize| forecast.outlook.schemes[place].stalls;
            let binary = (forecast.losses.first, stalls(0));
            let rival = (forecast.losses.rival, stalls(forecast.rival));
            let (own, other) = if *leader == forecast.schemes[0] { (binary, rival) } else { (rival, binary) };
            prop_assert!(own.0 < other.0 + 0.005, "{leader}: {own:?} {other:?}");
            prop_assert!(own.0 < other.0 - 0.004 || own.1 < other.1 + 0.01, "{leader}: {own:?} {other:?}");
        }
        if let Answer::Start(pick) = found.decision.answer {
            let most = found.signal.iter().filter_map(|signal| signal.mixed.estimate).fold(0.0, f64::max);
            let known = found.signal.iter().any(|signal| signal.mixed.estimate.is_some());
            prop_assert!(!known || most >= 0.02, "no gradient: {:?}", found.decision);
            if let (Pick::Use(scheme), Some(forecast)) = (pick, &found.forecast) {
                let odds = forecast.odds;
                let own = if scheme == forecast.schemes[0] { odds.first } else { odds.rival };
                prop_assert!(scheme == forecast.schemes[0] || scheme == forecast.schemes[forecast.rival]);
                let other = odds.first + odds.rival - own;
                prop_assert!(own >= 0.4 && own >= 0.65 * (own + other), "{scheme} by {odds:?}");
            }
        }
    }

    #[test]
    fn order_does_not_matter(marks in some_groups()) {
        let mut turned: Vec<Vec<String>> = marks.iter().rev().cloned().collect();
        turned.iter_mut().for_each(|marks| marks.reverse());
        let unnamed = |marks: &[Vec<String>]| {
            let mut found = advise(&groups(marks), &Settings::default());
            // Prompts have other ids in another order.
            found.prompts.iter_mut().for_each(|prompt| prompt.prompt = "".into());
            let stays = |prompt: &PromptState| prompt.stays.map(f64::to_bits);
            found.prompts.sort_by_key(|prompt| (prompt.state, prompt.completions, prompt.full, stays(prompt)));
            found
        };
        prop_assert_eq!(unnamed(&marks), unnamed(&turned));
    }
}

#[test]
fn threads_do_not_matter() {
    let prompt = |n: usize| (0..1 + n % 9).map(|m| format!("{:03b}", (n * 7 + m * 5) % 8)).collect();
    let groups = groups(&(0..60).map(prompt).collect::<Vec<_>>());
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| advise(&groups, &Settings { group_size: 6, ..Settings::default() }))
    };
    assert_eq!(on(1), on(2));
    assert_eq!(on(1), on(5));
}
