//! Forbidden calls in disguise: what the two halves of `python.forbids`, the reading of the source and the watch over its run,
//! make of each.

use crate::{data, python};
use fullmarks_sandbox::{
    Cache,
    python::{Answer, Arguments, Limits, Python, Syntax, Value, Watched},
};
use serde_json::{Value as Json, json};
use std::{fs, path::Path};

fn interpreter() -> Python {
    Python::load(2, Cache::user().ok().as_ref()).unwrap_or_else(|why| panic!("{why}"))
}

/// Programs of a file: `## name`, then the source.
fn programs(file: &str) -> Vec<(String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hidden_calls").join(file);
    let text = fs::read_to_string(path).expect("the programs");
    let parts = text.split("## ").skip(1).map(|part| part.split_once('\n').expect("a name and a source"));
    parts.map(|(name, source)| (name.to_owned(), source.to_owned())).collect()
}

const CALLS: [&str; 2] = ["sorted", "list.sort"];

fn rules() -> Value {
    Value::Dict(vec![("calls".into(), CALLS.to_vec().into())])
}

/// Whether the reading of a source finds something.
fn is_read(python: &Python, source: &str) -> bool {
    match python.forbidden(source, &rules(), 0, &Limits::default()) {
        Ok(Syntax::Found(found)) => !found.is_empty(),
        Ok(Syntax::Unparsed(why)) => panic!("it does not parse: {why}\n{source}"),
        Err(stop) => panic!("{stop}\n{source}"),
    }
}

/// Whether the watch over a run sees something, and whether the function gave the numbers in order.
fn is_seen(python: &Python, source: &str) -> (bool, bool) {
    let watched = Watched { calls: CALLS.map(str::to_owned).to_vec(), ..Watched::default() };
    let python = python.guarded(watched).expect("few names");
    let numbers = |numbers: [i64; 4]| Value::from(numbers.to_vec());
    let arguments = Arguments::new(vec![numbers([3, 1, 4, 2])]).expect("plain data");
    let sorts = python.session(7, &Limits::default(), |session| {
        session.load(source)?;
        let answer = session.call("solve", &arguments)?;
        Ok(matches!(answer, Answer::Returned { value, .. } if value == numbers([1, 2, 3, 4])))
    });
    (!python.caught().is_empty(), sorts.unwrap_or(false))
}

#[test]
fn no_disguise_passes() {
    let python = interpreter();
    // The second file was written before the rules were read.
    let programs = [programs("programs.txt"), programs("unread.txt")].concat();
    assert!(programs.len() >= 255, "{}", programs.len());
    let (mut unread, mut unseen) = (Vec::new(), Vec::new());
    for (name, source) in &programs {
        let (seen, sorts) = is_seen(&python, source);
        if !is_read(&python, source) {
            unread.push((name.as_str(), seen));
        }
        if sorts && !seen {
            unseen.push(name.as_str());
        }
    }
    println!("not read: {unread:?}\nnot seen: {unseen:?}");
    assert!(unread.iter().all(|(_, seen)| *seen), "neither half finds these: {unread:?}");
}

/// What puts numbers in order by other means than the forbidden functions keeps the rule.
#[test]
fn other_means_are_no_calls() {
    let python = interpreter();
    for (name, source) in programs("other_means.txt") {
        assert_eq!((is_read(&python, &source), is_seen(&python, &source)), (false, (false, true)), "{name}");
    }
}

/// Fields of own classes by the name of a forbidden method, unless it may be the method itself.
#[test]
fn fields_are_no_calls() {
    let python = interpreter();
    let honest = [
        "from typing import NamedTuple\nclass P(NamedTuple):\n    sort: object\n    n: int = 0\n",
        "import typing\nclass P(typing.NamedTuple):\n    sort: object\nprint(P(1))\n",
        "from dataclasses import dataclass\nclass A: pass\n@dataclass\nclass B(A):\n    sort: str\n",
        "from abc import ABC\nclass A(ABC):\n    sort: str\n",
        "from typing import Generic, TypeVar\nT = TypeVar('T')\nclass A(Generic[T]):\n    sort: T\n",
        "class A(Exception):\n    sort: str\n",
    ];
    let hiding = [
        "class L(list):\n    sort: object\n",
        "class A(list): pass\nclass L(A):\n    sort: object\n",
        "K = list\nclass L(K):\n    sort: object\n",
        "class L(type([])):\n    sort: object\n",
        "from typing import List\nclass L(List[int]):\n    sort: object\n",
        "from collections import UserList\nclass L(UserList):\n    sort: object\n",
        "from typing import NamedTuple\nclass L(list, NamedTuple):\n    sort: object\n",
    ];
    let refused = |source: &&str| is_read(&python, source);
    assert_eq!(honest.into_iter().filter(refused).collect::<Vec<_>>(), [""; 0]);
    assert_eq!(hiding.into_iter().filter(|source| !refused(source)).collect::<Vec<_>>(), [""; 0]);
}

/// Random numbers of a fixed seed.
struct Draws(u64);

impl Draws {
    fn of<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        // Knuth's multiplier for 64 bits (MMIX); its high bits are the good ones.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        &items[(self.0 >> 33) as usize % items.len()]
    }
}

/// A text as an expression that spells it by halves.
fn spelt(draws: &mut Draws, text: &str) -> String {
    let (start, end) = text.split_at(text.len() / 2);
    let backwards: String = text.chars().rev().collect();
    let letters: Vec<String> = text.chars().map(|letter| format!("'{letter}'")).collect();
    let codes: Vec<String> = text.bytes().map(|code| code.to_string()).collect();
    let ways = [
        format!("'{start}' + '{end}'"),
        format!("'{backwards}'[::-1]"),
        format!("''.join([{}])", letters.join(", ")),
        format!("bytes([{}]).decode()", codes.join(", ")),
        format!("f\"{{'{start}'}}{end}\""),
        format!("'{start}%s' % '{end}'"),
        format!("'{start}-{end}'.replace('-', '')"),
    ];
    draws.of(&ways).clone()
}

/// A program that sorts by what it may not call, in a disguise that is drawn.
fn disguised(draws: &mut Draws) -> String {
    let (sorted, builtins) = (spelt(draws, "sorted"), spelt(draws, "builtins"));
    let sort = spelt(draws, "sort");
    let found = draws
        .of(&[
            "sorted".to_owned(),
            format!("vars(__builtins__)[{sorted}]"),
            format!("getattr(__builtins__, {sorted})"),
            format!("print.__self__.__dict__[{sorted}]"),
            format!("globals()['__builtins__'].__dict__[{sorted}]"),
            format!("(lambda: 0).__globals__['__builtins__'].__dict__[{sorted}]"),
            format!("(lambda: 0).__builtins__[{sorted}]"),
            format!("eval({sorted})"),
            format!("__import__({builtins}).__dict__[{sorted}]"),
            "enum.bltns.sorted".to_owned(),
            format!("sys.modules[{builtins}].__dict__[{sorted}]"),
            format!("operator.attrgetter({sorted})(__builtins__)"),
            format!("object.__getattribute__(__builtins__, {sorted})"),
            format!("(lambda ys: [ys := list(ys), getattr(ys, {sort})()][0])"),
            format!("(lambda ys: [ys := list(ys), type(ys).__dict__[{sort}](ys)][0])"),
            format!("(lambda ys: [ys := list(ys), operator.methodcaller({sort})(ys)][0])"),
            format!("(lambda ys: [ys := list(ys), vars(list)[{sort}](ys)][0])"),
            "(lambda ys: [ys := list(ys), ys.sort()][0])".to_owned(),
            format!("inspect.getattr_static(__builtins__, {sorted})"),
            format!("sys._getframe().f_builtins[{sorted}]"),
        ])
        .clone();
    let body = draws.of(&[
        "def solve(xs): return (FOUND)(xs)",
        "def solve(xs):\n    f = FOUND\n    return f(xs)",
        "def solve(xs, f=FOUND): return f(xs)",
        "f = FOUND\ndef solve(xs): return f(xs)",
        "def solve(xs): return [FOUND][0](xs)",
        "def solve(xs): return {'f': FOUND}['f'](xs)",
        "class Tools: f = staticmethod(FOUND)\ndef solve(xs): return Tools.f(xs)",
        "class Tools:\n    def f(self, xs): return (FOUND)(xs)\ndef solve(xs): return Tools().f(xs)",
        "def solve(xs): return [*map(FOUND, [xs])][0]",
        "def solve(xs): return functools.partial(FOUND)(xs)",
        "def solve(xs): return functools.reduce(lambda a, f: f(a), [FOUND], xs)",
        "def pick():\n    yield FOUND\ndef solve(xs): return next(pick())(xs)",
        "def solve(xs):\n    if f := (FOUND): return f(xs)",
        "def solve(xs):\n    match FOUND:\n        case f: return f(xs)",
        "def solve(xs):\n    try: raise ValueError(FOUND)\n    except ValueError as error: return error.args[0](xs)",
        "def solve(xs):\n    with contextlib.nullcontext(FOUND) as f: return f(xs)",
        "def outer():\n    f = FOUND\n    def inner(xs): return f(xs)\n    return inner\nsolve = outer()",
        "async def go(xs): return (FOUND)(xs)\ndef solve(xs): return asyncio.run(go(xs))",
        "def solve(xs): return (lambda *fs: fs[0](xs))(*[FOUND])",
    ]).replace("FOUND", &found);
    let modules = ["asyncio", "contextlib", "enum", "functools", "inspect", "operator", "sys"];
    let used = modules.iter().filter(|module| body.contains(&format!("{module}.")));
    used.map(|module| format!("import {module}\n")).collect::<String>() + &body + "\n"
}

#[test]
fn no_drawn_disguise_passes() {
    let python = interpreter();
    let mut draws = Draws(2026);
    let (mut unread, mut unseen, mut sort) = (Vec::new(), Vec::new(), 0);
    for _ in 0..400 {
        let source = disguised(&mut draws);
        let (seen, sorts) = is_seen(&python, &source);
        sort += usize::from(sorts);
        if !is_read(&python, &source) {
            unread.push(source.clone());
        }
        if sorts && !seen {
            unseen.push(source);
        }
    }
    assert!(sort >= 300, "only {sort} of them sort");
    assert!(unread.is_empty(), "{} are not read:\n{}", unread.len(), unread.join("\n"));
    assert!(unseen.is_empty(), "{} are not seen:\n{}", unseen.len(), unseen.join("\n"));
}

/// Rules that honest code keeps, and the words of which code has none that keeps them.
const KEPT: [(&[&str], &[&str], &[&str]); 4] = [
    (&["sorted", "list.sort", "eval", "exec"], &["subprocess", "socket"], &["sort", "eval", "exec"]),
    (&["max", "min", "sum"], &["statistics", "heapq"], &["max", "min", "sum", "heapq"]),
    (
        &["set", "dict", "map", "filter", "reversed"],
        &["collections"],
        &["set", "dict", "map", "filter", "reversed", "collections"],
    ),
    (
        &["list.append", "str.join", "str.replace", "math.sqrt"],
        &["numpy", "re"],
        &["append", "join", "replace", "sqrt", "import re"],
    ),
];

#[test]
fn no_honest_completion_is_refused() {
    let row = |line: &str| -> Json { serde_json::from_str(line).expect("an object") };
    let text = |row: &Json, name: &str| row[name].as_str().expect("text").to_owned();
    let rows = |name: &str| data::text(&format!("humaneval/{name}.jsonl.gz")).lines().map(row).collect::<Vec<_>>();
    let problems = rows("problems");
    // Of each problem its own solution, and up to sixteen that a model wrote and that pass.
    let mut bodies: Vec<(usize, String)> = Vec::new();
    for (at, problem) in problems.iter().enumerate() {
        bodies.push((at, text(problem, "canonical_solution")));
    }
    for rollouts in rows("rollouts_codegen16b") {
        let at = problems.iter().position(|problem| problem["task_id"] == rollouts["id"]).expect("its problem");
        let known = rollouts["completions"]
            .as_array()
            .expect("texts")
            .iter()
            .zip(rollouts["passed"].as_array().expect("facts"));
        let passed = known.filter(|(_, passed)| passed.as_bool().unwrap_or(**passed == 1)).map(|(body, _)| body);
        bodies.extend(passed.take(16).map(|body| (at, body.as_str().expect("text").to_owned())));
    }
    let judges: Vec<_> = KEPT
        .iter()
        .map(|(calls, imports, _)| {
            let (prompt, tests) = (json!({"column": "prompt"}), json!({"column": "test"}));
            python::verifier(json!([
                {"id": "tests", "check": "python.tests", "with": {"function": {"column": "entry_point"}, "tests": tests,
                    "layout": "humaneval", "prefix": prompt}},
                {"id": "forbids", "check": "python.forbids", "with": {"calls": calls, "imports": imports, "prefix": prompt}},
            ]))
        })
        .collect();
    let mut kept = 0;
    let mut refused = Vec::new();
    for (number, (at, body)) in bodies.iter().enumerate() {
        let problem = &problems[*at];
        let (_, _, words) = KEPT[number % KEPT.len()];
        if words.iter().any(|word| body.contains(word)) {
            continue;
        }
        let row = problem.as_object().expect("an object");
        let outcome = python::judge(&judges[number % KEPT.len()], row, &format!("```python\n{body}\n```"));
        kept += 1;
        if outcome.full() != Some(true) {
            refused.push(format!("{}: {:?}\n{body}", problem["task_id"], outcome.verdicts()));
        }
    }
    assert!(kept >= 300, "only {kept} keep the rules");
    assert!(refused.is_empty(), "{} of {kept} are refused:\n{}", refused.len(), refused.join("\n"));
}
