//! Keys that people write for others, from other tools and from memory.

use crate::source::{Means, Slip};

/// What an unknown key of a spec was meant for.
pub(super) fn slips(key: &str, known: &[&str]) -> Option<Slip> {
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
