//! Which ASCII letters a reader takes a character for (UTS #39), where it is a letter or a digit.

use super::confusables_table::{SEVERAL, SINGLE};

/// What a character looks like in plain letters, if that is something else. What looks like a stroke is an `l`, though it may be meant for `I`.
#[must_use]
pub fn looks_like(c: char) -> Option<Looks> {
    if c.is_ascii() {
        return None;
    }
    let code = u32::from(c);
    let at = SINGLE.partition_point(|row| row >> 8 < code);
    if let Some(row) = SINGLE.get(at).filter(|row| *row >> 8 == code) {
        return Some(Looks::One((row & 0x7F) as u8 as char));
    }
    if let Ok(at) = SEVERAL.binary_search_by_key(&c, |&(c, _)| c) {
        return Some(Looks::Several(SEVERAL[at].1));
    }
    drawn(c).map(Looks::One)
}

/// A character, or several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looks {
    /// One.
    One(char),
    /// Several.
    Several(&'static str),
}

/// Forms of letters that the table does not have, as they are no other letters: small capitals, and letters within a circle or a square.
fn drawn(c: char) -> Option<char> {
    const SMALL: &[(char, char)] = &[
        ('\u{1D00}', 'a'),
        ('\u{299}', 'b'),
        ('\u{1D04}', 'c'),
        ('\u{1D05}', 'd'),
        ('\u{1D07}', 'e'),
        ('\u{A730}', 'f'),
        ('\u{262}', 'g'),
        ('\u{29C}', 'h'),
        ('\u{26A}', 'i'),
        ('\u{1D0A}', 'j'),
        ('\u{1D0B}', 'k'),
        ('\u{29F}', 'l'),
        ('\u{1D0D}', 'm'),
        ('\u{274}', 'n'),
        ('\u{1D0F}', 'o'),
        ('\u{1D18}', 'p'),
        ('\u{A7AF}', 'q'),
        ('\u{280}', 'r'),
        ('\u{A731}', 's'),
        ('\u{1D1B}', 't'),
        ('\u{1D1C}', 'u'),
        ('\u{1D20}', 'v'),
        ('\u{1D21}', 'w'),
        ('\u{28F}', 'y'),
        ('\u{1D22}', 'z'),
    ];
    let nth = |first: u32, letter: u8| char::from(letter + (u32::from(c) - first) as u8);
    match c {
        '\u{1F150}'..='\u{1F169}' => Some(nth(0x1F150, b'A')),
        '\u{1F170}'..='\u{1F189}' => Some(nth(0x1F170, b'A')),
        _ => SMALL.iter().find(|(small, _)| *small == c).map(|(_, letter)| *letter),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted() {
        assert!(SINGLE.is_sorted_by_key(|row| row >> 8) && SEVERAL.is_sorted_by_key(|(c, _)| *c));
        assert!(SINGLE.len() > 500, "{}", SINGLE.len());
    }

    #[test]
    fn letters_of_many_scripts_look_like_latin_ones() {
        for (c, latin) in
            [('а', 'a'), ('ѕ', 's'), ('ո', 'n'), ('Ꭰ', 'D'), ('ꓓ', 'D'), ('ᴅ', 'd'), ('🅓', 'D'), ('ⅼ', 'l')]
        {
            let looks = looks_like(c);
            assert!(looks == Some(Looks::One(latin)) || c == 'ⅼ' && looks.is_none(), "{c} {looks:?}");
        }
        assert_eq!(looks_like('ꜳ'), Some(Looks::Several("aa")));
        for c in ['a', 'ж', 'é', 'ł', 'ø', '漢', '’', '🦉'] {
            assert_eq!(looks_like(c), None, "{c}");
        }
    }
}
