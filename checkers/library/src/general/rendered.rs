//! A text as a reader has it before them, once it is rendered: entities are characters, tags and links are not seen.

/// Longest tag, entity and address that are looked for, in bytes.
const TAG: usize = 400;
const ENTITY: usize = 12;

/// The text without what rendering takes away, if there is anything of it. It is read from left to right once.
pub(super) fn rendered(text: &str) -> Option<String> {
    if !text.contains(['<', '&', '[', '\\', '$', '\u{202E}', '\u{202D}']) && !text.contains("\n>") {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let (formulas, mut commands) = (text.contains("$\\"), 0_usize);
    // Where no comment ends any more, none is looked for again.
    let mut comments = true;
    while let Some(c) = rest.chars().next() {
        let (put, length) = match c {
            '<' => tag(rest, &mut comments),
            '&' => entity(rest),
            '[' | '!' => link(rest),
            '\\' => escape(rest, &mut commands),
            '}' if commands > 0 => {
                commands -= 1;
                (Put::Nothing, 1)
            }
            '$' if formulas => (Put::Nothing, 1),
            '\n' => (Put::Char('\n'), 1 + quote(&rest[1..])),
            '\u{202E}' => (Put::Nothing, 0),
            _ => (Put::Char(c), c.len_utf8()),
        };
        match put {
            Put::Char(c) => out.push(c),
            Put::Text(text) => out.push_str(text),
            Put::Nothing => {}
        }
        rest = &rest[length..];
        if c == '\u{202E}' {
            // Drawn from right to left up to the mark that ends it.
            let inside = &rest[c.len_utf8()..];
            let end = inside.find(['\u{202C}', '\n', '\u{2029}']).unwrap_or(inside.len());
            out.extend(inside[..end].chars().rev());
            rest = &inside[end..];
        }
    }
    (out != text).then_some(out)
}

enum Put<'a> {
    Char(char),
    Text(&'a str),
    Nothing,
}

/// A tag or a comment. Those that end a line or a cell leave a space.
fn tag<'a>(text: &'a str, comments: &mut bool) -> (Put<'a>, usize) {
    if *comments && text.starts_with("<!--") {
        match text.find("-->") {
            Some(end) => return (Put::Nothing, end + 3),
            None => *comments = false,
        }
    }
    let near = head(text, TAG);
    let name = near[1..].trim_start_matches('/');
    let Some(end) = near.find('>').filter(|_| name.starts_with(|c: char| c.is_ascii_alphabetic())) else {
        return (Put::Char('<'), 1);
    };
    if near[1..end].contains('<') || name.starts_with("http") {
        return (Put::Char('<'), 1);
    }
    let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
    let breaks = ["br", "p", "div", "li", "ul", "ol", "td", "th", "tr", "hr", "h1", "h2", "h3", "h4", "h5", "h6"];
    let breaks = breaks.iter().any(|block| name.eq_ignore_ascii_case(block));
    (if breaks { Put::Char(' ') } else { Put::Nothing }, end + 1)
}

/// An entity that stands for a letter, a digit or a character that draws nothing.
fn entity(text: &str) -> (Put<'_>, usize) {
    let as_is = (Put::Char('&'), 1);
    let Some(end) = head(text, ENTITY).find(';') else { return as_is };
    let name = &text[1..end];
    let number = name.strip_prefix('#').and_then(|digits| match digits.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok(),
        None => digits.parse().ok(),
    });
    let named = || {
        let c = match name {
            "shy" => '\u{AD}',
            "zwnj" => '\u{200C}',
            "zwj" => '\u{200D}',
            "lrm" => '\u{200E}',
            "rlm" => '\u{200F}',
            "nbsp" | "ensp" | "emsp" | "thinsp" => ' ',
            "ZeroWidthSpace" | "NoBreak" => '\u{200B}',
            _ => return None,
        };
        Some(c)
    };
    match number.and_then(char::from_u32).or_else(named) {
        Some(c) if !c.is_ascii_punctuation() => (Put::Char(c), end + 1),
        _ => as_is,
    }
}

/// A link or a picture, of which the text is seen.
fn link(text: &str) -> (Put<'_>, usize) {
    let first = text.chars().next().unwrap_or(' ');
    let as_is = (Put::Char(first), 1);
    let start = if first == '!' { 2 } else { 1 };
    if first == '!' && !text.starts_with("![") {
        return as_is;
    }
    let near = head(text, TAG);
    let Some(end) = near.get(start..).and_then(|inner| inner.find(']')).map(|end| start + end) else { return as_is };
    let shown = &near[start..end];
    // The mark of a note, which is drawn as a small number.
    let note = shown.strip_prefix('^').filter(|note| !note.is_empty() && note.chars().all(char::is_alphanumeric));
    if first == '[' && note.is_some() && !near[end + 1..].starts_with([':', '(', '[', '+', '*', '?', '{']) {
        return (Put::Nothing, end + 1);
    }
    let close = match near[end + 1..].chars().next() {
        Some('(') => ')',
        Some('[') => ']',
        _ => return as_is,
    };
    match near[end + 1..].find(close) {
        Some(length) if !shown.contains('[') => (Put::Text(shown), end + 1 + length + 1),
        _ => as_is,
    }
}

/// An escaped mark, which is the mark; or a command of TeX with a brace, of which the inside is seen.
fn escape<'a>(text: &'a str, commands: &mut usize) -> (Put<'a>, usize) {
    let after = &text[1..];
    match after.chars().next() {
        Some(c) if c.is_ascii_punctuation() => (Put::Char(c), 2),
        Some(c) if c.is_ascii_alphabetic() => {
            let name = after.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(after.len());
            if name <= 20 && after[name..].starts_with('{') {
                *commands += 1;
                (Put::Nothing, 2 + name)
            } else {
                (Put::Char('\\'), 1)
            }
        }
        _ => (Put::Char('\\'), 1),
    }
}

/// How much of a line's beginning marks a quotation.
fn quote(line: &str) -> usize {
    let inner = line.trim_start_matches([' ', '>']);
    let marks = line.len() - inner.len();
    if line[..marks].contains('>') { marks } else { 0 }
}

/// The beginning of a text, at most so many bytes.
fn head(text: &str, most: usize) -> &str {
    &text[..text.floor_char_boundary(most.min(text.len()))]
}

#[cfg(test)]
mod tests {
    use super::rendered;

    #[test]
    fn what_is_not_seen_is_taken_away() {
        for (text, seen) in [
            ("del<b>v</b>e", "delve"),
            ("del<!-- x > y -->ve", "delve"),
            ("a<br/>b", "a b"),
            ("del&#118;e &#x64;elve del&shy;ve", "delve delve del\u{AD}ve"),
            ("[del](http://x.y)ve ![rich](p.png) tape[s][1]try", "delve rich tapestry"),
            ("d\\_e \\*x\\*", "d_e *x*"),
            ("del[^1]ve", "delve"),
            ("$\\text{del}\\mathrm{ve}$", "delve"),
            ("a rich\n> tapestry\n>> of", "a rich\ntapestry\nof"),
            ("x \u{202E}evled\u{202C} y", "x delve\u{202C} y"),
        ] {
            assert_eq!(rendered(text).as_deref(), Some(seen), "{text}");
        }
        for text in [
            "a < b and c > d",
            "R&D; Q&A",
            "x[0] = y[i]",
            "[^1]: a note",
            "^[^abc]+$",
            "C:\\dir",
            "$5 and $6",
            "<https://a.b>",
            "&lt;p&gt;",
            "é[",
            "&é;",
        ] {
            assert_eq!(rendered(text), None, "{text}");
        }
    }

    #[test]
    fn it_is_linear() {
        for piece in ["<", "<a", "&", "[", "![", "[[", "\\a{", "}", "\n>", "\u{202E}", "<!--", "[]("] {
            let _ = rendered(&piece.repeat(50_000));
        }
    }
}
