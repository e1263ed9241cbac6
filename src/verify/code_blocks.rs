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
fn blocks(answer: &str, language: &str) -> (Vec<String>, bool) {
    let mut blocks = Vec::new();
    let mut open: Option<String> = None;
    let (mut fenced, mut labelled) = (false, false);
    let answer = shallow(answer);
    for event in Parser::new(&without_tags(&answer)) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                fenced = true;
                labelled = !info.trim().is_empty();
                open = is_language(&info, language).then(String::new);
            }
            Event::Text(text) => {
                if let Some(block) = &mut open {
                    block.push_str(&text);
                }
            }
            Event::End(TagEnd::CodeBlock) => blocks.extend(open.take().map(|block| (labelled, block))),
            _ => {}
        }
    }
    // What has no language is taken for it only where nothing has: beside a program it is most often its output.
    let named = blocks.iter().any(|(labelled, _)| *labelled);
    let blocks = blocks.into_iter().filter(|(labelled, _)| *labelled == named);
    let blocks = blocks.map(|(_, block)| block.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(block)).collect();
    (blocks, fenced)
}

/// Quotes and lists within each other that a line may open. CommonMark looks at all of them again on each further line, so that without a
/// limit a completion could make that take the square of its length.
const NESTED: usize = 256;

/// The text without the marks of quotes and lists beyond [`NESTED`] at the start of a line.
fn shallow(text: &str) -> Cow<'_, str> {
    if !text.lines().any(|line| beyond(line).is_some()) {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        match beyond(line) {
            Some((at, after)) => kept.extend([&line[..at], &line[after..]]),
            None => kept.push_str(line),
        }
    }
    Cow::Owned(kept)
}

/// Where the marks beyond [`NESTED`] begin and end, if a line has so many.
fn beyond(line: &str) -> Option<(usize, usize)> {
    let (mut rest, mut marks, mut limit) = (line.trim_start_matches([' ', '\t']), 0, 0);
    while let Some(after) = after_mark(rest) {
        marks += 1;
        rest = after.trim_start_matches([' ', '\t']);
        if marks == NESTED {
            limit = line.len() - rest.len();
        }
    }
    (marks > NESTED).then(|| (limit, line.len() - rest.len()))
}

/// What follows the mark of a quote or a list item that a text begins with.
fn after_mark(text: &str) -> Option<&str> {
    if let Some(quoted) = text.strip_prefix('>') {
        return Some(quoted);
    }
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let item = match digits {
        0 => text.strip_prefix(['-', '+', '*']),
        1..=9 => text[digits..].strip_prefix(['.', ')']),
        _ => None,
    };
    item.filter(|item| item.starts_with([' ', '\t']))
}

/// The tags without attributes that a line begins with, and what follows them, white space at the start left out.
fn leading_tags(line: &str) -> (&str, &str) {
    let mut rest = line.trim_start();
    while let Some((name, after)) = rest.strip_prefix('<').and_then(|inner| inner.split_once('>')) {
        let name = name.strip_prefix('/').unwrap_or(name);
        let is_name = name.starts_with(|first: char| first.is_ascii_alphabetic())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c));
        if !is_name {
            break;
        }
        rest = after.trim_start();
    }
    (line[..line.len() - rest.len()].trim_start(), rest)
}

/// The text with every line that is nothing but a tag emptied, outside fences: right below one, CommonMark sees HTML and no
/// fence, but models wrap their answers in tags.
fn without_tags(text: &str) -> Cow<'_, str> {
    if !text.contains('<') {
        return Cow::Borrowed(text);
    }
    let mut fence: Option<&str> = None;
    let mut kept = String::new();
    for line in text.split_inclusive('\n') {
        let (tags, start) = if fence.is_some() { ("", line.trim_start()) } else { leading_tags(line) };
        // Indented further, it is no fence.
        let marks = if line.starts_with("    ") { 0 } else { start.len() - start.trim_start_matches(['`', '~']).len() };
        let (mark, rest) = start.split_at(marks);
        match fence {
            Some(open) if mark.starts_with(open) && leading_tags(rest).1.is_empty() => {
                fence = None;
                kept.push_str(if rest.trim().is_empty() { line } else { mark });
                kept.push_str(if rest.trim().is_empty() { "" } else { "\n" });
            }
            Some(_) => kept.push_str(line),
            None if marks >= 3 => {
                fence = Some(mark);
                kept.push_str(if tags.is_empty() { line } else { start });
            }
            None => kept.push_str(if !tags.is_empty() && start.is_empty() { "\n" } else { line }),
        }
    }
    Cow::Owned(kept)
}

/// Whether a fence's info string names the language: its first word, also when written `{python}`, `{.python}` or
/// `python,ignore`.
fn is_language(info: &str, language: &str) -> bool {
    let word = info.trim_start_matches(['{', '.']).split(|c: char| c.is_whitespace() || ",}:;".contains(c)).next();
    match word.unwrap_or("") {
        "" => true,
        word => canonical(word) == canonical(language),
    }
}

/// One name for the languages people abbreviate.
fn canonical(name: &str) -> String {
    let name = name.to_ascii_lowercase();
    // `python3.12` is Python.
    let name = name.strip_prefix("python3.").map_or(name.as_str(), |_| "python3").to_owned();
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
        assert_eq!(code("<answer>```python\nx = 1\n```</answer>", "python", Wanted::Last, false), "x = 1\n");
        let text = "<answer>\n```html\n<p>\n```\n```python\nx = 1\n\ny = 2\n```\n</answer>\n";
        assert_eq!(code(text, "python", Wanted::Last, false), "x = 1\n\ny = 2\n");
        assert_eq!(code(text, "html", Wanted::Last, false), "<p>\n");
    }

    #[test]
    fn marks_are_dropped_only_where_nobody_nests_so_deep() {
        for mark in [">", "> ", "- ", "* ", "1. ", "12) ", "> - "] {
            let each = mark.split(' ').filter(|mark| !mark.is_empty()).count();
            let line = |times: usize| format!("{}text\n", mark.repeat(times / each));
            assert_eq!(shallow(&line(NESTED)), line(NESTED));
            assert_eq!(shallow(&line(2 * NESTED)).len(), line(NESTED).len(), "{mark}");
        }
        let text = format!("> ```python\n> x = 1\n> ```\n{}\n{}\n", "-".repeat(999), "+".repeat(999));
        assert!(matches!(shallow(&text), Cow::Borrowed(_)));
        assert_eq!(code(&text, "python", Wanted::Last, false), "x = 1\n");
    }

    #[test]
    fn a_block_is_picked_by_what_it_defines() {
        let text = "```python\ndef f(x):\n    return 1\n```\n```python\ndef f2(): pass\ng = lambda: 0\n```\n";
        for (name, starts) in [("f", "def f(x)"), ("f2", "def f2"), ("g", "def f2")] {
            assert!(code(text, "python", Wanted::Defining(name), false).starts_with(starts), "{name}");
        }
        assert_eq!(code(text, "python", Wanted::Defining("h"), false), "");
    }

    #[test]
    fn what_has_no_language_counts_where_nothing_has() {
        let text = "```python3.12\nx = 1\n```\nOutput:\n```\n1\n```\n";
        assert_eq!(code(text, "python", Wanted::Last, false), "x = 1\n");
        assert_eq!(code("```\n\u{feff}x = 1\n```\n", "python", Wanted::Last, false), "x = 1\n");
    }
}
