//! `count:person_names`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::common::{SOURCE, at_least};
use crate::{ifeval::common::unless_blank, text::whole_word::WholeWord};

#[rustfmt::skip]
const NAMES: &[&str] = &[
    "Emma", "Liam", "Sophia", "Jackson", "Olivia", "Noah", "Ava", "Lucas", "Isabella", "Mason", "Mia", "Ethan",
    "Charlotte", "Alexander", "Amelia", "Benjamin", "Harper", "Leo", "Zoe", "Daniel", "Chloe", "Samuel", "Lily",
    "Matthew", "Grace", "Owen", "Abigail", "Gabriel", "Ella", "Jacob", "Scarlett", "Nathan", "Victoria", "Elijah",
    "Layla", "Nicholas", "Audrey", "David", "Hannah", "Christopher", "Penelope", "Thomas", "Nora", "Andrew",
    "Aria", "Joseph", "Claire", "Ryan", "Stella", "Jonathan",
];

/// How many names.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    #[serde(rename = "N")]
    n: u64,
}

/// The response mentions enough names of the published list.
pub struct PersonNames(Params);

impl Checker for PersonNames {
    type Params = Params;

    const DOC: Doc = Doc {
        id: "count:person_names",
        summary: "The response mentions at least `N` different names of the published list of fifty.",
        details: "A name counts as a whole word in its own case. The names: Emma, Liam, Sophia, Jackson, Olivia, \
                  Noah, Ava, Lucas, Isabella, Mason, Mia, Ethan, Charlotte, Alexander, Amelia, Benjamin, Harper, \
                  Leo, Zoe, Daniel, Chloe, Samuel, Lily, Matthew, Grace, Owen, Abigail, Gabriel, Ella, Jacob, \
                  Scarlett, Nathan, Victoria, Elijah, Layla, Nicholas, Audrey, David, Hannah, Christopher, Penelope, \
                  Thomas, Nora, Andrew, Aria, Joseph, Claire, Ryan, Stella, Jonathan. A blank response fails.",
        params: &[Param::required("N", Kind::COUNT, "smallest number of names")],
        example: Example {
            params: r#"{"N": 2}"#,
            passes: &["Emma met Liam.", "(Zoe) Leo's"],
            fails: &["Emma met Emma.", "Miami, emma, Marianoah"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(params: Params) -> Result<Self, String> {
        Ok(Self(params))
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let found = NAMES.iter().filter(|name| WholeWord::new(name, false).is_in(text)).count();
            at_least(found, self.0.n, "different names")
        })
    }
}
