//! A reward against the truth: which of its mistakes matter, and how well it ranks. [`audit()`] is pure: sampled completions in,
//! with what they are truly worth and what each proxy pays; no input or output, no clock; the seed is explicit and the answer is
//! the same on any number of threads. [`SampleReader`] makes samples of rows.
//!
//! Prompts are the sampling unit, as in [`mod@crate::advise`].

mod alignment;
mod attraction;
mod bootstrap;
mod category;
mod comparisons;
mod counterfactual;
mod errors;
mod features;
mod measure;
mod metric;
mod outputs;
mod own;
mod patterns;
mod prediction;
mod ranking;
mod reader;
mod report;
mod samples;
mod scale;
mod settings;
mod spread;
#[cfg(test)]
mod tests;

pub use attraction::Attraction;
pub use category::Category;
pub use comparisons::Comparisons;
pub use errors::{Beside, Count, ErrorExample, Errors};
pub use features::{Feature, OF_TEXTS, features_of};
pub use measure::Measure;
pub use metric::Metric;
pub use own::Own;
pub use patterns::{Pattern, Test};
pub use prediction::{Prediction, regret, spearman};
pub use ranking::{Chance, Finding, Rises};
pub use reader::{RewardSource, SampleReader, SampledRow, Sampling};
pub use report::{Audit, AuditCounts, ProxyAudit, audit};
pub use samples::{Mass, PromptSamples, Sample};
pub use scale::{Scale, Scaling};
pub use settings::{AuditSettings, BadAuditSettings};
