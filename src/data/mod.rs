//! Files in, rows out; results in, files out. Formats and nothing else: no judging, no shaping.

mod arrow;
mod bad_rows;
mod bounded;
mod ended;
mod expand;
mod files;
mod json;
mod known_verdicts;
mod layout;
mod log_probs;
mod numbers;
mod open;
mod parquet;
mod part_file;
mod reading;
mod rollout;
mod rows;
mod several;

pub use bad_rows::{BadRow, BadRows, listed, unknown_prompt};
pub use bounded::{Memory, Unread, Want, read_bounded};
pub use ended::{FINISH_REASON, TRUNCATED, endings};
pub use expand::{ExpandError, Expanded};
pub use files::Files;
pub use json::read_json;
pub use known_verdicts::KnownVerdicts;
pub use layout::{Form, Layout, Named};
pub use log_probs::{LogProbs, TOKENS};
pub use open::fingerprint;
pub use part_file::{EarlierLines, PartError, PartFile};
pub use reading::Reading;
pub use rollout::{Keys, RolloutRow, id_text, missing_column, row_id};
pub use rows::{Opened, RawRow, Rows};
