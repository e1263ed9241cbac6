//! How to close a hole.

use crate::spec::ProbeFamily;

/// What a probe met and what it did not, as far as the remedy depends on it.
pub(super) struct Met<'a> {
    /// Constraints that it meets.
    pub(super) passed: &'a [String],
    /// Constraints that it does not meet.
    pub(super) failed: &'a [String],
    /// Whether any constraint runs code against cases or tests.
    pub(super) runs_code: bool,
    /// Whether a case of those is hidden.
    pub(super) hides: bool,
}

/// What to change in the spec so that a probe of this kind earns nothing.
pub(super) fn remedy(family: ProbeFamily, met: &Met<'_>) -> String {
    if !met.failed.is_empty() {
        let (passed, failed) = (list(met.passed), list(met.failed));
        return format!(
            "it meets {passed} without doing the task, and fails {failed}: make {passed} ask for something that only a right answer has"
        );
    }
    let declare = |family: ProbeFamily| {
        format!("or declare it: `cases: {{allow: [{{probes: [{family}], max_reward: 1, why: …}}]}}`")
    };
    match family {
        ProbeFamily::Empty => "add a constraint that needs text, such as `length.min_words`".into(),
        ProbeFamily::Thinking => {
            "judge the answer and not all of the completion (`on: answer`), and name your marks under \
             `extract: {thinking: …}`"
                .into()
        }
        ProbeFamily::Trivial => format!(
            "a fixed answer meets everything: add a constraint whose parameters come from the prompt (`{{column: …}}`), \
             {}",
            declare(family)
        ),
        ProbeFamily::Echo => format!(
            "the prompt itself meets everything: forbid a telling piece of it with `contains.none`, limit the length, {}",
            declare(family)
        ),
        ProbeFamily::Stuffing => format!(
            "naming everything meets everything: ask for the answer alone (`text.equals`, or an anchored `regex.matches`), or limit \
             it with `length.max_words`, {}",
            declare(family)
        ),
        ProbeFamily::Junk => format!(
            "the constraints ask for form alone: add one that only a right answer meets, {}",
            declare(family)
        ),
        ProbeFamily::Blocks | ProbeFamily::Constant | ProbeFamily::Exploit if !met.runs_code => {
            "no constraint runs the code: add `python.calls`, `python.stdio` or `python.tests`, `required: true`".into()
        }
        ProbeFamily::Blocks => {
            "one of several blocks is right by chance: pick one by what it defines (`extract: {pick: {defines: NAME}}`), and \
             add cases that a guess fails"
                .into()
        }
        ProbeFamily::Mutant => {
            "no case tells these from a right answer: add those inputs to the cases; `fullmarks probe SPEC --fix` writes them. If the \
             task does not admit such inputs, the mutant is as good as the answer"
                .into()
        }
        ProbeFamily::Constant => "every case expects the same: add cases with other results".into(),
        ProbeFamily::HardCoded if !met.hides => format!(
            "a table of the cases passes: mark some of them `hidden: true`, or add `hidden_cases`, {}",
            declare(family)
        ),
        ProbeFamily::HardCoded => {
            "the hidden cases only repeat those that are shown: add some with other arguments and results".into()
        }
        ProbeFamily::Exploit => {
            "the code decides its own verdict: compare plain values with `python.calls` or `python.stdio`, and report this".into()
        }
    }
}

fn list(ids: &[String]) -> String {
    match ids {
        [] => "nothing".into(),
        [only] => format!("`{only}`"),
        several => several.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", "),
    }
}
