//! A small problem as YAML → what its rewards make of the policy: exact and sampled policy-gradient dynamics. Pure; the
//! seed is explicit, and the answer is the same on any number of threads.

mod band;
mod document;
mod problem;
mod progress;
mod record;
mod run;
mod validate;

pub use band::Band;
pub use document::schema;
pub use problem::{Problem, Sampled, Update};
pub use progress::{Held, Progress, SHARES};
pub use record::Record;
pub use run::{Draws, DrawsRecord, Simulated, simulate};
