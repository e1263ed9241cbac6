//! `format:no_bullets_bullets`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::{SOURCE, at_least};
use crate::{
    ifeval::common::{NoParams, unless_blank},
    text::{punkt::sentences, python::strip},
};

/// Two sentences, then a list of two points.
pub struct NoBulletsBullets;

impl Checker for NoBulletsBullets {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "format:no_bullets_bullets",
        summary: "At least two sentences come before at least two lines that begin with `*`.",
        details: "Each line before the list is split into sentences by NLTK's Punkt on its own; they need not end \
                  in a dot. Once a point of the list or a blank line has come, nothing but points may follow: a \
                  blank line before the list is allowed, text after it is not, and neither is a blank line inside or \
                  behind the list. A blank response fails.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &["Owls hoot. Mice flee.\n* one\n* two", "Owls hoot.\nMice flee.\n\n* one\n* two"],
            fails: &[
                "Owls hoot.\n* one\n* two",
                "Owls hoot. Mice flee.\n* one",
                "Owls hoot. Mice flee.\n* one\n* two\n",
            ],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(_: NoParams) -> Result<Self, String> {
        Ok(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let (mut before, mut found, mut points) = (true, 0, 0);
            for line in text.split('\n').map(strip) {
                if line.starts_with('*') {
                    before = false;
                    points += 1;
                    if found < 2 {
                        return Verdict::fail(format!("found {found} sentences before the list, at least 2 wanted"));
                    }
                } else if before {
                    let sentences = sentences(line).len();
                    found += sentences;
                    before = sentences > 0;
                } else {
                    return Verdict::fail("something other than points follows");
                }
            }
            at_least(points, 2, "points")
        })
    }
}
