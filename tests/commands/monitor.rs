//! `fullmarks monitor`: when a run stalled, on what, and which prompts, from its log.

use crate::common::{Finished, Folder};
use serde_json::{Value, json};

/// Runs of the labs (tests/data/README.md): where full answers stopped growing by the run's own curve, smoothed over 31 steps (0 where they never grew).
const STALLED: [(&str, u64); 5] = [("c116", 0), ("c104", 170), ("c133", 0), ("s41006", 0), ("s41078", 0)];

/// Runs that end ahead of `binary`, or level with it. The last one finds full answers late, where `binary` finds none.
const HEALTHY: [&str; 3] = ["s41028", "s41058", "s41044"];

fn logged(name: &str) -> Finished {
    let log = format!("{}/tests/data/training_logs/{name}.jsonl.gz", env!("CARGO_MANIFEST_DIR"));
    Folder::new().run(&format!("monitor {log} --verdicts verdicts --json"))
}

fn report(done: &Finished) -> Value {
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    serde_json::from_str(&done.stdout).unwrap()
}

#[test]
fn runs_that_stalled_are_told_by_their_step() {
    for (name, since) in STALLED {
        let report = report(&logged(name));
        let stall = &report["stall"];
        let found = stall["since"].as_u64().unwrap_or_else(|| panic!("{name}: {report}"));
        assert!(found.abs_diff(since) <= 30, "{name}: {found}, and not {since} of 300");
        assert_eq!(stall["until"], Value::Null, "{name}");
        let raised = stall["raised"].as_u64().unwrap();
        let signed = report["signs"][0]["first"].as_u64().unwrap();
        assert!(signed < 150 && signed <= raised, "{name}: {signed} {raised}");
        assert!(since > 0 || raised < 150, "{name}: raised at {raised}");
    }
}

#[test]
fn runs_that_went_well_are_not_called_stalled() {
    for name in HEALTHY {
        let report = report(&logged(name));
        assert_eq!(report["stall"], Value::Null, "{name}");
        assert!(report["signs"].as_array().unwrap().iter().all(|sign| sign["severity"] == "warning"), "{name}");
    }
}

/// Of 60 steps the first 20 teach, and then each prompt writes one thing that is half right; but one learns.
fn stuck(row: impl Fn(u64, &str, usize, f64) -> Value) -> String {
    let mut rows = String::new();
    for step in 0..60 {
        for (prompt, learns) in [("a", false), ("b", false), ("c", false), ("d", true)] {
            for n in 0..8 {
                let share = match (step, learns) {
                    (0..20, _) => [0.0, 0.5, 1.0, 0.5, 0.0, 0.5, 0.0, 0.5][n],
                    (_, true) => [1.0, 0.5][n % 2],
                    _ => 0.5,
                };
                rows += &format!("{}\n", row(step, prompt, n, share));
            }
        }
    }
    rows
}

/// The same run in the forms that it may be logged in.
#[test]
fn a_stall_is_the_same_in_every_form_of_log() {
    let text = |n: usize, share: f64| if share == 0.5 { "half".to_owned() } else { format!("{n}") };
    let folder = Folder::new()
        .with("trl.jsonl", stuck(|step, prompt, n, share| json!({"step": step, "prompt": prompt, "completion": text(n, share), "accuracy": share, "advantage": 0.1})))
        .with("verl.jsonl", stuck(|step, prompt, n, share| json!({"input": prompt, "output": text(n, share), "gts": "1", "score": share, "step": step})))
        .with("own.jsonl", stuck(|step, prompt, n, share| json!({"id": prompt, "completion": text(n, share), "reward": share, "step": step})))
        .with("tens.jsonl", stuck(|step, prompt, n, share| json!({"id": prompt, "completion": text(n, share), "points": share * 10.0, "at": step})))
        .with("verdicts.jsonl", stuck(|step, prompt, n, share| json!({"id": prompt, "completion": text(n, share), "passed": share, "step": step})));
    let mut all = Vec::new();
    for words in [
        "trl.jsonl",
        "verl.jsonl",
        "own.jsonl",
        "tens.jsonl --reward points --step at",
        "verdicts.jsonl --verdicts passed",
    ] {
        let mut stall = report(&folder.run(&format!("monitor {words} --json")))["stall"].clone();
        // The constraint is named after the column.
        let met: Vec<f64> = stall["met"].as_object().unwrap().values().map(|met| met.as_f64().unwrap()).collect();
        stall["met"] = json!(met);
        all.push(stall);
    }
    let stuck: Vec<(&str, u64, bool)> = all[0]["stuck_prompts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|prompt| {
            (prompt["id"].as_str().unwrap(), prompt["since"].as_u64().unwrap(), prompt["lost"].as_bool().unwrap())
        })
        .collect();
    assert_eq!(stuck, [("a", 20, true), ("b", 20, true), ("c", 20, true)]);
    assert_eq!((all[0]["prompts"].as_u64(), &all[0]["met"], &all[0]["until"]), (Some(4), &json!([0.5]), &Value::Null));
    assert!(all.iter().all(|stall| *stall == all[0]), "{all:#?}");
}

#[test]
fn the_text_says_when_what_and_which() {
    let log = stuck(
        |step, prompt, n, share| json!({"id": prompt, "completion": n.to_string(), "reward": share, "step": step}),
    );
    let folder = Folder::new().with("log.jsonl", log);
    let done = folder.run("monitor log.jsonl --deny");
    assert_eq!(done.code, Some(1));
    assert!(done.stderr.contains("error: the run stalled at step "), "{}", done.stderr);
    for said in [
        "The run stalled from its start: full answers did not grow. The pass rate was 12% at the start.",
        "Seen at step ",
        "Stuck answers meet 50% of `reward`.",
        "Prompts: 3 of 4 are stuck, 3 of them had full answers before: a, b, c.",
        "→ Go on with `binary`",
        "from step  pass rate  reward  no full answer  paid alike  different",
    ] {
        assert!(done.stdout.contains(said), "{said}: {}", done.stdout);
    }
    // Those who know better say what was paid, and what a full answer earns.
    let binary = folder.run("monitor log.jsonl --scheme binary --deny");
    assert_eq!(binary.code, Some(0), "{}", binary.stdout);
    assert!(binary.stdout.contains("pays full answers alone"), "{}", binary.stdout);
    let half = report(&folder.run("monitor log.jsonl --full 0.5 --json"));
    assert_eq!((half["scheme"].as_str(), &half["stall"]), (Some("binary"), &Value::Null));
}

#[test]
fn what_cannot_be_watched_is_refused_with_the_remedy() {
    let row = |row: Value| format!("{row}\n");
    let folder = Folder::new()
        .with("no_step.jsonl", row(json!({"id": "a", "completion": "x", "reward": 1.0})))
        .with("no_reward.jsonl", row(json!({"id": "a", "completion": "x", "step": 1})))
        .with("text_step.jsonl", row(json!({"id": "a", "completion": "x", "reward": 1.0, "step": "one"})))
        .with("empty.jsonl", "")
        .with("two.jsonl", row(json!({"id": "a", "completion": "x", "a": 1.0, "b": 0.5, "step": 1})));
    for (words, said) in [
        ("no_step.jsonl", "there is no column `step`"),
        ("no_step.jsonl", "`--step` names the one with the step of training"),
        ("no_reward.jsonl", "give --reward COLUMN for rewards, or --verdicts COLUMN"),
        ("text_step.jsonl", "`step` must be the number of a step, from 0, not \"one\""),
        ("empty.jsonl --reward a", "is empty: there is nothing to watch"),
        ("two.jsonl --reward a --reward b --full 1", "--full says what a full answer earns of one reward"),
        ("two.jsonl --reward c", "there is no column `c`"),
        ("two.jsonl --reward a --back 1", "--back"),
        ("two.jsonl --reward a --level 2", "level"),
        ("none.jsonl", "none.jsonl"),
    ] {
        let done = folder.run(&format!("monitor {words}"));
        assert_eq!(done.code, Some(2), "{words}: {}", done.stdout);
        assert!(done.stderr.contains(said), "{words}: {}", done.stderr);
    }
    // One step is a log, of which little can be said.
    let one = folder.run("monitor two.jsonl --reward a --reward b");
    assert_eq!(one.code, Some(0), "{}", one.stderr);
    assert!(one.stdout.starts_with("Too short to tell: give at least 16 steps. The log has 1 step."), "{}", one.stdout);
}

/// A line for each completion, of four prompts with eight in every step.
fn rows(steps: u64, reward: impl Fn(usize) -> f64) -> String {
    let row =
        |step: u64, prompt: &str, n: usize| json!({"id": prompt, "completion": "x", "reward": reward(n), "step": step});
    let groups = (0..steps).flat_map(|step| ["a", "b", "c", "d"].map(|prompt| (step, prompt)));
    groups
        .flat_map(|(step, prompt)| (0..8).map(move |n| (step, prompt, n)))
        .fold(String::new(), |all, (step, prompt, n)| all + &format!("{}\n", row(step, prompt, n)))
}

/// What everything earns is partial credit, where it is neither nothing nor the full mark.
#[test]
fn the_scheme_is_told_by_the_log() {
    let folder = Folder::new()
        .with("half.jsonl", rows(40, |_| 0.5))
        .with("minus.jsonl", rows(40, |n| [-1.0, 1.0][n % 2]))
        .with("none.jsonl", rows(40, |_| 0.0))
        .with("full.jsonl", rows(40, |_| 1.0));
    for (name, scheme) in [("half", "partial"), ("minus", "binary"), ("none", "binary"), ("full", "binary")] {
        let done = folder.run(&format!("monitor {name}.jsonl --json"));
        let report = report(&done);
        assert_eq!(
            (report["scheme"].as_str(), report["stall"].is_object()),
            (Some(scheme), scheme == "partial"),
            "{name}"
        );
        let said = format!("it reads like a run under `{scheme}` (--scheme SCHEME says otherwise)");
        assert!(done.stderr.contains(&said), "{name}: {}", done.stderr);
    }
    let named = folder.run("monitor half.jsonl --scheme binary --json");
    assert!(!named.stderr.contains("reads like"), "{}", named.stderr);
}

#[test]
fn a_log_that_is_too_short_to_tell_says_what_it_needs() {
    let folder = Folder::new().with("log.jsonl", rows(9, |n| [0.0, 0.5][n % 2]));
    for (words, said) in [
        ("", "Too short to tell: give at least 10 steps, or a smaller --back. The log has 9 steps."),
        ("--back 10", "No stall by partial credit was seen in 9 steps."),
        ("--back 2", "Too few groups to tell: give --back 4 or more."),
    ] {
        let done = folder.run(&format!("monitor log.jsonl {words}"));
        assert!(done.stdout.starts_with(said), "{words}: {}", done.stdout);
        let report = report(&folder.run(&format!("monitor log.jsonl {words} --json")));
        assert_eq!(report["could_tell"], words == "--back 10", "{words}");
    }
}

#[test]
fn verdicts_of_other_constraints_in_one_group_are_refused() {
    let row = |of: &str| format!("{}\n", json!({"id": "p", "completion": "x", "verdicts": {of: true}, "step": 1}));
    let folder = Folder::new().with("log.jsonl", row("a") + &row("b"));
    let done = folder.run("monitor log.jsonl --verdicts verdicts");
    assert_eq!(done.code, Some(2), "{}", done.stdout);
    assert!(
        done.stderr.contains("line 2: `p` has verdicts of other constraints here than in an earlier row"),
        "{}",
        done.stderr
    );
}

/// TRL's rows of evaluation taught nothing, and rows that cannot be used are counted.
#[test]
fn rows_of_evaluation_are_left_out() {
    let row = |step: u64, mode: &str, reward: f64| json!({"step": step, "mode": mode, "prompt": "p", "completion": "c", "paid": reward, "advantage": 0.1});
    let rows: String = (0..4)
        .flat_map(|step| [row(step, "train", 0.5), row(step, "eval", 0.25)])
        .map(|row| format!("{row}\n"))
        .collect();
    let folder = Folder::new().with("log.jsonl", rows);
    let done = folder.run("monitor log.jsonl --json");
    assert!(done.stderr.contains("4 rows of evaluation are left out"), "{}", done.stderr);
    let steps = report(&done)["steps"].clone();
    assert_eq!(steps.as_array().unwrap().len(), 4);
    assert!(steps.as_array().unwrap().iter().all(|step| step["reward"] == 0.5), "{steps}");
}

/// A pass rate that rises and then falls, or stands still, is no stall by partial credit, and yet not called fine.
#[test]
fn a_collapse_and_a_standstill_are_said() {
    let log = |passes: fn(usize) -> usize| -> String {
        let mut rows = String::new();
        for step in 0..100 {
            for prompt in 0..8 {
                let verdicts: Vec<Value> = (0..20).map(|turn| json!([turn < passes(step)])).collect();
                rows += &format!("{}\n", json!({"step": step, "id": prompt, "v": verdicts}));
            }
        }
        rows
    };
    for (passes, says) in [
        (
            (|step| if step < 50 { 2 + step / 5 } else { 12 - (step - 50) / 5 }) as fn(usize) -> usize,
            "It fell from 57%",
        ),
        (|step| if step < 30 { 2 + step / 5 } else { 8 }, "It has hardly grown since about step 30"),
        (|step| 2 + step / 6, "The pass rate went from"),
    ] {
        let run =
            Folder::new().with("log.jsonl", log(passes)).run("monitor log.jsonl --verdicts v --scheme partial").fine();
        let text = run.stdout.replace('\n', " ");
        assert!(text.contains(says), "{says}: {text}");
        assert_eq!(text.contains("It fell") || text.contains("It has hardly"), !says.starts_with("The"), "{text}");
    }
}

/// A reward of which no answer earned the full mark may have another full mark.
#[test]
fn that_no_answer_was_full_is_said() {
    let folder = Folder::new().with("log.jsonl", rows(40, |n| [0.2, 0.7][n % 2]));
    let said = "no answer earned 1 of `reward`, and the most is 0.7. If that is a full answer's, all below is wrong";
    let run = folder.run("monitor log.jsonl --reward reward");
    assert!(run.stderr.contains(said), "{}", run.stderr);
    assert!(!folder.run("monitor log.jsonl --reward reward --full 0.7").stderr.contains("no answer earned"));
}
