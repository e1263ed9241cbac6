//! Every checker's documented example does what it says, and its documentation is complete.

use fullmarks_checker_sdk::{Entry, Input, Verdict};
use fullmarks_checkers::CHECKERS;
use proptest::prelude::*;
use serde_json::{Map, Value};

#[test]
fn examples_pass_and_fail_as_documented() {
    for entry in CHECKERS {
        let example = &entry.doc.example;
        assert!(!example.passes.is_empty() && !example.fails.is_empty(), "{}: an example is missing", entry.doc.id);
        let judge = |text| entry.check(example.params, &Input { text, prompt: example.prompt });
        for &text in example.passes {
            assert_eq!(judge(text), Verdict::Passed, "{} on {text:?}", entry.doc.id);
        }
        for &text in example.fails {
            assert!(matches!(judge(text), Verdict::Failed { .. }), "{} on {text:?}", entry.doc.id);
        }
    }
}

#[test]
fn identifiers_are_sorted_and_unique() {
    assert!(CHECKERS.is_sorted_by(|a, b| a.doc.id < b.doc.id));
}

#[test]
fn documentation_is_complete() {
    for entry in CHECKERS {
        let doc = entry.doc;
        assert!(doc.summary.ends_with(['.', '`']) && !doc.source.is_empty(), "{}", doc.id);
        for param in doc.params {
            assert!(!param.doc.is_empty(), "{}: `{}`", doc.id, param.name);
        }
    }
}

#[test]
fn unknown_parameters_are_refused() {
    for entry in CHECKERS {
        let mut params: serde_json::Value = serde_json::from_str(entry.doc.example.params).expect("example parameters");
        params["no such parameter"] = 1.into();
        assert!(entry.validate(&params.to_string()).is_err(), "{}", entry.doc.id);
    }
}

fn example_params(entry: &Entry) -> Map<String, Value> {
    serde_json::from_str(entry.doc.example.params).expect("example parameters are a JSON object")
}

#[test]
fn missing_and_unknown_parameters_are_refused_and_defaults_are_accepted() {
    let refused = |entry: &Entry, params: Map<String, Value>| {
        let verdict = entry.check(&Value::from(params).to_string(), &Input { text: "An owl.", prompt: "" });
        matches!(verdict, Verdict::Refused(_))
    };
    for entry in CHECKERS {
        let given = example_params(entry);
        let mut unknown = given.clone();
        unknown.insert("no such parameter".into(), 1.into());
        assert!(refused(entry, unknown), "{}", entry.doc.id);
        for param in entry.doc.params {
            let mut params = given.clone();
            params.remove(param.name);
            assert_eq!(refused(entry, params.clone()), param.required, "{} without `{}`", entry.doc.id, param.name);
            if let Some(default) = param.default {
                params.insert(param.name.into(), serde_json::from_str(default).expect("a default is JSON"));
                assert!(!refused(entry, params), "{}: default of `{}`", entry.doc.id, param.name);
            }
        }
    }
}

#[test]
fn a_text_with_nothing_to_read_never_passes() {
    for entry in CHECKERS {
        // What the published IFEval instructions say of invisible characters is theirs to say.
        let invisible: &[&str] = if entry.doc.id.contains(':') {
            &[]
        } else {
            &["\u{200B}", " \u{FEFF}\u{2060}\n", "\0", "\u{16FE4}\u{1D159}", "\u{E000}\u{FFFE}", "\u{301}"]
        };
        for text in ["", " ", "\n", " \t\r\n\u{A0}\u{3000}\n"].iter().chain(invisible) {
            let verdict = entry.check(entry.doc.example.params, &Input { text, prompt: entry.doc.example.prompt });
            assert!(matches!(verdict, Verdict::Failed { .. }), "{} on {text:?}: {verdict:?}", entry.doc.id);
        }
    }
}

/// Texts that have broken checkers: made of pieces with a meaning to one of them, or of any characters at all.
fn any_text() -> impl Strategy<Value = String> {
    let pieces = "[ .!?\n\r\t\"'`*#{}\\[\\](),:;<>/~\\-_0-9a-cA-C\u{301}\u{200B}\u{2028}éßİſΣ一あ🦉\u{FEFF}]{0,80}";
    let words = proptest::collection::vec(
        "(```json\n|```|\\{\"owls\": |\\}|owl|\n\n|\\*\\*\\*|P\\.S\\.|<<|>>|\\[x\\]| )",
        0..40,
    );
    prop_oneof![any::<String>(), pieces, words.prop_map(|words| words.concat())]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn no_text_breaks_a_checker(text in any_text(), prompt in any_text()) {
        for entry in CHECKERS {
            let verdict = entry.check(entry.doc.example.params, &Input { text: &text, prompt: &prompt });
            // Pure: the same text gets the same verdict.
            prop_assert_eq!(&verdict, &entry.check(entry.doc.example.params, &Input { text: &text, prompt: &prompt }));
            if let Verdict::Failed { score, .. } = verdict {
                prop_assert!((0.0..1.0).contains(&score), "{}: {}", entry.doc.id, score);
            }
        }
    }

    #[test]
    fn no_parameters_break_a_checker(value in any_text()) {
        let values = [Value::from(value.clone()), Value::from(vec![value]), 0.into(), (-1).into(), u64::MAX.into(), Value::Null];
        for entry in CHECKERS {
            for param in entry.doc.params {
                for value in &values {
                    let mut params = example_params(entry);
                    params.insert(param.name.into(), value.clone());
                    let _ = entry.check(&Value::from(params).to_string(), &Input { text: "An owl.", prompt: "" });
                }
            }
        }
    }
}
