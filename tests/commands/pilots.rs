//! `fullmarks advise --pilot`: what pilots change, and what is refused.

use serde_json::Value;
use std::{fmt::Write, fs, path::Path, process::Command};

/// Rollouts of 20 prompts whose completions have these verdicts.
fn rollouts(folder: &Path, name: &str, counts: &[(&str, usize)]) -> String {
    let verdicts: Vec<&str> = counts.iter().flat_map(|(marks, count)| vec![*marks; *count]).collect();
    let mut text = String::new();
    for prompt in 0..20 {
        let row = serde_json::json!({"id": prompt.to_string(), "v": verdicts});
        writeln!(text, "{row}").expect("a string takes it");
    }
    let path = folder.join(name);
    fs::write(&path, text).expect("written");
    path.display().to_string()
}

fn advise(arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_fullmarks")).arg("advise").args(arguments).output().expect("it runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn a_lead_bought_with_easy_marks_speaks_for_binary_and_one_that_was_not_for_partial() {
    let folder = tempfile::tempdir().expect("a folder");
    let initial = rollouts(folder.path(), "initial.jsonl", &[("000", 150), ("100", 49), ("111", 1)]);
    let binary = rollouts(folder.path(), "binary.jsonl", &[("000", 150), ("100", 48), ("111", 2)]);
    let bought = rollouts(folder.path(), "bought.jsonl", &[("110", 198), ("111", 2)]);
    let earned = rollouts(folder.path(), "earned.jsonl", &[("000", 130), ("100", 50), ("111", 20)]);
    let report = |partial: &str| -> Value {
        let (pilot_b, pilot_p) = (format!("binary={binary}"), format!("partial={partial}"));
        let with =
            ["--rollouts", &initial, "--verdicts", "v", "--json", "-q", "--pilot", &pilot_b, "--pilot", &pilot_p];
        let (status, out, err) = advise(&with);
        assert_eq!(status, Some(0), "{err}");
        serde_json::from_str::<Value>(&out).expect("JSON")["forecast"].take()
    };
    let of = |report: &Value, field: &str| {
        let odds = |who: &str| report[field][who].as_f64().expect("a number");
        odds("rival") / (odds("rival") + odds("binary"))
    };
    let (bought, earned) = (report(&bought), report(&earned));
    assert!(of(&bought, "by_pilots") < 0.1 && of(&earned, "by_pilots") > 0.8, "{bought} {earned}");
    assert!(of(&bought, "odds") < of(&bought, "by_samples"));
    assert_eq!((&bought["choice"], &bought["scheme"]["name"]), (&"use".into(), &"binary".into()));
    assert!(of(&earned, "odds") > of(&earned, "by_samples"));
}

#[test]
fn partial_credit_that_stalls_can_be_denied() {
    let folder = tempfile::tempdir().expect("a folder");
    let initial = rollouts(folder.path(), "initial.jsonl", &[("000", 150), ("100", 49), ("111", 1)]);
    let binary = rollouts(folder.path(), "binary.jsonl", &[("000", 150), ("100", 48), ("111", 2)]);
    let bought = rollouts(folder.path(), "bought.jsonl", &[("110", 198), ("111", 2)]);
    let deny = |partial: &str| {
        let (pilot_b, pilot_p) = (format!("binary={binary}"), format!("partial={partial}"));
        let with = ["--rollouts", &initial, "--verdicts", "v", "-q", "--deny", "partial-credit-stalls"];
        advise(&[&with[..], &["--pilot", &pilot_b, "--pilot", &pilot_p]].concat())
    };
    let (status, out, err) = deny(&bought);
    assert_eq!((status, err.as_str()), (Some(1), "error: denied advice: partial-credit-stalls\n"), "{out}");
    assert!(out.contains("use binary") || out.contains("Use binary"), "{out}");
    let earned = rollouts(folder.path(), "earned.jsonl", &[("000", 130), ("100", 50), ("111", 20)]);
    assert_eq!(deny(&earned).0, Some(0));
}

/// Of six constraints no more than two are ever met together: to say that either scheme will do would be true and of no use.
#[test]
fn where_nothing_arrives_neither_scheme_is_recommended() {
    let folder = tempfile::tempdir().expect("a folder");
    let far = [("000000", 140), ("100000", 12), ("010000", 12), ("001000", 12), ("000110", 12), ("000001", 12)];
    let far = rollouts(folder.path(), "far.jsonl", &far);
    let (status, out, err) = advise(&["--rollouts", &far, "--verdicts", "v", "-q"]);
    assert_eq!(status, Some(0), "{err}");
    assert!(out.starts_with("Fix first: no completion is fully correct"), "{out}");
    let (_, out, _) = advise(&["--rollouts", &far, "--verdicts", "v", "--json", "-q"]);
    let forecast = serde_json::from_str::<Value>(&out).expect("JSON")["forecast"].take();
    assert_eq!(forecast, Value::Null, "no scheme is forecast where no full answer was seen");
}

/// One pilot is half-way and the other far behind: what was seen is not overruled by what was foretold.
#[test]
fn a_pilot_that_settles_it_is_believed() {
    let folder = tempfile::tempdir().expect("a folder");
    let initial = rollouts(folder.path(), "initial.jsonl", &[("000", 120), ("100", 76), ("111", 4)]);
    let behind = rollouts(folder.path(), "behind.jsonl", &[("000", 100), ("100", 80), ("111", 20)]);
    let ahead = rollouts(folder.path(), "ahead.jsonl", &[("110", 20), ("111", 180)]);
    for (binary, partial, scheme) in [(&behind, &ahead, "partial"), (&ahead, &behind, "binary")] {
        let (binary, partial) = (format!("binary@40={binary}"), format!("partial@40={partial}"));
        let with = ["--rollouts", &initial, "--verdicts", "v", "-q", "--pilot", &binary, "--pilot", &partial];
        let (_, out, err) = advise(&with);
        assert!(out.starts_with(&format!("You can start. Use {scheme}: it ")), "{out}{err}");
    }
}

/// A real run: with the pilots of one seed `binary` was said to win with 91 %, with those of another `partial` with 89 %.
#[test]
fn seeds_that_contradict_each_other_leave_it_open_and_say_how_many_more_it_takes() {
    let case =
        |name: &str| format!("{}/tests/data/rl_lab/cases/pilot_seed_{name}.jsonl.gz", env!("CARGO_MANIFEST_DIR"));
    let initial = case("initial");
    let run = |seeds: &[&str], more: &[&str]| {
        let of = |scheme: &'static str| seeds.iter().map(move |seed| (scheme, seed));
        let pilots: Vec<String> = of("binary")
            .chain(of("partial"))
            .map(|(scheme, seed)| format!("--pilot={scheme}@40={}", case(&format!("{scheme}40_seed{seed}"))))
            .collect();
        let pilots: Vec<&str> = pilots.iter().map(String::as_str).collect();
        let (status, out, err) =
            advise(&[&["--rollouts", &initial, "--verdicts", "v", "-q"], &pilots[..], more].concat());
        assert_eq!(status, Some(0), "{err}");
        out
    };
    let forecast = |seeds: &[&str]| -> Value {
        serde_json::from_str::<Value>(&run(seeds, &["--json"])).expect("JSON")["forecast"].take()
    };
    let both = forecast(&["0", "777"]);
    assert_eq!(both["choice"], "cannot-tell", "{both}");
    assert_eq!((&both["pilots"]["runs"], &both["pilots"]["contradict"]), (&2.into(), &true.into()), "{both}");
    assert!(both["more_pilots"].as_u64().is_some_and(|more| more >= 1), "{both}");
    let text = run(&["0", "777"], &[]);
    assert!(text.contains("he pilots contradict each other") && text.contains("more pilot"), "{text}");
    for seed in ["0", "777"] {
        let one = forecast(&[seed]);
        assert_eq!((&one["pilots"]["runs"], &one["pilots"]["contradict"]), (&1.into(), &false.into()));
        let surest = ["rival", "binary"].map(|who| one["odds"][who].as_f64().expect("a number"));
        // No figure beyond the reliability that was seen.
        assert!(surest.iter().all(|odds| *odds <= 0.9), "{one}");
    }
}

/// Under partial credit prompts lose their full answers, and what they write instead all earns the same.
#[test]
fn prompts_that_partial_credit_loses_speak_for_binary() {
    let folder = tempfile::tempdir().expect("a folder");
    let rows = |name: &str, alike: usize, solved: &[&str], other: &[&str]| {
        let row = |n: usize| serde_json::json!({"id": n.to_string(), "v": if n < alike { other } else { solved }});
        let text: String = (0..20).map(|n| format!("{}\n", row(n))).collect();
        let path = folder.path().join(name);
        fs::write(&path, text).expect("written");
        path.display().to_string()
    };
    let mixed = ["111", "110", "100", "000", "000", "111", "100", "000"];
    let initial = rows("initial.jsonl", 8, &mixed, &["110", "100", "000", "000", "110", "000", "100", "000"]);
    let binary = rows("binary.jsonl", 8, &["111", "111", "111", "110", "111", "000", "111", "000"], &mixed[1..5]);
    let partial = rows("partial.jsonl", 15, &["111"; 8], &["110"; 8]);
    let (binary, partial) = (format!("binary@40={binary}"), format!("partial@40={partial}"));
    let with = ["--rollouts", &initial, "--verdicts", "v", "-q", "--pilot", &binary, "--pilot", &partial];
    let (status, out, err) = advise(&[&with[..], &["--json"]].concat());
    assert_eq!(status, Some(0), "{err}");
    let forecast = serde_json::from_str::<Value>(&out).expect("JSON")["forecast"].take();
    let lost = &forecast["pilots"]["lost_prompts"];
    assert!(lost["stalls"] == true && lost["tied"] == 0.75, "{lost}");
    assert_eq!(forecast["choice"], "use", "{forecast}");
    assert_eq!(forecast["scheme"]["name"], "binary");
    assert!(advise(&with).1.contains("artial credit loses prompts: 40"), "{}", advise(&with).1);
}

/// The state with which `adaptive` begins that knows the samples; what is there already may be a run's.
#[test]
fn samples_become_a_state_of_adaptive() {
    let folder = tempfile::tempdir().expect("a folder");
    let case = format!("{}/tests/data/rl_lab/cases/adaptive_stall_initial.jsonl.gz", env!("CARGO_MANIFEST_DIR"));
    let spec = |scheme: &str| {
        let path = folder.path().join(format!("{scheme}.yaml"));
        let text = format!(
            "fullmarks: 1\nname: two\nconstraints:\n  - {{check: length.max_words, with: {{words: 3}}}}\n  - {{check: contains.any, \
             with: {{texts: [a]}}}}\nreward: {{scheme: {scheme}}}\n"
        );
        fs::write(&path, text).expect("written");
        path.display().to_string()
    };
    let state = folder.path().join("state.json").display().to_string();
    let run = |scheme: &str| advise(&[&spec(scheme), "--rollouts", &case, "--verdicts", "v", "-q", "--state", &state]);
    let (status, _, err) = run("binary");
    assert!(status == Some(2) && err.contains("only the scheme `adaptive` has a state"), "{err}");
    assert!(!Path::new(&state).exists());
    let (status, _, err) = run("adaptive");
    assert_eq!(status, Some(0), "{err}");
    let written: Value = serde_json::from_str(&fs::read_to_string(&state).expect("written")).expect("JSON");
    assert_eq!(written["state"]["start"]["full_seen"], true, "{written}");
    let (status, _, err) = run("adaptive");
    assert!(status == Some(2) && err.contains("is there already"), "{err}");
}

#[test]
fn pilots_that_cannot_be_compared_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let initial = rollouts(folder.path(), "initial.jsonl", &[("000", 120), ("100", 76), ("111", 4)]);
    let other = folder.path().join("other.jsonl");
    let rows: String = (0..8)
        .map(|n| format!("{{\"id\": \"{n}\", \"v\": [{{\"a\": true, \"b\": false}}], \"completions\": [\"\"]}}\n"))
        .collect();
    std::fs::write(&other, rows).expect("written");
    let (binary, partial) = (format!("binary@40={}", other.display()), format!("partial@40={initial}"));
    let with = ["--rollouts", &initial, "--verdicts", "v", "--pilot", &binary, "--pilot", &partial];
    let (status, _, err) = advise(&with);
    assert_eq!(status, Some(2), "{err}");
    assert!(
        err.contains(
            "has verdicts of other constraints (a, b) than the rollouts (constraint 1, constraint 2, constraint 3)"
        ),
        "{err}"
    );
    let initial = rollouts(folder.path(), "initial.jsonl", &[("00", 8), ("11", 1)]);
    let one = format!("binary={initial}");
    let (status, _, err) = advise(&["--rollouts", &initial, "--verdicts", "v", "-q", "--pilot", &one]);
    assert_eq!(
        (status, err.as_str()),
        (
            Some(2),
            "error: one pilot says nothing of the other scheme: give --pilot binary=FILE and --pilot partial=FILE\n"
        )
    );
    let (status, _, err) = advise(&["--rollouts", &initial, "--verdicts", "v", "-q", "--pilot", "binray=x"]);
    assert_eq!(status, Some(2));
    assert!(err.contains("give one of the schemes binary, partial, and a file"), "{err}");
}

/// Nothing known gives no number; what cannot differ is no contest.
#[test]
fn degenerate_samples_give_no_forecast_or_an_honest_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let forecast = |name: &str, counts: &[(&str, usize)]| -> Value {
        let path = rollouts(folder.path(), name, counts);
        let (status, out, err) = advise(&["--rollouts", &path, "--verdicts", "v", "--json", "-q"]);
        assert_eq!(status, Some(0), "{err}");
        serde_json::from_str::<Value>(&out).expect("JSON")["forecast"].take()
    };
    assert_eq!(forecast("one.jsonl", &[("0", 5), ("1", 5)]), Value::Null);
    assert_eq!(forecast("unscored.jsonl", &[("??", 5)]), Value::Null);
    assert_eq!(forecast("full.jsonl", &[("11", 9)]), Value::Null);
    for (name, counts) in [("none.jsonl", [("00", 9)]), ("single.jsonl", [("01", 1)])] {
        let report = forecast(name, &counts);
        let odds = ["rival", "binary", "small"].map(|who| report["odds"][who].as_f64().unwrap_or(1.0 / 3.0));
        assert!((odds.iter().sum::<f64>() - 1.0).abs() < 1e-9, "{report}");
    }
}

/// Costs go on as the pilots went; without their steps there are none, and asking for them is refused.
#[test]
fn pilots_with_their_steps_tell_what_training_costs() {
    let folder = tempfile::tempdir().expect("a folder");
    let initial = rollouts(folder.path(), "initial.jsonl", &[("00", 150), ("10", 40), ("11", 10)]);
    let later = rollouts(folder.path(), "later.jsonl", &[("00", 120), ("10", 40), ("11", 40)]);
    let pilots = |step: &str| [format!("binary{step}={later}"), format!("partial{step}={initial}")];
    let run = |step: &str| {
        let [binary, partial] = pilots(step);
        let cost = ["--target", "0.5", "--hours-per-step", "0.5", "--price-per-hour", "2"];
        let with = ["--rollouts", &initial, "--verdicts", "v", "--json", "-q", "--pilot", &binary, "--pilot", &partial];
        advise(&[&with[..], &cost].concat())
    };
    let (status, out, err) = run("@40");
    assert_eq!(status, Some(0), "{err}");
    let costs = serde_json::from_str::<Value>(&out).expect("JSON")["forecast"]["costs"].take();
    // Odds from 1/19 to 1/4 in 40 steps, to 1 in 1.25 · 40 · ln 4 / ln 4.75 more.
    let steps = 40.0 + 1.25 * 40.0 * 4.0_f64.ln() / 4.75_f64.ln();
    for (what, factor) in [("steps", 1.0), ("hours", 0.5), ("price", 1.0)] {
        let median = costs[0][what]["median"].as_f64().expect("a number");
        assert!((median / factor - steps).abs() < 0.2, "{what}: {median} {steps}");
    }
    assert_eq!((&costs[1]["scheme"], &costs[1]["steps"]), (&"partial".into(), &Value::Null), "it has not grown");
    let (status, _, err) = run("");
    assert_eq!(status, Some(2));
    assert!(err.contains("only be told from pilots whose steps are known: give --pilot binary@40=FILE"), "{err}");
}

#[test]
fn log_probabilities_are_read_or_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("rollouts.jsonl");
    let run = |row: &str| {
        fs::write(&path, format!("{{\"id\": 1, \"v\": [\"10\", \"11\"], {row}}}\n")).expect("written");
        let rollouts = path.display().to_string();
        advise(&["--rollouts", &rollouts, "--verdicts", "v", "-q", "--logprob", "lp"])
    };
    assert_eq!(run(r#""lp": [[-1, -0.5], null]"#).0, Some(0));
    assert_eq!(run(r#""lp": [-3.5, -2], "tokens": [7, 4]"#).0, Some(0));
    for (row, why) in [
        (r#""lp": [-3.5, -2]"#, "`lp[0]` is a sum: give the number of its tokens in a column `tokens`"),
        (r#""lp": [[0.5], null]"#, "`lp[0]` holds 0.5: the logarithm of a probability is at most 0"),
        (r#""lp": [[-1]]"#, "`lp` has 1 entries for 2 completions"),
        (r#""pl": [[-1], [-1]]"#, "there is no column `lp` (it has pl, v)"),
        (r#""lp": [["x"], null]"#, "`lp[0]` must hold numbers, not text"),
    ] {
        let (status, _, err) = run(row);
        assert_eq!(status, Some(2), "{row}");
        assert!(err.contains(why), "{row}: {err}");
    }
}
