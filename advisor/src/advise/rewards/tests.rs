use super::*;
use crate::{
    advise::{Answer, Fix, Pick, advise},
    reward::{Binary, Scheme},
    verdict::{Constraint, Group, Outcome, Verdict},
};
use proptest::prelude::*;

fn log(columns: &[&str], prompts: &[Vec<Vec<Option<f64>>>]) -> RewardLog {
    let group = |(n, rewards): (usize, &Vec<Vec<Option<f64>>>)| RewardGroup {
        prompt: format!("p{n:03}").into(),
        rewards: rewards.clone(),
        lengths: Vec::new(),
    };
    RewardLog {
        columns: columns.iter().map(|name| (Arc::from(*name), 1.0)).collect(),
        groups: prompts.iter().enumerate().map(group).collect(),
    }
}

fn one(rewards: &[f64]) -> Vec<Vec<Option<f64>>> {
    rewards.iter().map(|reward| vec![Some(*reward)]).collect()
}

fn settings() -> Settings {
    Settings { group_size: 4, ..Settings::default() }
}

#[test]
fn equal_rewards_teach_nothing_whatever_their_size() {
    for reward in [-3.0, 0.0, 0.7, 1.0, 40.0] {
        let found = log(&["r"], &vec![one(&[reward; 4]); 30]).assess(&settings()).unwrap();
        let answer = found.assessment.decision.answer;
        let fix = if reward == 1.0 { Fix::NothingLeft } else { Fix::NoGradient };
        assert_eq!(answer, Answer::FixFirst(fix, None), "{reward}");
        assert_eq!(found.assessment.decision.wasted.and_then(|wasted| wasted.estimate), Some(1.0));
        assert_eq!((found.assessment.advice[0].code(), found.attribution), ("no-gradient", None));
    }
}

/// Half of the prompts always earn the most there is, the others differ.
#[test]
fn prompts_that_always_earn_the_most_are_set_aside() {
    let mut prompts = vec![one(&[2.0; 4]); 20];
    prompts.extend(vec![one(&[2.0, 0.0, 0.0, 2.0]); 20]);
    let found = log(&["r"], &prompts).assess(&settings()).unwrap();
    assert_eq!(found.assessment.decision.answer, Answer::FixFirst(Fix::Solved, None));
    assert_eq!(found.signal.unwrap().mixed.estimate, Some(0.5));
}

/// A reward model gives every answer another score.
#[test]
fn scores_that_all_differ_are_a_start() {
    let prompts: Vec<_> = (0..40).map(|n| one(&[0.1, -2.0, 3.5, 0.3].map(|score| score + f64::from(n)))).collect();
    let found = log(&["r"], &prompts).assess(&settings()).unwrap();
    assert_eq!(found.assessment.decision.answer, Answer::Start(Pick::Unclear(None)));
    assert_eq!(found.assessment.forecast, None);
}

#[test]
fn columns_are_summed_and_what_is_empty_counts_nothing() {
    let both = |a, b| vec![a, b];
    let prompt = vec![both(Some(1.0), Some(0.5)), both(Some(1.0), None), both(None, None), both(Some(1.0), Some(0.5))];
    let log = log(&["a", "b"], &vec![prompt; 12]);
    assert_eq!(log.paid()[0], [Some(1.5), Some(1.0), None, Some(1.5)]);
    let found = log.assess(&settings()).unwrap();
    let shares: Vec<(&str, f64)> =
        found.attribution.as_ref().unwrap().parts.iter().map(|part| (&*part.name, part.share)).collect();
    assert!(
        shares[0].0 == "b" && (shares[0].1 - 1.0).abs() < 1e-9 && shares[1] == ("a", 0.0),
        "{shares:?}: a never differs"
    );
    assert_eq!(found.assessment.counts.unscored_completions, 12);
    assert!(RewardLog::default().assess(&settings()).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]
    /// Rewards of 0 and 1 are verdicts of one constraint: both ways come to one answer and one waste.
    #[test]
    fn rewards_and_the_verdicts_they_stand_for_agree(
        prompts in proptest::collection::vec((0_u32..=4, proptest::collection::vec(any::<bool>(), 4..9)), 3..40)
    ) {
        // Prompts that are always or never solved are common.
        let passed = |&(kind, ref marks): &(u32, Vec<bool>)| -> Vec<bool> {
            marks.iter().map(|mark| match kind { 0 => true, 1 => false, _ => *mark }).collect()
        };
        let prompts: Vec<Vec<bool>> = prompts.iter().map(passed).collect();
        let constraints: Arc<[Constraint]> = [Constraint::plain("c")].into();
        let group = |(n, marks): (usize, &Vec<bool>)| Group {
            prompt: format!("p{n:03}").into(),
            outcomes: marks.iter().map(|mark| {
                Outcome::new(constraints.clone(), vec![Verdict::scored(f64::from(u8::from(*mark)))])
            }).collect(),
        };
        let settings = Settings { schemes: vec![Scheme::Binary(Binary)], ..settings() };
        let groups: Vec<Group> = prompts.iter().enumerate().map(group).collect();
        let verdicts = advise(&groups, &settings);
        let rewards: Vec<_> = prompts.iter().map(|marks| {
            one(&marks.iter().map(|mark| f64::from(u8::from(*mark))).collect::<Vec<_>>())
        }).collect();
        let found = log(&["r"], &rewards).assess(&settings).unwrap();
        prop_assert_eq!(&found.assessment.decision.wasted, &verdicts.decision.wasted);
        let fix = |answer: &Answer| match answer { Answer::FixFirst(fix, _) => Some(*fix), _ => None };
        prop_assert_eq!(fix(&found.assessment.decision.answer), fix(&verdicts.decision.answer));
        prop_assert_eq!(
            matches!(found.assessment.decision.answer, Answer::SampleMore { .. }),
            matches!(verdicts.decision.answer, Answer::SampleMore { .. })
        );
        prop_assert_eq!(&found.assessment.prompts, &verdicts.prompts);
    }
}
