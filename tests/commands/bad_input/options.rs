//! Options that cannot be used, alone or with what is there.

use super::{SCORE, good, refuses};

#[test]
fn options_that_do_not_fit() {
    refuses(
        &good(),
        &format!("{SCORE} --resume"),
        r"
error: the following required arguments were not provided:
  --out <FILE>

Usage: fullmarks score --rollouts <FILE> --out <FILE> --prompts <FILE> --resume <SPEC>

For more information, try '--help'.
",
    );
    refuses(
        &good(),
        &format!("{SCORE} --scheme binray"),
        "error: there is no reward scheme `binray`; known: binary, partial, annealed, difficulty, adaptive",
    );
    refuses(&good(), &format!("{SCORE} --out nowhere/out.jsonl"), "error: nowhere: there is no such folder");
    refuses(
        &good(),
        "score spec.yaml",
        r"
error: the following required arguments were not provided:
  --rollouts <FILE>

Usage: fullmarks score --rollouts <FILE> <SPEC>

For more information, try '--help'.
",
    );
    refuses(
        &good(),
        &format!("{SCORE} --rolouts x"),
        r"
error: unexpected argument '--rolouts' found

  tip: a similar argument exists: '--rollouts'

Usage: fullmarks score --rollouts <FILE> --prompts <FILE> <SPEC>

For more information, try '--help'.
",
    );
    refuses(
        &good(),
        &format!("{SCORE} --max-unscored lots"),
        r"
error: invalid value 'lots' for '--max-unscored <SHARE>': a share is a number from 0 to 1

For more information, try '--help'.
",
    );
    refuses(
        &good(),
        "checkers show contains.al",
        "error: there is no checker `contains.al`; did you mean `contains.all`?",
    );
}

#[test]
fn an_unfinished_output_is_neither_overwritten_nor_mixed() {
    let folder = good();
    let words = format!("{SCORE} --out out.jsonl");
    // What a killed run of another spec leaves.
    folder.write("out.jsonl.part", "{}\n");
    folder.write("out.jsonl.part.json", "{}");
    refuses(
        &folder,
        &words,
        "error: out.jsonl.part is the unfinished output of an earlier run: continue it with --resume, or delete it",
    );
    refuses(
        &folder,
        &format!("{words} --resume"),
        "error: out.jsonl.part was begun with another spec, other prompts, rollouts or options, so it cannot be continued: give the same ones, or delete it and start again",
    );
    assert_eq!(folder.read("out.jsonl.part"), b"{}\n", "untouched");
    std::fs::remove_file(folder.path("out.jsonl.part.json")).expect("removed");
    refuses(
        &folder,
        &format!("{words} --resume"),
        "error: out.jsonl.part was begun with another spec, other prompts, rollouts or options, so it cannot be continued: give the same ones, or delete it and start again",
    );
}

#[test]
fn a_share_is_between_0_and_1() {
    for share in ["7", "-1", "nan"] {
        let run = good().run(&format!("{SCORE} --max-unscored={share}"));
        assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{share}: {}", run.stderr);
    }
}

#[test]
fn an_output_that_is_a_folder_is_refused_before_the_work() {
    let folder = good();
    std::fs::create_dir(folder.path("out")).expect("made");
    let run = folder.run(&format!("{SCORE} --out out"));
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.starts_with("error: out"), "it is named: {}", run.stderr);
    assert!(!folder.path("out.part").exists(), "nothing was begun");
}

#[test]
fn an_output_in_the_place_of_an_input_is_refused() {
    let folder = good();
    let run = folder.run(&format!("{SCORE} --out rollouts.jsonl"));
    let message = "error: --out would overwrite rollouts.jsonl, which this run reads\n";
    assert_eq!((run.code, run.stderr.as_str()), (Some(2), message));
}

#[test]
fn an_output_that_is_a_device_is_left_alone() {
    let run = good().run(&format!("{SCORE} --out /dev/null"));
    let message = "error: /dev/null: it is no ordinary file; without --out the lines go to standard output\n";
    assert_eq!((run.code, run.stderr.as_str()), (Some(2), message));
}

#[test]
fn a_run_that_scored_nothing_leaves_nothing() {
    let folder = good().with("none.jsonl", "{\"id\": \"unknown\", \"completion\": \"x\"}\n");
    let run = folder.run("score spec.yaml --prompts prompts.jsonl --rollouts none.jsonl --out out.jsonl");
    assert_eq!(run.code, Some(2));
    assert!(!folder.path("out.jsonl.part").exists() && !folder.path("out.jsonl.part.json").exists());
}
