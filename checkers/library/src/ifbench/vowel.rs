//! `words:vowel`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::SOURCE;
use crate::{
    ifeval::common::{NoParams, unless_blank},
    text::python::strip,
};

/// One paragraph with at most three kinds of vowels.
pub struct Vowel;

impl Checker for Vowel {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "words:vowel",
        summary: "The response is one line with at most three different vowels of a, e, i, o, u.",
        details: "Case does not matter; accented letters are no vowels. A line break anywhere but at the ends \
                  fails the response. A blank response fails.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &["Owls hoot at night.", "Shh"],
            fails: &["Owls hunted in a burrow.", "Owls\nhoot"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(_: NoParams) -> Result<Self, String> {
        Ok(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let line = strip(text);
            if line.contains('\n') {
                return Verdict::fail("the response has more than one paragraph");
            }
            let line = line.to_lowercase();
            let found = ['a', 'e', 'i', 'o', 'u'].into_iter().filter(|&vowel| line.contains(vowel)).count();
            Verdict::pass_if(found <= 3, || format!("found {found} different vowels, at most 3 wanted"))
        })
    }
}
