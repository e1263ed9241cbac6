//! What the marks of thinking in completions say of a spec, in the same words for every command.

use crate::task::ThinkingMarks;

/// Lines for people; none where the marks are as the spec has them.
#[must_use]
pub fn thinking_text(marks: &ThinkingMarks) -> Vec<String> {
    let ThinkingMarks { completions, unopened, cut_within, .. } = *marks;
    // Those that were judged as a whole.
    let (unmarked, cut_unmarked) = (marks.unmarked - cut_within, marks.cut_unmarked - cut_within);
    let mut lines = Vec::new();
    if unopened > 0 {
        lines.push(format!(
            "{unopened} of {completions} completions close a thinking section that nothing in them opened: what stands before it was not \
             judged. If the chat template opens it, set `extract: {{thinking: {{mode: opened}}}}`, so that a completion which is cut \
             within it earns nothing (docs/extract.md)"
        ));
    }
    // Where most of a policy's completions think, those without a mark stand out. Where the template opens it, most may be cut.
    if unmarked > 0 && (unopened > 0 || 2 * unmarked <= completions) {
        let most = if 2 * unmarked <= completions { "most" } else { "others" };
        let known = match cut_unmarked {
            0 => String::new(),
            cut => format!(", {cut} of which were cut at the limit on their length"),
        };
        let (have, were) = if unmarked == 1 { ("has", "it was") } else { ("have", "they were") };
        let advice = match unopened {
            0 => {
                " If the chat template opens thinking, this may be thinking that was cut: set `extract: {thinking: {mode: opened}}` \
                  (docs/extract.md)"
            }
            _ => " They may be thinking that was cut: with `mode: opened` they earn nothing",
        };
        lines.push(format!(
            "{unmarked} of {completions} completions {have} no mark of thinking, though {most} have{known}: {were} judged as a whole.{advice}"
        ));
    }
    if lines.is_empty() && cut_unmarked > 0 {
        let (were, have, they) = if cut_unmarked == 1 { ("was", "has", "it") } else { ("were", "have", "they") };
        lines.push(format!(
            "{cut_unmarked} of {completions} completions {were} cut at the limit on their length and {have} no mark of thinking. If the chat \
             template opens thinking, {they} may be thoughts that were judged as answers: set `extract: {{thinking: {{mode: opened}}}}`. If the \
             policy does not think, set `mode: none` (docs/extract.md)"
        ));
    }
    lines
}
