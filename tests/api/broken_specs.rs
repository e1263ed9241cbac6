//! Whatever is done to a spec, reading it ends with a spec or with mistakes that have a place.

use fullmarks::{spec::Document, verify::Library};
use proptest::prelude::*;
use std::{fs, path::Path, sync::LazyLock};

static LIBRARY: LazyLock<Library> = LazyLock::new(|| Library::builtin().unwrap());

/// The specs that ship.
static SPECS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("task_specs");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    paths.sort();
    paths.iter().map(|path| fs::read_to_string(path).unwrap()).collect()
});

/// A slip of the hand at a line.
#[derive(Clone, Debug)]
enum Slip {
    Remove,
    Twice,
    Indent(usize),
    Insert(usize, char),
    Cut(usize),
}

fn slip() -> impl Strategy<Value = (usize, Slip)> {
    let signs = prop::sample::select(vec![
        '"', '\'', '{', '[', '}', ']', ':', '#', '-', '\t', '*', '&', '!', '%', '@', '\\', 'é', ',', '|',
    ]);
    let kind = prop_oneof![
        Just(Slip::Remove),
        Just(Slip::Twice),
        (1..5_usize).prop_map(Slip::Indent),
        (0..60_usize, signs).prop_map(|(at, sign)| Slip::Insert(at, sign)),
        (0..60_usize).prop_map(Slip::Cut),
    ];
    (0..60_usize, kind)
}

fn broken(spec: &str, slips: &[(usize, Slip)]) -> String {
    let mut lines: Vec<String> = spec.lines().map(str::to_owned).collect();
    for (at, slip) in slips {
        let at = at % lines.len().max(1);
        let Some(line) = lines.get(at).cloned() else { continue };
        let place = |at: usize| line.char_indices().nth(at).map_or(line.len(), |(place, _)| place);
        match slip {
            Slip::Remove => drop(lines.remove(at)),
            Slip::Twice => lines.insert(at, line),
            Slip::Indent(by) => lines[at] = format!("{}{line}", " ".repeat(*by)),
            Slip::Insert(at_sign, sign) => lines[at].insert(place(*at_sign), *sign),
            Slip::Cut(at_sign) => lines[at].truncate(place(*at_sign)),
        }
    }
    lines.join("\n")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn a_broken_spec_is_a_spec_or_has_mistakes_with_places(
        which in 0..100_usize,
        slips in prop::collection::vec(slip(), 1..5),
    ) {
        let text = broken(&SPECS[which % SPECS.len()], &slips);
        let read = Document::parse("spec.yaml", text.as_bytes()).and_then(|document| document.validate(LIBRARY.catalogue()));
        if let Err(error) = read {
            prop_assert!(!error.diagnostics.is_empty());
            let lines = text.split('\n').count();
            for mistake in &error.diagnostics {
                let (line, _) = error.position(mistake);
                prop_assert!((1..=lines).contains(&line), "{mistake:?} of\n{text}");
                prop_assert!(!mistake.message.is_empty());
            }
            prop_assert!(error.render(false).contains("spec.yaml:"));
        }
    }
}
