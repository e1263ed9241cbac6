//! Rewards as a log holds them, scores as verdicts, and the trainer's own configuration.

use crate::common::{Finished, Folder};
use serde_json::{Value, json};

fn lines(rows: impl Iterator<Item = Value>) -> String {
    rows.map(|row| format!("{row}\n")).collect()
}

fn json(run: &Finished) -> Value {
    serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {run:#?}"))
}

/// Twenty prompts always right, fifteen never, fifteen in half of their answers; the format is always right.
fn log() -> Folder {
    let right = |prompt: usize, turn: usize| match prompt {
        0..20 => 1,
        20..35 => 0,
        _ => turn % 2,
    };
    let row = |n: usize| {
        let (prompt, turn) = (n / 8, n % 8);
        json!({"prompt": format!("Question {prompt}"), "completion": "x", "accuracy": right(prompt, turn), "format": 1.0})
    };
    Folder::new().with("log.jsonl", lines((0..400).map(row)))
}

const ADVISE: &str = "advise --rollouts log.jsonl --id prompt --reward accuracy --reward format";

#[test]
fn a_log_gets_the_same_first_answer() {
    let folder = log();
    let text = folder.run(&format!("{ADVISE} --hours-per-step 2 --explain")).fine().stdout;
    for line in [
        "Fix first: set aside the 20 of 50 prompts that always earn the most there is.",
        "Wasted: 70% of groups of 8 have equal rewards, and teach nothing. That is about 1.40 accelerator\nhours of each step.",
        "Prompts, by all their completions: 15 of 50 are mixed (different rewards), 20 saturated (always earn\nthe most), 15 starved (always earn the least).",
        "Rewards go from 1 to 2 (accuracy + format).",
        "The gradient comes from: accuracy 100%, format 0%.",
        "Rewards alone say nothing of constraints, full answers and schemes",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    for never in ["Constraints", "Critical credit", "fully correct", "constraint each", "pilot"] {
        assert!(!text.contains(never), "{never}\n{text}");
    }
    let told = json(&folder.run(&format!("{ADVISE} --json")).fine());
    assert_eq!(
        (&told["decision"]["answer"], &told["decision"]["fix"]),
        (&json!("fix-first"), &json!("solved-prompts"))
    );
    assert_eq!((&told["decision"]["wasted"]["estimate"], &told["settings"]["group_size"]), (&json!(0.7), &json!(8)));
    assert_eq!((&told["forecast"], &told["rates"]["all"]), (&Value::Null, &Value::Null));
    assert_eq!(told["rewards"]["columns"][1], json!({"column": "format", "weight": 1.0}));
    assert_eq!(told["attribution"]["parts"][0]["share"], 1.0);
    let page = folder.run(&format!("{ADVISE} --html page.html"));
    page.fine();
    let page = String::from_utf8(folder.read("page.html")).unwrap();
    assert!(page.contains("What moves the policy") && page.contains("Groups by what they are paid"));
}

#[test]
fn what_cannot_be_said_of_rewards_is_refused() {
    let folder = log();
    for (more, why) in [
        ("--reward nothing", "there is no column `nothing`"),
        ("--reward accuracy", "--reward accuracy is given twice"),
        ("--pilot binary=log.jsonl", "--pilot needs verdicts: add a SPEC, or --verdicts COLUMN"),
        ("--logprob p", "--logprob needs verdicts"),
    ] {
        let run = folder.run(&format!("{ADVISE} {more}"));
        assert_eq!(run.code, Some(2), "{more}");
        assert!(run.stderr.contains(why), "{more}: {}", run.stderr);
    }
    let run = folder.run("advise --rollouts log.jsonl --id prompt --reward format=much");
    assert!(run.stderr.contains("`much` is no weight"), "{}", run.stderr);
}

/// Rows that cannot be used are counted in the JSON, with their place.
#[test]
fn what_is_left_out_is_in_the_json() {
    let row = |n: usize| match n {
        3 => json!({"id": n, "reward": [0, "one"]}),
        n => json!({"id": n, "reward": [0, 1]}),
    };
    let folder = Folder::new().with("log.jsonl", lines((0..30).map(row)));
    let run = folder.run("advise --rollouts log.jsonl --reward reward --json");
    assert_eq!(run.code, Some(2));
    let why = "`reward[1]` must be a number, or true or false, not text";
    let expected = json!({"rows": 1, "prompts": 0, "completions": 0, "why": [{"what": "row", "line": 4, "message": why, "count": 1}]});
    assert_eq!(json(&run)["left_out"], expected);
}

/// A single constraint that is met in part: no answer is full, and none is nothing.
#[test]
fn scores_are_partly_right() {
    let row = |n: usize| json!({"id": n, "v": [0.25, 0.5, 0.25, 0.75, 0.25, 0.5, 0.0, 1.0]});
    let folder = Folder::new().with("rollouts.jsonl", lines((0..30).map(row)));
    let text = folder.run("advise --rollouts rollouts.jsonl --verdicts v --explain").fine().stdout;
    assert!(!text.contains("impossible") && !text.contains("single-constraint-prompts"), "{text}");
    let told = json(&folder.run("advise --rollouts rollouts.jsonl --verdicts v --json").fine());
    let rate = |of: &str| told["rates"]["all"][of]["estimate"].as_f64().unwrap();
    assert_eq!((rate("full"), rate("partial"), rate("none")), (0.125, 0.75, 0.125));
}

/// Rewards beside verdicts: whatever moves them where the verdicts are equal is named.
#[test]
fn rewards_beside_verdicts_are_what_is_paid() {
    let row = |n: usize| {
        let rewards: Vec<f64> = (0..8).map(|turn| (n % 2) as f64 + f64::from(turn) / 100.0).collect();
        json!({"id": n, "v": vec![n % 2 == 1; 8], "reward": rewards})
    };
    let folder = Folder::new().with("rollouts.jsonl", lines((0..40).map(row)));
    let told = json(&folder.run("advise --rollouts rollouts.jsonl --verdicts v --reward reward --json").fine());
    assert_eq!(told["decision"]["fix"], "penalty-alone");
    assert_eq!(told["decision"]["gradient_from_penalty"], 1.0);
    assert!(told["decision"]["sentence"].as_str().unwrap().contains("rewards differ where verdicts do not"), "{told}");
}

#[test]
fn the_trainers_own_settings_are_taken_and_named() {
    let config = "num_generations: 4\nscale_rewards: none\nbeta: 0.02\nepsilon: 0.2\nmy_key: 1\n";
    let folder = log().with("trl.yaml", config);
    let run = folder.run(&format!("{ADVISE} --trainer trl.yaml --json")).fine();
    let told = json(&run)["settings"].clone();
    assert_eq!((&told["group_size"], &told["algorithm"], &told["kl"]), (&json!(4), &json!("dr-grpo"), &json!(0.02)));
    assert_eq!((&told["trainer"]["unused"], &told["trainer"]["unknown"]), (&json!(["epsilon"]), &json!(["my_key"])));
    let text = folder.run(&format!("{ADVISE} --trainer trl.yaml --group-size 6 --explain")).fine().stdout;
    for says in [
        "Groups of 6 under Dr. GRPO, KL coefficient 0.02",
        "From TRL: num_generations = 4 (groups of 4), scale_rewards = none (algorithm dr-grpo)",
        "Given besides, and so used instead: groups of 6.",
        "Without effect here: epsilon.",
        "Not known to advise: my_key.",
    ] {
        assert!(text.contains(says), "{says}\n{text}");
    }
    folder.write("verl.yaml", "actor_rollout_ref: {rollout: {n: 8}}\nalgorithm: {adv_estimator: remax}\n");
    let run = folder.run(&format!("{ADVISE} --trainer verl.yaml"));
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("verl.yaml: `algorithm.adv_estimator`: `remax` is not modelled"), "{}", run.stderr);
    folder.run(&format!("{ADVISE} --trainer verl.yaml --algorithm rloo")).fine();
}

/// Ids are those of the rows, in an order of their own: a filter by them is the same after any shuffle.
#[test]
fn prompts_out_does_not_depend_on_the_order_of_rows() {
    let folder = log();
    let text = String::from_utf8(folder.read("log.jsonl")).unwrap();
    let mut rows: Vec<&str> = text.lines().collect();
    rows.reverse();
    rows.rotate_left(137);
    folder.write("other.jsonl", rows.join("\n"));
    let verdicts = "--verdicts accuracy --group-size 8";
    for how in ["--reward accuracy", verdicts] {
        for (file, out) in [("log.jsonl", "a.jsonl"), ("other.jsonl", "b.jsonl"), ("log.jsonl", "c.jsonl")] {
            folder.run(&format!("advise --rollouts {file} --id prompt {how} --prompts-out {out}")).fine();
        }
        assert_eq!(folder.read("a.jsonl"), folder.read("b.jsonl"), "{how}");
        assert_eq!(folder.read("a.jsonl"), folder.read("c.jsonl"), "{how}");
        assert_eq!(String::from_utf8(folder.read("a.jsonl")).unwrap().lines().count(), 50);
    }
}

/// The page shows completions with their checkers' reasons, of each state of prompt.
#[test]
fn the_page_shows_completions_with_their_reasons() {
    let spec = "fullmarks: 1\nname: terse\nconstraints:\n  - {id: short, check: length.max_words, with: {words: 2}}\n\
                \x20 - {id: no_comma, check: contains.none, with: {texts: [\",\"]}}\nreward: {scheme: partial}\n";
    let row = |n: usize| {
        let completions = if n < 15 {
            ["far too many words, <b>really</b>"; 4]
        } else {
            ["fine", "far too many words", "a, b", "ok"]
        };
        json!({"id": format!("p{n:02}"), "completions": completions})
    };
    let folder = Folder::new().with("spec.yaml", spec).with("rollouts.jsonl", lines((0..30).map(row)));
    let run = folder.run("advise spec.yaml --rollouts rollouts.jsonl --group-size 4 --html page.html --json").fine();
    let page = String::from_utf8(folder.read("page.html")).unwrap();
    assert!(page.contains("far too many words, &lt;b&gt;really&lt;/b&gt;"), "a completion, escaped");
    assert!(page.contains("words: 4, at most 2 allowed"), "a reason");
    let shares: Vec<f64> = json(&run)["attribution"]["parts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|part| part["share"].as_f64().unwrap())
        .collect();
    assert_eq!(shares.len(), 2);
    assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-9, "{shares:?}");
}

/// What is given in the wrong place, or in another form, is named with what to do.
#[test]
fn messages_name_the_next_thing_to_type() {
    let spec = "fullmarks: 1\nname: s\nconstraints: [{id: a, check: length.max_words, with: {words: 5}}]\n";
    let list = json!((0..3).map(|n| json!({"id": n, "v": [true, false]})).collect::<Vec<_>>()).to_string();
    let texts = lines((0..30).map(|n| json!({"id": n, "v": ["pass", "fail"]})));
    let nothing = lines((0..30).map(|n| json!({"id": n, "reward": [null, null]})));
    let rows = lines((0..160).map(|n| json!({"id": n, "split": "train", "completion": "x", "v": n % 3 == 0})));
    let folder = Folder::new()
        .with("spec.yaml", spec)
        .with("rows.jsonl", rows)
        .with("list.jsonl", list)
        .with("texts.jsonl", texts)
        .with("nothing.jsonl", nothing)
        .with("cut.jsonl", "{\"id\": 1, \"v\": [true]}\n{\"id\": 2, \"v\": [true, fal")
        .with(
            "judged.yaml",
            "fullmarks: 1\nname: t\nreward: {scheme: binary}\nconstraints:\n  - {id: a, check: contains.all, with: {texts: [x]}}\n",
        )
        .with("bare.jsonl", "{\"id\": 1, \"completions\": [\"x\", \"y\"]}\n")
        .with("list_of.jsonl", "{\"id\": 1, \"completion\": \"x\", \"v\": [true]}\n")
        .with("plain.jsonl.gz", "{\"id\": 1}\n");
    for (arguments, why) in [
        ("rows.jsonl --rollouts spec.yaml", "type `fullmarks advise spec.yaml --rollouts rows.jsonl`"),
        ("rows.jsonl --rollouts texts.jsonl", "rows.jsonl holds rows, and a spec is YAML"),
        ("--rollouts spec.yaml --verdicts v", "spec.yaml is YAML, and rollouts are rows"),
        ("--rollouts list.jsonl --verdicts v", "`jq -c '.[]'`"),
        ("--rollouts plain.jsonl.gz --verdicts v", "take `.gz` or `.zst` off its name"),
        (
            "--rollouts texts.jsonl --verdicts v",
            "a verdict is true, false, null or a score from 0 to 1, not the text \"pass\"",
        ),
        ("--rollouts rows.jsonl --verdicts v --pilot partial:3=rows.jsonl", "write `partial:0.3=FILE`"),
        ("--rollouts rows.jsonl --verdicts passed", "if the verdicts are in `v`, write `--verdicts v`"),
        ("--rollouts rows.jsonl --reward id", "`id` holds the ids of prompts. A reward is a number"),
        ("--rollouts rows.jsonl --reward split", "`split` must be a number, or true or false, not text"),
        ("--rollouts cut.jsonl --verdicts v", "the row is cut off"),
        ("--rollouts rows.jsonl --verdicts v --algorithm ppo", "The nearest is `reinforce`"),
        ("--rollouts rows.jsonl --verdicts v --algorithm dr_grpo", "dr-grpo"),
        ("--rollouts rows.jsonl --verdicts v --deny stalls", "did you mean `partial-credit-stalls`?"),
        ("--rollouts rows.jsonl --explain saturated", "takes nothing else"),
        ("--explain", "(--rollouts FILE)"),
        ("rows.jsonl --verdicts v", "type `fullmarks advise --rollouts rows.jsonl`"),
        ("spec.yaml", "give completions of the initial policy: --rollouts FILE"),
        ("judged.yaml --rollouts bare.jsonl --verdicts w", "Without --verdicts the spec judges the completions itself"),
        ("--rollouts list_of.jsonl --reward v", "if it holds verdicts, name it with --verdicts"),
    ] {
        let run = folder.run(&format!("advise {arguments}"));
        assert_eq!(run.code, Some(2), "{arguments}");
        assert!(run.stderr.contains(why), "{arguments}: {}", run.stderr);
    }
    for (arguments, says) in [
        ("--rollouts nothing.jsonl --reward reward", "no completion has a reward"),
        ("--rollouts rows.jsonl --verdicts v", "name the column that they share with --id"),
        ("--rollouts rows.jsonl --verdicts v --id split", "all 160 completions have one id"),
    ] {
        let text = folder.run(&format!("advise {arguments}")).fine().stdout.replace('\n', " ");
        assert!(text.contains(says), "{arguments}: {text}");
    }
}

/// Four completions at 0.3 are never full in a quarter of the prompts: chance, on every surface. Sixteen of prompts that are never solved are not.
#[test]
fn prompts_that_are_alike_by_chance_are_not_set_aside() {
    let by_chance = |n: usize| {
        let marks: Vec<bool> = (0..4).map(|turn| (n * 7919 + turn * 104_729 + n * n * 31) % 10 < 3).collect();
        json!({"id": n, "v": marks})
    };
    let real = |n: usize| {
        let marks: Vec<bool> =
            (0..16).map(|turn| !n.is_multiple_of(3) && (n * 7919 + turn * 104_729) % 10 < 4).collect();
        json!({"id": n, "v": marks})
    };
    let folder = Folder::new()
        .with("chance.jsonl", lines((0..200).map(by_chance)))
        .with("real.jsonl", lines((0..200).map(real)));
    for (file, aside) in [("chance", false), ("real", true)] {
        let advise = format!("advise --rollouts {file}.jsonl --verdicts v --group-size 4");
        let run = folder.run(&format!("{advise} --json --prompts-out {file}.out"));
        let told = json(&run.fine());
        let starved = |prompts: &[Value]| -> (f64, f64) {
            let of = prompts.iter().filter(|prompt| prompt["state"] == "starved");
            of.map(|prompt| (1.0, prompt["stays"].as_f64().expect("a probability")))
                .fold((0.0, 0.0), |a, b| (a.0 + b.0, a.1 + b.1))
        };
        let (count, stay) = starved(told["prompts"].as_array().expect("a list"));
        assert!(count > 20.0 && (stay >= 2.0 / 3.0 * count) == aside, "{file}: {stay} of {count}");
        let written = String::from_utf8(folder.read(&format!("{file}.out"))).expect("text");
        let written: Vec<Value> = written.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        assert_eq!(starved(&written), (count, stay));
        let text = folder.run(&advise).fine().stdout.replace('\n', " ");
        assert_eq!(text.contains("More completions of each prompt tell which"), !aside, "{text}");
        assert!(aside || !text.contains("et aside the"), "{text}");
    }
}
