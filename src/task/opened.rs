//! Thinking that a prompt has opened: chat templates end with the mark, and a completion then goes on within the section.

use super::{Bound, Task};
use crate::{completion::Ended, spec::ThinkingMode, verify::Plan};
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

impl Task {
    /// The mark that opens thinking, where the prompt as the policy read it ends in it. Put before a completion, it says where that begins:
    /// what is cut while the policy thinks is no answer. `None` also where the spec says that nothing is thinking.
    #[must_use]
    pub fn opened_by(&self, prompt: &str) -> Option<&str> {
        let thinking = &self.spec().extract.thinking;
        let opened = thinking.mode != ThinkingMode::None && self.verifier.is_opened_by(prompt);
        opened.then_some(&thinking.open)
    }

    /// The prompts of a batch whose completions show that the template opens thinking, by the address of their plan. Asked only of those
    /// that have a completion which was cut.
    pub(super) fn opened_plans(&self, batch: &Bound) -> HashSet<usize> {
        if batch.samples.iter().all(|sample| sample.ended != Ended::Cut) {
            return HashSet::new();
        }
        let mut of_prompt: HashMap<usize, Vec<usize>> = HashMap::new();
        for (at, plan) in batch.plans.iter().enumerate() {
            of_prompt.entry(address(plan)).or_default().push(at);
        }
        of_prompt.retain(|_, places| {
            let samples = places.iter().map(|at| &batch.samples[*at]);
            let ended = samples.map(|sample| (&sample.completion, sample.ended));
            self.verifier.shows_opened(&batch.plans[places[0]], ended)
        });
        of_prompt.into_keys().collect()
    }
}

/// What tells a batch's plans apart.
pub(super) fn address(plan: &Arc<Plan>) -> usize {
    Arc::as_ptr(plan).addr()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::task::Source;

    #[test]
    fn a_prompt_opens_thinking_by_the_mark_of_the_spec_at_its_end() {
        let task = |thinking: &str| {
            let yaml = format!(
                "fullmarks: 1\nname: t\nextract: {{thinking: {thinking}}}\nconstraints: [{{check: json.valid}}]\nreward: {{scheme: binary}}\n"
            );
            Task::load(Source::from_yaml(&yaml)).unwrap()
        };
        let marked = task("{mode: marked}");
        assert_eq!(marked.opened_by("Hi<|assistant|><think>\n"), Some("<think>"));
        for prompt in ["Hi", "", "<think>\n\n</think>\n\n", "Write <think> first.", "End with `<think>"] {
            assert_eq!(marked.opened_by(prompt), None, "{prompt}");
        }
        assert_eq!(task("{mode: opened}").opened_by("Hi\n<think>"), Some("<think>"));
        assert_eq!(task("{mode: none}").opened_by("Hi<think>"), None);
        let magistral = task("{style: magistral}");
        assert_eq!((magistral.opened_by("[THINK]"), magistral.opened_by("<think>")), (Some("[THINK]"), None));
    }
}
