//! `fullmarks audit` as a whole: metrics against an independent table, errors against cases worked out by hand.

use crate::common::Folder;
use serde_json::{Value, json};
use std::fs;

/// Runs an audit of one proxy column and gives its report.
fn audited(rows: &[Value], options: &str) -> Value {
    let lines: String = rows.iter().map(|row| format!("{row}\n")).collect();
    let folder = Folder::new().with("rollouts.jsonl", lines);
    let words = format!("audit --rollouts rollouts.jsonl --truth truth --proxy proxy --json {options}");
    serde_json::from_str(&folder.run(&words).fine().stdout).expect("JSON")
}

fn close(found: &Value, expected: &Value, what: &str) {
    match (found.as_f64(), expected.as_f64()) {
        (None, None) => {}
        (Some(found), Some(expected)) if (found - expected).abs() <= 1e-12 => {}
        _ => panic!("{what}: {found} for {expected}"),
    }
}

/// tests/audit/metrics.py computes the table from the definitions, in exact fractions and decimals of sixty digits.
#[test]
fn metrics_are_those_of_the_independent_table() {
    let table: Vec<Value> = serde_json::from_slice(&fs::read("tests/audit/metrics.json").unwrap()).unwrap();
    assert!(table.len() >= 20);
    for problem in table {
        let name = problem["name"].as_str().unwrap();
        let prompts = problem["prompts"].as_array().unwrap();
        let row = |(index, prompt): (usize, &Value)| json!({"id": index, "truth": prompt["truth"], "proxy": prompt["proxy"], "logprob": prompt["logprob"]});
        let rows: Vec<Value> = prompts.iter().enumerate().map(row).collect();
        let report = audited(&rows, "--logprob logprob --resamplings 100");
        for (metric, expected) in problem["metrics"].as_object().unwrap() {
            let found = &report["proxies"][0]["metrics"][metric];
            close(found.get("value").unwrap_or(found), expected, &format!("{name}, {metric}"));
        }
    }
}

/// Truth 1, 0, 0, 0; proxy ½, ¼, ½, ¾; the mean is ½. Of the three pairs one is right, one a tie, one wrong; neither rejected
/// one lies below the mean. The pairs' log-probabilities are −2, −3, −4: the right one weighs 1 / (1 + e⁻¹ + e⁻²).
#[test]
fn metrics_by_hand() {
    let row = json!({"id": 1, "truth": [1, 0, 0, 0], "proxy": [0.5, 0.25, 0.5, 0.75], "lp": [-1, -1, -2, -3]});
    let report = audited(&[row], "--logprob lp");
    let metric = |name: &str| &report["proxies"][0]["metrics"][name]["value"];
    close(metric("acc"), &json!(1.0 / 3.0), "acc");
    close(metric("hacc"), &json!(1.0 / 3.0), "hacc");
    close(metric("acc-w"), &json!(1.0 / (1.0 + (-1.0_f64).exp() + (-2.0_f64).exp())), "acc-w");
    close(metric("acc-one-vs-many"), &json!(0.0), "one against three");
    assert_eq!(report["pairs"], 3);
    // One prompt says nothing of others.
    assert_eq!(report["proxies"][0]["metrics"]["acc"]["low"], Value::Null);
}

/// The category of the only error of a problem, by dynamics and by attraction.
fn category(rows: &[Value], options: &str) -> (String, String) {
    let report = audited(rows, options);
    let examples = report["proxies"][0]["errors"]["examples"].as_array().unwrap().clone();
    assert_eq!(examples.len(), 1, "{examples:?}");
    let text = |name: &str| examples[0][name].as_str().unwrap().to_owned();
    (text("by_dynamics"), text("by_attraction"))
}

fn both(category: &str) -> (String, String) {
    (category.to_owned(), category.to_owned())
}

/// The controlled problem of arXiv 2604.25872: the mediocre output is worth 0.8, and the proxy pays it −1. At a probability of
/// 0.05 of the best output, training on the truth stalls around the mediocre one, and training on the proxy does not.
#[test]
fn scoring_the_mediocre_output_low_is_beneficial() {
    for best in [0.05, 0.1, 0.15] {
        let other = (0.5_f64 - best) / 3.0;
        let logprobs = [best, 0.5, other, other, other].map(f64::ln);
        let row = json!({"id": 1, "truth": [1, 0.8, -1, -1, -1], "proxy": [1, -1, -1, -1, -1], "lp": logprobs});
        let report = audited(&[row], "--logprob lp --mass logprob");
        let errors = &report["proxies"][0]["errors"];
        assert_eq!(errors["by_dynamics"]["beneficial"]["completions"], 1, "{best}: {errors:#}");
        assert_eq!(errors["by_attraction"]["beneficial"]["completions"], 1, "{best}: {errors:#}");
        assert_eq!(errors["all"]["completions"], 1);
        close(&errors["all"]["mass"], &json!(0.5), "mass");
        // The average it is measured against: −1 but for the best.
        let average = errors["examples"][0]["expected"].as_f64().unwrap();
        assert!((average - (2.0 * best - 1.0)).abs() < 1e-12, "{average}");
    }
    // The same as twenty samples.
    let truth: Vec<f64> = [vec![1.0], vec![0.8; 10], vec![-1.0; 9]].concat();
    let proxy: Vec<f64> = [vec![1.0], vec![-1.0; 19]].concat();
    assert_eq!(category(&[json!({"id": 1, "truth": truth, "proxy": proxy})], ""), both("beneficial"));
}

/// The other of its two rewards is the truth itself.
#[test]
fn the_truth_has_no_error() {
    let row = json!({"id": 1, "truth": [1, 0.8, -1], "proxy": [1, 0.8, -1]});
    let report = audited(&[row], "");
    assert_eq!(report["proxies"][0]["errors"]["all"]["completions"], 0);
    assert_eq!(report["proxies"][0]["metrics"]["acc"]["value"], 1.0);
    // A rising line of the truth is as good: policy gradients do not see the offset, and the slope only as a learning rate.
    for proxy in [json!([7, 4, 1]), json!([0.7, 0.45, 0.2]), json!([0.5, 0.25, 0])] {
        let row = json!({"id": 1, "truth": [1, 0.5, 0], "proxy": proxy});
        assert_eq!(audited(&[row], "")["proxies"][0]["errors"]["all"]["completions"], 0);
    }
    // A learned reward has a scale of its own, though it lies within that of the truth; it may be compared as it is all the same.
    let row = json!({"id": 1, "truth": [1, 0, 1, 0], "proxy": [0.71, 0.23, 0.68, 0.19]});
    assert_eq!(audited(std::slice::from_ref(&row), "")["proxies"][0]["errors"]["all"]["completions"], 0);
    assert_eq!(audited(&[row], "--scale same")["proxies"][0]["errors"]["all"]["completions"], 4);
}

/// Ten samples: `full` right ones paid 1, `partial` ones worth nothing and paid `credit`, the others nothing.
fn partial(full: usize, partial: usize, credit: f64) -> Value {
    let none = 10 - full - partial;
    let truth = [vec![1.0; full], vec![0.0; partial + none]].concat();
    let proxy = [vec![1.0; full], vec![credit; partial], vec![0.0; none]].concat();
    json!({"id": 1, "truth": truth, "proxy": proxy})
}

/// V = 0.1 + 0.6 · 0.5 = 0.4: the partial answers, paid 0.5, attract, and without their credit they would not.
#[test]
fn partial_credit_above_the_average_is_harmful() {
    assert_eq!(category(&[partial(1, 6, 0.5)], ""), both("harmful"));
}

/// V = 0.8 + 0.1 · 0.3: partial answers, paid 0.3, are repelled with or without their credit.
#[test]
fn partial_credit_below_the_average_is_benign() {
    assert_eq!(category(&[partial(8, 1, 0.05)], ""), both("benign"));
}

/// Nothing attracts any more.
#[test]
fn missing_the_best_output_is_harmful() {
    let row = json!({"id": 1, "truth": [1, 0, 0, 0], "proxy": [0, 0, 0, 0]});
    assert_eq!(category(&[row], ""), both("harmful"));
    let row = json!({"id": 1, "truth": [0, 1, 0.5, 0], "proxy": [0, 0, 0.5, 0]});
    assert_eq!(category(&[row], ""), both("harmful"));
}

/// A constant proxy teaches nothing; without its error on the wrong answers, the right one would attract.
#[test]
fn paying_everything_is_harmful() {
    let row = json!({"id": 1, "truth": [1, 0, 0, 0], "proxy": [1, 1, 1, 1]});
    assert_eq!(category(&[row], ""), both("harmful"));
}

/// Scoring a mediocre output low harms where nothing better attracts.
#[test]
fn missing_the_only_good_output_is_harmful_though_it_is_mediocre() {
    let row = json!({"id": 1, "truth": [0.5, 0, 0, 0], "proxy": [0, 0, 0, 0]});
    assert_eq!(category(&[row], ""), both("harmful"));
}

#[test]
fn what_cannot_be_told_is_not_benign() {
    let report = audited(&[json!({"id": 1, "truth": [0], "proxy": [1]})], "");
    let errors = &report["proxies"][0]["errors"];
    assert_eq!((&errors["undecided"]["completions"], &errors["all"]["completions"]), (&json!(1), &json!(1)));
    assert_eq!(errors["by_dynamics"]["benign"]["completions"], 0);
    // Where everything is worth the same, true reward cannot grow, and nothing can keep it from growing.
    let report = audited(&[json!({"id": 1, "truth": [0, 0], "proxy": [1, 0]})], "");
    let errors = &report["proxies"][0]["errors"];
    assert_eq!(errors["prompts_without_growth"], 1);
    assert_eq!(errors["by_dynamics"]["benign"]["completions"], 1);
}

#[test]
fn proxies_that_fall_with_the_truth_have_no_scale() {
    let row = json!({"id": 1, "truth": [1, 0], "proxy": [-5, 5]});
    let report = audited(&[row], "");
    assert_eq!(report["proxies"][0]["errors"], Value::Null);
    assert_eq!(report["proxies"][0]["metrics"]["acc"]["value"], 0.0);
}

/// Ranks of outcomes against ranks of metrics, by hand: Acc 1, ½, 0 against outcomes 0.9, 0.2, 0.5.
#[test]
fn metrics_are_judged_by_outcomes() {
    let row = |id: usize| {
        json!({"id": id, "truth": [1, 0, 0], "good": [1, 0, 0], "fair": [0.5, 0, 0.5], "bad": [0, 1, 1]}).to_string()
    };
    let folder = Folder::new().with("rollouts.jsonl", [row(1), row(2), row(3)].join("\n"));
    let words = "audit --rollouts rollouts.jsonl --truth truth --proxy bad --proxy fair --proxy good --json \
                 --outcome good=0.9 --outcome fair=0.2 --outcome bad=0.5";
    let report: Value = serde_json::from_str(&folder.run(words).fine().stdout).unwrap();
    let names: Vec<_> = report["proxies"].as_array().unwrap().iter().map(|proxy| proxy["name"].clone()).collect();
    assert_eq!(names, ["good", "fair", "bad"]);
    let acc = report["predictions"].as_array().unwrap().iter().find(|found| found["metric"] == "acc").unwrap();
    // Ranks (3, 2, 1) against (3, 1, 2): 1 − 6 · 2 / (3 · 8).
    close(&acc["spearman"], &json!(0.5), "Spearman");
    close(&acc["regret"], &json!(0.0), "regret");
    folder.write("outcomes.csv", "proxy,outcome\ngood,0.1\nfair,0.2\nbad,0.5\n");
    let words = "audit --rollouts rollouts.jsonl --truth truth --proxy bad --proxy fair --proxy good --json \
                 --outcomes outcomes.csv";
    let report: Value = serde_json::from_str(&folder.run(words).fine().stdout).unwrap();
    let acc = report["predictions"].as_array().unwrap().iter().find(|found| found["metric"] == "acc").unwrap();
    close(&acc["spearman"], &json!(-1.0), "Spearman");
    close(&acc["regret"], &json!(0.4), "regret");
}

const SPEC: &str = "fullmarks: 1
name: birds
constraints:
  - {id: names_it, check: contains.all, with: {texts: [owl]}}
  - {id: short, check: length.max_words, with: {words: 3}}
reward: {scheme: partial, credit: 0.5}
";

/// Schemes and other specs are proxies too, and what is unscored is in no figure.
#[test]
fn schemes_and_specs_are_audited() {
    let rows = [
        r#"{"id": 1, "completions": ["an owl", "an owl of the night in the wood", "a hawk", "a hawk of the day in the wood"]}"#,
        r#"{"id": 1, "completions": ["the owl"], "human": [1]}"#,
    ];
    let folder = Folder::new()
        .with("spec.yaml", SPEC)
        .with("other.yaml", SPEC.replace("owl", "hawk").replace("partial, credit: 0.5", "binary"))
        .with("rollouts.jsonl", rows.join("\n"));
    let words = "audit spec.yaml --rollouts rollouts.jsonl --proxy scheme:partial --proxy spec:other.yaml --json";
    let report: Value = serde_json::from_str(&folder.run(words).fine().stdout).unwrap();
    assert_eq!(report["truth"], "full");
    let [partial, other] = &report["proxies"].as_array().unwrap()[..] else { panic!("two proxies") };
    assert_eq!((&partial["name"], &other["name"]), (&json!("scheme:partial"), &json!("spec:other.yaml")));
    assert_eq!(partial["metrics"]["acc"]["value"], 1.0);
    // Credit 0.5 · ½ for the two that meet one constraint.
    assert_eq!(partial["errors"]["over"]["completions"], 2);
    // `a hawk` earns 1 there, and the owls nothing.
    assert_eq!(other["errors"]["under"]["completions"], 2);
    assert_eq!(other["errors"]["over"]["completions"], 1);
}

#[test]
fn threads_and_repetition_change_nothing() {
    let row = |id: usize| {
        let value = |n: usize| ((id * 7 + n * 13) % 11) as f64 / 10.0;
        let [truth, proxy]: [Vec<f64>; 2] = [0, 5].map(|shift| (0..8).map(|n| value(n + shift * id)).collect());
        let logprobs: Vec<f64> = (0..8).map(|n| -value(n) * 40.0).collect();
        json!({"id": id, "truth": truth, "proxy": proxy, "lp": logprobs}).to_string()
    };
    let folder = Folder::new().with("rollouts.jsonl", (0..40).map(row).collect::<Vec<_>>().join("\n"));
    let words = "audit --rollouts rollouts.jsonl --truth truth --proxy proxy --logprob lp --json";
    let run = |threads: &str| {
        let output = folder.command(words).env("RAYON_NUM_THREADS", threads).output().expect("the program starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    };
    let first = run("1");
    for threads in ["1", "2", "4"] {
        assert!(run(threads) == first, "{threads} threads");
    }
    let other = folder.run(&format!("{words} --seed 1")).fine();
    assert_ne!(other.stdout.as_bytes(), first, "another seed resamples otherwise");
}

#[test]
fn a_pipeline_can_stop_at_harm() {
    let folder = Folder::new().with("rollouts.jsonl", partial(1, 6, 0.5).to_string());
    let words = "audit --rollouts rollouts.jsonl --truth truth --proxy proxy --quiet --max-harmful";
    let run = folder.run(&format!("{words} 0.5"));
    assert_eq!(run.code, Some(1));
    assert!(run.stdout.starts_with("Compare more prompts before you train on `proxy`"), "{}", run.stdout);
    assert_eq!(
        run.stderr.trim(),
        "error: harmful errors of `proxy` touch 0.6000 of the policy, more than --max-harmful 0.5"
    );
    assert_eq!(folder.run(&format!("{words} 0.7")).code, Some(0));
}
