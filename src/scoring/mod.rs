//! Rows in, scored rows out, in order: drives verify and reward over files of any length, on all threads.

mod by_place;
mod cases;
mod chunks;
mod grouping;
mod intake;
mod places;
mod reader;
mod rewards;
mod score;
mod stream;
mod training_log;

pub use cases::{CaseFailure, CaseReport, run_cases};
pub use chunks::{CHUNK_BYTES, CHUNK_ROWS, in_order};
pub use grouping::Grouping;
pub use intake::Intake;
pub use rewards::{RewardColumns, RewardGrouping, RewardRow};
pub use score::{Part, ScoredRow, Scorer, VerdictSource};
pub use stream::{Cutting, Streamed, stream};
pub use training_log::{LogColumns, LogRow, TrainingLog};
