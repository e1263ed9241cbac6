//! Setting the thinking section apart.

use crate::spec::Thinking;

/// What follows the thinking section: all that comes after the last closing mark.
///
/// A section that is opened and never closed leaves nothing, so that a policy cannot earn by never answering. A closing
/// mark without an opening one counts too: chat templates often open the section themselves.
pub(super) fn answer<'a>(text: &'a str, marks: &Thinking) -> &'a str {
    let after = text.rfind(&marks.close).map_or(text, |at| &text[at + marks.close.len()..]);
    if after.contains(&marks.open) { "" } else { after }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_follows_the_last_closing_mark() {
        let marks = Thinking { open: "<think>".into(), close: "</think>".into() };
        for (text, expected) in [
            ("plain", "plain"),
            ("<think>hm</think>yes", "yes"),
            ("hm</think>yes", "yes"),
            ("<think>a</think>b<think>c</think>d", "d"),
            ("<think>never closed", ""),
            ("said something<think>never closed", ""),
            ("<think>a</think>b<think>c", ""),
            ("<think></think>", ""),
            ("", ""),
        ] {
            assert_eq!(answer(text, &marks), expected, "{text}");
        }
    }
}
