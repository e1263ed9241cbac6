//! The cost of one check in a fresh instance, beside the same check run natively.

#![allow(missing_docs)]

use fullmarks_checker_sdk::{Entry as NativeEntry, Input};
use fullmarks_checkers::{WITH_LANGUAGES, WITH_TABLES};
use fullmarks_sandbox::{Engine, Entry, Limits, Module, Request, Stop};
use std::{sync::LazyLock, time::Instant};

const LIGHT: &[u8] = include_bytes!("../src/verify/builtin/checkers.wasm");
const TABLES: &[u8] = include_bytes!("../src/verify/builtin/tables.wasm");
const LANGUAGES: &[u8] = include_bytes!("../src/verify/builtin/languages.wasm");
const SIZES: [usize; 3] = [200, 2_000, 20_000];

static MODULES: LazyLock<[Module; 3]> = LazyLock::new(|| {
    let engine = Engine::new(4).unwrap();
    [LIGHT, TABLES, LANGUAGES].map(|wasm| Module::load(&engine, wasm, None).expect("the built-in checkers load"))
});

/// The module that has a checker.
fn module(checker: &str) -> &'static Module {
    let kind = usize::from(WITH_TABLES.contains(&checker)) + 2 * usize::from(WITH_LANGUAGES.contains(&checker));
    &MODULES[kind]
}

/// Checkers from cheap to dear, with parameters.
const CHECKS: [(&str, &str); 6] = [
    ("punctuation:no_comma", "{}"),
    ("length_constraints:number_paragraphs", r#"{"num_paragraphs": 3}"#),
    ("length_constraints:number_words", r#"{"num_words": 5000, "relation": "at least"}"#),
    ("keywords:existence", r#"{"keywords": ["absent"]}"#),
    ("length_constraints:number_sentences", r#"{"num_sentences": 5000, "relation": "at least"}"#),
    ("change_case:english_lowercase", "{}"),
];

fn main() {
    LazyLock::force(&MODULES);
    print_fuel_rates();
    divan::main();
}

/// How fast checks burn fuel: the rate `limits.time` is counted in. Each check runs until its fuel is gone.
fn print_fuel_rates() {
    const FUEL: u64 = 3_000_000;
    let text = text(100_000);
    let limits = Limits { fuel: FUEL, ..Limits::default() };
    for (checker, params) in CHECKS {
        let request = Request { checker, params, prompt: "", text: &text };
        let mut seconds: Vec<f64> = (0..51)
            .filter_map(|_| {
                let start = Instant::now();
                let answer = module(checker).call(Entry::Check, &request, &limits);
                (answer == Err(Stop::Fuel)).then(|| start.elapsed().as_secs_f64())
            })
            .collect();
        seconds.sort_by(f64::total_cmp);
        if let Some(median) = seconds.get(seconds.len() / 2) {
            println!("{checker}: {:.1e} fuel a second (median)", FUEL as f64 / median);
        }
    }
}

/// Prose of about `size` bytes, the same on every run.
fn text(size: usize) -> String {
    const SENTENCES: [&str; 4] = [
        "the river had risen in the night and nobody in the village knew why. ",
        "some said it was the rain; others blamed the old dam above the mill.\n\n",
        "by noon the children were sailing paper boats down the main street. ",
        "a dog, wet and delighted, followed them as far as the bridge. ",
    ];
    SENTENCES.iter().cycle().flat_map(|sentence| sentence.chars()).take(size).collect()
}

fn cases() -> impl Iterator<Item = (usize, usize)> {
    (0..CHECKS.len()).flat_map(|check| SIZES.map(|size| (check, size)))
}

struct Case((usize, usize));

impl std::fmt::Display for Case {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (check, size) = self.0;
        write!(f, "{} {size} B", CHECKS[check].0)
    }
}

#[divan::bench(args = cases().map(Case), threads = [1, 2])]
fn sandboxed(bencher: divan::Bencher<'_, '_>, case: &Case) {
    let (check, size) = case.0;
    let (checker, params) = CHECKS[check];
    let (text, limits) = (text(size), Limits::default());
    bencher.bench(|| {
        let request = Request { checker, params, prompt: "", text: &text };
        module(checker).call(Entry::Check, &request, &limits).expect("an answer")
    });
}

#[divan::bench(args = cases().map(Case))]
fn native(bencher: divan::Bencher<'_, '_>, case: &Case) {
    let (check, size) = case.0;
    let (checker, params) = CHECKS[check];
    let entry: &NativeEntry =
        fullmarks_checkers::CHECKERS.iter().find(|entry| entry.doc.id == checker).expect("a built-in checker");
    let text = text(size);
    bencher.bench(|| entry.check(params, &Input { text: &text, prompt: "" }));
}
