//! `detectable_format:title`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::{NoParams, SOURCE, unless_blank};
use crate::text::python::strip;

/// The response has a title.
pub struct Title;

impl Checker for Title {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "detectable_format:title",
        summary: "The response contains a title in double angular brackets, such as <<poem of joy>>.",
        details: "On some line, what stands from the first `<<` to the last `>>` is not blank when all `<` are removed \
                  from its left, all `>` from its right, and white space. A blank response fails.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &["<<Owls>>\nThey hoot.", "x <<a>> <<>>"],
            fails: &["<Owls>", "<<Owls\n>>", "<< >>", "<<>>"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(_: NoParams) -> Result<Self, String> {
        Ok(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            Verdict::pass_if(text.split('\n').any(has_title), || "there is no title in double angular brackets".into())
        })
    }
}

fn has_title(line: &str) -> bool {
    let (Some(start), Some(end)) = (line.find("<<"), line.rfind(">>")) else { return false };
    // At least one character between the brackets.
    start + 2 < end && !strip(line[start..end + 2].trim_start_matches('<').trim_end_matches('>')).is_empty()
}
