//! `format:sub-bullets`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::SOURCE;
use crate::ifeval::common::{NoParams, unless_blank};

/// Each bullet point has a point below it.
pub struct SubBullets;

impl Checker for SubBullets {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "format:sub-bullets",
        summary: "A `-` follows each `*`, before the next one.",
        details: "They may stand anywhere in a line. A response without `*` passes, as in the official checker. A \
                  blank response fails.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &["* Owls\n  - hoot\n* Mice\n  - flee", "No list"],
            fails: &["* Owls\n* Mice\n  - flee", "**Owls**"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(_: NoParams) -> Result<Self, String> {
        Ok(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            Verdict::pass_if(text.split('*').skip(1).all(|bullet| bullet.contains('-')), || {
                "a bullet point has no point below it".into()
            })
        })
    }
}
