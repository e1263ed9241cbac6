//! Sentences that deny a number, or leave it to others.

use super::{
    dress::LONG,
    supposed::{reworded, supposes},
    things::Things,
    whole::whole,
    words::hedges,
};

/// What an aside begins with that only says what the answer is not: `42 (not 41)`.
const ASIDES: [&str; 10] = [
    " (not ",
    " (and not ",
    ", not ",
    " and not ",
    ", and not ",
    " rather than ",
    ", rather than ",
    " instead of ",
    " (rather than ",
    " (instead of ",
];

/// Words with which a clause does not stand for the number in it.
const DENIALS: &str = " not never neither nor cannot no either between wrong incorrect incorrectly wrongly false except excluding unlikely \
    hardly refuse refuses refused reject rejects rejected deny denies denied doubt doubts doubtful doubted dispute disagree ignore \
    disregard avoid mistake mistaken mistakenly misconception differs differ unequal contradicts contradict exclude excludes trap \
    tempting tempted fake decoy distractor nobody none impossible improbable implausible naive lacks lack missing \
    forbids forbidden rule ruled rules unacceptable ";

/// People who are not the writer.
const OTHERS: &str = " some others many most people everyone everybody somebody someone they students others' ";

/// Without an aside at the end that says which number is not the answer.
pub(super) fn without_aside<'a>(text: &'a str, things: &Things<'_>) -> &'a str {
    let bare = text.trim_end().trim_end_matches(['.', '!', '*', ')']).trim_end();
    let mut from = bare.len().saturating_sub(60);
    while !bare.is_char_boundary(from) {
        from += 1;
    }
    let found = ASIDES.iter().filter_map(|phrase| bare[from..].rfind(phrase).map(|at| (from + at, phrase.len())));
    let Some((at, length)) = found.min() else { return text };
    let front = &text[..at];
    let is_number = whole(&bare[at + length..], things).is_some();
    // A number must stand before it: `The answer is, not surprisingly, 42` has none.
    let behind_number = front.rsplit(char::is_whitespace).take(3).any(|word| {
        word.ends_with(|c: char| c.is_ascii_digit() || "$)*".contains(c)) && word.contains(|c: char| c.is_ascii_digit())
    });
    if is_number && behind_number { front } else { text }
}

/// Whether what stands before a number lets it be the answer: without a negation, without another candidate, and not supposed. What is
/// said in other words is said of what was said first: `not six squared, i.e. 36`.
pub(super) fn lets(text: &str) -> bool {
    clause_lets(text) && reworded(text).is_none_or(clause_lets) && !supposes(text)
}

/// Whether the clause lets it.
fn clause_lets(text: &str) -> bool {
    let mut from = text.len().saturating_sub(LONG);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let clause = text[from..].rsplit([',', ';', ':', '\n', '?', '!', '=']).next().unwrap_or_default();
    let clause = clause.rsplit(". ").next().unwrap_or_default();
    let words: Vec<&str> =
        clause.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').filter(|word| !word.is_empty()).collect();
    let small: Vec<String> = words.iter().map(|word| word.to_lowercase().replace('’', "'")).collect();
    let turn =
        |word: &String| matches!(word.as_str(), "but" | "so" | "therefore" | "thus" | "hence" | "because" | "then");
    // `Anything but 42` turns nothing.
    let excepts = |at: usize| {
        small[at] == "but"
            && at > 0
            && (small[at - 1].starts_with("any")
                || small[at - 1].starts_with("every")
                || ["all", "nothing", "none", "numbers", "values"].contains(&small[at - 1].as_str()))
    };
    let start = small.iter().rposition(turn).map_or(0, |at| at + 1);
    if start > 0 && excepts(start - 1) {
        return false;
    }
    let small = &small[start..];
    let negates = |word: &str| word.ends_with("n't") || DENIALS.split_ascii_whitespace().any(|denial| denial == word);
    // `Anything besides 42`.
    let besides = small.windows(2).any(|pair| {
        pair[1] == "besides"
            && (pair[0].starts_with("any")
                || pair[0].starts_with("every")
                || ["all", "nothing"].contains(&pair[0].as_str()))
    });
    if besides || small.iter().any(|word| negates(word)) || reports(small) {
        return false;
    }
    let Some((last, front)) = small.split_last() else { return true };
    let near = |word: &&str| small.iter().rev().take(3).any(|one| one == word);
    let digits = |word: &String| word.starts_with(|c: char| c.is_ascii_digit());
    let numbered = |front: &[String]| front.iter().rev().take(2).any(digits);
    match last.as_str() {
        "from" => !front.last().is_some_and(|word| matches!(word.as_str(), "far" | "different" | "away")),
        "than" | "least" | "most" | "under" | "below" | "above" | "exceeds" | "minus" | "negative" | "plus"
        | "times" => false,
        "and" | "through" | "vs" => !front.last().is_some_and(digits),
        "to" => !numbered(front) || front.iter().any(|word| word == "from"),
        "by" => !front.last().is_some_and(|word| matches!(word.as_str(), "divided" | "multiplied")),
        "root" | "over" | "base" | "version" => false,
        "of" => !front
            .last()
            .is_some_and(|word| matches!(word.as_str(), "root" | "logarithm" | "log" | "power" | "square" | "cube")),
        _ => !near(&"or") && !near(&"maybe") && !near(&"perhaps") && !near(&"possibly"),
    }
}

/// Whether a clause says what others say.
fn reports(words: &[String]) -> bool {
    // `You might think it is 42`
    let imagined = words.windows(3).any(|three| {
        let thinks = ["say", "think", "guess", "answer", "believe", "assume", "conclude"];
        !["i", "we"].contains(&three[0].as_str())
            && ["would", "might", "may", "could"].contains(&three[1].as_str())
            && thinks.contains(&three[2].as_str())
    });
    imagined
        || words.windows(2).any(|pair| {
            // Of himself, the writer says `think`.
            let of_anyone = ["claiming", "saying", "thinking", "believing", "answering", "guessing"];
            if of_anyone.contains(&pair[1].as_str())
                && ["anyone", "anybody", "whoever", "those"].contains(&pair[0].as_str())
            {
                return true;
            }
            let of_another = ["thinks", "believes", "claims", "guesses", "argues", "says"];
            if of_another.contains(&pair[1].as_str())
                && !["one", "problem", "equation", "it"].contains(&pair[0].as_str())
            {
                return true;
            }
            let says = [
                "say", "says", "said", "claim", "claims", "claimed", "think", "thinks", "believe", "believes", "guess",
                "answer",
            ];
            says.contains(&pair[1].as_str()) && OTHERS.split_ascii_whitespace().any(|other| other == pair[0])
        })
}

/// Whether a clause takes back what stands before it: `I am sure it is not`, `that's clearly wrong`.
fn takes_back(words: &[&str]) -> bool {
    let it = |word: &str| matches!(word, "it" | "that" | "this" | "it's" | "that's" | "which");
    let ends =
        |rest: &[&str]| matches!(*rest, [] | ["right" | "correct" | "true" | "it" | "so" | "possible" | "the", ..]);
    words.iter().enumerate().any(|(at, word)| {
        it(word)
            && match words[at + 1..] {
                ["is", "not", ref rest @ ..] | ["isn't", ref rest @ ..] => ends(rest),
                ["can't" | "cannot", "be", ref rest @ ..] => ends(rest),
                ref rest => {
                    let is = word.ends_with("'s") || rest.first() == Some(&"is");
                    let rest = if word.ends_with("'s") { rest } else { rest.get(1..).unwrap_or_default() };
                    is && rest.iter().take(2).any(|word| matches!(*word, "wrong" | "incorrect" | "false" | "mistaken"))
                        || is && rest.first() == Some(&"not") && ends(&rest[1..])
                }
            }
    })
}

/// Whether what follows takes the number back: `42 is wrong`, and in a new sentence only a word by itself.
pub(super) fn refuted(text: &str, anew: bool) -> bool {
    let part: String = text.chars().take(LONG).collect();
    let clause = part.split(['.', ';', ',', '\n', '!', ':']).find(|part| !part.trim().is_empty()).unwrap_or_default();
    let small = clause.to_lowercase().replace('’', "'");
    let words: Vec<&str> =
        small.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty()).collect();
    if anew {
        let words = match words[..] {
            ["but" | "however" | "although" | "though" | "yet" | "and", ref rest @ ..] => rest,
            ref all => all,
        };
        return takes_back(words)
            || matches!(
                *words,
                ["or" | "maybe" | "perhaps", ..]
                    | ["wrong" | "no" | "not"]
                    | ["that" | "this" | "it", "is", "wrong" | "incorrect", ..]
            );
    }
    let pairs = words.windows(2);
    let mistakes = ["wrong", "incorrect", "false", "miscounted", "miscalculated", "mistaken"];
    words.iter().any(|word| mistakes.contains(word)) || words.first().is_some_and(|word| {
        hedges(word)
            && !matches!(
                *word,
                "and" | "is" | "are" | "was" | "but" | "if" | "under" | "below" | "above" | "between" | "until" | "to"
                        // How much more it is: a difference, not a bound.
                        | "more" | "less" | "fewer"
            )
    }) || pairs.clone().any(|pair| matches!(pair, ["can", "not"])) || words.iter().enumerate().any(|(at, word)| {
        // `40 girls are not in a club` says nothing against the number.
        let denied = |next: &str| {
            matches!(
                next,
                "the"
                    | "right"
                    | "correct"
                    | "true"
                    | "it"
                    | "possible"
                    | "valid"
                    | "what"
                    | "an"
                    | "a"
                    | "my"
                    | "our"
                    | "so"
            )
        };
        matches!(*word, "is" | "was" | "are" | "were")
            && words.get(at + 1) == Some(&"not")
            && match words.get(at + 2) {
                Some(next) if at == 0 => *word != "are" || !matches!(*next, "in" | "on" | "at" | "from" | "used"),
                Some(next) => denied(next),
                None => true,
            }
    }) || words.iter().take(3).any(|word| matches!(*word, "isn't" | "wasn't" | "cannot" | "can't" | "or"))
}
