//! `custom:csv_city`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::SOURCE;
use crate::{
    ifeval::common::{NoParams, unless_blank},
    text::csv::rows,
};

/// Seven rows of comma-separated data.
pub struct CsvCity;

impl Checker for CsvCity {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "custom:csv_city",
        summary: "The response is CSV: the header `ID,Country,City,Year,Count` and seven rows of five fields.",
        details: "Read as Python's `csv.reader` does; what it raises an error for fails, and so does an empty \
                  line. A blank response fails.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &[
                "ID,Country,City,Year,Count\n0,Norway,Oslo,2024,5\n1,Norway,Oslo,2024,5\n2,Norway,Oslo,2024,5\n3,Norway,Oslo,2024,5\n4,Norway,Oslo,2024,5\n5,Norway,Oslo,2024,5\n6,Norway,Oslo,2024,5",
            ],
            fails: &["ID,Country,City,Year,Count\n1,Norway,Oslo,2024,5", "Owls"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(_: NoParams) -> Result<Self, String> {
        Ok(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let Ok(rows) = rows(text, ',') else { return Verdict::fail("this is no CSV") };
            if rows.len() != 8 {
                return Verdict::fail(format!("found {} rows with the header, 8 wanted", rows.len()));
            }
            if rows[0] != ["ID", "Country", "City", "Year", "Count"] {
                return Verdict::fail("the header is another one");
            }
            Verdict::pass_if(rows.iter().all(|row| row.len() == 5), || "a row does not have five fields".into())
        })
    }
}
