//! One advice rule per file, named like its code. A rule looks at a finished assessment and judges intervals, not point
//! estimates; its thresholds are constants of its file.

mod binary_starves;
mod cannot_tell;
mod constraint_always_met;
mod constraint_never_met;
mod constraints_in_conflict;
mod constraints_redundant;
mod one_completion_per_prompt;
mod partial_credit_above_critical;
mod partial_credit_stalls;
mod required_cancels_credit;
mod reward_ties;
mod saturated;
mod single_constraint_prompts;
#[cfg(test)]
mod tests;
mod too_few_samples;
mod unscored_verdicts;

pub use binary_starves::BinaryStarves;
pub use cannot_tell::CannotTell;
pub use constraint_always_met::ConstraintAlwaysMet;
pub use constraint_never_met::ConstraintNeverMet;
pub use constraints_in_conflict::ConstraintsInConflict;
pub use constraints_redundant::ConstraintsRedundant;
pub use one_completion_per_prompt::OneCompletionPerPrompt;
pub use partial_credit_above_critical::PartialCreditAboveCritical;
pub use partial_credit_stalls::{PartialCreditStalls, Stalling};
pub use required_cancels_credit::RequiredCancelsCredit;
pub use reward_ties::RewardTies;
pub use saturated::Saturated;
pub use single_constraint_prompts::SingleConstraintPrompts;
pub use too_few_samples::TooFewSamples;
pub use unscored_verdicts::UnscoredVerdicts;

use super::{Advice, Assessment};

/// All findings, the gravest first, within a severity in the order of [`Advice::CODES`].
pub(super) fn all(assessment: &Assessment) -> Vec<Advice> {
    let mut advice: Vec<Advice> = Vec::new();
    advice.extend(PartialCreditStalls::find(assessment).map(Advice::from));
    advice.extend(CannotTell::find(assessment).map(Advice::from));
    advice.extend(BinaryStarves::find(assessment).map(Advice::from));
    advice.extend(Saturated::find(assessment).map(Advice::from));
    advice.extend(RewardTies::find(assessment).into_iter().map(Advice::from));
    advice.extend(PartialCreditAboveCritical::find(assessment).into_iter().map(Advice::from));
    advice.extend(RequiredCancelsCredit::find(assessment).map(Advice::from));
    advice.extend(ConstraintNeverMet::find(assessment).into_iter().map(Advice::from));
    advice.extend(ConstraintAlwaysMet::find(assessment).into_iter().map(Advice::from));
    advice.extend(ConstraintsInConflict::find(assessment).into_iter().map(Advice::from));
    advice.extend(ConstraintsRedundant::find(assessment).into_iter().map(Advice::from));
    advice.extend(OneCompletionPerPrompt::find(assessment).map(Advice::from));
    advice.extend(TooFewSamples::find(assessment).map(Advice::from));
    advice.extend(SingleConstraintPrompts::find(assessment).map(Advice::from));
    advice.extend(UnscoredVerdicts::find(assessment).map(Advice::from));
    advice.sort_by_key(|finding| std::cmp::Reverse(finding.severity()));
    advice
}
