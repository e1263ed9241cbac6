//! What a report of `audit` says.

use super::{Said, Statement};
use serde_json::Value;

pub(super) fn statement(report: &Value) -> Statement {
    let asked = [
        ("truth", "truth"),
        ("mass", "mass"),
        ("algorithm", "algorithm"),
        ("prompts", "prompts"),
        ("completions", "completions"),
    ];
    let metric = report["ranked_by"].as_str().unwrap_or_default();
    let proxies = || report["proxies"].as_array().into_iter().flatten();
    let name = |proxy: &Value| proxy["name"].as_str().unwrap_or("unnamed").to_owned();
    let first = proxies().next().map_or_else(|| "none".to_owned(), name);
    let mut says = vec![
        ("ranked by".to_owned(), Said::plain(&report["ranked_by"])),
        ("first in the ranking".to_owned(), Said::Plain(first)),
    ];
    let mut findings = Vec::new();
    for proxy in proxies() {
        let name = name(proxy);
        says.push((format!("{metric} of {name}"), Said::number(&proxy["metrics"][metric])));
        let harmful = proxy["errors"]["by_dynamics"]["harmful"]["mass"].as_f64();
        says.push((format!("policy touched by harmful errors of {name}"), Said::bare(harmful)));
        if harmful.is_some_and(|mass| mass > 0.0) {
            findings.push(format!("{HARMFUL}{name}"));
        }
    }
    Statement {
        asked: asked.into_iter().map(|(what, field)| (what.to_owned(), Said::plain(&report[field]))).collect(),
        says,
        findings: findings.into_iter().collect(),
    }
}

const HARMFUL: &str = "harmful errors of ";

/// Whether a proxy's errors were classified: one that was left out, or that does not rise with the truth, is not mended.
pub(super) fn looked_for(now: &Value, finding: &str) -> bool {
    let Some(name) = finding.strip_prefix(HARMFUL) else { return true };
    let mut proxies = now["proxies"].as_array().into_iter().flatten();
    proxies.any(|proxy| proxy["name"].as_str().unwrap_or("unnamed") == name && !proxy["errors"].is_null())
}
