//! Rewards that a log holds → the same first answer, where no verdict is known: whether there is anything to learn, what is wasted, which prompts.

mod answer;
/// The most frequent of these sizes of groups, the larger of equals, where a group can have that many.
#[must_use]
pub fn usual_size(sizes: impl Iterator<Item = usize>) -> Option<usize> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    sizes.for_each(|size| *counts.entry(size).or_default() += 1);
    let (size, _) = counts.into_iter().max_by_key(|(_, groups)| *groups)?;
    (2..=1024).contains(&size).then_some(size)
}

#[cfg(test)]
mod tests;

use super::{
    Advice, Algorithm, Alike, Assessment, BadRequest, Basis, Counts, Nothing, PromptState, Settings, Spread, State,
    advise,
    attribution::{Attribution, PartKind, Sums},
    rules::{NoGradient, OneCompletionPerPrompt},
    states::Stays,
    stats::{GroupShares, PromptLevels, Share},
};
use std::{collections::BTreeMap, sync::Arc};

/// The rewards of one prompt's completions.
#[derive(Clone, Debug, PartialEq)]
pub struct RewardGroup {
    /// The prompt's id.
    pub prompt: Arc<str>,
    /// Of each completion, what each column holds; `None` where it holds nothing. A completion without any reward is not known.
    pub rewards: Vec<Vec<Option<f64>>>,
    /// Of each completion, how long it is, where that is known; or nothing.
    pub lengths: Vec<Option<f64>>,
}

/// Rewards as a trainer logged them. A completion is paid the sum of its columns, each times its weight.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RewardLog {
    /// The columns, with their weights.
    pub columns: Vec<(Arc<str>, f64)>,
    /// The prompts.
    pub groups: Vec<RewardGroup>,
}

/// Shares of groups by their rewards, where nothing else is known of them.
#[derive(Clone, Debug, PartialEq)]
pub struct RewardSignal {
    /// The columns that are summed, with their weights.
    pub columns: Vec<(Arc<str>, f64)>,
    /// The least reward of all.
    pub least: f64,
    /// The greatest reward of all.
    pub most: f64,
    /// What the shares rest on.
    pub basis: Basis,
    /// All rewards are the least there is.
    pub all_least: Share,
    /// All rewards are the greatest there is.
    pub all_most: Share,
    /// All rewards are equal, in between.
    pub tied: Share,
    /// Rewards differ.
    pub mixed: Share,
}

impl RewardGroup {
    /// What each completion is paid.
    fn paid(&self, columns: &[(Arc<str>, f64)]) -> Vec<Option<f64>> {
        let weights: Vec<f64> = columns.iter().map(|(_, weight)| *weight).collect();
        self.rewards.iter().map(|values| RewardLog::sum(values, &weights)).collect()
    }
}

/// What a log says before the run.
#[derive(Clone, Debug, PartialEq)]
pub struct RewardAssessment {
    /// The decision, and what it rests on. Nothing is said of constraints or of schemes, which are not known.
    pub assessment: Assessment,
    /// Groups by their rewards; `None` where no reward is known.
    pub signal: Option<RewardSignal>,
    /// What the gradients come from; `None` where there are none.
    pub attribution: Option<Attribution>,
}

impl RewardLog {
    /// What a completion is paid: the sum of what is there, as trainers have it; `None` where nothing is.
    #[must_use]
    pub fn sum(values: &[Option<f64>], weights: &[f64]) -> Option<f64> {
        let known = values.iter().zip(weights).filter_map(|(value, weight)| Some((*value)? * weight));
        values.iter().any(Option::is_some).then(|| known.sum())
    }

    /// The most frequent number of completions of a prompt, as [`usual_size`]: a log holds the trainer's groups.
    #[must_use]
    pub fn usual_size(&self) -> Option<usize> {
        usual_size(self.groups.iter().map(|group| group.rewards.len()))
    }

    /// What each completion of each prompt is paid.
    #[must_use]
    pub fn paid(&self) -> Vec<Vec<Option<f64>>> {
        self.groups.iter().map(|group| group.paid(&self.columns)).collect()
    }

    /// What the gradients come from: which column.
    #[must_use]
    pub fn attribution(&self, algorithm: Algorithm) -> Option<Attribution> {
        let mut sums = Sums::default();
        for (group, paid) in self.groups.iter().zip(self.paid()) {
            let known: Vec<usize> = (0..paid.len()).filter(|&at| paid[at].is_some()).collect();
            let rewards: Vec<f64> = known.iter().filter_map(|&at| paid[at]).collect();
            let part = |(nth, (name, weight)): (usize, &(Arc<str>, f64))| {
                let values = known.iter().map(|&at| group.rewards[at][nth].unwrap_or(0.0) * weight).collect();
                (PartKind::Column, name.clone(), values)
            };
            let lengths: Vec<Option<f64>> = known.iter().filter_map(|&at| group.lengths.get(at).copied()).collect();
            sums.add(&rewards, self.columns.iter().enumerate().map(part).collect(), &lengths, algorithm);
        }
        sums.shares()
    }

    /// The assessment. There is no forecast: what a reward is made of is not known.
    ///
    /// # Errors
    /// Those of [`Settings::check`], and [`BadRequest::NoRollouts`].
    pub fn assess(&self, settings: &Settings) -> Result<RewardAssessment, BadRequest> {
        settings.check().map_err(BadRequest::Settings)?;
        if self.groups.iter().all(|group| group.rewards.is_empty()) {
            return Err(BadRequest::NoRollouts);
        }
        let paid = self.paid();
        let known = || paid.iter().flatten().flatten().copied();
        let (least, most) =
            known().fold((f64::MAX, f64::MIN), |(low, high), reward| (low.min(reward), high.max(reward)));
        let levels: Vec<PromptLevels> = paid.iter().map(|rewards| levels(rewards, least, most)).collect();
        let signal = RewardSignal::new(self, &levels, (least, most), settings);
        let mut assessment = Assessment { counts: counts(&paid), ..advise(&[], settings) };
        assessment.nothing = signal.is_none().then_some(Nothing::AllUnscored);
        assessment.prompts = states(self, &levels);
        assessment.always_full = Alike::among(&assessment.prompts, &[State::Saturated]);
        assessment.never_full = Alike::among(&assessment.prompts, &[State::Starved, State::Tied]);
        let counts = &mut assessment.counts;
        counts.always_full_prompts = assessment.always_full.prompts;
        counts.never_full_prompts = assessment.never_full.prompts;
        assessment.settle(answer::decide(&assessment, signal.as_ref()));
        assessment.advice = findings(&assessment, signal.as_ref());
        Ok(RewardAssessment { assessment, signal, attribution: self.attribution(settings.algorithm) })
    }
}

impl RewardSignal {
    fn new(log: &RewardLog, levels: &[PromptLevels], (least, most): (f64, f64), settings: &Settings) -> Option<Self> {
        let mut patterns: BTreeMap<PromptLevels, u64> = BTreeMap::new();
        levels.iter().for_each(|levels| *patterns.entry(levels.clone()).or_default() += 1);
        let shares = GroupShares::new(&patterns, settings.group_size as u64, settings.level)?;
        let GroupShares { all_zero, all_one, tied, mixed, direct, bounding } = shares;
        let basis = if bounding == 0 { Basis::Direct { prompts: direct } } else { Basis::Bounds { direct, bounding } };
        let columns = log.columns.clone();
        Some(Self { columns, least, most, basis, all_least: all_zero, all_most: all_one, tied, mixed })
    }
}

/// How often each reward was seen, from the least of all at 0 to the greatest at 1. Where all are equal nobody knows which they are, unless they are 0
/// or 1.
fn levels(rewards: &[Option<f64>], least: f64, most: f64) -> PromptLevels {
    let level = |reward: f64| match most - least {
        0.0 if most == 0.0 => 0,
        0.0 if most == 1.0 => PromptLevels::ONE,
        0.0 => PromptLevels::ONE / 2,
        range => ((reward - least) / range * PromptLevels::ONE as f64).round() as u64,
    };
    let mut counts: BTreeMap<u64, u64> = BTreeMap::new();
    rewards.iter().flatten().for_each(|reward| *counts.entry(level(*reward)).or_default() += 1);
    PromptLevels { counts: counts.into_iter().collect() }
}

fn counts(paid: &[Vec<Option<f64>>]) -> Counts {
    let each = |rewards: &Vec<Option<f64>>| rewards.len() as u64;
    let unknown = |rewards: &Vec<Option<f64>>| rewards.iter().filter(|reward| reward.is_none()).count() as u64;
    let with: Vec<&Vec<Option<f64>>> = paid.iter().filter(|rewards| !rewards.is_empty()).collect();
    Counts {
        prompts: with.len() as u64,
        completions: with.iter().map(|rewards| each(rewards)).sum(),
        per_prompt: Spread::of(with.iter().map(|rewards| each(rewards)).collect()),
        single_completion_prompts: with.iter().filter(|rewards| rewards.len() == 1).count() as u64,
        unscored_completions: with.iter().map(|rewards| unknown(rewards)).sum(),
        ..Counts::default()
    }
}

fn states(log: &RewardLog, levels: &[PromptLevels]) -> Vec<PromptState> {
    let stays = Stays::of(levels.iter());
    let of = |(group, levels): (&RewardGroup, &PromptLevels)| PromptState {
        stays: stays.prompt(levels),
        prompt: group.prompt.clone(),
        state: State::of(levels),
        completions: levels.seen(),
        full: levels.counts.iter().filter(|(level, _)| *level == PromptLevels::ONE).map(|(_, count)| count).sum(),
    };
    let mut states: Vec<PromptState> = log.groups.iter().zip(levels).map(of).collect();
    states.sort_by(|a, b| a.prompt.cmp(&b.prompt));
    states
}

/// Those that need no verdict.
fn findings(assessment: &Assessment, signal: Option<&RewardSignal>) -> Vec<Advice> {
    let mut advice: Vec<Advice> = Vec::new();
    advice.extend(signal.and_then(|signal| NoGradient::of_rewards(assessment, signal.mixed)).map(Advice::from));
    advice.extend(OneCompletionPerPrompt::find(assessment).map(Advice::from));
    advice.sort_by_key(|finding| std::cmp::Reverse(finding.severity()));
    advice
}
