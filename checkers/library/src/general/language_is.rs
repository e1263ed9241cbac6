//! `language.is`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;
use unicode_normalization::char::is_combining_mark;

use super::blank::{empty, is_blank};
use crate::text::language::{LANGUAGES, detect};

/// Parameters of `language.is`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    language: String,
}

/// Shortest text that is looked at in parts, and shortest and longest part, in characters.
const LONG: usize = 2000;
const PART: (usize, usize) = (1000, 10_000);
/// Most parts, as far as the longest part allows.
const PARTS: usize = 64;

/// Languages that are taken for each other in short texts.
const CLOSE: [&[&str]; 12] = [
    &["da", "no", "sv"],
    &["hr", "sl"],
    &["cs", "sk"],
    &["es", "pt", "ca", "it", "ro"],
    &["bg", "mk", "ru", "uk"],
    &["hi", "mr", "ne"],
    &["ar", "fa", "ur"],
    &["af", "nl"],
    &["zh-cn", "zh-tw", "ja", "ko"],
    &["id", "tl"],
    &["et", "fi"],
    &["lt", "lv"],
];

/// Another language than `language` that much of the text is in.
fn foreign(text: &str, language: &str) -> Option<&'static str> {
    let opened = opened(text);
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
    if let Some((whole, in_links)) = &opened
        && 2 * in_links > letters(whole)
    {
        return detect(whole).filter(|found| is_other(found, language));
    }
    let chars: Vec<char> = opened.as_ref().map_or(text, |(text, _)| text).chars().collect();
    if chars.len() < LONG {
        return None;
    }
    let size = chars.len().div_ceil(PARTS).clamp(PART.0, PART.1);
    let (mut parts, mut others, mut other) = (0, 0, None);
    for part in chars.chunks(size).filter(|part| part.len() >= PART.0 / 2 && is_prose(part)) {
        parts += 1;
        let found = detect(&part.iter().collect::<String>());
        if let Some(found) = found.filter(|found| is_other(found, language)) {
            others += 1;
            other = Some(found);
        }
    }
    other.filter(|_| 3 * others > parts)
}

fn is_other(found: &str, language: &str) -> bool {
    let close = CLOSE.iter().any(|group| group.contains(&found) && group.contains(&language));
    found != "unknown" && found != language && !close
}

/// Whether at least four fifths are letters and single spaces.
fn is_prose(part: &[char]) -> bool {
    let space = |at: usize| part[at].is_whitespace() && at > 0 && !part[at - 1].is_whitespace();
    let marks = |c: char| is_combining_mark(c);
    let plain = (0..part.len()).filter(|at| part[*at].is_alphabetic() || marks(part[*at]) || space(*at)).count();
    let blank = (1..part.len()).filter(|at| part[*at].is_whitespace() && part[at - 1].is_whitespace()).count();
    5 * plain >= 4 * (part.len() - blank)
}

/// The text with the words of links and mail addresses apart, and how many letters these have, where it has any.
fn opened(text: &str) -> Option<(String, usize)> {
    if !text.contains("://") && !text.contains('@') {
        return None;
    }
    let (mut out, mut letters) = (String::with_capacity(text.len()), 0);
    for piece in text.split_inclusive(char::is_whitespace) {
        if piece.contains("://") || piece.contains('@') {
            letters += piece.chars().filter(|c| c.is_alphabetic()).count();
            out.extend(piece.chars().map(|c| if c.is_alphabetic() || c.is_whitespace() { c } else { ' ' }));
        } else {
            out.push_str(piece);
        }
    }
    Some((out, letters))
}

/// `language.is`
pub struct LanguageIs(String);

impl Checker for LanguageIs {
    type Params = Params;
    const DOC: Doc = Doc {
        id: "language.is",
        summary: "The text is in the given language.",
        details: "The language is the one `language:response_language` finds, with the n-gram statistics of the Python \
            package `langdetect`: the most probable of 55 languages over the first 10000 characters, links and mail \
            addresses left out. A longer text is then looked at in parts of at least 1000 characters, links with their words: it \
            fails where parts in other languages are more than a third of the parts, so that a quotation may be in any language. So does a \
            text of which more than half of the letters are in links, where these are in another language. \
            Here a text in which no language can be told (digits, symbols, code, too little text) \
            fails; `language:response_language` lets it pass. It does not see other languages in parts of which more than a fifth is \
            neither letter nor space (code, tables), close relatives of the language (Danish and Norwegian), or less than a third of the text. \
            Answers on texts of a few words or of close relatives are unsure. Empty text fails.",
        params: &[Param::required(
            "language",
            Kind::Choice(LANGUAGES),
            "ISO 639-1 code of the language; Chinese is zh-cn (simplified) or zh-tw (traditional)",
        )],
        example: Example {
            params: r#"{"language": "de"}"#,
            passes: &["Die Eule schläft am Tag und jagt in der Nacht, wenn alle anderen Vögel schlafen."],
            fails: &["", "The owl sleeps by day and hunts by night, while all the other birds sleep.", "12345 67890"],
            prompt: "",
        },
        source: "docs of `langdetect` 1.0.9; Nakatani Shuyo, Language Detection Library for Java, 2010",
    };

    fn new(params: Params) -> Result<Self, String> {
        let Params { language } = params;
        if LANGUAGES.contains(&language.as_str()) {
            return Ok(Self(language));
        }
        Err(format!("`language` is `{language}`; it must be one of {}", LANGUAGES.join(", ")))
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        if is_blank(input.text) {
            return empty();
        }
        match detect(input.text) {
            Some(found) if found == self.0 => match foreign(input.text, found) {
                None => Verdict::Passed,
                Some(other) => Verdict::fail(format!("more than a third looks like `{other}`, not `{found}`")),
            },
            Some(found) if found != "unknown" => Verdict::fail(format!("looks like `{found}`, not `{}`", self.0)),
            _ => Verdict::fail("no language can be told from the text"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWL: &str = "The owl sleeps by day and hunts by night, while all the other birds sleep. ";
    const EULE: &str = "Die Eule schläft am Tag und jagt in der Nacht, wenn alle anderen Vögel schlafen. ";

    fn english(text: &str) -> bool {
        LanguageIs("en".into()).check(&Input { text, prompt: "" }).passed()
    }

    #[test]
    fn the_whole_text_is_looked_at() {
        assert!(english(&OWL.repeat(400)));
        assert!(!english(&(OWL.repeat(150) + &EULE.repeat(150))), "after the first 10,000 characters");
        assert!(!english(&(OWL.repeat(150) + &EULE.repeat(5_000))));
        let link = EULE.replace(' ', "-").replace([',', '.'], "");
        assert!(!english(&format!("{OWL} https://a.org/{}", link.repeat(30))), "in one link");
        assert!(!english(&(OWL.repeat(3) + &format!("https://a.org/{link} ").repeat(20))), "in links");
    }

    #[test]
    fn quotations_may_be_in_any_language() {
        for quotations in [1, 5, 12] {
            assert!(english(&(OWL.repeat(40) + &EULE.repeat(quotations) + &OWL.repeat(40))), "{quotations}");
        }
        let code = "fn eule(nacht: &[u8]) -> u32 { nacht.iter().map(|n| u32::from(*n)).sum::<u32>() & 0xff }\n";
        assert!(english(&(OWL.repeat(20) + &code.repeat(60) + &OWL.repeat(20))), "code");
        assert!(english(
            &(OWL.repeat(20) + &"See https://docs.rs/serde/latest/serde/index.html for more. ".repeat(10))
        ));
    }
}
