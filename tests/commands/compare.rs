//! Several rewards on the same rollouts: which to take, and who is paid differently.

use crate::common::{Finished, Folder};
use serde_json::{Value, json};

fn spec(words: u64, reward: &str) -> String {
    format!(
        "fullmarks: 1\nname: terse\nconstraints:\n  - {{id: short, check: length.max_words, with: {{words: {words}}}}}\n  \
         - {{id: polite, check: contains.any, with: {{texts: [please]}}}}\nreward: {reward}\n"
    )
}

/// Completions of two to nine words, every third one polite; `acc` is right once in a prompt of four, `flat` pays everybody the same.
fn folder() -> Folder {
    let row = |prompt: usize| {
        let text = |turn: usize| {
            let words = vec!["ok"; 2 + (prompt + 3 * turn) % 8].join(" ");
            if (prompt + turn).is_multiple_of(3) { format!("{words} please") } else { words }
        };
        let each = |value: &dyn Fn(usize) -> f64| (0..8).map(value).collect::<Vec<_>>();
        let right = |turn: usize| f64::from(u8::from(prompt.is_multiple_of(4) && turn == 0));
        json!({
            "id": prompt,
            "completions": (0..8).map(text).collect::<Vec<_>>(),
            "acc": each(&right),
            "flat": each(&|_| 0.5),
            "score": each(&|turn| turn as f64 * 3.0 - 4.0),
            "v": (0..8).map(|turn| json!([turn % 2 == 0, turn % 3 == 0])).collect::<Vec<_>>(),
        })
    };
    Folder::new()
        .with("a.yaml", spec(5, "{scheme: partial, credit: 0.5}"))
        .with("b.yaml", spec(8, "{scheme: partial, credit: 0.5}"))
        .with("c.yaml", spec(5, "{scheme: binary}"))
        .with("never.yaml", spec(1, "{scheme: binary}"))
        .with("rows.jsonl", (0..40).map(|prompt| format!("{}\n", row(prompt))).collect::<String>())
}

fn json(run: &Finished) -> Value {
    serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {run:#?}"))
}

fn compared(folder: &Folder, rewards: &str) -> Value {
    json(&folder.run(&format!("advise {rewards} --rollouts rows.jsonl --json")).fine())
}

#[test]
fn who_is_paid_differently_is_named_with_completions() {
    let folder = folder();
    let run = folder.run("advise a.yaml b.yaml --rollouts rows.jsonl --html page.html");
    let text = run.fine().stdout;
    assert!(text.starts_with("Cannot tell `a.yaml` and `b.yaml` apart by how many groups are mixed"), "{text}");
    for line in ["reward  decision", "Who is paid differently by a.yaml and by b.yaml", "(not met under `a.yaml`)"] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    let found = compared(&folder, "a.yaml b.yaml");
    assert_eq!((&found["fullmarks"], &found["choice"]["answer"]), (&json!("compare"), &json!("alike")));
    let differences = &found["differences"][0];
    // Six to eight words are short for one of them: the words of a polite answer are one more.
    let between = |prompt: usize, turn: usize| {
        let words = 2 + (prompt + 3 * turn) % 8 + usize::from((prompt + turn).is_multiple_of(3));
        (6..=8).contains(&words)
    };
    let more =
        (0..40).flat_map(|prompt| (0..8).map(move |turn| (prompt, turn))).filter(|(p, t)| between(*p, *t)).count();
    assert_eq!(
        (&differences["more"], &differences["less"], &differences["completions"]),
        (&json!(more), &json!(0), &json!(320))
    );
    assert_eq!(differences["constraints"], json!([{"constraint": "short", "under": "a.yaml", "completions": more}]));
    let example = &differences["examples"][0];
    assert_eq!(example["rewards"][0]["reasons"][0]["constraint"], "short");
    assert!(example["rewards"][0]["reward"].as_f64() < example["rewards"][1]["reward"].as_f64());
    // Each has the decision that it has by itself.
    for (place, spec) in ["a.yaml", "b.yaml"].into_iter().enumerate() {
        let alone = json(&folder.run(&format!("advise {spec} --rollouts rows.jsonl --json")).fine());
        assert_eq!(found["rewards"][place]["decision"], alone["decision"]);
        assert_eq!(found["rewards"][place]["report"], alone);
    }
    let page = String::from_utf8(folder.read("page.html")).unwrap();
    assert!(page.contains("Who is paid differently") && page.contains("What to do with each"));
}

#[test]
fn a_winner_is_named_only_where_the_signal_differs() {
    let folder = folder();
    let choice = |rewards: &str| compared(&folder, rewards)["choice"].clone();
    let (flat, never) = (choice("a.yaml --reward flat --compare"), choice("never.yaml a.yaml"));
    assert_eq!((&flat["answer"], &flat["take"]), (&json!("take"), &json!("a.yaml")));
    assert_eq!((&never["answer"], &never["take"]), (&json!("take"), &json!("a.yaml")));
    assert!(flat["leads"][0]["interval"]["low"].as_f64() > Some(0.5));
    for (rewards, answer) in [
        ("a.yaml b.yaml", "alike"),
        ("--compare --reward score --reward score=2", "same"),
        ("--compare --reward acc --reward flat --reward acc+flat", "alike"),
        ("--compare --reward acc=2+flat --reward acc+flat=0.5", "same"),
        ("--compare --reward acc --reward score", "more-mixed"),
    ] {
        let found = choice(rewards);
        assert_eq!(found["answer"], answer, "{rewards}: {found}");
        assert_eq!(found["take"].is_null(), answer != "take", "{rewards}: {found}");
    }
    // A file with few prompts names nobody, whatever it shows.
    let few: String =
        String::from_utf8(folder.read("rows.jsonl")).unwrap().lines().take(3).map(|row| format!("{row}\n")).collect();
    let folder = folder.with("few.jsonl", few);
    let found = json(&folder.run("advise a.yaml --reward flat --compare --rollouts few.jsonl --json").fine());
    assert_eq!((&found["choice"]["answer"], &found["choice"]["take"]), (&json!("cannot-tell"), &Value::Null));
}

/// Nothing is the same of rewards that never pay the same completion.
#[test]
fn what_no_two_rewards_pay_is_not_paid_the_same() {
    let row = |prompt: usize| {
        let of = |side: usize| -> Vec<Value> {
            let pay = |turn: usize| if turn % 2 == side { json!((turn + prompt) % 3 % 2) } else { Value::Null };
            (0..8).map(pay).collect()
        };
        format!("{}\n", json!({"id": prompt, "completions": vec!["ok"; 8], "even": of(0), "odd": of(1)}))
    };
    let folder = Folder::new().with("rows.jsonl", (0..60).map(row).collect::<String>());
    let command = "--compare --reward even --reward odd";
    let found = compared(&folder, command);
    let differences = &found["differences"][0];
    assert_eq!((&differences["completions"], &differences["unknown"]), (&json!(0), &json!(480)));
    assert_ne!(found["choice"]["answer"], "same", "{found}");
    let text = folder.run(&format!("advise {command} --rollouts rows.jsonl")).fine().stdout;
    assert!(text.contains("No completion is paid by both.") && !text.contains("Take either"), "{text}");
}

/// What is compared is as paid: schemes, sums and scales.
#[test]
fn the_same_verdicts_are_paid_differently_by_schemes() {
    let folder = folder();
    let found = compared(&folder, "a.yaml c.yaml");
    let differences = &found["differences"][0];
    assert_eq!(differences["constraints"], json!([]));
    assert_eq!((&differences["same_verdicts"], &differences["more"]), (&differences["less"], &json!(0)));
    assert!(differences["less"].as_u64() > Some(0));
    // A scale and a shift are no other reward.
    let scaled = compared(&folder, "--compare --reward score --reward score=20");
    assert_eq!((&scaled["differences"][0]["more"], &scaled["differences"][0]["scaled"]), (&json!(0), &json!(true)));
    // The sum that `advise` takes without --compare is one reward.
    let summed = json(&folder.run("advise --rollouts rows.jsonl --reward acc --reward score --json").fine());
    assert_eq!(summed["rewards"]["columns"].as_array().map(Vec::len), Some(2));
}

#[test]
fn verdicts_of_one_spec_are_not_those_of_another() {
    let folder = folder();
    let run = |arguments: &str| folder.run(&format!("advise {arguments} --rollouts rows.jsonl"));
    let fits = json(&run("a.yaml c.yaml --verdicts v --json").fine());
    assert!(fits["differences"][0]["same_verdicts"].as_u64() > Some(0));
    for (arguments, why) in [
        ("a.yaml b.yaml --verdicts v", "`short` is another constraint there): leave the verdicts out"),
        ("a.yaml a.yaml", "`a.yaml` is given twice"),
        ("a.yaml b.yaml --reward acc", "add --compare"),
        ("a.yaml --compare", "--compare takes two rewards or more"),
        ("--compare --reward acc", "--compare takes two rewards or more"),
        ("--compare --reward acc --reward acc", "`acc` is given twice"),
        ("--compare --reward acc+acc --reward flat", "`acc` is given twice in one reward"),
        ("--compare --reward acc+ --reward flat", "names no column"),
        ("--compare --reward acc=x+flat --reward flat", "`x` is no weight"),
        ("--compare --reward acc --reward nothing", "there is no column `nothing`"),
        ("a.yaml b.yaml --pilot binary=rows.jsonl", "--pilot is of one reward"),
        ("a.yaml b.yaml --state state.json", "--state is of one reward"),
        ("a.yaml b.yaml --since x.json", "--since is of one reward"),
        ("a.yaml missing.yaml", "missing.yaml"),
    ] {
        let run = run(arguments);
        assert_eq!(run.code, Some(2), "{arguments}: {run:#?}");
        assert!(run.stderr.contains(why), "{arguments}: {}", run.stderr);
    }
}

/// A row that one reward cannot use is in nobody's figures.
#[test]
fn both_rewards_see_the_same_completions() {
    let folder = folder();
    let mut rows: Vec<Value> = String::from_utf8(folder.read("rows.jsonl"))
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    rows[3]["acc"] = json!([1, 2]);
    let text: String = rows.iter().map(|row| format!("{row}\n")).collect();
    let folder = folder.with("rows.jsonl", text);
    let run = folder.run("advise a.yaml --reward acc --compare --rollouts rows.jsonl --json");
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("`acc` has 2 entries for 8 completions"), "{}", run.stderr);
    let found = json(&run);
    for reward in found["rewards"].as_array().unwrap() {
        assert_eq!(reward["report"]["counts"]["completions"], 312);
    }
}
