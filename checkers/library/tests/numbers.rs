//! `number.equals` says of answers what a person would say, or is stricter, and then the table says why.

use fullmarks_checker_sdk::{Entry, Input, Verdict};
use fullmarks_checkers::CHECKERS;
use serde_json::json;

fn checker() -> &'static Entry {
    CHECKERS.iter().find(|entry| entry.doc.id == "number.equals").expect("the checker is built in")
}

/// `pass`, `fail` or `refuse`, and why.
fn verdict(value: &str, settings: &str, text: &str) -> (&'static str, String) {
    let mut settings = settings.split(' ');
    let mut params = json!({"value": value, "place": settings.next()});
    for setting in settings {
        match setting.strip_prefix("tolerance=") {
            Some(tolerance) => params["tolerance"] = serde_json::from_str(tolerance).expect("a tolerance is a number"),
            None => params["marker"] = setting.into(),
        }
    }
    match checker().check(&params.to_string(), &Input { text, prompt: "" }) {
        Verdict::Passed => ("pass", String::new()),
        Verdict::Failed { public, .. } => ("fail", public),
        Verdict::Refused(why) => ("refuse", why),
    }
}

#[test]
fn the_table_holds() {
    let (mut wrong, mut counts) = (Vec::new(), [0; 3]);
    let tables = [
        include_str!("data/numbers.tsv"),
        include_str!("data/numbers_sceptic.tsv"),
        include_str!("data/numbers_fresh.tsv"),
    ];
    for table in tables {
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            let [value, settings, text, expected, ..] = cells[..] else { panic!("a cell is missing: {line}") };
            let place = ["pass", "fail", "refuse"].iter().position(|one| *one == expected);
            counts[place.unwrap_or_else(|| panic!("no verdict: {line}"))] += 1;
            let (found, why) = verdict(value, settings, &text.replace('⏎', "\n"));
            if found != expected {
                wrong.push(format!("{value} | {settings} | {text} | expected {expected}, found {found}: {why}"));
            }
            // A value that cannot be read is named.
            if found == "refuse" && !why.contains(&json!(value).to_string()) {
                wrong.push(format!("{value}: not named by {why:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(counts.iter().sum::<i32>() >= 600 && counts[0] <= 400 && counts[1] >= 250, "{counts:?}");
}

/// Long texts made to be read again and again are read a bounded number of times: quadratic work would not end here.
#[test]
fn long_texts_are_read_in_linear_time() {
    let pieces = [
        "9",
        "1,",
        "1,111",
        "\\frac{",
        "-",
        "- ",
        "$",
        "*",
        "**",
        "_",
        "`",
        "{",
        "(",
        "#### ",
        "\\boxed{",
        "\\boxed{4}",
        "\\text{",
        "x_",
        "5 ",
        "5 or ",
        "5\n",
        "5, ",
        "not ",
        "a",
        " ",
        "\\,",
        "1 1/",
        "Answer:",
        "*Answer:*",
        ".",
        "0.\\overline{",
        "\\boxed{{",
        "(1+",
        "1 000 ",
        "Answer: the ",
        "\\text{Answer: }",
        "<b>",
        "# ",
        ", not 7",
        "-(",
        "-(\\$",
    ];
    for piece in pieces {
        let text = piece.repeat(400_000 / piece.len());
        for settings in ["boxed", "marked", "marked Answer:", "whole", "last"] {
            for text in [&text, &format!("{text} 7")] {
                assert_eq!(verdict("123456", settings, text).0, "fail", "{piece:?} {settings}");
            }
        }
    }
}
