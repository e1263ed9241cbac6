//! Keys that people write for others, from other tools and from memory.

use crate::source::{Given, Means, Slip, Slips, Within, Wrapped};

pub(super) const SLIPS: Slips = Slips { keys, values };

/// What a value of the wrong type was meant for.
fn values(key: &str, given: Given<'_>) -> Option<Wrapped> {
    let wrapped = |help: String, within| Some(Wrapped { help, within });
    match (key, given) {
        ("reward", Given::Plain(scheme)) => {
            wrapped(format!("write `reward: {{scheme: {scheme}}}`"), Within::Key("scheme"))
        }
        ("prompts", Given::Plain(file)) => wrapped(format!("write `prompts: {{file: {file}}}`"), Within::Key("file")),
        ("extract", Given::Plain(code)) => wrapped(format!("write `extract: {{code: {code}}}`"), Within::Key("code")),
        ("thinking", Given::Plain(mode @ ("none" | "marked" | "opened"))) => {
            wrapped(format!("write `thinking: {{mode: {mode}}}`"), Within::Key("mode"))
        }
        ("thinking", Given::Plain("false")) => wrapped("write `thinking: {mode: none}`".into(), Within::Nothing),
        ("thinking", Given::Plain(style)) => {
            wrapped(format!("write `thinking: {{style: {style}}}`"), Within::Key("style"))
        }
        ("end_tokens", Given::List) => wrapped("write `end_tokens: {also: [TOKEN]}`".into(), Within::Key("also")),
        ("end_tokens", Given::Plain("false")) => wrapped("write `end_tokens: {known: false}`".into(), Within::Nothing),
        ("end_tokens", Given::Plain(token)) => {
            wrapped(format!("write `end_tokens: {{also: [\"{token}\"]}}`"), Within::Nothing)
        }
        ("constraints", Given::Pairs) => {
            wrapped("it is a list: begin each constraint with a hyphen, `- check: …`".into(), Within::Items)
        }
        ("constraints", Given::Plain(check)) => {
            wrapped(format!("write each constraint as an item: `- check: {check}`"), Within::Nothing)
        }
        ("checkers", Given::Plain(file)) => {
            wrapped(format!("write `{{module: {file}, sha256: …}}`"), Within::Key("module"))
        }
        ("advantage", Given::Plain(by)) => wrapped(format!("write `advantage: {{by: {by}}}`"), Within::Key("by")),
        ("penalty", Given::Plain(_)) => {
            wrapped("write `penalty: {overlong: {max: …, at_most: …}}`".into(), Within::Nothing)
        }
        ("limits", Given::Plain(_)) => {
            wrapped("write for example `limits: {time: 2s, memory: 128MiB}`".into(), Within::Nothing)
        }
        ("with", Given::Plain(_) | Given::List) => {
            let help = "parameters have names: `with: {NAME: VALUE}`; `fullmarks checkers show ID` lists them";
            wrapped(help.into(), Within::Nothing)
        }
        ("cases", Given::List) => wrapped("write `cases: {accept: […], reject: […]}`".into(), Within::Key("accept")),
        ("allow", Given::Pairs) => {
            wrapped("it is a list: write `- {probes: …, max_reward: …, why: …}`".into(), Within::Nothing)
        }
        ("scheme", Given::List) => wrapped("a task has one scheme: write it without brackets".into(), Within::Nothing),
        ("scheme", Given::Pairs) => wrapped(
            "settings of a scheme stand beside it: `reward: {scheme: partial, credit: 0.5}`".into(),
            Within::Nothing,
        ),
        ("check" | "id" | "on" | "file" | "module" | "prompt" | "name", Given::List) => {
            wrapped("write one text, without brackets".into(), Within::Nothing)
        }
        _ => None,
    }
}

/// What an unknown key of a spec was meant for.
fn keys(key: &str, known: &[&str]) -> Option<Slip> {
    let slip = |name, help: String| Some(Slip { help, means: Means::Key(name) });
    let constraint = known.contains(&"check");
    match key {
        "params" | "parameters" | "param" | "args" | "arguments" | "kwargs" | "options" if constraint => {
            slip("with", "parameters stand under `with`".into())
        }
        "name" | "label" if constraint => slip("id", "the name of a constraint is its `id`".into()),
        "type" | "kind" | "checker" | "cheker" | "chekcer" | "rule" | "constraint" if constraint => {
            slip("check", "the checker stands under `check`".into())
        }
        "view" | "target" if constraint => slip("on", "what is judged stands under `on`".into()),
        // An id of a checker in the place of a key: `- length.max_words: 60`.
        _ if constraint && key.contains(['.', ':']) => {
            let help = format!("write `check: {key}`, and its parameters under `with`");
            Some(Slip { help, means: Means::Value("check") })
        }
        "version" | "format" if known.contains(&"fullmarks") => {
            slip("fullmarks", "the version of the format is `fullmarks: 1`".into())
        }
        _ => None,
    }
}
