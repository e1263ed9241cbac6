//! Design, audit and compute verifiable rewards for reinforcement learning of language models.
//!
//! The pipeline in one screen: a [`spec`] is read and validated; [`verify`] judges completions by it in a sandbox; a
//! [`reward::Scheme`] turns outcomes into rewards; [`mod@advise`] says from the outcomes of sampled completions what the reward
//! will do to training; [`report`] renders. Data travels in that direction only.
//!
//! ```
//! use fullmarks::{advise, completion::Completion, reward::Scheme, spec::Document, verdict::Group, verify};
//!
//! let yaml = "
//! fullmarks: 1
//! name: terse
//! constraints:
//!   - {id: short, check: length.max_words, with: {words: 5}}
//!   - {id: polite, check: contains.any, with: {texts: [please, thank you], ignore_case: true}}
//! reward: {scheme: partial, credit: 0.5}
//! ";
//! let document = Document::parse("terse.yaml", yaml.as_bytes())?;
//! let verifier = verify::Verifier::new(&document, verify::Library::builtin()?)?;
//! let plan = verifier.plan(&verify::Row::new())?;
//!
//! let judge = |text: &str| verifier.judge(&plan, &Completion::Text(text.into()));
//! let outcomes = vec![judge("Thank you, all done."), judge("Done."), judge("")];
//! let scheme: Scheme = verifier.task().scheme;
//! let rewards: Vec<_> = outcomes.iter().map(|outcome| scheme.reward(outcome).unwrap().value()).collect();
//! assert_eq!(rewards, [1.0, 0.25, 0.0]);
//!
//! let groups = [Group { prompt: "only".into(), outcomes }];
//! let assessment = advise::advise(&groups, &advise::Settings::default());
//! assert_eq!(assessment.counts.completions, 3);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![cfg_attr(not(test), warn(clippy::unwrap_used))]
#![forbid(unsafe_code)]

pub mod audit;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
pub mod compare;
pub mod completion;
pub mod data;
pub mod probe;
pub mod report;
pub mod scoring;
#[cfg(feature = "serve")]
pub mod serve;
pub mod simulate;
pub mod since;
pub mod source;
pub mod spec;
pub mod task;
pub mod trainer;
pub mod verify;

pub use fullmarks_advisor::{adaptive, advise, checkpoint, monitor, reward, verdict};
#[doc(hidden)]
pub use fullmarks_advisor::{digest, printable};
