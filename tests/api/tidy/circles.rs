//! Circles between files: one uses another, which uses the first. Paths are followed through what a module passes on
//! (`pub use`), so `super::Row` counts as the file that defines `Row`.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

/// A module's path below its crate: `["spec", "task"]`.
type Module = Vec<String>;

/// The modules of one crate: where each path used in their files leads.
struct Crate<'a> {
    files: BTreeMap<Module, &'a Path>,
    /// Names that a module takes from elsewhere, under which others find them there.
    names: BTreeMap<(Module, String), Vec<String>>,
    /// Paths that a module uses, each from the crate's root.
    used: BTreeMap<Module, BTreeSet<Vec<String>>>,
}

/// Files that use each other: each circle as the edges in it.
pub(crate) fn circles(folder: &Path, sources: &BTreeMap<PathBuf, String>) -> Vec<Vec<String>> {
    let edges = Crate::new(folder, sources).edges();
    let reach: BTreeMap<&Path, BTreeSet<&Path>> = edges.keys().map(|from| (*from, reachable(from, &edges))).collect();
    let round = |a: &Path, b: &Path| reach[a].contains(b) && reach.get(b).is_some_and(|back| back.contains(a));
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for file in edges.keys().filter(|file| round(file, file)) {
        if seen.insert(*file) {
            let circle: Vec<&Path> = edges.keys().copied().filter(|other| round(file, other)).collect();
            seen.extend(&circle);
            let among = circle.iter().flat_map(|from| edges[from].iter().map(move |to| (from, to)));
            let among = among.filter(|(_, to)| circle.contains(to));
            found.push(among.map(|(from, to)| format!("{} uses {}", from.display(), to.display())).collect());
        }
    }
    found
}

/// What can be reached from a file in one step or more.
fn reachable<'a>(from: &'a Path, edges: &BTreeMap<&'a Path, BTreeSet<&'a Path>>) -> BTreeSet<&'a Path> {
    let mut found = BTreeSet::new();
    let mut next = vec![from];
    while let Some(file) = next.pop() {
        next.extend(edges.get(file).into_iter().flatten().copied().filter(|file| found.insert(*file)));
    }
    found
}

impl<'a> Crate<'a> {
    fn new(folder: &Path, sources: &'a BTreeMap<PathBuf, String>) -> Self {
        let mut all = Self { files: BTreeMap::new(), names: BTreeMap::new(), used: BTreeMap::new() };
        all.files.extend(sources.keys().map(|file| (module(folder, file), file.as_path())));
        for (file, text) in sources {
            let module = module(folder, file);
            for (declares, path, name) in paths(parts(text).0) {
                let Some(path) = all.absolute(&module, &path) else { continue };
                if declares {
                    all.names.insert((module.clone(), name), path.clone());
                }
                all.used.entry(module.clone()).or_default().insert(path);
            }
        }
        all
    }

    /// A path from the crate's root; none when it leads elsewhere.
    fn absolute(&self, module: &[String], path: &[&str]) -> Option<Vec<String>> {
        let child = path.first().map(|first| [module, &[(*first).to_owned()]].concat());
        match child.filter(|child| self.files.contains_key(child)) {
            Some(_) => from_root(module, &[&["self"], path].concat()),
            None => from_root(module, path),
        }
    }

    /// The file in which a path ends.
    fn file(&self, path: &[String], depth: usize) -> Option<&'a Path> {
        let inside = (0..=path.len()).rev().find(|length| self.files.contains_key(&path[..*length]))?;
        if let Some(name) = path.get(inside)
            && let Some(passed_on) = self.names.get(&(path[..inside].to_vec(), name.clone()))
            && depth < 10
        {
            let further = [passed_on, &path[inside + 1..]].concat();
            return self.file(&further, depth + 1);
        }
        self.files.get(&path[..inside]).copied()
    }

    /// Which files each file uses; a module's own children do not count.
    fn edges(&self) -> BTreeMap<&'a Path, BTreeSet<&'a Path>> {
        let mut edges = BTreeMap::new();
        for (module, paths) in &self.used {
            let from = self.files[module];
            let below = |file: &&Path| self.files.iter().any(|(other, path)| path == file && other.starts_with(module));
            let to = paths.iter().filter_map(|path| self.file(path, 0)).filter(|file| !below(file));
            edges.insert(from, to.collect());
        }
        edges
    }
}

/// `src/spec/task.rs` is `["spec", "task"]` in the crate in `src`.
fn module(folder: &Path, file: &Path) -> Module {
    let file = file.strip_prefix(folder).expect("a file of the crate").with_extension("");
    let mut names: Module = file.iter().map(|name| name.to_string_lossy().into_owned()).collect();
    names.pop_if(|last| ["mod", "lib", "main"].contains(&last.as_str()));
    names
}

/// A path that starts at `crate`, `self` or `super`, from the crate's root.
fn from_root(module: &[String], path: &[&str]) -> Option<Vec<String>> {
    let climbs = path.iter().take_while(|name| **name == "super").count();
    let (base, rest) = match *path.first()? {
        "crate" => (0, &path[1..]),
        "self" => (module.len(), &path[1..]),
        _ if climbs == 0 => return None,
        _ => (module.len().checked_sub(climbs)?, &path[climbs..]),
    };
    Some(module[..base].iter().cloned().chain(rest.iter().map(|name| (*name).to_owned())).collect())
}

/// The rooms of its crate that a file names, its tests included.
pub(crate) fn rooms(folder: &Path, file: &Path, text: &str) -> BTreeSet<String> {
    let (code, tests) = parts(text);
    let module = module(folder, file);
    let inside = [&module[..], &["tests".to_owned()]].concat();
    let named = |text, module: &[String]| -> Vec<String> {
        paths(text).into_iter().filter_map(|(_, path, _)| from_root(module, &path)?.into_iter().next()).collect()
    };
    named(code, &module).into_iter().chain(named(tests, &inside)).collect()
}

/// The code of a file, and its tests, which stand at its end.
fn parts(text: &str) -> (&str, &str) {
    let tests = text.match_indices("mod tests {").find(|(at, _)| *at == 0 || text[..*at].ends_with('\n'));
    text.split_at(tests.map_or(text.len(), |(at, _)| at))
}

/// The paths in a text, each with whether it is declared by `use`, and its name.
fn paths(text: &str) -> Vec<(bool, Vec<&str>, String)> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let before = at.checked_sub(1).map_or("", |at| tokens[at]);
        let declares = *token == "use";
        let relative = ["crate", "super", "self"].contains(token) && !["::", "$", "(", "use"].contains(&before);
        if declares || relative && tokens.get(at + 1) == Some(&"::") {
            let mut leaves = Vec::new();
            tree(&tokens, if declares { at + 1 } else { at }, &mut Vec::new(), &mut leaves);
            found.extend(leaves.into_iter().map(|(path, name)| (declares, path, name)));
        }
    }
    found
}

/// Words, `::` and single signs.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
        let mut rest = line.trim_start();
        while let Some(first) = rest.chars().next() {
            let word = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            let length = if word > 0 {
                word
            } else if rest.starts_with("::") {
                2
            } else {
                first.len_utf8()
            };
            tokens.push(&rest[..length]);
            rest = rest[length..].trim_start();
        }
    }
    tokens
}

/// The paths of a tree such as `a::{b, c::d as e}`, each with the name it gets; and where the tree ends.
fn tree<'a>(
    tokens: &[&'a str],
    mut at: usize,
    before: &mut Vec<&'a str>,
    leaves: &mut Vec<(Vec<&'a str>, String)>,
) -> usize {
    let length = before.len();
    loop {
        match tokens.get(at) {
            Some(&"{") => {
                at += 1;
                while tokens.get(at).is_some_and(|token| *token != "}") {
                    at = tree(tokens, at, before, leaves);
                    at += usize::from(tokens.get(at) == Some(&","));
                }
                before.truncate(length);
                return at + 1;
            }
            // `use crate::a::{self, b}`
            Some(&"self") if !before.is_empty() => at += 1,
            Some(word) => {
                before.push(word);
                at += 1;
            }
            None => return at,
        }
        if tokens.get(at) != Some(&"::") {
            let name = match (tokens.get(at), tokens.get(at + 1)) {
                (Some(&"as"), Some(name)) => {
                    at += 2;
                    name
                }
                _ => before.last().copied().unwrap_or_default(),
            };
            leaves.push((before.clone(), name.to_owned()));
            before.truncate(length);
            return at;
        }
        at += 1;
    }
}
