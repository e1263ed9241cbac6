//! Which marks of a thinking section stand as marks in an answer, and which are only spoken of.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Open,
    Close,
}

/// The marks of a text with their places, without those in fenced code, in code or a string within a line, and opening marks amid a
/// sentence, unless `amid` asks for them.
pub(super) fn marks(text: &str, open: &str, close: &str, amid: bool) -> Vec<(usize, Mark)> {
    let wanted = Wanted { open, close, amid };
    let mut found = Vec::new();
    // Most completions have no mark at all, and reading their lines would take longer than many a check.
    if !text.contains(close) && !text.contains(open) {
        return found;
    }
    let (mut start, mut fence) = (0, None);
    for line in text.split_inclusive('\n') {
        let inner = line.trim_start();
        let mark = inner
            .chars()
            .next()
            .filter(|first| ['`', '~'].contains(first) && inner.starts_with(&first.to_string().repeat(3)));
        match (fence, mark) {
            (None, Some(mark)) if mark == '~' || !inner.trim_start_matches('`').contains('`') => fence = Some(mark),
            (Some(kind), Some(mark)) if kind == mark => {
                fence = None;
                // What follows a closing fence on its line is no code.
                let after = line.len() - inner.trim_start_matches(mark).len();
                wanted.in_line(&line[after..], start + after, false, &mut found);
            }
            _ => {
                // A closing mark that begins a line ends thinking, also where a fence was left open in it.
                let only_close = fence.is_some();
                wanted.in_line(line, start, only_close, &mut found);
                if only_close && found.last().is_some_and(|(at, _)| *at >= start) {
                    fence = None;
                }
            }
        }
        start += line.len();
    }
    found
}

/// The marks, and whether opening ones count amid a sentence.
struct Wanted<'a> {
    open: &'a str,
    close: &'a str,
    amid: bool,
}

impl Wanted<'_> {
    fn in_line(&self, line: &str, start: usize, only_close: bool, found: &mut Vec<(usize, Mark)>) {
        let Self { open, close, .. } = *self;
        // Quotes and backticks so far: an odd number says that one is open.
        let (mut quotes, mut ticks, mut at, mut blank) = (0, 0, 0, true);
        while at < line.len() {
            let rest = &line[at..];
            let mark = match () {
                () if rest.starts_with(close) => Some((Mark::Close, close)),
                () if rest.starts_with(open) => Some((Mark::Open, open)),
                () => None,
            };
            if let Some((mark, text)) = mark {
                let before = line[..at].chars().next_back();
                let quoted = quotes % 2 == 1 || ticks % 2 == 1 || before.is_some_and(|c| "'\"`(‘“«".contains(c));
                let amid = !self.amid && mark == Mark::Open && before.is_some_and(char::is_whitespace);
                let counts = blank || (!only_close && !quoted && !amid);
                if counts && !(only_close && mark == Mark::Open) {
                    found.push((start + at, mark));
                    // What follows a mark begins anew.
                    (quotes, ticks) = (0, 0);
                } else {
                    blank = false;
                }
                at += text.len();
                continue;
            }
            let next = rest.chars().next().expect("there is more");
            quotes += usize::from(next == '"');
            ticks += usize::from(next == '`');
            blank &= next.is_whitespace();
            at += next.len_utf8();
        }
    }
}
