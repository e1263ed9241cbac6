//! Every spec that ships proves itself, and pays nothing for answers that are none.

use crate::common::{Folder, PASS, checker, module_folder};
use fullmarks::{
    completion::Completion,
    reward::Scheme,
    spec::{Case, Document},
    verify::{Library, Verifier},
};
use serde_json::{Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The specs in `task_specs/` and in the folders of `examples/`.
fn specs() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let entries = |folder: &Path| {
        let entries = fs::read_dir(folder).into_iter().flatten();
        entries.map(|entry| entry.expect("an entry").path()).collect::<Vec<_>>()
    };
    let folders = entries(&root.join("examples")).into_iter().chain([root.join("task_specs")]);
    let files = folders.flat_map(|folder| entries(&folder));
    let is_spec = |path: &PathBuf| {
        let yaml = path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml");
        let text = if yaml { fs::read_to_string(path).expect("text") } else { String::new() };
        text.lines().any(|line| line.starts_with("fullmarks:"))
    };
    let mut specs: Vec<_> = files.filter(is_spec).collect();
    specs.sort();
    assert!(specs.iter().any(|spec| spec.ends_with("task_specs/ifeval.yaml")), "{specs:?}");
    specs
}

fn verifier(path: &Path, bytes: &[u8]) -> Verifier {
    let document = Document::parse(&path.display().to_string(), bytes).unwrap_or_else(|error| panic!("{error}"));
    let folder = path.parent().expect("a folder");
    let library = Library::for_document(&document, folder).unwrap_or_else(|error| panic!("{error}"));
    Verifier::new(&document, library).unwrap_or_else(|error| panic!("{error}"))
}

fn load(path: &Path) -> Verifier {
    verifier(path, &fs::read(path).expect("a spec"))
}

/// What a completion earns with the row of a case under every scheme, the spec's own included.
fn rewards(verifier: &Verifier, case: &Case, completion: Value) -> Vec<(String, Option<f64>)> {
    let plan = verifier.plan(&case.row).unwrap_or_else(|error| panic!("{error}"));
    let completion = Completion::from_json(completion).expect("a completion");
    let outcome = verifier.judge(&plan, &completion);
    let schemes = Scheme::NAMES.iter().map(|name| Scheme::by_name(name).expect("a scheme"));
    let reward = |scheme: Scheme| (scheme.to_string(), scheme.reward(&outcome).map(|reward| reward.value()));
    schemes.chain([verifier.task().scheme]).map(reward).collect()
}

/// Whether the completion earns exactly this under every scheme.
#[track_caller]
fn earns(verifier: &Verifier, case: &Case, completion: &Value, expected: f64) {
    for (scheme, reward) in rewards(verifier, case, completion.clone()) {
        let name = &verifier.task().name;
        assert_eq!(reward, Some(expected), "{name}, `{scheme}`: {completion} for the row of {}", case.completion);
    }
}

/// Completions that answer nothing, whatever was asked; `good` is one that answers well.
fn worthless(verifier: &Verifier, good: &str) -> Vec<Value> {
    let marks = &verifier.task().extract.thinking;
    let (open, close) = (&marks.open, &marks.close);
    vec![
        json!(""),
        json!(" \t\r\n\u{a0}\u{3000}\u{2028}"),
        json!("\u{200b}\u{200c}\u{200d}\u{2060}\u{feff}\u{ad}"),
        json!("\0\u{7}\u{1b}"),
        json!(format!("{open} let me see")),
        json!(format!("{open}{good}")),
        json!(format!("{good}{open} or rather")),
        json!(format!("{open}{good}{close}")),
        json!(format!("{open}{good}{close} \u{200b}\n")),
        json!(format!("{good}{close}{open}")),
        json!([]),
        json!([{"role": "user", "content": good}]),
        json!([{"role": "system", "content": good}, {"role": "tool", "content": good}]),
        json!([{"role": "assistant", "content": null}]),
        json!([{"role": "assistant", "content": "", "reasoning_content": good}]),
        json!([{"role": "assistant", "content": [{"type": "thinking", "thinking": good}]}]),
        json!([{"role": "assistant", "content": good}, {"role": "assistant", "content": format!("{open}{good}")}]),
    ]
}

/// The answer of a case, without its thinking.
fn text(verifier: &Verifier, case: &Case) -> String {
    let completion = Completion::from_json(case.completion.clone()).expect("a completion");
    let close = &verifier.task().extract.thinking.close;
    completion.text().rsplit(close.as_str()).next().unwrap_or_default().to_owned()
}

#[test]
fn every_spec_passes_its_own_cases() {
    for path in specs() {
        let run = Folder::new().run(&format!("check --run --json {}", path.display())).fine();
        let report: Value = serde_json::from_str(&run.stdout).expect("JSON");
        assert!(report["specs"][0]["cases_run"].as_u64() >= Some(2), "{report:#}");
        assert_eq!(report["specs"][0]["failures"], json!([]));
        let task = load(&path);
        let (accept, reject) = (task.task().accept.len(), task.task().reject.len());
        assert!(accept > 0 && reject > 0, "{}: {accept} accept and {reject} reject cases", path.display());
    }
}

#[test]
fn every_spec_pays_for_its_accepted_cases_and_not_for_nothing() {
    for path in specs() {
        let verifier = load(&path);
        for case in &verifier.task().accept {
            earns(&verifier, case, &case.completion, 1.0);
            for completion in worthless(&verifier, &text(&verifier, case)) {
                earns(&verifier, case, &completion, 0.0);
            }
        }
    }
}

/// Answers with everything but code.
fn without_code(good: &str, bare: bool) -> Vec<Value> {
    let words = good.replace("```", "").replace("~~~", "");
    let mut without = vec![json!("Here is my answer, in words alone."), json!("```\n```"), json!("```\n \n```")];
    if !bare {
        without.push(json!(words));
    }
    without
}

#[test]
fn every_spec_that_extracts_code_pays_nothing_without() {
    for path in specs() {
        let verifier = load(&path);
        if verifier.task().extract.code.is_none() {
            continue;
        }
        for case in &verifier.task().accept {
            for completion in without_code(&text(&verifier, case), verifier.task().extract.bare) {
                earns(&verifier, case, &completion, 0.0);
            }
        }
    }
}

/// A spec whose one checker says yes to everything: what it pays for is decided before any checker is asked.
fn lenient(view: &str, extract: &str) -> Verifier {
    let folder = module_folder("acme.yes", &checker("acme.yes", PASS));
    let spec = String::from_utf8(folder.read("spec.yaml")).expect("UTF-8");
    let spec = spec.replace("{check: acme.yes}", &format!("{{check: acme.yes, on: {view}}}"));
    let spec = format!("{spec}{extract}cases: {{accept: ['```python\n\n  x = 1\n\n  ```']}}\n");
    verifier(&folder.path("spec.yaml"), spec.as_bytes())
}

const PYTHON: &str = "extract: {code: python}\n";

#[test]
fn a_checker_that_says_yes_to_everything_pays_nothing_for_nothing() {
    let verifier = lenient("code", PYTHON);
    let case = &verifier.task().accept[0];
    earns(&verifier, case, &case.completion, 1.0);
    for completion in
        [worthless(&verifier, &text(&verifier, case)), without_code(&text(&verifier, case), false)].concat()
    {
        earns(&verifier, case, &completion, 0.0);
    }
}

/// On the whole completion thinking alone would be something to look at.
#[test]
fn looking_at_everything_pays_nothing_for_thinking_alone() {
    for view in ["all", "answer"] {
        let verifier = lenient(view, "");
        let case = &verifier.task().accept[0];
        earns(&verifier, case, &case.completion, 1.0);
        for completion in worthless(&verifier, &text(&verifier, case)) {
            earns(&verifier, case, &completion, 0.0);
        }
    }
}

/// Characters that show nothing: Unicode's Default_Ignorable_Code_Point, and the blank Braille pattern.
const UNSEEN: [char; 30] = [
    '\u{ad}',
    '\u{34f}',
    '\u{61c}',
    '\u{115f}',
    '\u{1160}',
    '\u{17b4}',
    '\u{17b5}',
    '\u{180b}',
    '\u{180e}',
    '\u{200b}',
    '\u{200c}',
    '\u{200d}',
    '\u{200e}',
    '\u{200f}',
    '\u{202a}',
    '\u{202e}',
    '\u{2060}',
    '\u{2061}',
    '\u{2064}',
    '\u{2066}',
    '\u{2069}',
    '\u{206f}',
    '\u{2800}',
    '\u{3164}',
    '\u{fe00}',
    '\u{fe0f}',
    '\u{feff}',
    '\u{ffa0}',
    '\u{e0020}',
    '\u{e0100}',
];

#[test]
fn characters_that_show_nothing_are_no_answer() {
    let verifier = lenient("answer", "");
    let case = &verifier.task().accept[0];
    let paid = |c: &char| {
        let completion = json!(format!("{c} {c}"));
        rewards(&verifier, case, completion).iter().any(|(_, reward)| *reward != Some(0.0))
    };
    let paid: Vec<_> = UNSEEN.into_iter().filter(paid).collect();
    assert_eq!(paid, [], "these earn something alone");
}
