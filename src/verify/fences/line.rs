//! Lines of Markdown: what stands before a fence, and the fence.

/// The marks of a fence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fence {
    pub(super) mark: char,
    pub(super) count: usize,
}

impl Fence {
    /// The fence that a text begins with, and what follows it; tags and special tokens that follow are nothing.
    pub(super) fn at_start(text: &str) -> Option<(Self, &str)> {
        let mark = text.chars().next().filter(|first| ['`', '~'].contains(first))?;
        let info = text.trim_start_matches(mark);
        let fence = Self { mark, count: text.len() - info.len() };
        // Backticks that follow make it code in a sentence.
        if fence.count < 3 || (mark == '`' && info.contains('`')) {
            return None;
        }
        let info = info.trim_end();
        Some((fence, if without_tags(info).is_empty() { "" } else { info }))
    }
}

/// A fence at the end of a line of text, which must name a language: "Here it is: ```python".
pub(super) fn fence_after_text(line: &str) -> Option<(Fence, &str)> {
    let line = line.trim_end();
    let after = line.rfind('`')? + 1;
    let (before, info) = line.split_at(after);
    let text = before.trim_end_matches('`');
    let is_word = info.len() <= 30
        && info.starts_with(|first: char| first.is_ascii_alphabetic())
        && info.chars().all(|c| c.is_ascii_alphanumeric() || "+#._-".contains(c));
    let count = before.len() - text.len();
    (is_word && count >= 3 && !text.contains("```")).then_some((Fence { mark: '`', count }, info))
}

/// The first word after a fence, also of `{python}`, `{.python}`, `python,ignore`, `python:main.py`, `{code-cell} python`.
pub(in crate::verify) fn word(info: &str) -> &str {
    let directive = info.trim_start().strip_prefix('{').and_then(|inner| inner.split_once('}'));
    let info = match directive {
        Some(("code-cell" | "code-block" | "code" | "sourcecode", language)) => language,
        _ => info,
    };
    let info = info.trim_start().trim_start_matches(['{', '.', ' ']);
    info.split(|c: char| c.is_whitespace() || ",}:;=".contains(c)).next().unwrap_or_default()
}

/// Whether what follows a fence within a block says that another block begins: a language right after it, with attributes at most.
pub(super) fn names_block(info: &str) -> bool {
    let Some(rest) = info.find(char::is_whitespace).map(|at| info[at..].trim_start()) else {
        return !info.is_empty();
    };
    !info.starts_with(char::is_whitespace)
        && (rest.contains('=') || rest.starts_with(|first: char| "{[.".contains(first) || first.is_ascii_digit()))
}

/// What stands at the start of a line before its text.
pub(super) struct Prefix<'a> {
    /// Marks of quotes.
    pub(super) quotes: usize,
    /// Columns before the text, from the last mark of a quote.
    pub(super) column: usize,
    /// Where the line begins items of a list: the columns of the first mark, and of what follows the last.
    pub(super) items: Option<(usize, usize)>,
    /// The text.
    pub(super) rest: &'a str,
}

/// Takes marks of quotes and of list items, and tags, off the start of a line.
pub(super) fn prefix(line: &str) -> Prefix<'_> {
    let (mut quotes, mut column, mut first) = (0, 0, None);
    let mut rest = line;
    loop {
        let (columns, text) = indentation(rest);
        column += columns;
        rest = text;
        if let Some(quoted) = rest.strip_prefix('>') {
            (quotes, column, first) = (quotes + 1, 0, None);
            rest = quoted.strip_prefix(' ').unwrap_or(quoted);
        } else if let Some(item) = after_item(rest) {
            first.get_or_insert(column);
            column += rest.len() - item.len();
            rest = item;
        } else if let Some(after) = after_tag(rest) {
            rest = after.trim_start();
        } else {
            let items = first.map(|first| (first, column.max(first + 2)));
            return Prefix { quotes, column, items, rest };
        }
    }
}

/// What follows so many marks of quotes; `None` where a line has fewer.
pub(super) fn unquoted(line: &str, quotes: usize) -> Option<&str> {
    let mut rest = line;
    for _ in 0..quotes {
        let quoted = rest.trim_start().strip_prefix('>')?;
        rest = quoted.strip_prefix(' ').unwrap_or(quoted);
    }
    Some(rest)
}

/// The columns of the white space at the start of a line, where a tab goes on to the next multiple of four, and what follows it.
pub(super) fn indentation(line: &str) -> (usize, &str) {
    let rest = line.trim_start_matches([' ', '\t']);
    let columns = line[..line.len() - rest.len()].bytes().fold(0, next_column);
    (columns, rest)
}

fn next_column(at: usize, byte: u8) -> usize {
    if byte == b'\t' { at / 4 * 4 + 4 } else { at + 1 }
}

/// Adds a line without up to so many columns of white space.
pub(super) fn unindented(line: &str, off: usize, to: &mut String) {
    let (mut at, mut taken) = (0, 0);
    for byte in line.bytes().take_while(|byte| [b' ', b'\t'].contains(byte)) {
        if at >= off {
            break;
        }
        at = next_column(at, byte);
        taken += 1;
    }
    // What a tab goes beyond stays.
    to.extend(std::iter::repeat_n(' ', at.saturating_sub(off)));
    to.push_str(&line[taken..]);
}

/// What follows the mark of a list item.
fn after_item(text: &str) -> Option<&str> {
    let digits = text.bytes().take(10).take_while(u8::is_ascii_digit).count();
    let item = match digits {
        0 => text.strip_prefix(['-', '+', '*']),
        1..=9 => text[digits..].strip_prefix(['.', ')']),
        _ => None,
    };
    item.filter(|item| item.is_empty() || item.starts_with([' ', '\t']))
}

/// What is left of a text without the tags and special tokens that it begins with.
fn without_tags(text: &str) -> &str {
    let mut rest = text.trim_start();
    while let Some(after) = after_tag(rest) {
        rest = after.trim_start();
    }
    rest
}

/// What follows a tag, with its attributes, a comment or a special token.
fn after_tag(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('<')?;
    if let Some(comment) = inner.strip_prefix("!--") {
        return comment.split_once("-->").map(|(_, after)| after);
    }
    let (tag, after) = inner.split_once('>')?;
    let special = tag.len() > 2 && ['|', '｜'].iter().any(|bar| tag.starts_with(*bar) && tag.ends_with(*bar));
    let name = tag.strip_prefix('/').unwrap_or(tag);
    let end = name.find(|c: char| !(c.is_ascii_alphanumeric() || "_-:".contains(c))).unwrap_or(name.len());
    let attributes = &name[end..];
    let is_tag = name.starts_with(|first: char| first.is_ascii_alphabetic())
        && (attributes.is_empty() || attributes == "/" || attributes.starts_with(char::is_whitespace))
        && !attributes.contains('<');
    (special || is_tag).then_some(after)
}
