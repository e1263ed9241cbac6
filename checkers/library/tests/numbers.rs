//! `number.equals` says of answers what a person would say, or is stricter, and then the table says why.

use fullmarks_checker_sdk::{Entry, Input, Verdict};
use fullmarks_checkers::CHECKERS;
use serde_json::json;

fn checker() -> &'static Entry {
    CHECKERS.iter().find(|entry| entry.doc.id == "number.equals").expect("the checker is built in")
}

/// `pass`, `fail` or `refuse`, and why.
fn verdict(value: &str, settings: &str, text: &str) -> (&'static str, String) {
    asked("", value, settings, text)
}

/// The same where the prompt says something.
fn asked(prompt: &str, value: &str, settings: &str, text: &str) -> (&'static str, String) {
    let mut settings = settings.split(' ');
    let mut params = json!({"value": value, "place": settings.next()});
    for setting in settings {
        match setting.strip_prefix("tolerance=") {
            Some(tolerance) => params["tolerance"] = serde_json::from_str(tolerance).expect("a tolerance is a number"),
            None => params["marker"] = setting.into(),
        }
    }
    match checker().check(&params.to_string(), &Input { text, prompt }) {
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
        include_str!("data/numbers_expressions.tsv"),
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
    assert!(counts.iter().sum::<i32>() >= 1000 && counts[0] <= 560 && counts[1] >= 450, "{counts:?}");
}

/// The question's own numbers are no answer until something is worked out.
#[test]
fn what_the_question_says_is_no_answer() {
    let repeats = "repeats the question, and nothing is worked out";
    for (prompt, value, text, expected) in [
        ("What is 17 \\cdot 23?", "391", "\\boxed{17 \\times 23}", repeats),
        ("What is 17 \\cdot 23?", "391", "\\boxed{23 \\cdot 17 + 0}", repeats),
        ("What is 17 \\cdot 23?", "391", "\\boxed{17 \\cdot 23 = 391}", ""),
        ("What is 17 \\cdot 23?", "391", "\\boxed{391}", ""),
        ("Compute $2^{10}$.", "1024", "\\boxed{2^{10}}", repeats),
        ("Compute $2^{10}$.", "1024", "\\boxed{2^9 \\cdot 2}", ""),
        ("Compute $12^{10}$.", "1024", "\\boxed{2^{10}}", ""),
        ("How many subsets have 10 elements?", "1024", "\\boxed{2^{10}}", ""),
        ("In how many orders can 5 books stand?", "120", "\\boxed{5!}", ""),
        ("Each of 5 boxes has 1,200 pens. How many are there?", "6000", "\\boxed{5 \\times 1200}", repeats),
        ("Write 24 as a product of primes.", "2^3 \\cdot 3", "\\boxed{24}", repeats),
        ("Write 24 as a product of primes.", "2^3 \\cdot 3", "\\boxed{2^3 \\cdot 3}", ""),
        ("Which is larger, $2^{10}$ or $10^3$?", "2^{10}", "\\boxed{2^{10}}", ""),
        ("Which is larger, $2^{10}$ or $10^3$?", "2^{10}", "\\boxed{1024}", ""),
    ] {
        let (found, why) = asked(prompt, value, "boxed", text);
        assert!(
            if expected.is_empty() { found == "pass" } else { why.ends_with(expected) },
            "{prompt} {text}: {found} {why}"
        );
    }
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
        "2^",
        "2^{",
        "\\sqrt{",
        "1+",
        "9!",
        "five ",
        "5_",
        "５",
        "½",
        "²",
        "1=",
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
