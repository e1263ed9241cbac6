//! Sentences as IFEval's utility module splits them by an ordered list of substitutions, which IFEvalG's instructions
//! use. (IFEval itself counts by Punkt.)
//!
//! Dots that end no sentence are first written as `<prd>` and ends of sentences marked by `<stop>`; where a response
//! contains these texts itself, they mean the same.

use super::python::{is_space, strip};

/// A substitution: the length of a match at the beginning of `rest`, and what is put in its place.
type Rule = fn(rest: &str) -> Option<(usize, String)>;

/// In the order they are applied, before the marks at the end of sentences are looked at.
const RULES: &[Rule] = &[title, website, number, dots, degree, initial, acronym, three_letters, two_letters, company];
const LAST_RULES: &[Rule] = &[suffix, lone_letter];

/// Words that begin a sentence after an abbreviation, in the order they are tried; some with the white space after them.
const STARTERS: &[(&str, bool)] = &[
    ("Mr", false),
    ("Mrs", false),
    ("Ms", false),
    ("Dr", false),
    ("Prof", false),
    ("Capt", false),
    ("Cpt", false),
    ("Lt", false),
    ("He", true),
    ("She", true),
    ("It", true),
    ("They", true),
    ("Their", true),
    ("Our", true),
    ("We", true),
    ("But", true),
    ("However", true),
    ("That", true),
    ("This", true),
    ("Wherever", false),
];

const SUFFIXES: &[&str] = &["Inc", "Ltd", "Jr", "Sr", "Co"];

/// The sentences, stripped; one may be empty, but not the last.
#[must_use]
pub fn rule_sentences(text: &str) -> Vec<String> {
    let mut text = format!(" {text}  ").replace('\n', " ");
    for rule in RULES.iter().chain(LAST_RULES) {
        text = substitute(&text, *rule);
    }
    for (mark, quote) in [('.', '”'), ('.', '"'), ('!', '"'), ('?', '"')] {
        text = text.replace(&format!("{mark}{quote}"), &format!("{quote}{mark}"));
    }
    for mark in [".", "?", "!"] {
        text = text.replace(mark, &format!("{mark}<stop>"));
    }
    text = text.replace("<prd>", ".");
    let mut sentences: Vec<String> = text.split("<stop>").map(|sentence| strip(sentence).to_owned()).collect();
    sentences.pop_if(|last| last.is_empty());
    sentences
}

fn substitute(text: &str, rule: Rule) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        match rule(rest) {
            Some((length, replacement)) => {
                out.push_str(&replacement);
                rest = &rest[length..];
            }
            None => {
                out.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    out
}

/// `Mr.` and the like.
fn title(rest: &str) -> Option<(usize, String)> {
    let name = ["Mr", "St", "Mrs", "Ms", "Dr"].into_iter().find(|name| follows(rest, name, "."))?;
    Some((name.len() + 1, format!("{name}<prd>")))
}

/// `.com` and the like.
fn website(rest: &str) -> Option<(usize, String)> {
    let domain = ["com", "net", "org", "io", "gov", "edu", "me"].into_iter().find(|name| follows(rest, ".", name))?;
    Some((1 + domain.len(), format!("<prd>{domain}")))
}

/// A dot between two digits.
fn number(rest: &str) -> Option<(usize, String)> {
    match rest.as_bytes() {
        [a @ b'0'..=b'9', b'.', b @ b'0'..=b'9', ..] => Some((3, format!("{}<prd>{}", char::from(*a), char::from(*b)))),
        _ => None,
    }
}

/// Two dots or more end a sentence.
fn dots(rest: &str) -> Option<(usize, String)> {
    let count = rest.bytes().take_while(|&byte| byte == b'.').count();
    (count > 1).then(|| (count, "<prd>".repeat(count) + "<stop>"))
}

fn degree(rest: &str) -> Option<(usize, String)> {
    rest.starts_with("Ph.D.").then(|| (5, "Ph<prd>D<prd>".into()))
}

/// A letter with its dot between white space and a space.
fn initial(rest: &str) -> Option<(usize, String)> {
    let space = rest.chars().next().filter(|&c| is_space(c))?.len_utf8();
    match rest.as_bytes()[space..] {
        [letter, b'.', b' ', ..] if letter.is_ascii_alphabetic() => {
            Some((space + 3, format!(" {}<prd> ", char::from(letter))))
        }
        _ => None,
    }
}

/// `U.S.` and the like before a word that begins a sentence.
fn acronym(rest: &str) -> Option<(usize, String)> {
    [3, 2].into_iter().find_map(|letters| {
        let name = dotted(rest, letters, u8::is_ascii_uppercase)?;
        let starter = starter(rest[name.len()..].strip_prefix(' ')?)?;
        Some((name.len() + 1 + starter.len(), format!("{name}<stop> {starter}")))
    })
}

fn three_letters(rest: &str) -> Option<(usize, String)> {
    dotted(rest, 3, u8::is_ascii_alphabetic).map(|name| (name.len(), name.replace('.', "<prd>")))
}

fn two_letters(rest: &str) -> Option<(usize, String)> {
    dotted(rest, 2, u8::is_ascii_alphabetic).map(|name| (name.len(), name.replace('.', "<prd>")))
}

/// `Inc.` and the like before a word that begins a sentence.
fn company(rest: &str) -> Option<(usize, String)> {
    let (length, name) = spaced_suffix(rest)?;
    let starter = starter(rest[length..].strip_prefix(' ')?)?;
    Some((length + 1 + starter.len(), format!(" {name}<stop> {starter}")))
}

fn suffix(rest: &str) -> Option<(usize, String)> {
    spaced_suffix(rest).map(|(length, name)| (length, format!(" {name}<prd>")))
}

/// A letter with its dot after a space.
fn lone_letter(rest: &str) -> Option<(usize, String)> {
    match rest.as_bytes() {
        [b' ', letter, b'.', ..] if letter.is_ascii_alphabetic() => Some((3, format!(" {}<prd>", char::from(*letter)))),
        _ => None,
    }
}

/// A space, a suffix of names and its dot: their length and the suffix.
fn spaced_suffix(rest: &str) -> Option<(usize, &'static str)> {
    let rest = rest.strip_prefix(' ')?;
    let name = SUFFIXES.iter().find(|name| follows(rest, name, "."))?;
    Some((name.len() + 2, name))
}

/// So many letters, each with a dot.
fn dotted(rest: &str, letters: usize, is_letter: fn(&u8) -> bool) -> Option<&str> {
    let bytes = rest.as_bytes().get(..2 * letters)?;
    bytes.chunks(2).all(|pair| is_letter(&pair[0]) && pair[1] == b'.').then(|| &rest[..2 * letters])
}

/// The word at the beginning that begins a sentence.
fn starter(rest: &str) -> Option<&str> {
    STARTERS.iter().find_map(|&(word, spaced)| {
        let after = rest.strip_prefix(word)?;
        let space = match spaced {
            true => after.chars().next().filter(|&c| is_space(c))?.len_utf8(),
            false => 0,
        };
        Some(&rest[..word.len() + space])
    })
}

fn follows(rest: &str, first: &str, second: &str) -> bool {
    rest.strip_prefix(first).is_some_and(|rest| rest.starts_with(second))
}

#[cfg(test)]
mod tests {
    use super::rule_sentences;

    // Expected values from `split_into_sentences` of google-research/instruction_following_eval.
    #[test]
    fn agrees_with_the_original() {
        let cases: &[(&str, &[&str])] = &[
            ("", &[]),
            ("One. Two! Three?", &["One.", "Two!", "Three?"]),
            ("Dr. Smith met J. Bach in the U.S. They left.", &["Dr. Smith met J. Bach in the U.S.", "They left."]),
            (
                "See example.com. It cost 3.50. Wait... what?! No",
                &["See example.com.", "It cost 3.50.", "Wait...", "what?", "!", "No"],
            ),
            (
                "She has a Ph.D. in a.b.c. law. \"Go!\" he said. “Yes.” No.",
                &["She has a Ph.D. in a.b.c. law.", "\"Go\"!", "he said.", "“Yes”.", "No."],
            ),
            ("Acme Inc. He left. Acme Ltd. and Jr. too", &["Acme Inc", "He left.", "Acme Ltd. and Jr. too"]),
            (" E. coli. A.B.C. This.", &["E. coli.", "A.B.C. This."]),
            ("..!", &["..", "!"]),
            ("a <prd> b<stop>c.", &["a . b", "c."]),
            ("Lines\nhere. U.K. But\tso", &["Lines here.", "U.K.", "But\tso"]),
        ];
        for (text, expected) in cases {
            assert_eq!(rule_sentences(text), *expected, "{text}");
        }
    }
}
