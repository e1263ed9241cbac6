//! Whose fault it is when a checker does not answer: what a completion causes is its failure, what we cause is unscored.

use crate::common::{Finished, Folder, PASS, checker, module_spec, sha256, wasm};
use serde_json::{Value, json};

/// A checker that does `deed` when the request is longer than 1,000 bytes, and else passes.
fn on_long_requests(deed: &str) -> String {
    checker("acme.test", &format!("(if (i32.gt_u (local.get $length) (i32.const 1000)) (then {deed})) {PASS}"))
}

/// A checker that does `deed` when the text ends in `!`, and else passes.
fn on_exclamation(deed: &str) -> String {
    let last = "(i32.load8_u (i32.sub (i32.add (local.get $address) (local.get $length)) (i32.const 1)))";
    checker("acme.test", &format!("(if (i32.eq {last} (i32.const 33)) (then {deed})) {PASS}"))
}

const LOOP: &str = "(loop $forever (br $forever))";

/// A folder with the module, a spec that gives it little time, and these completions of one prompt.
fn folder(module: &str, completions: &[&str]) -> Folder {
    let wasm = wasm(module);
    let spec = module_spec("acme.test", &sha256(&wasm))
        .replace("{check: acme.test}", "{check: acme.test, limits: {time: 5ms, memory: 1MiB}}");
    let rollouts = json!({"id": "p", "completions": completions}).to_string();
    Folder::new().with("checker.wasm", wasm).with("spec.yaml", spec).with("rollouts.jsonl", rollouts)
}

const SCORE: &str = "score spec.yaml --rollouts rollouts.jsonl --max-unscored 1";

/// The verdict of each completion, without the constraint's name, and its reward.
fn verdicts(run: &Finished) -> Vec<(Value, Value)> {
    let verdict = |line: Value| {
        let mut verdict = line["verdicts"][0].clone();
        assert_eq!(verdict.as_object_mut().and_then(|verdict| verdict.remove("constraint")), Some("acme.test".into()));
        (verdict, line["reward"].clone())
    };
    run.lines().into_iter().map(verdict).collect()
}

/// Scores a short and a long completion.
fn short_and_long(module: &str) -> Vec<(Value, Value)> {
    verdicts(&folder(module, &["short", &"long ".repeat(300)]).run(SCORE).fine())
}

fn passed() -> (Value, Value) {
    (json!({"passed": true}), json!(1.0))
}

fn failed(failure: &str, why: &str) -> (Value, Value) {
    (json!({"passed": false, "failure": failure, "why": why}), json!(0.0))
}

fn unscored(cause: &str) -> (Value, Value) {
    (json!({"passed": null, "unscored": cause}), Value::Null)
}

#[test]
fn a_completion_that_takes_too_long_to_judge_fails() {
    let expected = [passed(), failed("timeout", "judging it takes longer than the limit")];
    assert_eq!(short_and_long(&on_long_requests(LOOP)), expected);
}

#[test]
fn a_completion_that_takes_too_much_memory_to_judge_fails() {
    let eats = "(loop $more (br_if $more (i32.ne (memory.grow (i32.const 1)) (i32.const -1)))) (unreachable)";
    let expected = [passed(), failed("memory", "judging it takes more memory than the limit")];
    assert_eq!(short_and_long(&on_long_requests(eats)), expected);
}

#[test]
fn a_completion_that_makes_the_judge_recurse_too_deep_fails() {
    let module = on_long_requests("(call $deeper)").replacen(
        r#"(func (export "alloc")"#,
        r#"(func $deeper (call $deeper) (call $deeper)) (func (export "alloc")"#,
        1,
    );
    let expected = [passed(), failed("recursion", "judging it recurses deeper than the limit")];
    assert_eq!(short_and_long(&module), expected);
}

#[test]
fn a_completion_larger_than_the_checkers_memory_is_no_zero_and_no_pass() {
    // The test's `alloc` never grows its memory of 256 KiB: the checker's fault, not the completion's.
    let run = folder(&checker("acme.test", PASS), &["short", &"long ".repeat(60_000)]).run(SCORE).fine();
    let outside = "checker-protocol: it broke the checker protocol: `alloc` gave 300027 bytes outside its memory";
    assert_eq!(verdicts(&run), [passed(), unscored(outside)]);
}

/// Scores a completion that goes well and one that ends in `!`.
fn calm_and_loud(module: &str) -> Vec<(Value, Value)> {
    verdicts(&folder(module, &["calm", "loud!"]).run(SCORE).fine())
}

#[test]
fn a_trap_is_ours() {
    let trapped = "checker-trapped: it trapped: wasm trap: wasm `unreachable` instruction executed";
    assert_eq!(calm_and_loud(&on_exclamation("unreachable")), [passed(), unscored(trapped)]);
}

#[test]
fn an_answer_outside_the_protocol_is_ours() {
    let range = "checker-protocol: it broke the checker protocol: an answer of 16 bytes at address 2147483647, \
                 outside its memory of 262144 bytes";
    assert_eq!(calm_and_loud(&on_exclamation("(return (i64.const 0x7fffffff00000010))")), [passed(), unscored(range)]);
    let empty = "checker-protocol: it broke the checker protocol: a verdict of 0 bytes has no tag";
    assert_eq!(calm_and_loud(&on_exclamation("(return (i64.const 0))")), [passed(), unscored(empty)]);
}

#[test]
fn a_refusal_is_ours() {
    // The verdict at 32 says `no` with the tag of a failure; here it gets the tag of a refusal.
    let refuses = "(i32.store8 (i32.const 32) (i32.const 2)) (return (i64.const 0x200000000f))";
    assert_eq!(calm_and_loud(&on_exclamation(refuses)), [passed(), unscored("checker-refused: no")]);
}

#[test]
fn a_checker_that_cannot_judge_anything_of_a_prompt_is_to_blame() {
    let long_prompt = json!({"id": "p", "prompt": "why ".repeat(300)}).to_string();
    let run = folder(&on_long_requests(LOOP), &["short"])
        .with("prompts.jsonl", long_prompt)
        .run(&format!("{SCORE} --prompts prompts.jsonl"))
        .fine();
    let exhausted = "checker-exhausted: `acme.test` cannot judge even the text `ok`: it used up its time limit \
                     (counted in fuel)";
    assert_eq!(verdicts(&run), [unscored(exhausted)]);
}

/// 19 completions that go well and one that traps: 5 % are unscored.
fn one_in_twenty() -> Folder {
    let mut completions = vec!["calm"; 19];
    completions.insert(7, "loud!");
    folder(&on_exclamation("unreachable"), &completions)
}

#[test]
fn a_run_with_few_unscored_goes_to_its_end() {
    let run = one_in_twenty().run("score spec.yaml --rollouts rollouts.jsonl --json --out out.jsonl").fine();
    let summary: Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(summary["constraints"]["acme.test"], json!({"passed": 19, "failed": 0, "unscored": 1}));
    assert_eq!((&summary["full"], &summary["unknown"], &summary["mean_reward"]), (&json!(19), &json!(1), &json!(1.0)));
}

#[test]
fn a_run_with_too_many_unscored_stops_and_can_be_continued() {
    let folder = one_in_twenty();
    let score = |share: &str| {
        folder.run(&format!("score spec.yaml --rollouts rollouts.jsonl --out out.jsonl --max-unscored {share}"))
    };
    let run = score("0.04");
    assert_eq!(run.code, Some(1));
    assert_eq!(
        run.stderr,
        "error: stopped: 5.0 % of the verdicts are unscored, more than --max-unscored 0.04\n  acme.test: 1 of 20\n"
    );
    assert!(!folder.path("out.jsonl").exists(), "a stopped run has no output");
    score("0.06 --resume").fine();
    assert_eq!(String::from_utf8(folder.read("out.jsonl")).expect("UTF-8").lines().count(), 20);
}
