//! Results as one self-contained HTML file: no script, nothing fetched, light and dark, made to be printed too.
//!
//! What a policy or a file wrote goes through [`text`], which shows what would be invisible; everything is escaped by `maud`.

mod advise;
mod audit;
mod bars;
mod compare;
mod curves;
mod errors;
mod figure;
mod findings;
mod flips;
mod heat_map;
mod page;
mod paid;
mod plot;
mod probe;
mod prompts;
mod rates;
mod signal;
#[cfg(test)]
mod tests;
mod text;

pub use advise::render as advise_html;
pub use audit::render as audit_html;
pub use compare::render as compare_html;
pub use probe::render as probe_html;
