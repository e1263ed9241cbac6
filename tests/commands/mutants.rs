//! `fullmarks probe`: weak tests, right answers that are refused, and `--fix`.

use crate::common::Folder;
use serde_json::{Value, json};
use std::{collections::BTreeSet, fs, path::Path};

fn planted(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/probe").join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn report(folder: &Folder, words: &str) -> Value {
    let run = folder.run(&format!("probe {words} --json"));
    serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {run:#?}"))
}

fn names(report: &Value) -> BTreeSet<String> {
    let holes = report["holes"].as_array().expect("a list").iter();
    holes.filter_map(|hole| hole["probe"].as_str()?.strip_prefix("mutant/").map(str::to_owned)).collect()
}

/// A spec about one function, with cases and accepted answers.
fn spec(cases: &str, accept: &[&str]) -> String {
    let accept: Vec<String> = accept.iter().map(|code| json!(format!("```python\n{code}\n```")).to_string()).collect();
    format!(
        "fullmarks: 1\nname: one\nextract: {{code: python}}\nconstraints:\n  - id: works\n    check: python.calls\n    with:\n      \
         function: f\n      cases: [{cases}]  # these\nreward: {{scheme: binary}}\ncases:\n  accept: [{}]\n",
        accept.join(", ")
    )
}

/// Without repeated numbers, cut to three, made positive, counted: each passes the two cases, and none sorts.
#[test]
fn simple_wrong_programs_are_found_with_an_input_that_shows_them() {
    let folder = Folder::new().with("spec.yaml", planted("open/weak-calls.yaml"));
    let report = report(&folder, "spec.yaml");
    let names = names(&report);
    for wrong in ["result-deduplicated", "result-cut", "result-absolute", "result-counted", "argument-absolute"] {
        assert!(names.contains(wrong), "{wrong}: {names:?}");
    }
    for hole in report["holes"].as_array().expect("a list") {
        let difference = hole["difference"].as_str().expect("an input");
        assert!(difference.contains("sort_numbers(") && difference.contains("a right answer gives"), "{difference}");
    }
    let text = folder.run("probe spec.yaml").stdout;
    assert!(text.contains("hole[mutant/") && text.contains("--fix"), "{text}");
}

/// Sorting before sorting, or with the default of `reverse`, is as right as it was.
#[test]
fn mutants_that_are_right_are_no_holes() {
    let cases =
        "{args: [[3, -1, 2, 3, 0]], returns: [-1, 0, 2, 3, 3]}, {args: [[]], returns: []}, {args: [[5]], returns: [5]}";
    let folder = Folder::new().with("spec.yaml", spec(cases, &["def f(xs):\n    return sorted(xs, reverse=False)"]));
    let report = report(&folder, "spec.yaml");
    assert_eq!(names(&report), BTreeSet::new(), "{:#}", report["holes"]);
    assert!(report["mutants"]["not_told_apart"].as_u64().expect("a number") > 0, "{}", report["mutants"]);
    assert!(report["mutants"]["thrown"].as_u64().expect("a number") > 20, "{}", report["mutants"]);
}

/// Where two accepted answers differ, nobody knows what is right.
#[test]
fn inputs_that_right_answers_disagree_on_prove_nothing() {
    let cases = "{args: [4], returns: 2}, {args: [8], returns: 4}, {args: [10], returns: 5}, {args: [0], returns: 0}";
    let both = ["def f(n):\n    return n // 2", "def f(n):\n    return (n + 1) // 2"];
    let alone = report(&Folder::new().with("spec.yaml", spec(cases, &both[..1])), "spec.yaml");
    let together = report(&Folder::new().with("spec.yaml", spec(cases, &both)), "spec.yaml");
    let odd = |report: &Value| {
        let holes = report["holes"].as_array().expect("a list").clone();
        holes.iter().filter_map(|hole| hole["difference"].as_str().map(str::to_owned)).find(|on| {
            let digits: String = on.chars().skip_while(|c| *c != '(').skip(1).take_while(|c| *c != ')').collect();
            digits.parse::<i64>().is_ok_and(|number| number % 2 != 0)
        })
    };
    assert!(odd(&alone).is_some(), "{:#}", alone["holes"]);
    assert_eq!(odd(&together), None);
}

/// A mutant of a loop that never ends is left out, and what it is made of ends soon.
#[test]
fn endless_mutants_are_not_thrown() {
    let code =
        "def f(n):\n    total = 0\n    while n > 0:\n        total += n % 10\n        n //= 10\n    return total";
    let cases = "{args: [123], returns: 6}, {args: [90], returns: 9}, {args: [0], returns: 0}, {args: [7], returns: 7}";
    let report = report(&Folder::new().with("spec.yaml", spec(cases, &[code])), "spec.yaml");
    assert!(report["mutants"]["thrown"].as_u64().expect("a number") > 20);
    assert_eq!(report["unjudged"], json!([]));
}

#[test]
fn credit_that_the_scheme_promises_is_no_hole() {
    for name in ["not-required", "style-is-paid"] {
        let folder = Folder::new().with("spec.yaml", planted(&format!("promised/{name}.yaml")));
        let run = folder.run("probe spec.yaml");
        assert_eq!(run.code, Some(0), "{run:#?}");
        assert!(run.stdout.contains("Partial credit: ") && run.stdout.contains("no hole"), "{}", run.stdout);
        let report = report(&folder, "spec.yaml");
        assert_eq!((&report["holes"], &report["fine"]), (&json!([]), &json!(true)));
        for promised in report["promised"].as_array().expect("a list") {
            assert!(promised["most"].as_f64().expect("a number") < 1.0, "{promised}");
            assert!(!promised["failed"].as_array().expect("a list").is_empty(), "{promised}");
        }
    }
}

/// `last` says where the answer stands. It is no text that an answer could be made of.
#[test]
fn values_that_say_how_to_look_are_not_thrown() {
    let spec = "fullmarks: 1\nname: number\nprompts: {id: id, prompt: question}\nconstraints:\n  - id: right\n    check: number.equals\n    \
                with: {value: {column: answer}, place: last}\nreward: {scheme: binary}\ncases:\n  accept:\n    - completion: \"6 * 7 = 42. The \
                answer is 42.\"\n      row: {id: a, question: \"What is 6 times 7?\", answer: \"42\"}\n";
    let report = report(&Folder::new().with("spec.yaml", spec), "spec.yaml");
    assert_eq!(report["holes"], json!([]));
}

/// A pattern that finds the number anywhere pays for its denial, too.
#[test]
fn a_denied_answer_is_found() {
    let spec = "fullmarks: 1\nname: number\nconstraints:\n  - {id: right, check: contains.all, with: {texts: [\"42\"]}}\nreward: {scheme: \
                binary}\ncases:\n  accept: [\"42\"]\n";
    let report = report(&Folder::new().with("spec.yaml", spec), "spec.yaml");
    let holes = report["holes"].as_array().expect("a list");
    assert!(holes.iter().any(|hole| hole["probe"] == "stuffing/texts-denied"), "{holes:#?}");
}

#[test]
fn right_answers_in_another_form_that_are_refused_are_named() {
    let of = |check: &str, accept: &str| {
        let spec = format!(
            "fullmarks: 1\nname: forms\nconstraints:\n  - {{id: right, check: {check}}}\nreward: {{scheme: binary}}\ncases:\n  accept: [{}]\n",
            json!(accept)
        );
        let folder = Folder::new().with("spec.yaml", spec);
        let run = folder.run("probe spec.yaml");
        let report = report(&folder, "spec.yaml");
        let refused = report["refused"].as_array().expect("a list").clone();
        assert!(refused.iter().all(|one| one["constraint"] == "right" && one["reason"] != ""), "{refused:#?}");
        assert_eq!(run.stdout.contains("refused["), !refused.is_empty(), "{}", run.stdout);
        let forms = refused.iter().map(|one| one["form"].as_str().expect("text").to_owned());
        forms.collect::<BTreeSet<String>>()
    };
    let exact = of("text.equals, with: {text: 1/2}", "1/2");
    for form in ["number-frac", "number-frac-short", "number-decimal", "boxed", "bold"] {
        assert!(exact.contains(form), "{form}: {exact:?}");
    }
    assert!(!exact.contains("white-space-after"), "{exact:?}");
    let number = of("number.equals, with: {value: 0.5, place: whole}", "0.5");
    assert!(!number.contains("number-fraction") && !number.contains("number-with-more-zeros"), "{number:?}");
    assert!(
        of("regex.matches, with: {pattern: '^red, green, blue$'}", "red, green, blue").contains("list-with-bullets")
    );
    assert!(of("regex.matches, with: {pattern: '^2024-03-05$'}", "2024-03-05").contains("date-day-month-year"));
    assert!(of("regex.matches, with: {pattern: '^[{]'}", "{\"a\": 1}").contains("json-in-a-fence"));
}

/// A table of names would refuse a helper; what runs the code takes every form of it.
#[test]
fn code_in_other_clothes_is_taken_where_it_is_run() {
    let cases = "{args: [[3, -1, 3, 0]], returns: 5}, {args: [[]], returns: 0}";
    let code = "def add(a, b):\n    return a + b\n\ndef f(xs):\n    total = 0\n    for x in xs:\n        total = add(total, x)\n    return total";
    let report = report(&Folder::new().with("spec.yaml", spec(cases, &[code])), "spec.yaml");
    assert!(report["dressed"].as_u64().expect("a number") >= 10, "{}", report["dressed"]);
    let forms: Vec<_> = report["refused"].as_array().expect("a list").iter().map(|one| one["form"].clone()).collect();
    assert_eq!(forms, ["bare"]);
}

/// Probes a spec, mends it, and probes it again.
fn mended(text: &str) -> (Folder, String) {
    let folder = Folder::new().with("spec.yaml", text);
    assert!(!names(&report(&folder, "spec.yaml")).is_empty());
    let run = folder.run("probe spec.yaml --fix --out new.yaml");
    assert_eq!(run.code, Some(0), "{run:#?}");
    assert!(run.stdout.starts_with("Added "), "{}", run.stdout);
    assert_eq!(folder.read("spec.yaml"), text.as_bytes(), "what was there is left alone");
    let after = report(&folder, "new.yaml");
    assert_eq!(names(&after), BTreeSet::new(), "{:#}", after["holes"]);
    assert_eq!(after["failures"], json!([]));
    let new = String::from_utf8(folder.read("new.yaml")).expect("text");
    (folder, new)
}

#[test]
fn specs_are_mended_where_the_cases_are_written() {
    let (_, calls) = mended(&planted("open/weak-calls.yaml"));
    assert!(calls.starts_with("# holes: mutant\n") && calls.contains("\"hidden\":true"), "{calls}");
    let (_, stdio) = mended(&planted("open/weak-stdio.yaml"));
    assert!(stdio.contains("        - {\"stdin\":"), "{stdio}");
    let (_, tests) = mended(&planted("open/weak-tests.yaml"));
    assert!(tests.contains("assert weeks("), "{tests}");
    let (folder, flow) = mended(&spec("{args: [[2, 1]], returns: [1, 2]}", &["def f(xs):\n    return sorted(xs)"]));
    assert!(flow.contains("]  # these\n") && !flow.contains("hidden"), "{flow}");
    // Nothing is left to do, and nothing is done.
    let again = folder.run("probe new.yaml --fix").fine();
    assert!(again.stdout.starts_with("Nothing to add"), "{}", again.stdout);
    assert_eq!(String::from_utf8(folder.read("new.yaml")).expect("text"), flow);
}

#[test]
fn prompts_are_mended_in_their_own_layouts() {
    let spec = "fullmarks: 1\nname: layouts\nprompts: {id: id, prompt: prompt}\nextract: {code: python, fences: optional}\nconstraints:\n  - id: \
                works\n    check: python.tests\n    with: {tests: {column: test}, function: {column: entry}}\nreward: {scheme: binary}\n";
    let row = |id: &str, test: Value| {
        let right = "def f(xs):\n    return sorted(xs)\n";
        json!({"id": id, "prompt": "Sort.", "entry": "f", "test": test, "right": right, "other": {"kept": [1.5]}})
            .to_string()
            + "\n"
    };
    let check =
        "def check(candidate):\n    assert candidate([2, 1]) == [1, 2]\n    assert candidate([3, 1, 2]) == [1, 2, 3]\n";
    let prompts = [
        row("check", json!(check)),
        row("asserts", json!(["assert f([2, 1]) == [1, 2]"])),
        row("functions", json!("def test_it():\n    assert f([2, 1]) == [1, 2]\n")),
        row(
            "strong",
            json!("assert f([0, -2, 3, -2, 5, 0]) == [-2, -2, 0, 0, 3, 5]\nassert f([]) == []\nassert f([1]) == [1]\n"),
        ),
    ];
    let folder = Folder::new().with("spec.yaml", spec).with("prompts.jsonl", prompts.concat());
    let words = "--prompts prompts.jsonl --references right";
    let before = report(&folder, &format!("spec.yaml {words}"));
    assert_eq!(before["mutants"]["weak_prompts"], 3, "{}", before["mutants"]);
    let run = folder.run(&format!("probe spec.yaml {words} --fix --out new.jsonl"));
    assert_eq!(run.code, Some(0), "{run:#?}");
    let after = report(&folder, "spec.yaml --prompts new.jsonl --references right");
    assert_eq!(names(&after), BTreeSet::new(), "{:#}", after["holes"]);
    let new = String::from_utf8(folder.read("new.jsonl")).expect("text");
    let rows: Vec<Value> = new.lines().map(|line| serde_json::from_str(line).expect("a row")).collect();
    assert_eq!(rows.len(), 4);
    assert!(rows.iter().all(|row| row["other"] == json!({"kept": [1.5]})));
    assert_eq!(new.lines().last(), prompts[3].lines().next(), "a strong row stays as it was");
    // Without a place of their own, the prompts are replaced.
    folder.run(&format!("probe spec.yaml {words} --fix")).fine();
    assert_eq!(String::from_utf8(folder.read("prompts.jsonl")).expect("text"), new);
}

/// A list of cases that cannot be added to is left alone, and that is said.
#[test]
fn what_cannot_be_written_is_said() {
    let text = spec("{args: [[2, 1]], returns: [1, 2]}", &["def f(xs):\n    return sorted(xs)"])
        .replace("cases: [{args: [[2, 1]], returns: [1, 2]}]", "cases: '[{\"args\": [[2, 1]], \"returns\": [1, 2]}]'");
    let folder = Folder::new().with("spec.yaml", &text);
    let run = folder.run("probe spec.yaml --fix");
    assert_eq!(run.code, Some(1), "{run:#?}");
    assert!(run.stdout.contains("is not written as a list"), "{}", run.stdout);
    assert_eq!(folder.read("spec.yaml"), text.as_bytes());
}
