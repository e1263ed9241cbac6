//! `fullmarks audit` on rewards as people have them: what it concludes, and what it must not.

use crate::common::Folder;
use serde_json::{Value, json};

/// Numbers that look random, in [0, 1).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }

    /// About normal.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.next()).sum::<f64>() - 6.0
    }

    fn truth(&mut self, completions: usize) -> Vec<f64> {
        (0..completions).map(|_| f64::from(u8::from(self.next() < 0.4))).collect()
    }
}

fn folder(rows: &[Value]) -> Folder {
    Folder::new().with("rows.jsonl", rows.iter().map(|row| format!("{row}\n")).collect::<String>())
}

fn report(folder: &Folder, options: &str) -> Value {
    let run = folder.run(&format!("audit --rollouts rows.jsonl --truth truth --json --quiet {options}")).fine();
    serde_json::from_str(&run.stdout).expect("JSON")
}

fn codes(report: &Value) -> Vec<&str> {
    report["findings"].as_array().unwrap().iter().map(|found| found["code"].as_str().unwrap()).collect()
}

fn harmful(proxy: &Value) -> f64 {
    proxy["errors"]["by_dynamics"]["harmful"]["mass"].as_f64().unwrap()
}

/// The truth plus a constant of each prompt, or on a scale of each prompt under GRPO.
#[test]
fn what_no_policy_gradient_sees_is_no_error() {
    let mut numbers = Numbers(1);
    let row = |id: usize| {
        let truth = numbers.truth(8);
        let (offset, slope) = (4.0 * numbers.next(), 0.2 + 3.0 * numbers.next());
        let moved = |slope: f64| truth.iter().map(|truth| offset + slope * truth).collect::<Vec<_>>();
        json!({"id": id, "truth": truth, "offset": moved(1.0), "scaled": moved(slope)})
    };
    let folder = folder(&(0..60).map(row).collect::<Vec<_>>());
    let found = report(&folder, "--proxy offset --max-harmful 0");
    assert_eq!(found["proxies"][0]["errors"]["all"]["completions"], 0);
    assert_eq!(found["proxies"][0]["errors"]["scale"]["own"], "offset");
    let found = report(&folder, "--proxy scaled --algorithm grpo --max-harmful 0");
    assert_eq!(found["proxies"][0]["errors"]["all"]["completions"], 0);
}

#[test]
fn a_little_noise_is_hardly_an_error() {
    let mut numbers = Numbers(2);
    let row = |id: usize| {
        let truth: Vec<f64> = (0..8).map(|_| numbers.next()).collect();
        let rm: Vec<f64> = truth.iter().map(|truth| 10.0 + 5.0 * (truth + 0.001 * numbers.normal())).collect();
        json!({"id": id, "truth": truth, "rm": rm})
    };
    let found = report(&folder(&(0..60).map(row).collect::<Vec<_>>()), "--proxy rm");
    assert!(harmful(&found["proxies"][0]) < 0.01, "{}", found["proxies"][0]["errors"]);
}

/// A reward that pays one completion of a prompt a fortune lifts the average over all others: HAcc forgives nearly everything.
#[test]
fn outliers_are_not_best() {
    let mut numbers = Numbers(3);
    let row = |id: usize| {
        let truth = numbers.truth(12);
        let good: Vec<f64> = truth.iter().map(|truth| truth + numbers.normal()).collect();
        let mut outlier: Vec<f64> = truth.iter().map(|truth| -truth).collect();
        outlier[11] = 99.0;
        json!({"id": id, "truth": truth, "good": good, "outlier": outlier})
    };
    let folder = folder(&(0..80).map(row).collect::<Vec<_>>());
    let found = report(&folder, "--proxy outlier --proxy good");
    let [best, last] = &found["proxies"].as_array().unwrap()[..] else { panic!("two proxies") };
    assert_eq!((&best["name"], &last["name"], &last["rises"]), (&json!("good"), &json!("outlier"), &json!("no")));
    let value = |proxy: &Value, metric: &str| proxy["metrics"][metric]["value"].as_f64().unwrap();
    assert!(value(last, "hacc") > value(best, "hacc") && value(last, "acc") < last["chance"]["acc"].as_f64().unwrap());
    assert_eq!(last["first"], 0.0);
    assert_eq!(codes(&found), ["not_above_chance"]);
    let text = folder.run("audit --rollouts rows.jsonl --truth truth --proxy outlier --quiet").fine().stdout;
    assert!(text.starts_with("Do not train on `outlier`: it does not rank completions better than chance."), "{text}");
    assert!(!text.contains("best, with"), "{text}");
}

/// One that is right where the policy seldom is, and pays nearly nothing elsewhere: HAcc far above Acc is said.
#[test]
fn a_gap_between_the_metrics_is_a_finding() {
    let row = |id: usize| {
        let right = [2.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0];
        json!({"id": id, "truth": [1, 1, 1, 1, 0, 0, 0, 0], "rm": right.map(|paid| if paid == 1.0 { 0.1 } else { paid })})
    };
    let found = report(&folder(&(0..20).map(row).collect::<Vec<_>>()), "--proxy rm");
    let value = |metric: &str| found["proxies"][0]["metrics"][metric]["value"].as_f64().unwrap();
    assert_eq!((value("acc"), value("hacc")), (0.25, 1.0));
    assert!(codes(&found).iter().any(|code| ["hacc_far_above_acc", "not_above_chance"].contains(code)), "{found:#}");
}

fn pairs(numbers: &mut Numbers, prompts: usize, samples: usize) -> Vec<Value> {
    let row = |id: usize| {
        let mut truth = vec![json!(1), json!(0)];
        truth.extend(vec![Value::Null; samples]);
        let mut rm = vec![1.5 + numbers.normal(), numbers.normal()];
        rm.extend((0..samples).map(|_| 4.0 + numbers.normal()));
        json!({"id": id, "truth": truth, "rm": rm})
    };
    (0..prompts).map(row).collect()
}

#[test]
fn the_policy_earns_what_its_own_samples_earn() {
    let rows = pairs(&mut Numbers(4), 40, 3);
    let found = report(&folder(&rows), "--proxy rm");
    let value = |found: &Value, metric: &str| found["proxies"][0]["metrics"][metric]["value"].as_f64().unwrap();
    // All rejected ones are paid less than the policy earns.
    assert_eq!((value(&found, "hacc"), found["ranked_by"].as_str()), (1.0, Some("hacc")));
    assert!(value(&found, "acc") < 1.0);
    assert_eq!(
        (codes(&found), &found["policy_samples"], &found["pairs"]),
        (vec!["policy_samples"], &json!(120), &json!(40))
    );
    // How often the policy writes what is compared, nobody knows.
    let errors = &found["proxies"][0]["errors"];
    assert_eq!(
        (&errors["undecided"]["completions"], &errors["over"]["completions"]),
        (&errors["all"]["completions"], &json!(0))
    );

    // The same from a file of its own, which needs no truth.
    let [mut compared, mut samples] = [Vec::new(), Vec::new()];
    for row in &rows {
        let rm = row["rm"].as_array().unwrap();
        compared.push(json!({"id": row["id"], "truth": [1, 0], "rm": rm[..2]}));
        samples.extend(rm[2..].iter().map(|paid| json!({"id": row["id"], "completion": "x", "rm": paid})));
    }
    let apart = folder(&compared);
    apart.write("policy.jsonl", samples.iter().map(|row| format!("{row}\n")).collect::<String>());
    let again = report(&apart, "--proxy rm --policy policy.jsonl");
    assert_eq!((&again["proxies"], &again["findings"]), (&found["proxies"], &found["findings"]));
    apart.write("others.jsonl", "{\"id\": \"elsewhere\", \"completion\": \"x\", \"rm\": 1}\n");
    let refused = apart.run("audit --rollouts rows.jsonl --truth truth --proxy rm --policy others.jsonl --quiet");
    assert_eq!(refused.code, Some(2));
    assert!(refused.stderr.contains("no prompt of --policy is one of --rollouts"), "{}", refused.stderr);
}

#[test]
fn two_answers_are_ranked_by_acc() {
    let folder = folder(&pairs(&mut Numbers(5), 40, 0));
    let found = report(&folder, "--proxy rm");
    let value = |metric: &str| found["proxies"][0]["metrics"][metric]["value"].as_f64().unwrap();
    assert_eq!((value("acc"), found["ranked_by"].as_str()), (value("hacc"), Some("acc")));
    assert_eq!(codes(&found), ["two_answers"]);
    let text = folder.run("audit --rollouts rows.jsonl --truth truth --proxy rm --quiet").fine().stdout;
    assert!(text.contains("--policy samples.jsonl"), "{text}");
}

/// Log-probabilities of whole completions spread by tens of nats, and length is what they measure.
#[test]
fn few_effective_comparisons_do_not_rank() {
    let mut numbers = Numbers(6);
    let row = |id: usize| {
        let truth = numbers.truth(8);
        let rm: Vec<f64> = truth.iter().map(|truth| 3.0 * truth + numbers.normal()).collect();
        let length: Vec<f64> = (0..8).map(|_| (10.0 + 200.0 * numbers.next()).floor()).collect();
        let lp: Vec<f64> = length.iter().map(|length| -length).collect();
        json!({"id": id, "truth": truth, "rm": rm, "length": length, "lp": lp})
    };
    let folder = folder(&(0..60).map(row).collect::<Vec<_>>());
    let found = report(&folder, "--proxy length --proxy rm --logprob lp");
    assert_eq!((found["ranked_by"].as_str(), found["proxies"][0]["name"].as_str()), (Some("hacc"), Some("rm")));
    assert_eq!(codes(&found)[0], "few_effective_comparisons");
    // What is asked for ranks, and it is said all the same.
    let asked = report(&folder, "--proxy length --proxy rm --logprob lp --rank-by hacc-w");
    assert_eq!((asked["ranked_by"].as_str(), codes(&asked)[0]), (Some("hacc-w"), "few_effective_comparisons"));
}

/// Long wrong answers are paid too much: the audit says so, by how much, and what is left when that is mended.
#[test]
fn harmful_errors_gather_where_they_were_put() {
    let mut numbers = Numbers(7);
    let row = |id: usize| {
        let truth = numbers.truth(8);
        let long: Vec<bool> = (0..8).map(|_| numbers.next() < 0.3).collect();
        let texts: Vec<String> = long.iter().map(|long| "word ".repeat(if *long { 90 } else { 9 })).collect();
        let pay = |(truth, long): (&f64, &bool)| if *long && numbers.next() < 0.9 { 1.0 } else { *truth };
        let rm: Vec<f64> = truth.iter().zip(&long).map(pay).collect();
        let source = if id.is_multiple_of(2) { "even" } else { "odd" };
        json!({"id": id, "truth": truth, "rm": rm, "completions": texts, "source": source})
    };
    let folder = folder(&(0..80).map(row).collect::<Vec<_>>());
    let found = report(&folder, "--proxy rm --feature source");
    let proxy = &found["proxies"][0];
    let pattern = &proxy["patterns"][0];
    assert_eq!(pattern["feature"], "length", "{:#}", proxy["patterns"]);
    assert!(pattern["harm"].as_f64().unwrap() > 0.99 && pattern["over"] == 1.0);
    assert!((pattern["mass"].as_f64().unwrap() - 0.3).abs() < 0.06);
    assert!(harmful(proxy) > 0.05 && pattern["harmful_left"] == 0.0);
    let text = folder.run("audit --rollouts rows.jsonl --truth truth --proxy rm --quiet").fine().stdout;
    assert!(text.starts_with("Mend `rm` before you train on it: its harmful errors touch "), "{text}");
    assert!(text.lines().count() <= 30 && text.contains("Length in characters above"), "{text}");
    assert!(text.trim_end().ends_with("fullmarks advise --rollouts rows.jsonl --reward rm"), "{text}");
    // What is mistaken anywhere gathers nowhere.
    let mut numbers = Numbers(8);
    let row = |id: usize| {
        let truth = numbers.truth(8);
        let rm: Vec<f64> = truth.iter().map(|truth| if numbers.next() < 0.15 { 1.0 - truth } else { *truth }).collect();
        let side: Vec<&str> = (0..8).map(|_| if numbers.next() < 0.5 { "left" } else { "right" }).collect();
        json!({"id": id, "truth": truth, "rm": rm, "side": side})
    };
    let found = report(&self::folder(&(0..80).map(row).collect::<Vec<_>>()), "--proxy rm --feature side");
    let patterns = found["proxies"][0]["patterns"].as_array().unwrap();
    assert!(patterns.iter().all(|pattern| pattern["feature"] != "side"), "{patterns:#?}");
}

/// Result files of benchmarks are read as they are.
#[test]
fn benchmarks_of_reward_models_are_read() {
    let rows = |name: &str, rows: &[Value], options: &str| {
        let folder = Folder::new().with("rows.jsonl", rows.iter().map(|row| format!("{row}\n")).collect::<String>());
        let found = report(&folder, &format!("--proxy score {options}"));
        let acc = found["proxies"][0]["metrics"]["acc"]["value"].as_f64();
        assert_eq!(found["left_out"]["bad_rows"].as_array().map_or(0, Vec::len), 0, "{name}");
        acc
    };
    let pair = |id: usize, chosen: f64| {
        json!({"id": id, "prompt": "p", "chosen": "good", "rejected": "bad", "subset": "math",
        "scores_chosen": chosen, "scores_rejected": 0.5, "results": 1})
    };
    assert_eq!(rows("RewardBench", &[pair(1, 1.0), pair(2, 0.0)], "--feature subset"), Some(0.5));
    let set = |id: usize, first: f64| {
        json!({"id": id, "subset": "Focus", "text": ["a", "b", "c", "d"], "scores": [first, 1.0, 2.0, 3.0],
        "num_correct": 1, "total_completions": 4})
    };
    assert_eq!(rows("RewardBench 2", &[set(1, 4.0), set(2, 1.5)], ""), Some(4.0 / 6.0));
    let judged = |id: usize, label: &str| {
        json!({"pair_id": id, "source": "law", "question": "q", "response_A": "a", "response_B": "b",
        "label": label, "judgments": [
            {"judgment": {"scores": [2.0, 1.0]}, "decision": "A>B"}, {"judgment": {"scores": [1.0, 2.0]}, "decision": "B>A"}]})
    };
    assert_eq!(rows("JudgeBench", &[judged(1, "A>B"), judged(2, "B>A"), judged(3, "A>B")], ""), Some(2.0 / 3.0));
}

/// One unknown truth among eight makes no samples of the policy, and hides no error.
#[test]
fn a_truth_that_is_unknown_is_left_out() {
    let row = |n: usize| {
        let truth: Vec<Value> =
            (0..8).map(|turn| if turn == 7 { Value::Null } else { json!((turn + n) % 2) }).collect();
        // Each prompt has a completion that is paid for nothing.
        let paid: Vec<usize> = (0..8).map(|turn| if turn == n % 4 { 1 } else { (turn + n) % 2 }).collect();
        json!({"id": n, "truth": truth, "rm": paid})
    };
    let rows: Vec<Value> = (0..60).map(row).collect();
    let with = report(&folder(&rows), "--proxy rm");
    assert!(harmful(&with["proxies"][0]) > 0.05, "{}", with["proxies"][0]["errors"]);
    assert!(!codes(&with).contains(&"policy_samples"), "{:?}", codes(&with));
    // The last one is left out: with it gone the figures are the same.
    let cut = |row: &Value| {
        let list = |name: &str| json!(row[name].as_array().unwrap()[..7]);
        json!({"id": row["id"], "truth": list("truth"), "rm": list("rm")})
    };
    let without = report(&folder(&rows.iter().map(cut).collect::<Vec<_>>()), "--proxy rm");
    assert_eq!(with["proxies"][0]["errors"]["by_dynamics"], without["proxies"][0]["errors"]["by_dynamics"]);
}

/// The command that comes next is one that a shell takes.
#[test]
fn the_next_command_is_quoted() {
    let rows: Vec<Value> = (0..40).map(|n| json!({"id": n, "truth": [0, 1, 1, 0], "rm score": [0, 1, 1, 0]})).collect();
    let folder = folder(&rows);
    let run =
        folder.command("audit --rollouts rows.jsonl --truth truth").args(["--proxy", "rm score"]).output().unwrap();
    let text = String::from_utf8_lossy(&run.stdout);
    assert!(text.contains("--reward 'rm score'"), "{text}");
}

#[test]
fn a_feature_of_every_audit_is_no_column() {
    let rows = [json!({"id": 1, "truth": [0, 1], "rm": [0, 1], "length": [1, 2]})];
    let run = folder(&rows).run("audit --rollouts rows.jsonl --truth truth --proxy rm --feature length");
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("Give the column another name"), "{}", run.stderr);
}

/// A page is not green where nobody can tell what the errors do.
#[test]
fn what_cannot_be_told_is_not_green() {
    let row = |n: usize| {
        let paid = if n.is_multiple_of(5) { [0.2, 0.8] } else { [0.8, 0.2] };
        json!({"id": n, "truth": [1, 0, null, null, null], "rm": [paid[0], paid[1], 0.1, 0.5, 0.4]})
    };
    let folder = folder(&(0..60).map(row).collect::<Vec<_>>());
    let run = folder.run("audit --rollouts rows.jsonl --truth truth --proxy rm --html page.html").fine();
    assert!(run.stdout.replace('\n', " ").contains("it cannot be told which of its errors harm"), "{}", run.stdout);
    let page = String::from_utf8(folder.read("page.html")).unwrap();
    assert!(page.contains("verdict unsure") && !page.contains("verdict good"));
}
