//! What is no YAML, in a writer's words: what is wrong, where it begins, what to write, and what to leave out to read on.

use super::Diagnostic;
use std::ops::Range;

/// A mistake, and what is left out so that the rest can be read.
pub(super) struct Remedy {
    pub mistake: Diagnostic,
    pub leave_out: Range<usize>,
    /// What stands in its place: a space, or a letter where a value has to stay one.
    pub fill: u8,
}

/// What to say of an error at `at`, a byte of `text`.
pub(super) fn remedy(error: &serde_yaml::Error, text: &str, at: usize) -> Remedy {
    let said = error.without_snippet().render_with_options(Default::default());
    let said = said.lines().next().unwrap_or_default();
    let said = said.split_once(" at line ").map_or(said, |(message, _)| message);
    let line = line_of(text, at);
    let words = first_word(text, at, &line);
    let say = |span: Range<usize>, message: &str, help: &str| Diagnostic::new(span, message).help(help);
    let lines = |mistake| Remedy { mistake, leave_out: with_deeper_lines(text, &line), fill: b' ' };

    if said.contains("unknown escape") {
        return escape(text, at, &line);
    }
    if let Some(tab) = indenting_tab(text).filter(|_| said.contains("tab")) {
        let message = "a tab stands before the text of this line";
        let mistake = say(tab..tab + 1, message, "YAML indents by spaces: write spaces in its place");
        return Remedy { mistake, leave_out: line_of(text, tab), fill: b' ' };
    }
    if said.contains("unclosed bracket") {
        let bracket = text[at..].chars().next().unwrap_or('[');
        let close = if bracket == '{' { '}' } else { ']' };
        let message = format!("this `{bracket}` is not closed");
        return lines(say(at..at + 1, &message, &format!("write `{close}` behind the last value")));
    }
    if said.contains("unclosed quote") {
        return lines(say(at..at + 1, "this quote is not closed", "write the same quote behind the text"));
    }
    if said.starts_with("unexpected character") || said.starts_with("alias references") {
        let sign = text[at..].chars().next().unwrap_or(' ');
        let message = format!("a text that begins with `{sign}` is put in quotes");
        let help = format!("write `'{}'`", text[words.clone()].trim_end());
        return lines(say(words, &message, &help));
    }
    if said.contains("trailing content") {
        return lines(say(words, "text follows the closing quote", "put all of it in one pair of quotes"));
    }
    if said.contains("multiple YAML documents") {
        let mistake = say(at..at, "a second document begins here", "write each into a file of its own");
        return Remedy { mistake, leave_out: at.saturating_sub(4)..text.len(), fill: b' ' };
    }
    let about_brackets = ["expected", "illegal placement", "mapping values", "unexpected end", "misplaced"];
    let open = unclosed(text, at).filter(|_| about_brackets.iter().any(|part| said.contains(part)));
    if let Some(open) = open {
        let bracket = text[open..].chars().next().unwrap_or('{');
        let close = if bracket == '{' { '}' } else { ']' };
        if line.contains(&open) {
            let message = format!("`,` or `{close}` is needed here");
            let help = "put text that has brackets, braces, commas or colons in quotes";
            return lines(say(words, &message, help));
        }
        let message = format!("this `{bracket}` is not closed");
        let mistake = say(open..open + 1, &message, &format!("write `{close}` behind the last value"));
        return Remedy { mistake, leave_out: line_of(text, open).start..line.start, fill: b' ' };
    }
    if said.contains("misplaced bracket") {
        return lines(say(at..at + 1, "this closes nothing", "remove it, or put the text in quotes"));
    }
    if said.contains("mapping values are not allowed") && text[line.start..at].contains(": ") {
        let message = "a second colon in this line";
        return lines(say(at..at + 1, message, "put the text behind the first one in quotes"));
    }
    if said.contains("simple key expected") {
        let help = "write a colon and a space behind each key: `key: value`";
        return lines(say(words, "this is no `key: value`", help));
    }
    if let Some(before) = without_space(text, &line) {
        let mistake = say(before.clone(), "a space is missing behind the colon", "write `key: value`");
        let leave_out = line_of(text, before.start).start..with_deeper_lines(text, &line).end;
        return Remedy { mistake, leave_out, fill: b' ' };
    }
    let indentation = ["mapping values", "expected key", "'-' indicator"];
    if indentation.iter().any(|part| said.contains(part)) {
        let text_of_line = line.start + indent(&text[line.clone()])..line.end;
        let help = "begin it in the column of the lines that it belongs to";
        return lines(say(text_of_line, "this line fits into nothing above it", help));
    }
    lines(Diagnostic::new(words, said))
}

/// A backslash in double quotes that begins nothing.
fn escape(text: &str, quote: usize, line: &Range<usize>) -> Remedy {
    let inside = quote + 1;
    let mut rest = text[inside..].char_indices();
    let mut wrong = None;
    let mut end = text.len();
    while let Some((at, sign)) = rest.next() {
        match sign {
            '"' => {
                end = inside + at;
                break;
            }
            '\\' => {
                let next = rest.next().map_or(' ', |(_, next)| next);
                if !"0abt\tnvfre \"/\\N_LPxuU\n".contains(next) {
                    wrong.get_or_insert((inside + at, next));
                }
            }
            _ => {}
        }
    }
    let (at, next) = wrong.unwrap_or((quote, ' '));
    let written = &text[inside..end];
    let help = match written.contains(['\'', '\n']) {
        false => format!("in single quotes a backslash stands for itself: `'{written}'`"),
        true => "write each backslash twice".into(),
    };
    let message = format!("`\\{next}` means nothing in double quotes");
    let mistake = Diagnostic::new(at..at + 1 + next.len_utf8(), message).help(help);
    // The whole value goes, with its quotes: without its escapes it would be another one.
    match end < text.len() {
        true => Remedy { mistake, leave_out: quote..end + 1, fill: b'x' },
        false => Remedy { mistake, leave_out: line.clone(), fill: b' ' },
    }
}

/// The line of a byte, without its end.
fn line_of(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    start..text[at..].find('\n').map_or(text.len(), |newline| at + newline)
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// A line and those below it that stand deeper: what would hang on it.
fn with_deeper_lines(text: &str, line: &Range<usize>) -> Range<usize> {
    let depth = indent(&text[line.clone()]);
    let mut end = line.end;
    for next in text[line.end..].split_inclusive('\n').skip(1) {
        if next.trim().is_empty() || indent(next) > depth {
            end += next.len();
        } else {
            break;
        }
    }
    line.start..end.min(text.len())
}

/// The line before, where it is a `key:value` that reads as text, so that what follows fits nowhere.
fn without_space(text: &str, line: &Range<usize>) -> Option<Range<usize>> {
    let before = text[..line.start].trim_end();
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let words = before[start..].trim_start_matches([' ', '-']);
    let (key, value) = words.split_once(':')?;
    let is_key = !key.is_empty() && key.chars().all(|sign| sign.is_ascii_alphanumeric() || "_.".contains(sign));
    (is_key && !value.is_empty() && !value.starts_with(' ')).then(|| before.len() - words.len()..before.len())
}

/// From a place to the end of what it begins, on its line.
fn first_word(text: &str, at: usize, line: &Range<usize>) -> Range<usize> {
    let rest = &text[at..line.end.max(at)];
    at..at + rest.find([',', ']', '}']).unwrap_or(rest.trim_end().len())
}

/// The first tab in front of a line's text.
fn indenting_tab(source: &str) -> Option<usize> {
    let mut start = 0;
    source.split_inclusive('\n').find_map(|line| {
        let tab = line[..indent(line)].find('\t').filter(|_| indent(line) < line.len()).map(|tab| start + tab);
        start += line.len();
        tab
    })
}

/// The innermost bracket that is open where the reader stumbled.
fn unclosed(text: &str, at: usize) -> Option<usize> {
    let mut open: Vec<usize> = Vec::new();
    let mut quoted = None;
    let mut before = ' ';
    let mut signs = text[..at].char_indices();
    while let Some((place, sign)) = signs.next() {
        let begins = before.is_whitespace() || "[{,".contains(before);
        match (quoted, sign) {
            (Some('"'), '\\') => drop(signs.next()),
            (Some(quote), _) if sign == quote => quoted = None,
            (Some(_), _) => {}
            (None, '"' | '\'') if begins => quoted = Some(sign),
            (None, '#') if before.is_whitespace() => {
                signs.by_ref().find(|(_, sign)| *sign == '\n');
            }
            (None, '[' | '{') if begins || !open.is_empty() => open.push(place),
            (None, ']' | '}') => drop(open.pop()),
            _ => {}
        }
        before = sign;
    }
    open.pop()
}
