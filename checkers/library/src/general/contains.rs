//! `contains.all`, `contains.any`, `contains.none`: texts that must, may or must not occur.

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::{
    blank::{empty, is_blank, is_silent},
    fold::{canonical, disguised, disguises, joined, latinised, seen, single_spaced},
};

macro_rules! matching {
    () => {
        "A text occurs wherever its characters occur, inside a word too (`art` in `party`; for whole words use \
         `regex.matches` with \\b). Characters are compared in canonical form (Unicode NFC: an accented letter equals \
         the letter followed by its accent); with `ignore_case` also after upper- and lower-casing each (ß equals SS). "
    };
}

const PARAMS: &[Param] = &[
    Param::required("texts", Kind::Texts, "the texts to look for; none may be empty or invisible"),
    Param::with_default("ignore_case", Kind::Boolean, "false", "whether upper and lower case are the same"),
];

/// Parameters of the checkers here.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    texts: Vec<String>,
    #[serde(default)]
    ignore_case: bool,
}

impl Params {
    fn validated(self) -> Result<Self, String> {
        if self.texts.is_empty() {
            return Err("`texts` is an empty list; give at least one text".into());
        }
        if let Some(at) = self.texts.iter().position(String::is_empty) {
            return Err(format!("text {} of `texts` is empty, which occurs everywhere; remove it", at + 1));
        }
        let unreadable = |text: &String| is_blank(text) && text.contains(is_silent);
        match self.texts.iter().position(unreadable) {
            Some(at) => Err(format!(
                "text {} of `texts` has nothing in it that can be read; name such characters in a pattern, as in \
                 `regex.absent` with \\x{{200B}}",
                at + 1
            )),
            None => Ok(self),
        }
    }

    /// The listed texts that occur in `text`, and those that do not.
    fn sort(&self, text: &str) -> (Vec<&str>, Vec<&str>) {
        let text = canonical(text, self.ignore_case);
        let occurs = |wanted: &&str| text.contains(&*canonical(wanted, self.ignore_case));
        self.texts.iter().map(String::as_str).partition(occurs)
    }

    /// The first listed text that a reader sees in `text`.
    fn visible(&self, text: &str) -> Option<&str> {
        let looks = |text: &str| single_spaced(&canonical(text, self.ignore_case));
        let mut texts: Vec<String> = [text.to_owned()].iter().chain(&disguised(text)).map(|text| looks(text)).collect();
        for text in [text.to_owned()].iter().chain(&disguised(text)) {
            let joined = looks(&joined(text));
            if !texts.contains(&joined) {
                texts.push(joined);
            }
        }
        // What is not Latin itself is compared by what both look like.
        let same: Vec<String> = match self.texts.iter().all(|wanted| wanted.is_ascii()) {
            true => Vec::new(),
            false => texts.iter().map(|text| looks(&latinised(text))).collect(),
        };
        self.texts.iter().map(String::as_str).find(|wanted| {
            let among = |texts: &[String], wanted: String| {
                // A space alone is in every sentence.
                !wanted.trim().is_empty() && texts.iter().any(|text| text.contains(&wanted))
            };
            let ascii = wanted.is_ascii();
            among(&texts, looks(&seen(wanted))) || !ascii && among(&same, looks(&latinised(wanted)))
        })
    }
}

/// `contains.all`
pub struct ContainsAll(Params);

impl Checker for ContainsAll {
    type Params = Params;
    const DOC: Doc = Doc {
        id: "contains.all",
        summary: "Every listed text occurs.",
        details: concat!(
            matching!(),
            "Occurrences may overlap. The score of a failure is the share of the texts that occur. Empty text fails."
        ),
        params: PARAMS,
        example: Example {
            params: r#"{"texts": ["owl", "café"]}"#,
            passes: &["An owl in a café.", "owls, cafe\u{301}s"],
            fails: &["", "An owl.", "An Owl in a café."],
            prompt: "",
        },
        source: "fullmarks",
    };

    fn new(params: Params) -> Result<Self, String> {
        params.validated().map(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        if is_blank(input.text) {
            return empty();
        }
        let (found, missing) = self.0.sort(input.text);
        let all = self.0.texts.len();
        if missing.is_empty() {
            return Verdict::Passed;
        }
        Verdict::Failed {
            score: found.len() as f64 / all as f64,
            public: format!("{} of {all} required texts missing", missing.len()),
            private: format!("missing: {missing:?}"),
        }
    }
}

/// `contains.any`
pub struct ContainsAny(Params);

impl Checker for ContainsAny {
    type Params = Params;
    const DOC: Doc = Doc {
        id: "contains.any",
        summary: "At least one of the listed texts occurs.",
        details: concat!(matching!(), "Empty text fails."),
        params: PARAMS,
        example: Example {
            params: r#"{"texts": ["owl", "hawk"], "ignore_case": true}"#,
            passes: &["An Owl.", "hawks and owls"],
            fails: &["", "A dove."],
            prompt: "",
        },
        source: "fullmarks",
    };

    fn new(params: Params) -> Result<Self, String> {
        params.validated().map(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        if is_blank(input.text) {
            return empty();
        }
        let (found, missing) = self.0.sort(input.text);
        if !found.is_empty() {
            return Verdict::Passed;
        }
        Verdict::Failed {
            score: 0.0,
            public: format!("none of the {} texts occurs", missing.len()),
            private: format!("looked for: {missing:?}"),
        }
    }
}

/// `contains.none`
pub struct ContainsNone(Params);

impl Checker for ContainsNone {
    type Params = Params;
    const DOC: Doc = Doc {
        id: "contains.none",
        summary: "None of the listed texts occurs, in plain or disguised spelling.",
        details: concat!(
            matching!(),
            disguises!(),
            " Words broken by a hyphen at the end of a line, and words of four letters and more that are spelled out with one mark \
             between them (`d-e-l-v-e`), are put together. In the searches after the first any run of white space, line breaks included, equals one space. Empty text fails."
        ),
        params: PARAMS,
        example: Example {
            params: r#"{"texts": ["delve", "rich tapestry"], "ignore_case": true}"#,
            passes: &["Let us look into it.", "A rich carpet."],
            fails: &[
                "",
                "Let us Delve in.",
                "del\u{200B}ve",
                "dеlvе (Cyrillic)",
                "ｄｅｌｖｅ",
                "a rich\ntapestry",
                "d**elv**e",
                "d-e-l-v-e",
                "del<b></b>ve",
                "ᴅᴇʟᴠᴇ",
            ],
            prompt: "",
        },
        source: "fullmarks",
    };

    fn new(params: Params) -> Result<Self, String> {
        params.validated().map(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        if is_blank(input.text) {
            return empty();
        }
        let (found, _) = self.0.sort(input.text);
        if !found.is_empty() {
            return Verdict::Failed {
                score: 0.0,
                public: format!("{} of {} forbidden texts found", found.len(), self.0.texts.len()),
                private: format!("found: {found:?}"),
            };
        }
        match self.0.visible(input.text) {
            None => Verdict::Passed,
            Some(found) => Verdict::Failed {
                score: 0.0,
                public: "a forbidden text is found in disguised spelling".into(),
                private: format!("found: {found:?}"),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn none(texts: &[&str], text: &str) -> bool {
        let texts = texts.iter().map(ToString::to_string).collect();
        let checker = ContainsNone::new(Params { texts, ignore_case: false }).expect("usable");
        checker.check(&Input { text, prompt: "" }).passed()
    }

    #[test]
    fn invisible_texts_are_refused() {
        for text in ["\u{200B}", " \u{2800}", "\0", "\u{E000}", ""] {
            let params = || Params { texts: vec!["a".into(), text.into()], ignore_case: false };
            assert!(ContainsNone::new(params()).is_err() && ContainsAll::new(params()).is_err(), "{text:?}");
        }
    }

    #[test]
    fn blank_texts_can_be_forbidden() {
        assert!(none(&["\t"], "plain words"));
        assert!(!none(&["\t"], "a\tb"));
    }

    #[test]
    fn case_counts_unless_told_otherwise() {
        assert!(none(&["owl"], "OWL"));
        assert!(!none(&["привет"], "привет"));
    }

    #[test]
    fn failures_score_the_share_and_hide_the_texts() {
        let texts = ["a", "b", "SECRET"].map(String::from).to_vec();
        let checker = ContainsAll::new(Params { texts, ignore_case: false }).expect("usable");
        let Verdict::Failed { score, public, private } = checker.check(&Input { text: "ab", prompt: "" }) else {
            panic!("must fail");
        };
        assert!((score - 2.0 / 3.0).abs() < 1e-12);
        assert_eq!(public, "1 of 3 required texts missing");
        assert!(private.contains("SECRET"));
    }
}
