//! Prompts by what their groups would teach.

use super::text::{id, prose};
use crate::advise::{Assessment, PromptState, State};
use maud::{Markup, html};

/// Prompts listed of each state.
const LISTED: usize = 50;

/// States in which there is nothing to learn, with what they mean; mixed prompts are counted alone.
const IDLE: [(State, &str); 3] = [
    (State::Saturated, "always solved: nothing is left to learn"),
    (State::Starved, "every answer earns nothing"),
    (State::Tied, "every answer earns the same, in between"),
];

pub(super) fn render(assessment: &Assessment) -> Markup {
    let of = |state: State| -> Vec<&PromptState> {
        assessment.prompts.iter().filter(|prompt| prompt.state == state).collect()
    };
    html! {
        p { (of(State::Mixed).len()) " of " (assessment.prompts.len()) " prompts have answers with different rewards." }
        @for (state, meaning) in IDLE {
            @let prompts = of(state);
            @if !prompts.is_empty() {
                details {
                    summary { (state) ": " (prompts.len()) " (" (meaning) ")" }
                    p { @for prompt in prompts.iter().take(LISTED) { (id(&prompt.prompt)) " " } }
                    @if prompts.len() > LISTED { p.note { "and " (prompts.len() - LISTED) " more" } }
                }
            }
        }
        p.note { (prose("All of them, for filtering: `fullmarks advise --prompts-out FILE`.")) }
    }
}
