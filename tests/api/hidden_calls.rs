//! Forbidden calls in disguise: what the two halves of `python.forbids`, the reading of the source and the watch over its run,
//! make of each.

use fullmarks_sandbox::{
    Cache,
    python::{Answer, Arguments, Limits, Python, Syntax, Value, Watched},
};
use std::{fs, path::Path};

fn python() -> Python {
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
    let python = python();
    let programs = programs("programs.txt");
    assert!(programs.len() >= 200, "{}", programs.len());
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
