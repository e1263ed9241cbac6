//! What a report of `advise` says.

use super::{Said, Statement};
use serde_json::Value;

pub(super) fn statement(report: &Value) -> Statement {
    let (decision, settings, counts) = (&report["decision"], &report["settings"], &report["counts"]);
    let rival = scheme_of(&report["forecast"]["rival"]).map_or(Value::Null, Value::from);
    let asked = [
        ("scheme beside binary", &rival),
        ("group size", &settings["group_size"]),
        ("algorithm", &settings["algorithm"]),
        ("KL coefficient", &settings["kl"]),
        ("confidence level", &settings["level"]),
        ("prompts", &counts["prompts"]),
        ("completions", &counts["completions"]),
    ];
    let says = [
        ("decision", Said::Plain(answer(decision))),
        ("scheme", Said::Plain(scheme(decision))),
        ("wasted groups", Said::share(&decision["wasted"])),
        ("pass rate", Said::share(&report["rates"]["all"]["full"])),
    ];
    let codes = report["advice"].as_array().into_iter().flatten();
    Statement {
        asked: asked.into_iter().map(|(what, value)| (what.to_owned(), Said::plain(value))).collect(),
        says: says.into_iter().map(|(what, said)| (what.to_owned(), said)).collect(),
        findings: codes.filter_map(|advice| advice["code"].as_str()).map(str::to_owned).collect(),
    }
}

fn answer(decision: &Value) -> String {
    let answer = decision["answer"].as_str().unwrap_or("unknown");
    match decision["fix"].as_str() {
        Some(fix) => format!("{answer} ({fix})"),
        None => answer.to_owned(),
    }
}

/// A scheme with its credit.
fn scheme_of(scheme: &Value) -> Option<String> {
    let name = scheme["name"].as_str()?;
    let credit = scheme["credit"].as_f64().filter(|credit| *credit < 1.0);
    Some(credit.map_or_else(|| name.to_owned(), |credit| format!("{name}, credit {credit}")))
}

fn scheme(decision: &Value) -> String {
    let any = decision["any"].as_bool().unwrap_or(false);
    scheme_of(&decision["scheme"]).unwrap_or_else(|| if any { "any".to_owned() } else { "not named".to_owned() })
}
