//! The `regex` crate is the reference.

use proptest::prelude::*;

use super::*;

/// Largest program, in bytes.
const LIMIT: usize = 1 << 20;

/// Patterns that use what the two engines treat apart: boundaries, anchors, classes, repetition, case.
const PATTERNS: [&str; 16] = [
    r"\bé?a\b",
    r"^a+b*$",
    r"(?m)^b",
    r"\w{2,3}\s",
    r"[^a]\z",
    r"(?i)straße|k",
    r"a.{0,4}b",
    r"\Bb|\d",
    r"(?mR)^$",
    r"(?mR)a$",
    r"(?-u:\B)",
    r"(?-u:\b)é",
    r"(a|b)*a(a|b){3}$",
    r"((\b|a)*|^){2,}b",
    r"\b{start}a|K\b{end}",
    r"(?x) ß \b{start-half} # comment
      | \b{end-half} B",
];

/// A pattern of random parts. Not each is one the crate takes: `(?-u:\W)` would match half a character.
fn pattern() -> impl Strategy<Value = String> {
    let literal = "[abBkKsé ßſ1_.\n#-]".prop_map(|c| regex::escape(&c));
    let class = prop::sample::select(vec![
        ".",
        r"\w",
        r"\W",
        r"\d",
        r"\D",
        r"\s",
        r"\S",
        r"\pL",
        r"\p{Lu}",
        "[a-k]",
        "[^a]",
        "[^é-ÿ\\n]",
        r"[\w--a]",
        "[a&&b]",
        "[[:alpha:]]",
        r"(?-u:\w)",
        r"(?-u:\W)",
        r"(?-u:[a-k])",
        r"[^\W1]",
        "[K-Sé]",
    ])
    .prop_map(str::to_owned);
    let look = prop::sample::select(vec![
        "^",
        "$",
        r"\A",
        r"\z",
        r"\b",
        r"\B",
        r"(?-u:\b)",
        r"(?-u:\B)",
        r"\b{start}",
        r"\b{end}",
        r"\b{start-half}",
        r"\b{end-half}",
        r"(?-u:\b{start})",
        r"(?-u:\b{end-half})",
        "(?m:^)",
        "(?m:$)",
        "(?mR:^)",
        "(?mR:$)",
        "",
    ])
    .prop_map(str::to_owned);
    let leaf = prop_oneof![4 => literal, 3 => class, 2 => look];
    leaf.prop_recursive(5, 24, 4, |inner| {
        let count =
            prop::sample::select(vec!["*", "+", "?", "*?", "+?", "??", "{2}", "{1,3}", "{2,}", "{0,2}?", "{0}"]);
        let flags = prop::sample::select(vec!["", "?:", "?i:", "?s:", "?m:", "?x:", "?R:", "?U:", "?im-s:", "?-i:"]);
        prop_oneof![
            3 => prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| parts.concat()),
            2 => (flags.clone(), inner.clone()).prop_map(|(flags, inner)| format!("({flags}{inner})")),
            2 => (flags, prop::collection::vec(inner.clone(), 1..4))
                .prop_map(|(flags, branches)| format!("({flags}{})", branches.join("|"))),
            2 => (inner, count).prop_map(|(inner, count)| format!("(?:{inner}){count}")),
        ]
    })
}

/// A text that such a pattern may be found in.
const TEXT: &str = "[abBkKsS é\u{DF}\u{17F}1_.\n\r\u{212A}Жя日🦉-]{0,12}";

/// Whether both take the pattern, and find it in the same texts, twice over: the second time by what was remembered.
fn agrees(pattern: &str, ignore_case: bool, texts: &[String]) -> Result<(), TestCaseError> {
    let matcher = Matcher::new(pattern, ParserBuilder::new().case_insensitive(ignore_case), LIMIT);
    let reference = regex::RegexBuilder::new(pattern).case_insensitive(ignore_case).build();
    prop_assert_eq!(matcher.is_ok(), reference.is_ok(), "{}", pattern);
    let Ok((matcher, reference)) = matcher.and_then(|matcher| Ok((matcher, reference.map_err(|_| BuildError::Size)?)))
    else {
        return Ok(());
    };
    for text in texts.iter().chain(texts) {
        let expected = reference.is_match(text);
        prop_assert_eq!(matcher.is_match(text), expected, "{:?} in {:?}", pattern, text);
        prop_assert_eq!(matcher.without_memory(text), expected, "{:?} in {:?}, by steps", pattern, text);
        prop_assert!(!expected || text.is_empty() || !matcher.never_matches(), "{:?} in {:?}", pattern, text);
    }
    Ok(())
}

impl Matcher {
    /// As `is_match`, one step of the Pike VM after another.
    fn without_memory(&self, text: &str) -> bool {
        Dfa::new(&self.program).simulate(&self.program, dfa::START, text)
    }
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(TEXT, 1..5)
}

proptest! {
    #[test]
    fn agrees_on_chosen_patterns(which in 0..PATTERNS.len(), ignore_case: bool, texts in texts()) {
        agrees(PATTERNS[which], ignore_case, &texts)?;
    }

    #[test]
    fn agrees_on_random_patterns(pattern in pattern(), ignore_case: bool, texts in texts()) {
        agrees(&pattern, ignore_case, &texts)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100_000))]

    #[test]
    #[ignore = "takes a quarter of a minute"]
    fn agrees_on_very_many_random_patterns(pattern in pattern(), ignore_case: bool, texts in texts()) {
        agrees(&pattern, ignore_case, &texts)?;
    }
}

fn matcher(pattern: &str) -> Matcher {
    Matcher::new(pattern, &ParserBuilder::new(), LIMIT).expect(pattern)
}

#[test]
fn knows_every_character() {
    let classes = [r"^\w$", r"^\W$", r"^\s$", r"^\pL$", r"^\p{Greek}$", r"^(?i)[ks]$", r"^.$", r"\b", r"^(?-u:\w)$"];
    // Beyond the ideographs nothing is assigned but tags and variation selectors.
    let chars = ('\0'..'\u{32000}').chain('\u{E0000}'..'\u{E0200}').chain([char::MAX]);
    for pattern in classes {
        let (matcher, reference) = (matcher(pattern), regex::Regex::new(pattern).expect(pattern));
        for c in chars.clone() {
            let text = c.encode_utf8(&mut [0; 4]).to_owned();
            assert_eq!(matcher.is_match(&text), reference.is_match(&text), "{pattern} in {c:?}");
        }
    }
}

#[test]
fn refuses_large_programs() {
    for pattern in ["(?:a{1000}){1000}", "((a{0,99}){0,99}){0,99}", r"(a?){999999999}", "((a+){3000,}b?){3000,}"] {
        let refused = Matcher::new(pattern, &ParserBuilder::new(), LIMIT);
        assert!(matches!(refused, Err(BuildError::Size)), "{pattern}");
    }
    // There is nothing to repeat.
    assert!(matcher("(?:){999999999}b").is_match("b"));
}

#[test]
fn forgets_rather_than_grow() {
    // Which of the last 16 characters were `a` makes 65,536 states.
    let matcher = matcher("[ab]*a[ab]{15}c");
    let mut random = 1_u32;
    let mut text: String = (0..100_000)
        .map(|_| {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            if random >> 31 == 0 { 'a' } else { 'b' }
        })
        .collect();
    assert!(!matcher.is_match(&text));
    text.push_str("abbbbbbbbbbbbbbbc");
    assert!(matcher.is_match(&text));
}

#[test]
fn tells_many_characters_apart() {
    let chars = || ('一'..).take(900);
    let matcher = matcher(chars().map(|c| format!("{c}!|")).collect::<String>().trim_end_matches('|'));
    let plain: String = chars().collect();
    assert!(!matcher.is_match(&plain));
    assert!(matcher.is_match(&format!("{plain}!")));
    assert!(!matcher.is_match("!"));
}
