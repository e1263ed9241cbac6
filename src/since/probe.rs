//! What a report of `probe` says.

use super::{Said, Statement};
use serde_json::Value;

pub(super) fn statement(report: &Value) -> Statement {
    let asked = [
        ("task", &report["task"]),
        ("prompts probed", &report["probed"]),
        ("prompts", &report["prompts"]),
        ("rows from", &report["prompts_from"]),
    ];
    let list = |name: &str| report[name].as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let holes = list("holes");
    let mut says = vec![
        ("nothing to mend".to_owned(), Said::plain(&report["fine"])),
        ("holes".to_owned(), Said::Plain(holes.len().to_string())),
        ("wrong programs that pass".to_owned(), Said::plain(&report["mutants"]["survived"])),
        ("prompts with weak cases".to_owned(), Said::plain(&report["mutants"]["weak_prompts"])),
        ("cases that fail".to_owned(), Said::Plain(list("failures").len().to_string())),
        ("probes that could not be judged".to_owned(), Said::Plain(list("unjudged").len().to_string())),
    ];
    says.extend(
        holes
            .iter()
            .map(|hole| (format!("most that {} earns", text(&hole["probe"])), Said::bare(hole["most"].as_f64()))),
    );
    let hole = |hole: &Value| format!("{HOLE}{}", text(&hole["probe"]));
    let refused = |refusal: &Value| {
        format!("right answer refused by {}: {}", text(&refusal["constraint"]), text(&refusal["form"]))
    };
    Statement {
        asked: asked.into_iter().map(|(what, value)| (what.to_owned(), Said::plain(value))).collect(),
        says,
        findings: holes.iter().map(hole).chain(list("refused").iter().map(refused)).collect(),
    }
}

const HOLE: &str = "hole ";

/// Whether probes of a hole's kind were thrown: one that was left out is not closed.
pub(super) fn looked_for(now: &Value, finding: &str) -> bool {
    let Some((kind, _)) = finding.strip_prefix(HOLE).and_then(|probe| probe.split_once('/')) else { return true };
    now["by_kind"].get(kind).and_then(Value::as_u64).is_some_and(|thrown| thrown > 0)
}
