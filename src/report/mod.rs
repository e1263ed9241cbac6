//! Results rendered: text for people, versioned JSON for programs. Rendering only.

mod advice_page;
mod advise_json;
mod advise_text;
mod advised;
mod audit_json;
mod audit_patterns_json;
mod audit_text;
mod audit_view;
mod checkers;
mod clean;
mod compare_json;
mod compare_text;
mod fix_text;
#[cfg(feature = "pages")]
mod html;
mod layout;
mod left_out;
mod monitor_json;
mod monitor_text;
mod probe_json;
mod probe_text;
mod score_line;
mod score_summary;
mod simulate_json;
mod simulate_text;
mod since;
mod words;

pub use advice_page::advice_page;
pub use advise_json::{AdviseReport, DecisionReport, PromptStateReport, prompts_jsonl};
pub use advise_text::{Detail, render as advise_text};
pub use advised::{Advised, TrainerSettings};
pub use audit_json::AuditReport;
pub use audit_text::render as audit_text;
pub use audit_view::AuditView;
pub use checkers::{checker_list, checker_page};
pub use clean::{Clean, json_line};
pub use compare_json::CompareReport;
pub use compare_text::render as compare_text;
pub use fix_text::{json as fix_json, render as fix_text};
#[cfg(feature = "pages")]
pub use html::{advise_html, audit_html, compare_html, probe_html};
pub use left_out::{LeftOut, LeftOutKind, LeftOutWhy};
pub use monitor_json::MonitorReport;
pub use monitor_text::render as monitor_text;
pub use probe_json::ProbeSpecReport;
pub use probe_text::render as probe_text;
pub use score_line::{LineAdvantage, LineParts, LineVerdict, ScoreLine};
pub use score_summary::{ScoreSummary, Tally};
pub use simulate_json::SimulateReport;
pub use simulate_text::render as simulate_text;
pub use since::{SinceReport, render as since_text};
pub use words::{
    left_out::{left_out_text, set_aside_text},
    thinking::thinking_text,
};
