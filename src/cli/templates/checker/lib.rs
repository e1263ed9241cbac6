//! A checker to start from. It is a pure function of its parameters and one completion: it runs in a sandbox without clock, chance, files or
//! network, in a fresh instance for every check.

use fullmarks_checker_sdk::{Checker, Doc, Entry, Example, Input, Kind, Param, Verdict};

/// What a spec gives under `with`.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    words: Vec<String>,
    #[serde(default = "one")]
    times: usize,
}

fn one() -> usize {
    1
}

/// Every word occurs often enough.
pub struct Mentions(Params);

impl Checker for Mentions {
    type Params = Params;

    /// Specs are validated against this, and `fullmarks checkers show` prints it.
    const DOC: Doc = Doc {
        id: "acme.mentions",
        summary: "The answer has every word as often as asked.",
        details: "A word is what lies between white space, without punctuation around it; upper and lower case differ.",
        params: &[
            Param::required("words", Kind::Texts, "the words to look for"),
            Param::with_default("times", Kind::POSITIVE, "1", "how often each has to occur"),
        ],
        // The test below runs these.
        example: Example {
            params: r#"{"words": ["owl", "hawk"]}"#,
            passes: &["An owl, and a hawk."],
            fails: &["An owl.", "Owls and hawks."],
            prompt: "",
        },
        source: "acme",
    };

    /// Parameters that nothing can meet are refused here, when the spec is loaded.
    fn new(params: Params) -> Result<Self, String> {
        match params.words.iter().find(|word| word.is_empty() || word.contains(char::is_whitespace)) {
            Some(word) => Err(format!("`words` has {word:?}: give words without white space")),
            None => Ok(Self(params)),
        }
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        let words: Vec<&str> =
            input.text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())).collect();
        let often = |word: &&String| words.iter().filter(|other| *other == word).count() >= self.0.times;
        let missing: Vec<&String> = self.0.words.iter().filter(|word| !often(word)).collect();
        if missing.is_empty() {
            return Verdict::Passed;
        }
        // The share that is met: what schemes with partial credit go by. The public reason may reach a policy or a log.
        let met = self.0.words.len() - missing.len();
        Verdict::Failed {
            score: met as f64 / self.0.words.len() as f64,
            public: format!("{met} of {} words are there", self.0.words.len()),
            private: format!("missing: {missing:?}"),
        }
    }
}

/// Every checker of this module.
pub static CHECKERS: &[Entry] = &[Entry::of::<Mentions>()];

#[cfg(target_arch = "wasm32")]
fullmarks_checker_sdk::export!(CHECKERS);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_do_as_they_say() {
        for entry in CHECKERS {
            let Example { params, passes, fails, prompt } = entry.doc.example;
            let passed = |text| entry.check(params, &Input { text, prompt }).passed();
            assert!(passes.iter().all(|text| passed(text)), "{}", entry.doc.id);
            assert!(!fails.iter().any(|text| passed(text)), "{}", entry.doc.id);
        }
    }
}
