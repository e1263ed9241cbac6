//! What holds for every spec, every outcome and every scheme.

use fullmarks::{
    reward::{Annealed, Difficulty, Partial, Scheme, Shape},
    spec::Document,
    verdict::{CauseKind, Constraint, Failure, FailureKind, Outcome, Verdict},
    verify::Library,
};
use proptest::{collection::vec, prelude::*, sample::Index, test_runner::FileFailurePersistence};
use std::sync::OnceLock;

/// Failing inputs are not written beside the sources: what is found becomes a test of its own.
fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        failure_persistence: Some(Box::new(FileFailurePersistence::Off)),
        ..ProptestConfig::with_cases(cases)
    }
}

// Specs.

const SPECS: [&str; 2] = [include_str!("../../task_specs/ifeval.yaml"), FULL];

/// Every key of the format.
const FULL: &str = r#"fullmarks: 1
name: größer
description: "every key there is"
prompts: {file: prompts.jsonl, id: key, prompt: question}
extract: {code: python, pick: all, thinking: {open: "<t>", close: "</t>"}}
constraints:
  - id: words
    check: contains.all
    on: code
    with: {texts: {column: words}, ignore_case: true}
    limits: {memory: 64MiB, time: 500ms}
    weight: 2.5
    required: true
  - {check: length.max_words, with: {words: {literal: 9}}, on: all}
  - {from_prompt: {ids: ids, params: with}}
reward:
  scheme: partial
  credit: 0.5
  threshold: 0.25
  power: 2
  cap: 0.9
  gate: [words]
  penalty: {overlong: {max: 100, soft: 10, at_most: 0.2, unit: tokens}}
  may_reorder: true
cases:
  accept: [{completion: [{role: assistant, content: hi}], row: {words: ["a"]}}]
  reject: ["", "nothing"]
  max_reward: 0.25
"#;

/// Reads, validates and renders whatever it is given.
fn digest(bytes: &[u8]) {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    let library = LIBRARY.get_or_init(|| Library::builtin().expect("the sandbox runs on this machine"));
    let result = Document::parse("spec.yaml", bytes).and_then(|document| document.validate(library.catalogue()));
    if let Err(error) = result {
        assert!(!error.diagnostics.is_empty());
        for colour in [false, true] {
            assert!(!error.render(colour).is_empty());
        }
        for diagnostic in &error.diagnostics {
            let (line, column) = error.position(diagnostic);
            assert!(line >= 1 && column >= 1 && !diagnostic.message.is_empty(), "{error:?}");
        }
    }
}

/// A change to a text: what is put in place of so many bytes from here on.
fn change() -> impl Strategy<Value = (Index, usize, Vec<u8>)> {
    let fragments = prop::sample::select(vec![
        "",
        "\n",
        "  ",
        "- ",
        ": ",
        "{",
        "}",
        "[",
        "]",
        "\"",
        "'",
        "#",
        "&a ",
        "*a",
        "!!binary ",
        "|\n",
        ">\n",
        "? ",
        "<<: ",
        "---\n",
        "...\n",
        "%YAML 1.2\n",
        "\t",
        "\u{feff}",
        "ü",
        "null",
        ".inf",
        ".nan",
        "-1",
        "1e999",
        "0x7f",
        "{column: x}",
        "{literal: ~}",
        "2026-01-01",
        "99999999999999999999",
    ]);
    let insert = prop_oneof![fragments.prop_map(|text| text.as_bytes().to_vec()), vec(any::<u8>(), 0..4)];
    (any::<Index>(), 0..12_usize, insert)
}

proptest! {
    #![proptest_config(config(2000))]

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in vec(any::<u8>(), 0..200)) {
        digest(&bytes);
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "[-a-z0-9:{}\\[\\]\"'#&*!|>?,. \n\tü]{0,120}") {
        digest(text.as_bytes());
    }

    #[test]
    fn no_changed_spec_makes_the_reader_panic(spec in 0..SPECS.len(), changes in vec(change(), 1..4)) {
        let mut bytes = SPECS[spec].as_bytes().to_vec();
        for (at, remove, insert) in changes {
            let at = at.index(bytes.len().max(1)).min(bytes.len());
            let end = (at + remove).min(bytes.len());
            bytes.splice(at..end, insert);
        }
        digest(&bytes);
    }
}

#[test]
fn the_specs_that_are_changed_are_good_to_begin_with() {
    let library = Library::builtin().expect("the sandbox runs on this machine");
    for spec in SPECS {
        let document = Document::parse("spec.yaml", spec.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
        document.validate(library.catalogue()).unwrap_or_else(|error| panic!("{error}"));
    }
}

// Rewards.

/// Verdicts by their score: 1 passed, below 1 failed, `None` unscored.
type Scores = Vec<Option<f64>>;

fn outcome(constraints: &[Constraint], scores: &[Option<f64>]) -> Outcome {
    let verdict = |score: &Option<f64>| match *score {
        Some(1.0) => Verdict::Passed,
        Some(score) => {
            let kind = FailureKind::Unmet;
            Verdict::Failed(Box::new(Failure::new(kind, score, "", "")))
        }
        None => Verdict::unscored(CauseKind::CheckerTrapped, ""),
    };
    Outcome::new(constraints.into(), scores.iter().map(verdict).collect())
}

fn constraint() -> impl Strategy<Value = Constraint> {
    let weight = prop_oneof![Just(1.0), 0.001..1000.0];
    (weight, prop::bool::weighted(0.3), prop::bool::weighted(0.2)).prop_map(|(weight, required, gate)| Constraint {
        id: "c".into(),
        weight,
        required,
        gate,
    })
}

fn known() -> impl Strategy<Value = Option<f64>> {
    prop_oneof![2 => Just(Some(1.0)), 2 => Just(Some(0.0)), 1 => (0.0..1.0).prop_map(Some)]
}

fn any_verdict() -> impl Strategy<Value = Option<f64>> {
    prop_oneof![3 => known(), 1 => Just(None)]
}

/// Constraints with one verdict each.
fn judged<S: Strategy<Value = Option<f64>>>(score: impl Fn() -> S) -> impl Strategy<Value = (Vec<Constraint>, Scores)> {
    (1..6_usize).prop_flat_map(move |count| (vec(constraint(), count), vec(score(), count)))
}

/// Every scheme, with any settings.
fn scheme() -> impl Strategy<Value = Scheme> {
    let named = prop::sample::select(Scheme::ALL).prop_map(|name| Scheme::by_name(name).expect("a scheme"));
    let share = || prop_oneof![Just(0.0), Just(1.0), 0.0..=1.0];
    let partial = (share(), share(), prop_oneof![Just(1.0), 0.1..8.0], share())
        .prop_map(|(credit, threshold, power, cap)| Partial { credit, threshold, power, cap })
        .boxed();
    let annealed = (partial.clone(), share(), 0.01..=1.0)
        .prop_map(|(start, to, until)| Scheme::Annealed(Annealed { start, to, until, shape: Shape::Cosine }));
    let difficulty =
        (partial.clone(), 0.0..50.0).prop_map(|(partial, alpha)| Scheme::Difficulty(Difficulty { partial, alpha }));
    prop_oneof![named, partial.prop_map(Scheme::Partial), annealed, difficulty]
}

fn reward(scheme: Scheme, constraints: &[Constraint], scores: &[Option<f64>]) -> Option<f64> {
    scheme.reward(&outcome(constraints, scores)).map(|reward| reward.value())
}

/// All ways in which the unscored verdicts could have come out: met, not met, half met.
fn resolutions(scores: &[Option<f64>]) -> Vec<Scores> {
    scores.iter().fold(vec![Vec::new()], |ways, score| {
        let choices = score.map_or(vec![1.0, 0.5, 0.0], |score| vec![score]);
        let extend =
            |way: Scores| choices.iter().map(move |choice| [&way[..], &[Some(*choice)]].concat()).collect::<Vec<_>>();
        ways.into_iter().flat_map(extend).collect()
    })
}

/// The value all agree on.
fn agreed<T: PartialEq>(values: impl IntoIterator<Item = T>) -> Option<T> {
    let mut values = values.into_iter();
    let first = values.next()?;
    values.all(|value| value == first).then_some(first)
}

proptest! {
    #![proptest_config(config(2000))]

    #[test]
    fn what_is_judged_has_a_reward_from_0_to_1((constraints, scores) in judged(known), scheme in scheme()) {
        let reward = reward(scheme, &constraints, &scores);
        prop_assert!(reward.is_some_and(|reward| (0.0..=1.0).contains(&reward)), "{reward:?}");
    }

    #[test]
    fn a_full_answer_earns_1_and_no_other_does((constraints, scores) in judged(known), scheme in scheme()) {
        let full = scores.iter().all(|score| *score == Some(1.0));
        let earned = reward(scheme, &constraints, &scores);
        prop_assert_eq!(earned == Some(1.0), full, "{:?}", earned);
        prop_assert_eq!(reward(scheme, &constraints, &vec![Some(1.0); scores.len()]), Some(1.0));
    }

    #[test]
    fn a_better_verdict_never_earns_less(
        (constraints, scores) in judged(known), scheme in scheme(), which in any::<Index>(), better in known(),
    ) {
        let mut improved = scores.clone();
        let place = which.get_mut(&mut improved[..]);
        *place = if better > *place { better } else { *place };
        prop_assert!(reward(scheme, &constraints, &improved) >= reward(scheme, &constraints, &scores));
    }

    #[test]
    fn the_order_of_the_constraints_does_not_matter(
        (constraints, scores) in judged(any_verdict), scheme in scheme(), seed in any::<u64>(),
    ) {
        let mut order: Vec<_> = (0..scores.len()).collect();
        order.sort_by_key(|index| (*index as u64 + 1).wrapping_mul(seed | 1) >> 7);
        let shuffled: Vec<_> = order.iter().map(|index| constraints[*index].clone()).collect();
        let verdicts: Scores = order.iter().map(|index| scores[*index]).collect();
        match (reward(scheme, &constraints, &scores), reward(scheme, &shuffled, &verdicts)) {
            // Sums in another order differ in their last bits.
            (Some(one), Some(other)) => prop_assert!((one - other).abs() < 1e-12, "{one} and {other}"),
            (one, other) => prop_assert_eq!(one, other),
        }
    }

    #[test]
    fn a_reward_is_known_only_when_nothing_unscored_could_change_it(
        (constraints, scores) in judged(any_verdict), scheme in scheme(),
    ) {
        if let Some(known) = reward(scheme, &constraints, &scores) {
            for way in resolutions(&scores) {
                prop_assert_eq!(reward(scheme, &constraints, &way), Some(known), "{:?}", way);
            }
        }
    }

    /// And known then; half met is left out of the ways, for it cannot matter where met and not met agree.
    #[test]
    fn a_reward_is_known_whenever_nothing_unscored_could_change_it(
        (constraints, scores) in judged(any_verdict), scheme in scheme(),
    ) {
        let ways = resolutions(&scores);
        let expected = agreed(ways.iter().map(|way| reward(scheme, &constraints, way))).flatten();
        prop_assert_eq!(reward(scheme, &constraints, &scores), expected);
    }

    #[test]
    fn binary_is_known_whenever_nothing_unscored_could_change_it((constraints, scores) in judged(any_verdict)) {
        let binary = Scheme::by_name("binary").expect("a scheme");
        let ways = resolutions(&scores);
        let expected = agreed(ways.iter().map(|way| reward(binary, &constraints, way))).flatten();
        prop_assert_eq!(reward(binary, &constraints, &scores), expected);
    }

    #[test]
    fn whole_outcomes_are_known_as_kleene_says((constraints, scores) in judged(any_verdict)) {
        let resolved: Vec<_> = resolutions(&scores).iter().map(|way| outcome(&constraints, way)).collect();
        let found = outcome(&constraints, &scores);
        prop_assert_eq!(found.full(), agreed(resolved.iter().map(Outcome::full)).flatten());
        prop_assert_eq!(found.none(), agreed(resolved.iter().map(Outcome::none)).flatten());
        // These two are unknown as soon as anything is unscored.
        let all_scored = scores.iter().all(Option::is_some);
        prop_assert_eq!(found.partial(), agreed(resolved.iter().map(Outcome::partial)).flatten().filter(|_| all_scored));
        prop_assert_eq!(found.fraction(), agreed(resolved.iter().map(Outcome::fraction)).flatten());
    }
}

#[test]
fn weights_of_any_size_give_a_reward() {
    let constraint = Constraint { weight: 1e308, ..Constraint::plain("c") };
    let partial = Scheme::by_name("partial").expect("a scheme");
    let reward = reward(partial, &vec![constraint; 4], &[Some(1.0), Some(1.0), Some(0.0), Some(0.0)]);
    assert_eq!(reward, Some(0.5));
}

#[test]
fn a_partial_answer_earns_less_than_1_whatever_the_weights() {
    let light = Constraint { weight: 1e-17, ..Constraint::plain("light") };
    let partial = Scheme::by_name("partial").expect("a scheme");
    let reward = reward(partial, &[Constraint::plain("heavy"), light], &[Some(1.0), Some(0.0)]);
    assert!(reward < Some(1.0), "{reward:?}");
}

#[test]
fn without_credit_a_failure_settles_the_reward() {
    let scheme = Scheme::Partial(Partial::with_credit(0.0));
    let constraints = [Constraint::plain("a"), Constraint::plain("b")];
    assert_eq!(reward(scheme, &constraints, &[Some(0.0), None]), Some(0.0));
}
