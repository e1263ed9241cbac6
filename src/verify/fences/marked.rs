//! Blocks that are marked otherwise than by fences, for answers without any: LaTeX, `[PYTHON]`, HTML and tags around an answer.

use super::{Block, Kind};

/// The blocks of a text, in their order. A mark opens a block where it begins a line, and one that is never closed runs to the end.
pub(in crate::verify) fn marked(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut rest = text.strip_prefix('\u{feff}').unwrap_or(text);
    while !rest.is_empty() {
        let line = rest.trim_start();
        let Some(mut mark) = Mark::at_start(line) else {
            rest = rest.split_once('\n').map_or("", |(_, after)| after);
            continue;
        };
        // A mark within a mark says more of what it holds.
        while let Some(inner) = Mark::at_start(mark.after.trim_start()) {
            let info = if inner.info.is_empty() { mark.info } else { inner.info };
            mark = Mark { info, ..inner };
        }
        let (inside, after) = mark.split();
        let inside = inside.strip_prefix('\n').unwrap_or(inside);
        if !inside.trim().is_empty() {
            let text = if mark.escaped { unescaped(inside) } else { inside.to_owned() };
            blocks.push(Block { info: mark.info.to_owned(), text, kind: mark.kind });
        }
        rest = after;
    }
    blocks
}

/// An opening mark.
struct Mark<'a> {
    /// What closes it, in small letters.
    close: String,
    info: &'a str,
    kind: Kind,
    /// Whether signs of HTML may be escaped within it.
    escaped: bool,
    after: &'a str,
}

/// Environments of LaTeX that hold code.
const ENVIRONMENTS: [&str; 6] = ["lstlisting", "minted", "verbatim", "python", "code", "pycode"];

/// Words in brackets that begin code.
const LANGUAGES: [&str; 12] =
    ["PYTHON", "PYTHON3", "PY", "CODE", "JSON", "JAVASCRIPT", "JAVA", "CPP", "SQL", "BASH", "YAML", "HTML"];

/// The longest name of a language, in bytes.
const LONGEST_NAME: usize = 12;

/// The longest mark, in bytes.
const LONGEST: usize = 200;

impl<'a> Mark<'a> {
    fn at_start(text: &'a str) -> Option<Self> {
        Self::latex(text).or_else(|| Self::quotes(text)).or_else(|| Self::brackets(text)).or_else(|| Self::tag(text))
    }

    /// Three quotes in the place of backticks, with the language: '''python
    fn quotes(text: &'a str) -> Option<Self> {
        let line = text.strip_prefix("'''")?.split('\n').next()?;
        let info = line.trim();
        let after = &text[3 + line.len()..];
        let named = info.starts_with(|c: char| c.is_ascii_alphabetic()) && info.len() <= LONGEST_NAME;
        // A string of a program goes on in words.
        let alone = named && !info.contains(|c: char| !(c.is_ascii_alphanumeric() || "+#.-_".contains(c)));
        // Strings within a program are indented.
        let close = "\n'''".to_owned();
        (alone && !after.is_empty()).then_some(Self { close, info, kind: Kind::Code, escaped: false, after })
    }

    /// What it holds, and what follows it.
    fn split(&self) -> (&'a str, &'a str) {
        // The first of its first characters that begins it: closing marks are few beside text.
        let first = self.close.as_bytes()[0];
        let bytes = self.after.as_bytes();
        let closes = |at: &usize| {
            bytes[*at] == first
                && bytes
                    .get(*at..at + self.close.len())
                    .is_some_and(|found| found.eq_ignore_ascii_case(self.close.as_bytes()))
        };
        match (0..bytes.len()).find(closes) {
            Some(at) => (&self.after[..at], &self.after[at + self.close.len()..]),
            None => (self.after, ""),
        }
    }

    /// `\begin{lstlisting}[language=Python]`, `\begin{minted}{python}`
    fn latex(text: &'a str) -> Option<Self> {
        let (name, mut after) = until(text.strip_prefix("\\begin{")?, b'}')?;
        if !ENVIRONMENTS.contains(&name) {
            return None;
        }
        let mut info = if name == "python" || name == "pycode" { "python" } else { "" };
        while let Some((open, close)) =
            [('[', b']'), ('{', b'}')].into_iter().find(|(open, _)| after.starts_with(*open))
        {
            let (argument, rest) = until(&after[1..], close)?;
            match argument.split(',').find_map(|part| part.trim().strip_prefix("language=")) {
                Some(language) => info = language.trim(),
                None if open == '{' => info = argument.trim(),
                None => {}
            }
            after = rest;
        }
        Some(Self { close: format!("\\end{{{name}}}"), info, kind: Kind::Code, escaped: false, after })
    }

    /// `[PYTHON]`, `[CODE]`
    fn brackets(text: &'a str) -> Option<Self> {
        let (name, after) = until(text.strip_prefix('[')?, b']')?;
        let info = if name == "CODE" { "" } else { name };
        LANGUAGES.contains(&name).then(|| Self {
            close: format!("[/{}]", name.to_ascii_lowercase()),
            info,
            kind: Kind::Code,
            escaped: false,
            after,
        })
    }

    /// `<pre>`, `<code class="language-python">`, `<python>`, `<answer>`
    fn tag(text: &'a str) -> Option<Self> {
        let (tag, after) = until(text.strip_prefix('<')?, b'>')?;
        let name = tag.split(char::is_whitespace).next().unwrap_or_default();
        let attributes = &tag[name.len()..];
        if tag.contains(['<', '\n']) {
            return None;
        }
        let close = format!("</{}>", name.to_ascii_lowercase());
        let code = |info, escaped| Some(Self { close: close.clone(), info, kind: Kind::Code, escaped, after });
        match name.to_ascii_lowercase().as_str() {
            "pre" | "code" => code(language_of(attributes), true),
            "python" | "py" => code("python", false),
            "answer" | "solution" => Some(Self { close, info: "", kind: Kind::Answer, escaped: false, after }),
            _ => None,
        }
    }
}

/// What stands before a sign on a line, and after it; marks are short.
fn until(text: &str, sign: u8) -> Option<(&str, &str)> {
    let at = text.bytes().take(LONGEST).take_while(|byte| *byte != b'\n').position(|byte| byte == sign)?;
    Some((&text[..at], &text[at + 1..]))
}

/// The language of `class="language-python"`, `lang="python"`.
fn language_of(attributes: &str) -> &str {
    let values = attributes.split(['"', '\'']).flat_map(str::split_whitespace);
    let named = |value: &str| ["language-", "lang-"].iter().any(|before| value.starts_with(before));
    let value = values.clone().find(|value| named(value));
    value.and_then(|value| value.split_once('-')).map_or("", |(_, language)| language)
}

/// The signs that HTML escapes.
fn unescaped(text: &str) -> String {
    // `&amp;` last, so that what it escapes stays escaped once.
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
        .into_iter()
        .fold(text.to_owned(), |text, (escape, sign)| text.replace(escape, sign))
}
