//! `custom:csv_quotes`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::{SOURCE, has_header};
use crate::{
    ifeval::common::{NoParams, unless_blank},
    text::{csv::rows, python::strip},
};

/// Three rows of tab-separated data, each field quoted.
pub struct CsvQuotes;

impl Checker for CsvQuotes {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "custom:csv_quotes",
        summary: "The response is tab-separated: the header `StudentID`, `Subject`, `Grade`, `Semester`, `Score` \
                  and three rows of five fields, every field in double quotation marks.",
        details: "Spaces may follow the tabs. Rows are read as Python's `csv.reader` does once each quotation mark \
                  is doubled, so that they stay. A blank field fails, and so does a blank response.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &[
                "\"StudentID\"\t\"Subject\"\t\"Grade\"\t\"Semester\"\t\"Score\"\n\"1\"\t\"Owls\"\t\"A\"\t\"1\"\t\"9\"\n\"2\"\t\"Owls\"\t\"B\"\t\"1\"\t\"8\"\n\"3\"\t\"Mice\"\t\"A\"\t\"2\"\t\"9\"",
            ],
            fails: &["StudentID\tSubject\tGrade\tSemester\tScore\n1\tOwls\tA\t1\t9", "Owls"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(_: NoParams) -> Result<Self, String> {
        Ok(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            if !has_header(text, ["StudentID", "Subject", "Grade", "Semester", "Score"], '\t', &[' ']) {
                return Verdict::fail("the header is another one");
            }
            let Ok(rows) = rows(&text.replace('"', "\"\"\""), '\t') else { return Verdict::fail("this is no CSV") };
            if rows.len() != 4 {
                return Verdict::fail(format!("found {} rows with the header, 4 wanted", rows.len()));
            }
            if rows.iter().any(|row| row.len() != 5) {
                return Verdict::fail("a row does not have five fields");
            }
            let quoted = |field: &String| strip(field).starts_with('"') && strip(field).ends_with('"');
            Verdict::pass_if(rows.iter().flatten().all(quoted), || "a field is not in quotation marks".into())
        })
    }
}
