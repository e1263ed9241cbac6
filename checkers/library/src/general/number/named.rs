//! What an answer calls its number: `x = 5`, `f(3) = 5`, `\text{Total} = 5`, `The answer is 5`.

use super::{
    dress::{closed, spaces, word},
    words::{hedges, scales},
};

/// The longest name.
const LONGEST: usize = 80;

/// Words that lead to an answer and say nothing of it.
const LEADS: &str = " so thus hence therefore then finally the my our a final correct right total answer result value solution \
    sum number cost amount price area ";

/// Commands within names: figures, and letters.
const COMMANDS: &str = " angle triangle overline widehat overrightarrow text textbf mathrm mathbf operatorname alpha beta gamma delta \
    theta lambda mu phi rho sigma omega ell Delta ";

/// Words within a name with which the number is of something else: `half = 5`.
const OTHERS: &str = " half twice thrice double triple quadruple sin cos tan cot sec csc log ln lg exp sqrt root mod product \
    minus plus times percent square cube ";

/// Behind `x =`; the same where no name that is understood stands before the sign.
pub(super) fn named(text: &str) -> &str {
    let bytes = text.as_bytes();
    let Some(at) = bytes.iter().take(LONGEST).position(|byte| *byte == b'=').or_else(|| about(text)) else {
        return text;
    };
    if !is_name(text[..at].trim_end_matches([' ', '&', '~'])) {
        return text;
    }
    let rest = text[at..].strip_prefix('=').unwrap_or(&text[at..]);
    spaces(rest)
}

/// Where `x \approx` ends its name.
fn about(text: &str) -> Option<usize> {
    ["\\approx", "\\simeq", "≈", "≃"].iter().filter_map(|sign| text.find(sign)).min().filter(|at| *at <= LONGEST)
}

/// Behind words that lead to an answer: `So the final answer is`, `Answer:`, `\text{Answer: }`.
pub(super) fn led(text: &str) -> &str {
    if let Some((inner, rest)) = text.strip_prefix("\\text{").and_then(|inner| closed(inner, '}')) {
        let lead = inner.trim_end();
        return if led(&format!("{lead} 0")) == "0" { spaces(rest) } else { text };
    }
    let mut rest = text;
    for count in 0..8 {
        let (one, after) = word(rest);
        let small = one.to_ascii_lowercase();
        let after = after.trim_start_matches([' ', ',']);
        let letter = count == 0 && one.len() == 1 && one != "I";
        let copula = count > 0 && matches!(small.as_str(), "is" | "equals" | "are");
        if copula {
            return after.strip_prefix("equal to ").unwrap_or(after.trim_start_matches([':', ' ']));
        }
        if one.is_empty() || one.len() > 12 || !letter && !LEADS.split_ascii_whitespace().any(|lead| lead == small) {
            break;
        }
        if let Some(value) = after.strip_prefix([':', '=']) {
            return value.trim_start();
        }
        rest = after;
    }
    text
}

/// Whether a text names a value: letters, indices, what a function is of. `2x`, `x^2` and `\sqrt{x}` do not.
fn is_name(text: &str) -> bool {
    let mut rest = text.trim();
    if rest.is_empty() || rest.len() > LONGEST {
        return false;
    }
    let mut words = 0;
    while let Some(c) = rest.chars().next() {
        rest = match c {
            '\\' => {
                let (command, after) = word(&rest[1..]);
                if command.is_empty() || !COMMANDS.split_ascii_whitespace().any(|one| one == command) {
                    return false;
                }
                words += 1;
                after
            }
            '{' => match closed(&rest[1..], '}') {
                Some((inner, after)) if is_words(inner) => after,
                _ => return false,
            },
            '_' if words > 0 => {
                let index = &rest[1..];
                match index.strip_prefix('{').map(|braced| closed(braced, '}')) {
                    Some(Some((inner, after))) if plain(inner) => after,
                    Some(_) => return false,
                    None => match index.chars().next().filter(|c| c.is_ascii_alphanumeric()) {
                        Some(c) => &index[c.len_utf8()..],
                        None => return false,
                    },
                }
            }
            '(' if words > 0 => match closed(&rest[1..], ')') {
                Some((inner, after)) if plain(inner) => after,
                _ => return false,
            },
            ' ' | '\'' | '*' => &rest[1..],
            c if c.is_alphabetic() => {
                let (one, after) = word(rest);
                if !is_words(one) {
                    return false;
                }
                words += 1;
                after
            }
            _ => return false,
        };
    }
    (1..=6).contains(&words)
}

/// Letters, digits and what parts them.
fn plain(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || " ,.-".contains(c))
}

/// Words of which none makes another number of it.
fn is_words(text: &str) -> bool {
    let other = |one: &str| {
        one.len() > 1
            && (hedges(one)
                || scales(one)
                || OTHERS.split_ascii_whitespace().any(|other| other.eq_ignore_ascii_case(one)))
    };
    text.chars().all(|c| c.is_alphabetic() || " .'-".contains(c)) && !text.split([' ', '-']).any(other)
}
