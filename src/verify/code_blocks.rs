//! Code in an answer: its fenced blocks, as CommonMark defines them.

use crate::spec::Pick;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

/// The code of the fenced blocks in `language`, or in no named language; empty when there is none.
///
/// A fence that is never closed runs to the end of the text, as CommonMark says.
pub(super) fn code(answer: &str, language: &str, pick: Pick) -> String {
    let mut blocks = blocks(answer, language);
    match pick {
        Pick::First => blocks.into_iter().next().unwrap_or_default(),
        Pick::Last => blocks.pop().unwrap_or_default(),
        Pick::All => blocks.join("\n"),
    }
}

fn blocks(answer: &str, language: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut open: Option<String> = None;
    for event in Parser::new(answer) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if is_language(&info, language) => {
                open = Some(String::new());
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
    blocks
}

/// Whether a fence's info string names the language: its first word, also when written `{python}` or `python,ignore`.
fn is_language(info: &str, language: &str) -> bool {
    let word = info.trim_start_matches('{').split(|c: char| c.is_whitespace() || ",}".contains(c)).next();
    match word.unwrap_or("") {
        "" => true,
        word => canonical(word) == canonical(language),
    }
}

/// One name for the languages people abbreviate.
fn canonical(name: &str) -> String {
    let name = name.to_ascii_lowercase();
    let full = match name.as_str() {
        "py" | "py3" | "python3" => "python",
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
        assert_eq!(code(TWO, "python", Pick::First), "a = 1\n");
        assert_eq!(code(TWO, "python", Pick::Last), "b = 2\n");
        assert_eq!(code(TWO, "python", Pick::All), "a = 1\n\nb = 2\n");
        assert_eq!(code(TWO, "JSON", Pick::Last), "{}\n");
        assert_eq!(code(TWO, "rust", Pick::Last), "");
    }

    #[test]
    fn fences_without_language_and_without_end_count() {
        assert_eq!(code("```\nx\n```", "python", Pick::Last), "x\n");
        assert_eq!(code("```python\nx\n", "python", Pick::Last), "x\n");
        assert_eq!(code("no code here", "python", Pick::Last), "");
        assert_eq!(code("    indented, not fenced", "python", Pick::Last), "");
    }
}
