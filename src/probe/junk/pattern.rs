//! A text that a pattern matches.

use regex_syntax::hir::{Class, Hir, HirKind};

/// Most characters of a sample.
const LONGEST: usize = 2000;

/// A short text that the pattern matches, as far as can be told without its assertions; `None` when it is no pattern.
pub(super) fn sample(pattern: &str) -> Option<String> {
    let hir = regex_syntax::parse(pattern).ok()?;
    let mut text = String::new();
    write(&hir, &mut text).then_some(text)
}

fn write(hir: &Hir, text: &mut String) -> bool {
    if text.len() > LONGEST {
        return false;
    }
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => true,
        HirKind::Literal(literal) => match std::str::from_utf8(&literal.0) {
            Ok(literal) => {
                text.push_str(literal);
                true
            }
            Err(_) => false,
        },
        HirKind::Class(class) => match character(class) {
            Some(c) => {
                text.push(c);
                true
            }
            None => false,
        },
        // Once where it may be left out: most patterns want something there.
        HirKind::Repetition(repetition) => {
            let least = if repetition.max == Some(0) { 0 } else { repetition.min.max(1) };
            (0..least).all(|_| write(&repetition.sub, text))
        }
        HirKind::Capture(capture) => write(&capture.sub, text),
        HirKind::Concat(parts) => parts.iter().all(|part| write(part, text)),
        HirKind::Alternation(parts) => parts.first().is_some_and(|part| write(part, text)),
    }
}

/// A character of a class: a plain one where there is one.
fn character(class: &Class) -> Option<char> {
    let plain = "aA0x1 .-_".chars();
    match class {
        Class::Unicode(class) => {
            let has = |c: &char| class.iter().any(|range| (range.start()..=range.end()).contains(c));
            plain.into_iter().find(has).or_else(|| class.iter().next().map(|range| range.start()))
        }
        Class::Bytes(class) => {
            let has = |c: &char| class.iter().any(|range| (range.start()..=range.end()).contains(&(*c as u8)));
            plain.into_iter().find(has).or_else(|| class.iter().next().map(|range| char::from(range.start())))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::sample;

    #[test]
    fn what_is_sampled_matches() {
        for pattern in [
            r"^\d{4}-\d{2}$",
            r"(?i)\b(yes|no)\b",
            r"[^a-zA-Z0-9]+x?",
            r"\\boxed\{(.+?)\}",
            r"^(?:a|b)*c",
            r"\p{Greek}+",
            "",
        ] {
            let text = sample(pattern).expect(pattern);
            assert!(regex::Regex::new(pattern).unwrap().is_match(&text), "{pattern}: {text}");
        }
        assert_eq!(sample("("), None);
    }
}
