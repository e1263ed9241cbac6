//! Writes each docstring of the stub file to a file of its own, so that `help()` and editors say the same from one source.

use std::{env, fs, path::Path};

const STUBS: &str = "fullmarks/_fullmarks.pyi";

fn main() {
    println!("cargo::rerun-if-changed={STUBS}");
    let folder = env::var("OUT_DIR").expect("cargo sets it");
    let stubs = fs::read_to_string(STUBS).expect("the stubs are there");
    let mut docs = docstrings(&stubs);
    // What a class is made with belongs to what it is.
    let made: Vec<(String, String)> = docs
        .iter()
        .filter_map(|(name, text)| Some((name.strip_suffix(".__new__")?.to_owned(), text.clone())))
        .collect();
    for (class, text) in made {
        if let Some((_, doc)) = docs.iter_mut().find(|(name, _)| *name == class) {
            *doc = format!("{doc}\n\n{text}");
        }
    }
    for (name, text) in docs {
        fs::write(Path::new(&folder).join(name), text).expect("a file of the build");
    }
}

/// `Class`, `Class.method` and `function`, each with its docstring without its indentation.
fn docstrings(stubs: &str) -> Vec<(String, String)> {
    let (mut found, mut class, mut item) = (Vec::new(), None::<String>, None::<String>);
    let mut lines = stubs.lines();
    while let Some(line) = lines.next() {
        let text = line.trim_start();
        let indent = line.len() - text.len();
        if let Some(rest) = line.strip_prefix("class ") {
            class = Some(name_of(rest));
            item.clone_from(&class);
        } else if let Some(rest) = text.strip_prefix("def ") {
            let name = name_of(rest);
            item = Some(match &class {
                Some(class) if indent > 0 => format!("{class}.{name}"),
                _ => name,
            });
        } else if let Some(first) = text.strip_prefix("\"\"\"") {
            let doc = docstring(first, indent, &mut lines);
            found.extend(item.take().map(|name| (name, doc)));
        }
    }
    found
}

fn name_of(rest: &str) -> String {
    rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// The text of a docstring from behind its opening quotes.
fn docstring<'a>(first: &str, indent: usize, lines: &mut impl Iterator<Item = &'a str>) -> String {
    let mut text = first.to_owned();
    while !text.ends_with("\"\"\"") {
        let line = lines.next().expect("a docstring ends");
        text.push('\n');
        text.push_str(line.get(indent..).unwrap_or(line.trim_start()));
    }
    text.trim_end_matches('"').trim_end().to_owned()
}
