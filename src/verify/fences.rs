//! Fenced blocks as models write them: a scanner of lines, in time linear in the text. docs/extract.md has its rules as a table of forms.

mod inline;
mod line;
mod marked;
mod strings;

use inline::code_after_language;
use line::{Fence, Prefix, fence_after_text, indentation, names_block, prefix, unindented, unquoted};
use std::borrow::Cow;

use strings::{Lines, Quotes};

pub(super) use line::word;
pub(super) use marked::marked;

/// A fenced block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// What follows the opening fence: `python title="a.py"`, or nothing.
    pub(super) info: String,
    /// Its lines, the indentation of its fence taken off.
    pub(super) text: String,
    /// What marks it.
    pub(super) kind: Kind,
}

/// What marks a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Fences, or marks of code.
    Code,
    /// Tags around an answer of any kind.
    Answer,
}

/// How a text is read.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Reading<'a> {
    /// The language of the block that the chat template opened, where the text begins within one.
    pub(super) opened: Option<&'a str>,
    /// Whether fences count that are indented by four columns or more outside a list, which is how code quotes a fence.
    pub(super) deep: bool,
    /// Whether blocks of Markdown are wanted, and not what is fenced in them.
    pub(super) markdown: bool,
}

/// The blocks of a text in their order, and whether it has any fence at all. Blocks with nothing in them are none.
pub(super) fn fenced(text: &str, reading: Reading<'_>) -> (Vec<Block>, bool) {
    let text = one_line_end(text.strip_prefix('\u{feff}').unwrap_or(text));
    let open = reading.opened.map(|language| Open {
        by_template: true,
        info: language.to_owned(),
        ..Open::new(Fence { mark: '`', count: 3 }, "", 0, 0)
    });
    let quotes = Lines::of(&text);
    let mut scan = Scan {
        reading,
        blocks: Vec::new(),
        open,
        wrappers: Vec::new(),
        list: Vec::new(),
        fenced: false,
        quotes,
        number: 0,
    };
    for (number, line) in text.split_inclusive('\n').enumerate() {
        scan.number = number;
        scan.line(line.strip_suffix('\n').unwrap_or(line));
    }
    if let Some(mut open) = scan.open.take() {
        open.close_at_end();
        scan.keep(open);
    }
    (scan.blocks, scan.fenced)
}

/// The text with `\n` for every end of a line.
fn one_line_end(text: &str) -> Cow<'_, str> {
    if !text.contains('\r') {
        return Cow::Borrowed(text);
    }
    let mut lines = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\r') {
        lines.push_str(&rest[..at]);
        rest = rest[at..].trim_start_matches('\r');
        if !rest.starts_with('\n') {
            lines.push('\n');
        }
    }
    lines.push_str(rest);
    Cow::Owned(lines)
}

/// A block that is open.
struct Open {
    fence: Fence,
    info: String,
    /// Marks of quotes before the fence; a line with fewer ends the block.
    quotes: usize,
    /// Columns before the fence.
    column: usize,
    /// Columns taken off its lines: known from the first that has something on it.
    off: Option<usize>,
    by_template: bool,
    /// The long string of Python that its lines are within.
    within: Option<Quotes>,
    text: String,
}

impl Open {
    fn new(fence: Fence, info: &str, quotes: usize, column: usize) -> Self {
        Self {
            fence,
            info: info.to_owned(),
            quotes,
            column,
            off: None,
            by_template: false,
            within: None,
            text: String::new(),
        }
    }

    /// The same, with the code that a model may have begun on the line of the fence.
    fn begun(fence: Fence, info: &str, quotes: usize, column: usize) -> Self {
        match code_after_language(info) {
            None => Self::new(fence, info, quotes, column),
            Some((language, code)) => {
                Self { off: Some(column), text: format!("{code}\n"), ..Self::new(fence, language, quotes, column) }
            }
        }
    }

    fn is_blank(&self) -> bool {
        self.off.is_none()
    }

    /// A text may end with the closing fence on its last line of code.
    fn close_at_end(&mut self) {
        let text = self.text.trim_end();
        let code = text.trim_end_matches(self.fence.mark).len();
        if text.len() - code >= 3 {
            self.text.truncate(code);
            self.text.push('\n');
        }
    }
}

/// Whether a block may be of Python, whose long strings may hold fences.
fn names_python(info: &str) -> bool {
    let info = word(info);
    info.is_empty() || info.to_ascii_lowercase().contains("py")
}

struct Scan<'a> {
    reading: Reading<'a>,
    blocks: Vec<Block>,
    open: Option<Open>,
    /// Fences around other fences.
    wrappers: Vec<Fence>,
    /// Columns at which the items of lists begin that a line may belong to.
    list: Vec<usize>,
    fenced: bool,
    quotes: Lines,
    /// The line that is read.
    number: usize,
}

impl Scan<'_> {
    fn line(&mut self, line: &str) {
        let Some(open) = self.open.take() else { return self.outside(line) };
        match unquoted(line, open.quotes) {
            Some(inner) => self.open = self.within(open, inner),
            None => {
                self.keep(open);
                self.outside(line);
            }
        }
    }

    /// A line of an open block: the block that is open after it.
    fn within(&mut self, mut open: Open, line: &str) -> Option<Open> {
        let (columns, rest) = indentation(line);
        // Deeper, it is in a string of the code.
        let quoted = open.within.is_some_and(|quotes| self.quotes.end_after(quotes, self.number));
        let fence = if columns < open.column + 4 && !quoted { Fence::at_start(rest) } else { None };
        if let Some((fence, info)) = fence {
            let next = || Open::new(fence, info, open.quotes, columns);
            if open.is_blank() && open.info.is_empty() && names_block(info) {
                // A fence around a fence.
                self.wrappers.push(open.fence);
                return Some(next());
            }
            if open.is_blank() && open.by_template && info.is_empty() {
                // Opened once more.
                return Some(Open { fence, ..open });
            }
            if fence.mark == open.fence.mark && fence.count >= open.fence.count {
                // Where the closing fence was forgotten, a language says that another block begins.
                let next = names_block(info).then(next);
                self.keep(open);
                return next;
            }
        }
        let off = match open.off {
            None if rest.is_empty() => open.column,
            off => *open.off.insert(off.unwrap_or(columns.min(open.column))),
        };
        unindented(line, off, &mut open.text);
        open.text.push('\n');
        if names_python(&open.info) {
            open.within = strings::after(open.within, line);
        }
        Some(open)
    }

    /// A line outside blocks.
    fn outside(&mut self, line: &str) {
        let Prefix { quotes, column, items, rest } = prefix(line);
        if rest.is_empty() && items.is_none() {
            return;
        }
        let first = items.map_or(column, |(first, _)| first);
        while self.list.last().is_some_and(|item| *item > first) {
            self.list.pop();
        }
        let deep = first >= self.list.last().copied().unwrap_or(0) + 4;
        if let Some((_, last)) = items.filter(|_| !deep) {
            self.list.push(last);
        }
        if deep && !self.reading.deep {
            return;
        }
        let Some((fence, info)) = Fence::at_start(rest).or_else(|| fence_after_text(rest)) else { return };
        self.fenced = true;
        let outer = self.wrappers.last();
        if info.is_empty() && outer.is_some_and(|outer| outer.mark == fence.mark && fence.count >= outer.count) {
            self.wrappers.pop();
        } else if ["markdown", "md"].contains(&word(info).to_ascii_lowercase().as_str()) && !self.reading.markdown {
            self.wrappers.push(fence);
        } else {
            self.open = Some(Open::begun(fence, info, quotes, column));
        }
    }

    fn keep(&mut self, open: Open) {
        self.fenced = true;
        if !open.is_blank() {
            self.blocks.push(Block { info: open.info, text: open.text, kind: Kind::Code });
        }
    }
}
