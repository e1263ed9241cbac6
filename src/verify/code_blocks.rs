//! Code in an answer: its fenced blocks, as CommonMark defines them.

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
use std::borrow::Cow;

/// Which blocks are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted<'a> {
    First,
    Last,
    All,
    /// The last that defines this function or class.
    Defining(&'a str),
}

/// The code of the fenced blocks in `language`, or in no named language; empty when there is none. With `bare`, an answer
/// without any fence is code as a whole.
///
/// A fence that is never closed runs to the end of the text, as CommonMark says.
pub(super) fn code(answer: &str, language: &str, wanted: Wanted<'_>, bare: bool) -> String {
    let (mut blocks, fenced) = blocks(answer, language);
    if bare && !fenced {
        return answer.to_owned();
    }
    match wanted {
        Wanted::First => blocks.into_iter().next().unwrap_or_default(),
        Wanted::Last => blocks.pop().unwrap_or_default(),
        Wanted::All => blocks.join("\n"),
        Wanted::Defining(name) => blocks.into_iter().rfind(|block| defines(block, name)).unwrap_or_default(),
    }
}

/// Whether a line at the left margin defines the name, as far as can be told without a parser.
fn defines(block: &str, name: &str) -> bool {
    let is_it = |rest: &str| {
        let after = rest.trim_start().strip_prefix(name);
        after
            .filter(|after| !after.starts_with(|next: char| next.is_alphanumeric() || next == '_'))
            .map(|after| after.trim_start().to_owned())
    };
    block.lines().any(|line| {
        let line = line.strip_prefix("async ").unwrap_or(line);
        match line.strip_prefix("def ").or_else(|| line.strip_prefix("class ")) {
            Some(rest) => is_it(rest).is_some(),
            None => is_it(line)
                .is_some_and(|rest| !line.starts_with(' ') && rest.starts_with('=') && !rest.starts_with("==")),
        }
    })
}

/// The blocks, and whether the text has any fence at all.
pub(super) fn blocks(answer: &str, language: &str) -> (Vec<String>, bool) {
    let mut blocks = Vec::new();
    let mut open: Option<String> = None;
    let mut fenced = false;
    for event in Parser::new(&without_tags(answer)) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                fenced = true;
                open = is_language(&info, language).then(String::new);
            }
            Event::Text(text) => {
                if let Some(block) = &mut open {
                    block.push_str(&text);
                }
            }
            Event::End(TagEnd::CodeBlock) => blocks.extend(open.take()),
            _ => {}
        }
    }
    (blocks, fenced)
}

/// The text with every line that is nothing but a tag emptied, outside fences: right below one, CommonMark sees HTML and no
/// fence, but models wrap their answers in tags.
fn without_tags(text: &str) -> Cow<'_, str> {
    let is_tag = |line: &str| {
        let inner = line.trim().strip_prefix('<').and_then(|line| line.strip_suffix('>'));
        let name = inner.map(|inner| inner.strip_prefix('/').unwrap_or(inner));
        name.is_some_and(|name| {
            name.starts_with(|first: char| first.is_ascii_alphabetic())
                && name.chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c))
        })
    };
    if !text.lines().any(is_tag) {
        return Cow::Borrowed(text);
    }
    let mut fence: Option<&str> = None;
    let mut kept = String::new();
    for line in text.split_inclusive('\n') {
        let start = line.trim_start();
        let marks = start.len() - start.trim_start_matches(['`', '~']).len();
        let mark = &start[..marks];
        match fence {
            Some(open) if mark.starts_with(open) && start[marks..].trim().is_empty() => fence = None,
            None if marks >= 3 => fence = Some(mark),
            _ => {}
        }
        if fence.is_none() && is_tag(line) {
            kept.push('\n');
        } else {
            kept.push_str(line);
        }
    }
    Cow::Owned(kept)
}

/// Whether a fence's info string names the language: its first word, also when written `{python}`, `{.python}` or
/// `python,ignore`.
fn is_language(info: &str, language: &str) -> bool {
    let word = info.trim_start_matches(['{', '.']).split(|c: char| c.is_whitespace() || ",}".contains(c)).next();
    match word.unwrap_or("") {
        "" => true,
        word => canonical(word) == canonical(language),
    }
}

/// One name for the languages people abbreviate.
fn canonical(name: &str) -> String {
    let name = name.to_ascii_lowercase();
    let full = match name.as_str() {
        "py" | "py3" | "python3" | "ipython" | "ipython3" => "python",
        "js" | "node" => "javascript",
        "ts" => "typescript",
        "rs" => "rust",
        "sh" | "shell" | "zsh" => "bash",
        "c++" | "cc" => "cpp",
        "yml" => "yaml",
        _ => return name,
    };
    full.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: &str = "First:\n```python\na = 1\n```\nthen\n~~~ py\nb = 2\n~~~\nand\n```json\n{}\n```\n";

    #[test]
    fn blocks_are_picked_by_language_and_place() {
        assert_eq!(code(TWO, "python", Wanted::First, false), "a = 1\n");
        assert_eq!(code(TWO, "python", Wanted::Last, false), "b = 2\n");
        assert_eq!(code(TWO, "python", Wanted::All, false), "a = 1\n\nb = 2\n");
        assert_eq!(code(TWO, "JSON", Wanted::Last, false), "{}\n");
        assert_eq!(code(TWO, "rust", Wanted::Last, false), "");
    }

    #[test]
    fn fences_without_language_and_without_end_count() {
        assert_eq!(code("```\nx\n```", "python", Wanted::Last, false), "x\n");
        assert_eq!(code("```python\nx\n", "python", Wanted::Last, false), "x\n");
        assert_eq!(code("no code here", "python", Wanted::Last, false), "");
        assert_eq!(code("no code here", "python", Wanted::Last, true), "no code here");
        assert_eq!(code("```json\n1\n```", "python", Wanted::Last, true), "");
        assert_eq!(code("    indented, not fenced", "python", Wanted::Last, false), "");
    }

    #[test]
    fn tags_around_a_fence_hide_nothing() {
        let text = "<answer>\n```html\n<p>\n```\n```python\nx = 1\n\ny = 2\n```\n</answer>\n";
        assert_eq!(code(text, "python", Wanted::Last, false), "x = 1\n\ny = 2\n");
        assert_eq!(code(text, "html", Wanted::Last, false), "<p>\n");
    }

    #[test]
    fn a_block_is_picked_by_what_it_defines() {
        let text = "```python\ndef f(x):\n    return 1\n```\n```python\ndef f2(): pass\ng = lambda: 0\n```\n";
        for (name, starts) in [("f", "def f(x)"), ("f2", "def f2"), ("g", "def f2")] {
            assert!(code(text, "python", Wanted::Defining(name), false).starts_with(starts), "{name}");
        }
        assert_eq!(code(text, "python", Wanted::Defining("h"), false), "");
    }
}
