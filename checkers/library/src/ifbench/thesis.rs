//! `format:thesis`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::SOURCE;
use crate::{
    ifeval::common::{NoParams, unless_blank},
    text::python::strip,
};

/// A thesis in HTML italics comes before other text.
pub struct Thesis;

impl Checker for Thesis {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "format:thesis",
        summary: "Text in HTML italics, `<i>` or `<em>`, is followed by other text.",
        details: "Looks at the first `<i>`, or at the first `<em>` if there is none, and from there at the first \
                  `</i>`, or else `</em>`. The text between and the text behind may not be blank. A blank response \
                  fails.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &["<i>Owls hoot.</i> They do.", "<em>Owls</em> hoot."],
            fails: &["*Owls hoot.* They do.", "<i>Owls hoot.</i>", "<i> </i> Owls"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(_: NoParams) -> Result<Self, String> {
        Ok(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let find = |text: &str, tags: [&str; 2]| tags.into_iter().find_map(|tag| text.find(tag));
            let Some(begin) = find(text, ["<i>", "<em>"]) else { return Verdict::fail("nothing is in italics") };
            let text = &text[begin..];
            let Some(end) = find(text, ["</i>", "</em>"]) else { return Verdict::fail("the italics do not end") };
            // As in the official checker, three and four characters are skipped whichever tag it is.
            let (thesis, rest) = (&text[3..end], &text[end + 4..]);
            if strip(thesis).is_empty() {
                return Verdict::fail("the text in italics is blank");
            }
            Verdict::pass_if(!strip(rest).is_empty(), || "nothing follows the text in italics".into())
        })
    }
}
