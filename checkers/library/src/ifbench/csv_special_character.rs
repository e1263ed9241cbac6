//! `custom:csv_special_character`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::{SOURCE, has_header};
use crate::{
    ifeval::common::{NoParams, unless_blank},
    text::{
        csv::rows,
        python::{is_space, is_word},
    },
};

/// Fourteen rows of data, a field of them quoted for its signs.
pub struct CsvSpecialCharacter;

impl Checker for CsvSpecialCharacter {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "custom:csv_special_character",
        summary: "The response is CSV: the header `ProductID,Category,Brand,Price,Stock` and fourteen rows of five \
                  fields, one of which is in double quotation marks and has a sign in it.",
        details: "Each name of the header may be in quotation marks, and spaces or tabs may follow its commas. \
                  Rows are read as Python's `csv.reader` does once each quotation mark is doubled, so that they \
                  stay; a sign is what is no letter, digit, underscore or white space. Rows behind the quoted field \
                  are counted but may have any number of fields. A blank response fails.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &[
                "ProductID,Category,Brand,Price,Stock\n0,Food,Owl,5,7\n1,Food,Owl,5,7\n2,\"Food & Drink\",Owl,5,7\n3,Food,Owl,5,7\n4,Food,Owl,5,7\n5,Food,Owl,5,7\n6,Food,Owl,5,7\n7,Food,Owl,5,7\n8,Food,Owl,5,7\n9,Food,Owl,5,7\n10,Food,Owl,5,7\n11,Food,Owl,5,7\n12,Food,Owl,5,7\n13,Food,Owl,5,7",
            ],
            fails: &[
                "ProductID,Category,Brand,Price,Stock\n0,Food,Owl,5,7\n1,Food,Owl,5,7\n2,Food,Owl,5,7\n3,Food,Owl,5,7\n4,Food,Owl,5,7\n5,Food,Owl,5,7\n6,Food,Owl,5,7\n7,Food,Owl,5,7\n8,Food,Owl,5,7\n9,Food,Owl,5,7\n10,Food,Owl,5,7\n11,Food,Owl,5,7\n12,Food,Owl,5,7\n13,Food,Owl,5,7",
                "Owls",
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
            if !has_header(text, ["ProductID", "Category", "Brand", "Price", "Stock"], ',', &[' ', '\t']) {
                return Verdict::fail("the header is another one");
            }
            let Ok(rows) = rows(&text.replace('"', "\"\"\""), ',') else { return Verdict::fail("this is no CSV") };
            if rows.len() != 15 {
                return Verdict::fail(format!("found {} rows with the header, 15 wanted", rows.len()));
            }
            for row in &rows[1..] {
                if row.len() != 5 {
                    return Verdict::fail("a row does not have five fields");
                }
                if row.iter().any(|field| is_quoted_sign(field)) {
                    return Verdict::Passed;
                }
            }
            Verdict::fail("no field with a sign is in quotation marks")
        })
    }
}

/// `".*[^\d\w\s].*"` at the beginning.
fn is_quoted_sign(field: &str) -> bool {
    let line = field.split('\n').next().unwrap_or_default();
    let inside = line.strip_prefix('"').and_then(|line| Some(&line[..line.rfind('"')?]));
    inside.is_some_and(|inside| inside.contains(|c| !is_word(c) && !is_space(c)))
}
