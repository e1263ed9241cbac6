//! `count:punctuation`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::{SOURCE, fail_if_any};
use crate::ifeval::common::{NoParams, unless_blank};

/// The response uses every mark, and an interrobang.
pub struct Punctuation;

impl Checker for Punctuation {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "count:punctuation",
        summary: "The response uses each of . , ! ? ; : and an interrobang (`?!`, `!?` or `‽`).",
        details: "The first `?!` (else the first `!?`) does not count for `!` and `?`. A blank response fails.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &["Owls? Mice! One, two; three: what?! Yes."],
            fails: &["Owls, mice; one: what?! Yes.", "Owls? Mice! One, two; three: yes."],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(_: NoParams) -> Result<Self, String> {
        Ok(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            if !["?!", "!?", "‽"].iter().any(|mark| text.contains(mark)) {
                return Verdict::fail("there is no interrobang");
            }
            let first = text.find("?!").or_else(|| text.find("!?"));
            let rest: [&str; 2] = first.map_or([text, ""], |at| [&text[..at], &text[at + 2..]]);
            let missing =
                ['.', ',', '!', '?', ';', ':'].into_iter().find(|&mark| !rest.iter().any(|part| part.contains(mark)));
            fail_if_any(missing.map(|mark| format!("`{mark}` is missing")))
        })
    }
}
