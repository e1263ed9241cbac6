//! One advice rule per file, named like its code. A rule looks at a finished assessment and judges intervals, not point
//! estimates; its thresholds are constants of its file.

mod binary_starves;
mod cannot_tell;
mod constraint_always_met;
mod constraint_never_met;
mod constraints_in_conflict;
mod constraints_redundant;
mod gradient_from_penalty;
mod no_gradient;
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
pub use gradient_from_penalty::GradientFromPenalty;
pub use no_gradient::NoGradient;
pub use one_completion_per_prompt::OneCompletionPerPrompt;
pub use partial_credit_above_critical::PartialCreditAboveCritical;
pub use partial_credit_stalls::{PartialCreditStalls, Stalling};
pub use required_cancels_credit::RequiredCancelsCredit;
pub use reward_ties::RewardTies;
pub use saturated::Saturated;
pub use single_constraint_prompts::SingleConstraintPrompts;
pub use too_few_samples::{Settles, TooFewSamples};
pub use unscored_verdicts::UnscoredVerdicts;
