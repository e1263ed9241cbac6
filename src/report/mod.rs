//! Results rendered: text for people, versioned JSON for programs. Rendering only.

mod checkers;
mod score_line;
mod score_summary;

pub use checkers::{checker_list, checker_page};
pub use score_line::{LineVerdict, ScoreLine};
pub use score_summary::{ScoreSummary, Tally};
