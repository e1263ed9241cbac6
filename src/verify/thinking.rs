//! Setting the thinking section apart. docs/extract.md has its rules.

mod marks;

use crate::{
    completion::Completion,
    spec::{Thinking, ThinkingMode, ThinkingStyle},
};
use marks::{Mark, marks};

/// What follows the thinking.
///
/// A section that is opened and never closed leaves nothing, so that a policy cannot earn by never answering.
///
/// Of a completion that is known to be `cut`, a section ends only where a closing mark stands as one, and begins at any opening mark that
/// is not quoted: thinking may speak of both.
pub(super) fn answer<'a>(text: &'a str, thinking: &Thinking, cut: bool) -> &'a str {
    match (thinking.mode, thinking.style) {
        (ThinkingMode::None, _) => text,
        (mode, ThinkingStyle::Harmony) => final_message(text, mode == ThinkingMode::Opened),
        (mode, _) => Reading::of(text, thinking, cut).sections(text, mode).0,
    }
}

/// Whether a prompt ends with an opening mark, so that what follows is thinking.
pub(super) fn is_opened_by(prompt: &Completion, thinking: &Thinking) -> bool {
    let Some(before) = prompt.begun().trim_end().strip_suffix(&thinking.open) else { return false };
    // Not where a user speaks of the mark.
    !before.chars().next_back().is_some_and(|last| last.is_alphanumeric() || "'\"`(‘“«".contains(last))
}

/// Whether a completion has no mark of thinking at all.
pub(super) fn is_unmarked(text: &str, thinking: &Thinking) -> bool {
    match thinking.style {
        ThinkingStyle::Harmony => !text.contains("<|channel|>") && !text.trim_start().starts_with("analysis"),
        _ => !text.contains(written(text, &thinking.open)) && !text.contains(written(text, &thinking.close)),
    }
}

/// Whether a closing mark ends thinking that no mark of the completion opened: the chat template did, most likely.
pub(super) fn closes_unopened(text: &str, thinking: &Thinking) -> bool {
    let apart = thinking.mode == ThinkingMode::Marked && thinking.style != ThinkingStyle::Harmony;
    apart && Reading::of(text, thinking, false).sections(text, ThinkingMode::Marked).1
}

/// A mark as a text writes it that does not have the mark itself: in other letters, or with space before its end (`<THINK>`, `<think >`).
fn written<'a>(text: &'a str, mark: &'a str) -> &'a str {
    let (Some(first), Some(last)) = (mark.chars().next(), mark.chars().next_back()) else { return mark };
    if !['>', ']'].contains(&last) || text.contains(mark) {
        return mark;
    }
    let name = &mark[..mark.len() - 1];
    let spelled = |(at, _)| {
        let rest = &text[at..];
        let after =
            rest.get(name.len()..).filter(|_| rest.as_bytes()[..name.len()].eq_ignore_ascii_case(name.as_bytes()))?;
        let end = after.trim_start_matches([' ', '\t']);
        end.starts_with(last).then(|| &rest[..rest.len() - end.len() + 1])
    };
    text.match_indices(first).find_map(spelled).unwrap_or(mark)
}

/// How the marks of a completion are read.
struct Reading<'a> {
    open: &'a str,
    close: &'a str,
    cut: bool,
}

impl<'a> Reading<'a> {
    fn of(text: &'a str, thinking: &'a Thinking, cut: bool) -> Self {
        Self { open: written(text, &thinking.open), close: written(text, &thinking.close), cut }
    }

    /// What follows the last section, and whether one was closed that nothing opened.
    fn sections<'t>(&self, text: &'t str, mode: ThinkingMode) -> (&'t str, bool) {
        let Self { open, close, cut } = *self;
        let mut rest = text;
        // Where it is known that the text was cut, no more than standing marks are trusted from its start.
        let mut within = cut && mode == ThinkingMode::Opened;
        if mode == ThinkingMode::Opened && !cut {
            // A model may write the mark that the template has written.
            let thought = rest.trim_start().strip_prefix(open).unwrap_or(rest);
            match thought.split_once(close) {
                Some((_, after)) => rest = after,
                None => return ("", false),
            }
        }
        while let Some(thought) = rest.trim_start().strip_prefix(open).filter(|_| !cut) {
            match thought.split_once(close) {
                Some((_, after)) => rest = after,
                None => return ("", false),
            }
        }
        // Beyond the start, only what stands as a mark is one.
        let (mut start, mut unopened) = (0, false);
        for (at, mark) in marks(rest, open, close, cut) {
            match mark {
                Mark::Open => within = true,
                Mark::Close => {
                    unopened |= !within;
                    (start, within) = (at + close.len(), false);
                }
            }
        }
        (if within { "" } else { &rest[start..] }, unopened)
    }
}

/// The final message of a conversation in the harmony format. Where the last message is of another channel, there is none.
fn final_message(text: &str, opened: bool) -> &str {
    const CHANNEL: &str = "<|channel|>";
    const MESSAGE: &str = "<|message|>";
    if let Some(at) = text.rfind(CHANNEL) {
        let message = text[at + CHANNEL.len()..].strip_prefix("final").and_then(|rest| rest.split_once(MESSAGE));
        let message = message.map_or("", |(_, message)| message);
        let end =
            ["<|end|>", "<|return|>", "<|start|>", "<|call|>"].iter().filter_map(|token| message.find(token)).min();
        return &message[..end.unwrap_or(message.len())];
    }
    // Decoded without special tokens, the names of the channels are left.
    if text.trim_start().starts_with("analysis") || opened {
        return text.rsplit_once("assistantfinal").map_or("", |(_, message)| message);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    #[test]
    fn the_answer_follows_the_last_closing_mark() {
        let marks = Thinking { open: "<think>".into(), close: "</think>".into(), ..Thinking::default() };
        for (text, expected) in [
            ("plain", "plain"),
            ("<think>hm</think>yes", "yes"),
            ("hm</think>yes", "yes"),
            ("<think>a</think>b<think>c</think>d", "d"),
            ("<think>never closed", ""),
            ("said something<think>never closed", ""),
            ("<think>a</think>b<think>c", ""),
            ("<think></think>", ""),
            ("<THINK>a</THINK>b", "b"),
            ("<Think>a</think >b", "b"),
            ("<think >a</THINK\t>b", "b"),
            ("<THINK>never closed", ""),
            ("a</THINK>b", "b"),
            ("a < b <thinker>", "a < b <thinker>"),
            ("", ""),
        ] {
            assert_eq!(answer(text, &marks, false), expected, "{text}");
        }
    }

    /// Each line: family, mode, style, completion, answer, whether a closing mark was unopened, and why.
    #[test]
    fn completions_of_every_family_have_the_answer_that_a_reader_sees() {
        let table = include_str!("../../tests/data/thinking.jsonl");
        let (mut seen, mut cut) = (0, 0);
        for line in table.lines() {
            let row: Value = serde_json::from_str(line).unwrap_or_else(|why| panic!("{line}: {why}"));
            let text = |name: &str| row[name].as_str().unwrap_or_else(|| panic!("{line}: no {name}"));
            let mode = match text("mode") {
                "marked" => ThinkingMode::Marked,
                "opened" => ThinkingMode::Opened,
                "none" => ThinkingMode::None,
                other => panic!("{other}"),
            };
            let style = ThinkingStyle::ALL.into_iter().find(|style| style.name() == text("style")).unwrap();
            let thinking = Thinking { mode, ..Thinking::of(style) };
            assert_eq!(answer(text("completion"), &thinking, row["cut"] == true).trim(), text("answer"), "{line}");
            assert_eq!(
                closes_unopened(text("completion"), &thinking),
                row["unopened"].as_bool().unwrap_or(false),
                "{line}"
            );
            assert!(!text("why").is_empty() && !text("family").is_empty());
            seen += 1;
            cut += usize::from(row["cut"] == true);
        }
        assert!(seen >= 100 && cut >= 20, "{seen}, {cut}");
    }

    #[test]
    fn repetitions_take_linear_time() {
        for piece in [
            "<think>",
            "</think>",
            "<think></think>",
            "<think>\n",
            "\"<think>",
            "`</think>`",
            "```\n</think>",
            "<",
            "<|channel|>final",
            "<THINK>",
            "<think  ",
        ] {
            let text = piece.repeat((1 << 20) / piece.len());
            for style in ThinkingStyle::ALL {
                for mode in [ThinkingMode::Marked, ThinkingMode::Opened, ThinkingMode::None] {
                    for cut in [false, true] {
                        let _ = answer(&text, &Thinking { mode, ..Thinking::of(style) }, cut);
                    }
                }
            }
        }
    }
}
