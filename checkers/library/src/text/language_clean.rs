//! What the language detector reads of a text: its n-grams, as `langdetect` cleans and cuts them.

use super::{
    language_ngrams::{KANJI, VIETNAMESE},
    language_shares::{Gram, is_known},
    python::is_upper_char,
};
use std::borrow::Cow;

/// Most characters that are looked at.
const LONGEST: usize = 10_000;

/// The text without addresses, with Vietnamese letters composed, cut to the longest length; and without Latin letters if there are
/// few of them. Most texts have nothing of these, and are read where they lie.
#[inline(never)]
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    // No early end, so that sixteen bytes are looked at at once.
    let url = bytes.iter().zip(bytes.iter().skip(1)).fold(false, |found, (&a, &b)| found | (a == b':') & (b == b'/'));
    // The combining marks that are composed begin with this byte.
    let special = bytes.iter().fold(false, |found, &byte| found | (byte == b'@') | (byte == 0xCC));
    let mut text = Cow::Borrowed(text);
    if url || special {
        let chars: Vec<char> = text.chars().collect();
        text = compose(&without_mail(&without_urls(&chars))).into_iter().collect::<String>().into();
    }
    if text.len() > LONGEST
        && let Some((end, _)) = text.char_indices().nth(LONGEST)
    {
        match &mut text {
            Cow::Borrowed(text) => *text = &text[..end],
            Cow::Owned(text) => text.truncate(end),
        }
    }
    let latin: usize = text.bytes().map(|byte| usize::from(byte.wrapping_sub(b'A') <= b'z' - b'A')).sum();
    // The first bytes of the characters from U+0300 on.
    let other: usize = text.bytes().map(|byte| usize::from(byte >= 0xCC)).sum();
    if latin * 2 < other {
        text = text.chars().filter(|&c| !is_latin(c)).collect::<String>().into();
    }
    text
}

/// The n-grams of a text, in order, but for those inside words in capitals and those with a character that takes two UTF-16 units,
/// which no profile has. They are kept as places in the text, which takes few pages of memory.
pub(super) struct Grams {
    /// The normalized text, with two units before it.
    units: Vec<u16>,
    /// For each n-gram where it ends and, in the lowest two bits, its length.
    places: Vec<u16>,
}

// A place holds the longest text.
const _: () = assert!((LONGEST + 3) << 2 <= u16::MAX as usize);

impl Grams {
    /// The n-grams of a text that was cleaned.
    #[inline(never)]
    pub(super) fn of(text: &str) -> Self {
        const SPACE: u16 = ' ' as u16;
        let mut units = Vec::with_capacity(text.len() + 3);
        // Written at every place, and gone on from where there is an n-gram: what follows a letter is not foreseen by any processor.
        let (mut places, mut count) = (vec![0; 3 * text.len() + 3], 0);
        units.extend([0, 0, SPACE]);
        // How many of the last units are of this word, with the space before it; the two newest.
        let (mut filled, mut before, mut newest) = (1, 0, SPACE);
        let (mut capital, mut capital_word) = (false, false);
        for c in text.chars() {
            let c = normalize(c);
            let begins = newest == SPACE;
            if begins && c == ' ' {
                continue;
            }
            let unit = u16::try_from(u32::from(c)).unwrap_or(0);
            let oldest = if begins { 0 } else { before };
            (before, newest) = (newest, unit);
            let end = (units.len() << 2) as u16;
            units.push(unit);
            filled = if begins { 2 } else { 3.min(filled + 1) };
            let last = capital & !begins;
            capital = is_upper_char(c);
            capital_word = capital & ((capital_word & !begins) | last);
            let read = !capital_word & (unit != 0);
            let mut place = |length, counts: bool| {
                places[count] = end | length;
                count += usize::from(counts);
            };
            place(1, read & (unit != SPACE));
            place(2, read & (before != 0));
            place(3, read & (before != 0) & (filled == 3) & (oldest != 0));
        }
        places.truncate(count);
        Self { units, places }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    #[inline]
    pub(super) fn at(&self, index: usize) -> Gram {
        gram(&self.units, self.places[index])
    }

    /// Leaves out n-grams that no language has.
    pub(super) fn retain_known(&mut self) {
        let units = &self.units;
        self.places.retain(|&place| is_known(gram(units, place)));
    }
}

fn gram(units: &[u16], place: u16) -> Gram {
    let end = usize::from(place >> 2);
    Gram::of([units[end - 2], units[end - 1], units[end]], u32::from(place & 3))
}

/// The range includes the six signs between the letters, as in `langdetect`.
fn is_latin(c: char) -> bool {
    ('A'..='z').contains(&c)
}

/// Replaces `https?://[-_.?&~;+=/#0-9A-Za-z]{1,2076}` with a space.
fn without_urls(text: &[char]) -> Vec<char> {
    let mut kept = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        let scheme = [&['h', 't', 't', 'p', ':', '/', '/'][..], &['h', 't', 't', 'p', 's', ':', '/', '/'][..]]
            .into_iter()
            .find(|scheme| text[at..].starts_with(scheme));
        let rest = scheme.map_or(0, |scheme| {
            let part = |c: &&char| c.is_ascii_alphanumeric() || "-_.?&~;+=/#".contains(**c);
            text[at + scheme.len()..].iter().take(2076).take_while(part).count()
        });
        match scheme {
            Some(scheme) if rest > 0 => {
                kept.push(' ');
                at += scheme.len() + rest;
            }
            _ => {
                kept.push(text[at]);
                at += 1;
            }
        }
    }
    kept
}

/// Replaces `[-_.0-9A-Za-z]{1,64}@[-_0-9A-Za-z]{1,255}[-_.0-9A-Za-z]{1,255}` with a space.
fn without_mail(text: &[char]) -> Vec<char> {
    let label = |c: &&char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let part = |c: &&char| label(c) || **c == '.';
    let mut kept: Vec<char> = Vec::with_capacity(text.len());
    // Characters at the end of `kept` that could be the part before an `@`.
    let mut local = 0;
    let mut at = 0;
    while at < text.len() {
        if text[at] == '@' && local > 0 {
            let first = text[at + 1..].iter().take(255).take_while(label).count();
            let second = text[at + 1 + first..].iter().take(255).take_while(part).count();
            // Without a second part, the first gives its last character up for one.
            if first > 0 && first + second > 1 {
                kept.truncate(kept.len() - local.min(64));
                kept.push(' ');
                at += 1 + first + second;
                local = 0;
                continue;
            }
        }
        local = if part(&&text[at]) { local + 1 } else { 0 };
        kept.push(text[at]);
        at += 1;
    }
    kept
}

/// Composes a letter and a combining mark into one letter of Vietnamese.
fn compose(text: &[char]) -> Vec<char> {
    let mut composed = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        let mark = text.get(at + 1).copied().filter(|mark| ('\u{300}'..='\u{323}').contains(mark));
        let found = mark.and_then(|mark| {
            let row = VIETNAMESE.binary_search_by_key(&(text[at], mark), |&(letter, mark, _)| (letter, mark)).ok()?;
            Some(VIETNAMESE[row].2)
        });
        composed.push(found.unwrap_or(text[at]));
        at += if found.is_some() { 2 } else { 1 };
    }
    composed
}

/// Maps characters that tell languages apart equally well to one of them, and everything that is no letter to a space.
fn normalize(c: char) -> char {
    match c {
        '\0'..='\u{7f}' => {
            if c.is_ascii_alphabetic() {
                c
            } else {
                ' '
            }
        }
        '\u{a0}' | '\u{ab}' | '\u{b0}' | '\u{bb}' | '\u{2000}'..='\u{206f}' => ' ',
        // Romanian: comma below becomes cedilla.
        '\u{219}' => '\u{15f}',
        '\u{21b}' => '\u{163}',
        // Persian yeh becomes Arabic yeh.
        '\u{6cc}' => '\u{64a}',
        '\u{1ea0}'..='\u{1eff}' => '\u{1ec3}',
        '\u{3040}'..='\u{309f}' => '\u{3042}',
        '\u{30a0}'..='\u{30ff}' => '\u{30a2}',
        '\u{3100}'..='\u{312f}' | '\u{31a0}'..='\u{31bf}' => '\u{3105}',
        '\u{4e00}'..='\u{9fff}' => KANJI.binary_search_by_key(&c, |&(kanji, _)| kanji).map_or(c, |row| KANJI[row].1),
        '\u{ac00}'..='\u{d7af}' => '\u{ac00}',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn cleans_as_langdetect_does() {
        assert_eq!(clean("see  https://a.b/c?d=é or http:// now"), "see   é or http:// now");
        assert_eq!(clean("to a.b@c.d and a@b, a@bc @x"), "to   and a@b,   @x");
        assert_eq!(clean("e\u{300}x"), "\u{e8}x");
        assert_eq!(clean("привет a_b ещё"), "привет  ещё");
        assert_eq!(clean(&"ab".repeat(6000)).len(), 10_000);
    }
}
