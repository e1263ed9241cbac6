//! Test code as people write it: tests/data/README.md says where each file comes from.

use crate::python;
use fullmarks::{
    verdict::{Outcome, Verdict},
    verify::{Row, Verifier},
};
use fullmarks_sandbox::{
    Cache,
    python::{Limits, Program, Python},
};
use rayon::prelude::*;
use serde_json::{Value, json};
use std::{fs, path::Path};

fn judge() -> Verifier {
    python::verifier(json!([{
        "check": "python.tests",
        "with": {"tests": {"column": "tests"}, "function": {"column": "function"}},
    }]))
}

fn text<'a>(row: &'a Value, key: &str) -> &'a str {
    row[key].as_str().unwrap_or_else(|| panic!("{row} has no text `{key}`"))
}

fn judged(judge: &Verifier, row: &Value, code: &str) -> Outcome {
    let given: Row = ["tests", "function"].map(|key| (key.to_owned(), row[key].clone())).into_iter().collect();
    python::judge(judge, &given, &format!("```python\n{code}\n```\n"))
}

fn lines(name: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/test_code").join(name);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}"))).collect()
}

fn check(file: &str, at_least: usize, wrong: impl Fn(&Verifier, &Value) -> Vec<String> + Sync) {
    let (judge, rows) = (judge(), lines(&format!("{file}.jsonl")));
    assert!(rows.len() >= at_least, "{}", rows.len());
    let found: Vec<String> = rows.par_iter().flat_map(|row| wrong(&judge, row)).collect();
    assert!(found.is_empty(), "{}:\n{}", found.len(), found.join("\n"));
}

/// Each right solution passes, and each wrong one fails, as with plain Python and pytest.
#[test]
fn idioms_are_judged_as_plain_python_judges_them() {
    check("idioms", 600, |judge, row| {
        let right = judged(judge, row, text(row, "right"));
        let wrong = judged(judge, row, text(row, "wrong"));
        let mut found = Vec::new();
        if right.full() != Some(true) {
            found.push(format!("{}: the right one: {:?}", row["name"], right.verdicts()));
        }
        if wrong.full() != Some(false) {
            found.push(format!("{}: the wrong one: {:?}", row["name"], wrong.verdicts()));
        }
        found
    });
}

/// Tests that break by themselves are no completion's failure.
#[test]
fn what_breaks_by_itself_is_unscored() {
    check("broken", 91, |judge, row| {
        let outcome = judged(judge, row, text(row, "completion"));
        let unscored = matches!(outcome.verdicts(), [Verdict::Unscored(_)]);
        (!unscored).then(|| format!("{}: {:?}", row["name"], outcome.verdicts())).into_iter().collect()
    });
}

/// What a completion does about sound tests is its own: nothing that it returns or raises looks like tests that break by themselves.
#[test]
fn no_completion_looks_like_broken_tests() {
    check("imitations", 10, |judge, row| {
        let right = judged(judge, row, text(row, "right"));
        assert_eq!(right.full(), Some(true), "{row}: {:?}", right.verdicts());
        let completions = row["completions"].as_array().expect("a list");
        assert!(completions.len() >= 60, "{}", completions.len());
        let unscored = |code: &&Value| judged(judge, row, code.as_str().expect("text")).full().is_none();
        completions.iter().filter(unscored).map(|code| format!("{}: {code}", row["tests"])).collect()
    });
}

/// Programs that start threads, end with a `return`, or ask for what the sandbox has no use for.
#[test]
fn programs_do_as_they_do_elsewhere() {
    let judge = python::verifier(
        json!([{"check": "python.stdio", "with": {"cases": {"column": "cases"}, "compare": "exact"}}]),
    );
    let programs = lines("programs.jsonl");
    assert!(programs.len() >= 27, "{}", programs.len());
    for row in programs {
        let given = ["right", "wrong"].map(|expected| {
            let stdout = if expected == "right" {
                text(&row, "stdout").to_owned()
            } else {
                format!("{}!", text(&row, "stdout"))
            };
            Row::from_iter([("cases".to_owned(), json!([{"stdin": row["stdin"], "stdout": stdout}]))])
        });
        let code = format!("```python\n{}\n```\n", text(&row, "program"));
        let [right, wrong] = given.map(|given| python::judge(&judge, &given, &code));
        assert_eq!((right.full(), wrong.full()), (Some(true), Some(false)), "{row}: {:?}", right.verdicts());
    }
}

/// What answers for itself across the two instances earns nothing.
#[test]
fn none_of_these_earns_anything() {
    check("attacks", 190, |judge, row| {
        let outcome = judged(judge, row, text(row, "completion"));
        (outcome.full() == Some(true)).then(|| row.to_string()).into_iter().collect()
    });
}

/// Names of builtins, of modules and of `typing`, as the sandbox's Python has them.
fn library_names() -> Vec<String> {
    let program = "import builtins, keyword, sys, typing\n\
                   names = {*vars(builtins), *sys.stdlib_module_names, *typing.__all__}\n\
                   print(*sorted(n for n in names if not keyword.iskeyword(n) and n[:2] != '__'))";
    let python = Python::load(1, Cache::user().ok().as_ref()).unwrap_or_else(|why| panic!("{why}"));
    let ended = python.run(&Program { source: program, ..Program::default() }, &Limits::default()).expect("it ends");
    let text = String::from_utf8(ended.stdout).expect("UTF-8");
    text.split_whitespace().map(str::to_owned).collect()
}

/// A completion may be asked for a function or a class of any name that the library has too.
#[test]
fn every_name_can_be_the_completions() {
    let judge = judge();
    let names = library_names();
    assert!(names.len() > 500, "{}", names.len());
    let shapes = [
        (
            "def NAME(a, b=2):\n    return a * 10 + b",
            "def NAME(a, b=2):\n    return a * 10",
            "assert NAME(1) == 12\nassert NAME(3, 4) == 34",
        ),
        (
            "def other(x):\n    return x\ndef NAME(a, b=2):\n    return a * 10 + b",
            "def other(x):\n    return x\ndef NAME(a, b=2):\n    return a * 10",
            "from solution import NAME\ndef test_it():\n    assert other(3) == 3\n    assert NAME(3, b=4) == 34",
        ),
        (
            "class NAME:\n    def __init__(self):\n        self.x = []\n    def put(self, v):\n        self.x.append(v)",
            "class NAME:\n    def __init__(self):\n        self.x = []\n    def put(self, v):\n        pass",
            "made = NAME()\nmade.put(1)\nmade.put(5)\nassert made.x == [1, 5]",
        ),
    ];
    let wrong: Vec<String> = names
        .par_iter()
        .flat_map_iter(|name| {
            let judge = &judge;
            shapes.iter().filter_map(move |(right, wrong, tests)| {
                let named = |text: &str| text.replace("NAME", name);
                let row = json!({"tests": named(tests)});
                let judged = [right, wrong].map(|code| judged(judge, &row, &named(code)).full());
                (judged != [Some(true), Some(false)]).then(|| format!("{name}: {judged:?} by {tests}"))
            })
        })
        .collect();
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}
