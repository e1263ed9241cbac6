//! verdicts → advice: pure statistics over groups of outcomes. No input or output, no clock; the seed is explicit and
//! the answer is the same on any number of threads.
//!
//! Prompts are the sampling unit throughout: completions of one prompt resemble each other, so a thousand completions
//! of ten prompts say little about an eleventh. Only verdicts are seen here: duplicated completions look like
//! independent ones.

mod advice;
mod assess;
mod assessment;
mod attribution;
mod bad_request;
mod counts;
#[cfg(test)]
mod coverage;
mod critical_credit;
mod decide;
mod decision;
#[cfg(test)]
mod decisions;
#[cfg(test)]
mod degenerate;
mod dependence;
pub mod dynamics;
mod families;
mod findings;
pub mod forecast;
mod grown;
#[cfg(test)]
mod one_story;
mod paid;
mod pass_at;
mod percent;
mod rates;
mod request;
mod rewards;
pub mod rules;
mod settings;
mod settle;
mod signal;
mod states;
pub mod stats;
mod summary;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;

pub use advice::{Advice, Evidence, Severity, Value};
pub use assess::{advise, advise_with_forecast};
pub use assessment::{Assessment, Nothing};
pub use attribution::{AttributedPart, Attribution, PartKind, PaysBy};
pub use bad_request::BadRequest;
pub use counts::{Counts, Spread};
pub use critical_credit::{CriticalCredit, Undefined, critical_credit};
pub use decision::{Answer, Decision, Fix, Pick, Unsettled};
pub use dependence::{Dependence, FullIfIndependent, Mean, Pair, Tie};
pub use dynamics::Algorithm;
pub use families::FamilyRate;
pub use grown::PilotGrowth;
pub use paid::{Paid, PaidRewards};
pub use pass_at::PassAt;
pub use percent::Percent;
pub use rates::{Rate, Rates};
pub use request::Request;
pub use rewards::{RewardAssessment, RewardGroup, RewardLog, RewardSignal, usual_size};
pub use settings::{BadSettings, Price, Settings, Sgd};
pub use signal::{Basis, Signal};
pub use states::{Alike, PromptState, State};
pub use stats::Share;
