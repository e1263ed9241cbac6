//! Results rendered: text for people, versioned JSON for programs. Rendering only.

mod advise_json;
mod advise_text;
mod checkers;
mod score_line;
mod score_summary;
mod simulate_json;
mod simulate_text;

pub use advise_json::AdviseReport;
pub use advise_text::render as advise_text;
pub use checkers::{checker_list, checker_page};
pub use score_line::{LineVerdict, ScoreLine};
pub use score_summary::{ScoreSummary, Tally};
pub use simulate_json::SimulateReport;
pub use simulate_text::render as simulate_text;
