//! No checker panics, whatever it is given, and every one answers the same twice.

use fullmarks_checker_sdk::Input;
use fullmarks_checkers::{
    CHECKERS,
    text::{
        json, language,
        pattern::{Flags, Pattern},
        punkt, python, words,
    },
};
use proptest::prelude::*;

/// Pieces that the rules of the splitters look for, so that random texts reach them.
const PIECES: &[&str] = &[
    "...",
    ". . .",
    "?!",
    "e.g. ",
    "Dr. ",
    "U.S. ",
    "3.14 ",
    "\\boxed{",
    "\\frac{1}{2}",
    "\\text{cm}",
    "#### ",
    "-1,234",
    "e-5",
    "/",
    "}",
    "--",
    "***",
    "* ",
    "- ",
    "<<",
    ">>",
    "[",
    "]",
    "\"",
    "''",
    "'",
    "`",
    "“",
    "”",
    "CANNOT ",
    "wanna ",
    " 'tis ",
    "n't ",
    "```json\n",
    "```",
    "{\"a\": [1]}",
    "a@b.co ",
    "https://a.b/c ",
    "\n",
    "\n\n",
    "\r\n",
    "\u{1c}",
    "\u{85}",
    "\u{a0}",
    "\u{2028}",
    "Привет ",
    "你好",
    "สวัสดี",
    "مرحبا ",
    "İSTANBUL ",
    "e\u{301}",
    "ǅ",
    "😀",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![prop::sample::select(PIECES).prop_map(str::to_owned), any::<String>(), "[ -~]{0,12}"];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn every_checker_answers(text in text()) {
        for entry in CHECKERS {
            let example = &entry.doc.example;
            let judge = || entry.check(example.params, &Input { text: &text, prompt: example.prompt });
            prop_assert_eq!(judge(), judge());
        }
    }
}

proptest! {
    #[test]
    fn sentences_are_parts_of_the_text_in_order(text in text()) {
        let mut rest = text.as_str();
        for sentence in punkt::sentences(&text) {
            let at = rest.find(sentence);
            prop_assert!(at.is_some(), "{sentence:?}");
            rest = &rest[at.unwrap_or_default() + sentence.len()..];
        }
    }

    #[test]
    fn words_hold_no_space(text in text()) {
        prop_assert!(words::words(&text).iter().all(|word| !word.is_empty() && !word.contains(python::is_space)));
    }

    #[test]
    fn serde_json_accepts_nothing_that_json_refuses(text in text()) {
        if serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok() {
            prop_assert!(json::validate(&text).is_ok());
        }
    }

    #[test]
    fn any_pattern_compiles_or_is_refused(pattern in r"[a-cA-C\\\[\]\(\)\{\}\^\$\.\|\?\*\+dwsbB0-9,\-]{0,12}", text in text()) {
        for ignore_case in [false, true] {
            if let Ok(pattern) = Pattern::new(&pattern, Flags { ignore_case, multiline: false }) {
                prop_assert_eq!(pattern.is_match(&text), pattern.count(&text) > 0);
            }
        }
    }

    #[test]
    fn languages_are_listed(text in text()) {
        if let Some(found) = language::detect(&text) {
            prop_assert!(found == "unknown" || language::LANGUAGES.contains(&found));
        }
    }
}
