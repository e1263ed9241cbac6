//! The tasks under attack, and what attacks earn.

use crate::{
    completions::{entries, yaml},
    python,
};
use fullmarks::{
    reward::Scheme,
    verdict::Outcome,
    verify::{Row, Verifier},
};
use serde_json::{Value, json};
use std::{collections::BTreeMap, fs, path::Path};

/// The tasks under attack, by name.
pub(crate) fn tasks() -> BTreeMap<String, Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/attacks/tasks");
    let read = |path: std::path::PathBuf| {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let task = yaml(&name, &fs::read_to_string(&path).expect("text"));
        (name, task)
    };
    entries(&folder).into_iter().map(read).collect()
}

/// A spec for a task, as a careful author would write it.
pub(crate) fn judge(task: &Value) -> Verifier {
    let pick = |names: &[&str]| -> Row {
        let given = |name: &&str| task.get(name).map(|value| ((*name).to_owned(), value.clone()));
        names.iter().filter_map(given).collect()
    };
    let main = if task.get("language").is_some() {
        json!({"id": "main", "check": "language.is", "with": pick(&["language"])})
    } else if task.get("layout").is_some() {
        json!({"id": "main", "check": "python.tests", "with": pick(&["function", "layout", "tests", "mutates"])})
    } else if task.get("function").is_some() {
        json!({"id": "main", "check": "python.calls", "with": pick(&["function", "cases", "tolerance"])})
    } else {
        json!({"id": "main", "check": "python.stdio", "with": pick(&["cases", "tolerance"])})
    };
    let mut constraints = vec![main];
    if task.get("judged_by").is_some() {
        constraints.clear();
    }
    if let Some(forbids) = task.get("forbids") {
        constraints.push(json!({"id": "forbids", "check": "python.forbids", "with": forbids}));
    }
    for constraint in &mut constraints {
        constraint["required"] = json!(true);
    }
    python::verifier(Value::Array(constraints))
}

/// The most that any scheme pays for it.
pub(crate) fn earned(outcome: &Outcome) -> f64 {
    Scheme::NAMES
        .iter()
        .filter_map(|name| Scheme::by_name(name)?.reward(outcome))
        .fold(0.0, |most: f64, reward| most.max(reward.value()))
}
