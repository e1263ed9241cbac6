//! Prompts by what their groups would teach.

use super::{
    paid,
    text::{id, prose},
};
use crate::{
    advise::{Alike, Assessment, PromptState, State},
    report::words::decision::stay,
    task::Example,
};
use maud::{Markup, html};
use std::collections::HashMap;

/// Prompts listed of each state.
const LISTED: usize = 50;

/// States in which there is nothing to learn, with what they mean; mixed prompts are counted alone.
const SOLVED: (State, &str) = (State::Saturated, "always solved: nothing is left to learn");
const MOST: (State, &str) = (State::Saturated, "every answer earns the most there is");
const NOTHING: (State, &str) = (State::Starved, "every answer earns nothing, or the least there is");
const SAME: (State, &str) = (State::Tied, "every answer earns the same, in between");

/// Completions shown of each state.
const EXAMPLES: usize = 3;

pub(super) fn render(assessment: &Assessment, examples: &[Example]) -> Markup {
    let by_prompt: HashMap<&str, &Example> =
        examples.iter().map(|example| (example.prompt.as_str(), example)).collect();
    let shown = |prompts: &[&PromptState]| -> Vec<&Example> {
        prompts.iter().filter_map(|prompt| by_prompt.get(&*prompt.prompt).copied()).take(EXAMPLES).collect()
    };
    let solved = if assessment.rates.is_some() { SOLVED } else { MOST };
    let idle = [solved, NOTHING, SAME];
    let of = |state: State| -> Vec<&PromptState> {
        assessment.prompts.iter().filter(|prompt| prompt.state == state).collect()
    };
    html! {
        p { (of(State::Mixed).len()) " of " (assessment.prompts.len()) " prompts are mixed: their answers have different rewards." }
        @let mixed = shown(&of(State::Mixed));
        @if !mixed.is_empty() { details { summary { "Some of their completions" } (paid::examples(&mixed)) } }
        @for (state, meaning) in idle {
            @let prompts = of(state);
            @if !prompts.is_empty() {
                details {
                    summary { (state) ": " (prompts.len()) " (" (meaning) (stay(&Alike::among(prompts.iter().copied(), &[state]))) ")" }
                    p { @for prompt in prompts.iter().take(LISTED) { (id(&prompt.prompt)) " " } }
                    (paid::examples(&shown(&prompts)))
                    @if prompts.len() > LISTED { p.note { "and " (prompts.len() - LISTED) " more" } }
                }
            }
        }
        p.note { (prose("All of them, for filtering: `fullmarks advise --prompts-out FILE`.")) }
    }
}
