//! Words as NLTK's `word_tokenize` splits them: sentences first, then an ordered list of substitutions that put spaces
//! around what shall stand alone (the Penn Treebank conventions, after Robert MacIntyre's script).

use super::{
    case::fold,
    punkt::sentences,
    python::{is_digit, is_space, is_word},
};

/// The tokens of a text.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    sentences(text).into_iter().flat_map(tokenize).collect()
}

/// A substitution: writes the replacement of a match at this place and answers its length, 0 for none.
type Rule = fn(&[char], usize, &mut Vec<char>) -> usize;

/// In the order they are applied, each with characters of which every match has one.
const OPENING: &[(&str, Rule)] = &[
    ("«“‘„`", opening_marks),
    ("\"", first_quote),
    ("`", backticks),
    ("\"'", quote_after_bracket),
    ("'", single_letter),
];
const PUNCTUATION: &[(&str, Rule)] = &[
    (".", final_period_spaced),
    (":,", colon_or_comma),
    (":,", last_colon_or_comma),
    (".", dots),
    (";@#$%&", |text, at, out| pad_one_of(text, at, out, ";@#$%&")),
    (".", final_period),
    ("?!", |text, at, out| pad_one_of(text, at, out, "?!")),
    ("'", quote_before_space),
    ("*", |text, at, out| pad_one_of(text, at, out, "*")),
    ("[](){}<>", |text, at, out| pad_one_of(text, at, out, "[](){}<>")),
    ("-", |text, at, out| pad(text, at, out, "--", " -- ")),
];
const CLOSING: &[(&str, Rule)] = &[
    ("»”’", |text, at, out| pad_one_of(text, at, out, "»”’")),
    ("'", |text, at, out| pad(text, at, out, "''", " '' ")),
    ("\"", |text, at, out| pad(text, at, out, "\"", " '' ")),
    ("'", |text, at, out| clitic(text, at, out, &["'s", "'S", "'m", "'M", "'d", "'D", "'"])),
    ("'", |text, at, out| clitic(text, at, out, &["'ll", "'LL", "'re", "'RE", "'ve", "'VE", "n't", "N'T"])),
];
/// Each begins, but for a space, with one of the letters in `contracts`, whatever its case.
const CONTRACTIONS: &[Rule] = &[
    |text, at, out| contraction(text, at, out, "can", "not"),
    |text, at, out| contraction(text, at, out, "d", "'ye"),
    |text, at, out| contraction(text, at, out, "gim", "me"),
    |text, at, out| contraction(text, at, out, "gon", "na"),
    |text, at, out| contraction(text, at, out, "got", "ta"),
    |text, at, out| contraction(text, at, out, "lem", "me"),
    |text, at, out| contraction(text, at, out, "more", "'n"),
    wanna,
    |text, at, out| tis(text, at, out, "is"),
    |text, at, out| tis(text, at, out, "was"),
];

/// The tokens of a sentence.
pub fn tokenize(sentence: &str) -> Vec<String> {
    let mut text: Vec<char> = sentence.chars().collect();
    let mut spare = Vec::with_capacity(2 * text.len() + 16);
    apply(OPENING, &mut text, &mut spare);
    apply(PUNCTUATION, &mut text, &mut spare);
    text.insert(0, ' ');
    text.push(' ');
    apply(CLOSING, &mut text, &mut spare);
    if contracts(&text, &mut spare) {
        for rule in CONTRACTIONS {
            substitute(&mut text, &mut spare, *rule);
        }
    }
    text.split(|&c| is_space(c)).filter(|word| !word.is_empty()).map(|word| word.iter().collect()).collect()
}

/// Applies those rules that can find anything.
fn apply(rules: &[(&str, Rule)], text: &mut Vec<char>, spare: &mut Vec<char>) {
    let mut has = Present::of(text);
    for (marks, rule) in rules {
        if has.any(marks) {
            substitute(text, spare, *rule);
            has = Present::of(text);
        }
    }
}

/// Which ASCII characters a text has, a bit each, and whether it has others.
struct Present([u64; 3]);

impl Present {
    #[inline(never)]
    fn of(text: &[char]) -> Self {
        let mut bits = [0; 3];
        for &c in text {
            let code = u32::from(c);
            bits[(code >> 6).min(2) as usize] |= 1 << (code & 63);
        }
        Self(bits)
    }

    /// Whether it may have one of these.
    fn any(&self, marks: &str) -> bool {
        marks.chars().any(|c| {
            let code = u32::from(c);
            if c.is_ascii() { self.0[(code >> 6) as usize] >> (code & 63) & 1 == 1 } else { self.0[2] != 0 }
        })
    }
}

/// Whether a rule for contractions matches anywhere. Where none does, none changes what the next one sees.
fn contracts(text: &[char], spare: &mut Vec<char>) -> bool {
    spare.clear();
    text.iter().enumerate().any(|(at, &c)| {
        let begins = matches!(c, ' ' | 'c' | 'C' | 'd' | 'D' | 'g' | 'G' | 'l' | 'L' | 'm' | 'M' | 'w' | 'W')
            // Of a word's letters, the first can; a space, before an apostrophe.
            && if c == ' ' { text.get(at + 1) == Some(&'\'') } else { at == 0 || !is_word(text[at - 1]) };
        begins && CONTRACTIONS.iter().any(|rule| rule(text, at, spare) > 0)
    })
}

/// Applies a rule from the left. What lies in `spare` is overwritten.
fn substitute(text: &mut Vec<char>, spare: &mut Vec<char>, rule: Rule) {
    spare.clear();
    let mut at = 0;
    while at < text.len() {
        match rule(text, at, spare) {
            0 => {
                spare.push(text[at]);
                at += 1;
            }
            length => at += length,
        }
    }
    core::mem::swap(text, spare);
}

fn starts_with(text: &[char], at: usize, wanted: &str) -> bool {
    let mut rest = text[at..].iter();
    wanted.chars().all(|c| rest.next() == Some(&c))
}

/// Without regard to case, as Python sees it.
fn starts_with_folded(text: &[char], at: usize, wanted: &str) -> bool {
    let mut rest = text[at..].iter();
    wanted.chars().all(|c| rest.next().is_some_and(|&found| fold(found) == c))
}

fn pad(text: &[char], at: usize, out: &mut Vec<char>, mark: &str, replacement: &str) -> usize {
    if !starts_with(text, at, mark) {
        return 0;
    }
    out.extend(replacement.chars());
    mark.chars().count()
}

fn pad_one_of(text: &[char], at: usize, out: &mut Vec<char>, marks: &str) -> usize {
    if !marks.contains(text[at]) {
        return 0;
    }
    out.extend([' ', text[at], ' ']);
    1
}

fn pad_run(text: &[char], at: usize, out: &mut Vec<char>, mark: char, least: usize) -> usize {
    let length = text[at..].iter().take_while(|&&c| c == mark).count();
    if length < least {
        return 0;
    }
    out.push(' ');
    out.extend(&text[at..at + length]);
    out.push(' ');
    length
}

fn opening_marks(text: &[char], at: usize, out: &mut Vec<char>) -> usize {
    match pad_one_of(text, at, out, "«“‘„") {
        0 => pad_run(text, at, out, '`', 1),
        length => length,
    }
}

fn first_quote(text: &[char], at: usize, out: &mut Vec<char>) -> usize {
    if at == 0 { pad(text, at, out, "\"", "``") } else { 0 }
}

fn backticks(text: &[char], at: usize, out: &mut Vec<char>) -> usize {
    pad(text, at, out, "``", " `` ")
}

fn quote_after_bracket(text: &[char], at: usize, out: &mut Vec<char>) -> usize {
    if !matches!(text[at], ' ' | '(' | '[' | '{' | '<') {
        return 0;
    }
    let length = [("\"", 2), ("''", 3)].into_iter().find(|(quote, _)| starts_with(text, at + 1, quote));
    let Some((_, length)) = length else { return 0 };
    out.push(text[at]);
    out.extend(" `` ".chars());
    length
}

/// An apostrophe before a single letter that makes no clitic.
fn single_letter(text: &[char], at: usize, out: &mut Vec<char>) -> usize {
    let Some(&letter) = text.get(at + 1) else { return 0 };
    let alone = is_word(letter) && !text.get(at + 2).copied().is_some_and(is_word);
    if text[at] != '\'' || !alone || matches!(fold(letter), 'm' | 't' | 's' | 'd' | 'n') {
        return 0;
    }
    out.extend(['\'', ' ', letter]);
    2
}

/// The length of a dot after another character, closing marks and white space up to the end of the text, and the
/// closing marks.
fn period_at_end<'a>(text: &'a [char], at: usize, marks: &str) -> Option<(usize, &'a [char])> {
    if text[at] == '.' || text.get(at + 1) != Some(&'.') {
        return None;
    }
    let rest = &text[at + 2..];
    let closing = rest.iter().take_while(|&&c| marks.contains(c)).count();
    rest[closing..].iter().all(|&c| is_space(c)).then(|| (text.len() - at, &rest[..closing]))
}

fn final_period_spaced(text: &[char], at: usize, out: &mut Vec<char>) -> usize {
    let Some((length, closing)) = period_at_end(text, at, "])}>\"'»”’ ") else { return 0 };
    out.extend([text[at], ' ', '.', ' ']);
    out.extend(closing);
    out.push(' ');
    length
}

fn final_period(text: &[char], at: usize, out: &mut Vec<char>) -> usize {
    let Some((length, closing)) = period_at_end(text, at, "])}>\"'") else { return 0 };
    out.extend([text[at], ' ', '.']);
    out.extend(closing);
    out.push(' ');
    length
}

fn colon_or_comma(text: &[char], at: usize, out: &mut Vec<char>) -> usize {
    match text.get(at + 1) {
        Some(&next) if matches!(text[at], ':' | ',') && !is_digit(next) => {
            out.extend([' ', text[at], ' ', next]);
            2
        }
        _ => 0,
    }
}

fn last_colon_or_comma(text: &[char], at: usize, out: &mut Vec<char>) -> usize {
    let last = matches!(text[at + 1..], [] | ['\n']);
    if last { pad_one_of(text, at, out, ":,") } else { 0 }
}

fn dots(text: &[char], at: usize, out: &mut Vec<char>) -> usize {
    pad_run(text, at, out, '.', 2)
}

fn quote_before_space(text: &[char], at: usize, out: &mut Vec<char>) -> usize {
    if text[at] == '\'' || !starts_with(text, at + 1, "' ") {
        return 0;
    }
    out.extend([text[at], ' ', '\'', ' ']);
    3
}

fn clitic(text: &[char], at: usize, out: &mut Vec<char>, clitics: &[&str]) -> usize {
    if matches!(text[at], '\'' | ' ') {
        return 0;
    }
    for clitic in clitics {
        let length = clitic.len();
        if starts_with(text, at + 1, clitic) && text.get(at + 1 + length) == Some(&' ') {
            out.extend([text[at], ' ']);
            out.extend(clitic.chars());
            out.push(' ');
            return length + 2;
        }
    }
    0
}

/// Two words written as one, with nothing of a word around them.
fn joined(
    text: &[char],
    at: usize,
    out: &mut Vec<char>,
    first: &str,
    second: &str,
    after: fn(Option<char>) -> bool,
) -> usize {
    let (middle, end) = (at + first.len(), at + first.len() + second.len());
    let inside = at > 0 && is_word(text[at - 1]);
    if inside || !starts_with_folded(text, at, first) || !starts_with_folded(text, middle, second) {
        return 0;
    }
    if !after(text.get(end).copied()) {
        return 0;
    }
    out.push(' ');
    out.extend(&text[at..middle]);
    out.push(' ');
    out.extend(&text[middle..end]);
    out.push(' ');
    end - at
}

fn contraction(text: &[char], at: usize, out: &mut Vec<char>, first: &str, second: &str) -> usize {
    joined(text, at, out, first, second, |after| !after.is_some_and(is_word))
}

fn wanna(text: &[char], at: usize, out: &mut Vec<char>) -> usize {
    joined(text, at, out, "wan", "na", |after| after.is_some_and(is_space))
}

fn tis(text: &[char], at: usize, out: &mut Vec<char>, verb: &str) -> usize {
    // The space before it is part of the match, and what is put in its place begins with one.
    if text[at] != ' ' {
        return 0;
    }
    match joined(text, at + 1, out, "'t", verb, |after| !after.is_some_and(is_word)) {
        0 => 0,
        length => length + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::words;

    // Expected values from NLTK 3.8.1.
    #[test]
    fn agrees_with_nltk() {
        let cases: &[(&str, &[&str])] = &[
            ("I CANNOT go, can't I?", &["I", "CAN", "NOT", "go", ",", "ca", "n't", "I", "?"]),
            ("\"Hi,\" (he) said.", &["``", "Hi", ",", "''", "(", "he", ")", "said", "."]),
            ("It's 3:45 at A.B. Corp's.", &["It", "'s", "3:45", "at", "A.B", ".", "Corp", "'s", "."]),
            (
                "Wanna wait... OK--yes 'tis WELL-KNOWN*",
                &["Wan", "na", "wait", "...", "OK", "--", "yes", "'t", "is", "WELL-KNOWN", "*"],
            ),
            ("He said: 'I'LL be (there).'", &["He", "said", ":", "'", "I", "'LL", "be", "(", "there", ")", ".", "'"]),
            ("«N'T» don't ''x'' A., B:", &["«", "N'T", "»", "do", "n't", "``", "x", "''", "A.", ",", "B", ":"]),
            ("“Q” ‘x’ $5 a@b 'y", &["“", "Q", "”", "‘", "x", "’", "$", "5", "a", "@", "b", "'", "y"]),
        ];
        for (text, expected) in cases {
            assert_eq!(words(text), *expected, "{text}");
        }
    }
}
