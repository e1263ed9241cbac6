//! That prompts, and with them completions, are left out: in the same words for every command.

use crate::report::layout::plural;

/// Says that prompts are left out.
#[must_use]
pub fn left_out_text(prompts: u64, of: u64) -> String {
    let their = if prompts == 1 { "Its" } else { "Their" };
    format!("{prompts} of {of} prompts cannot be used. {their} completions are unscored, and the rest goes on")
}

/// Says that completions are in no figure; `None` where all are.
#[must_use]
pub fn set_aside_text(completions: u64) -> Option<String> {
    let verb = if completions == 1 { "answers a prompt" } else { "answer prompts" };
    let said = || {
        format!(
            "{} {verb} that cannot be used, and {} not in these figures",
            plural(completions, "completion"),
            if completions == 1 { "is" } else { "are" }
        )
    };
    (completions > 0).then(said)
}
