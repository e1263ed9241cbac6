//! A run that is killed and continued gives, byte for byte, what an unbroken one gives.

use crate::common::{Folder, PASS, birds, checker, module_folder};
use std::{
    fs::{self, File},
    thread,
    time::Duration,
};

const ROWS: usize = 2500;
const SCORE: &str = "score spec.yaml --prompts prompts.jsonl --rollouts rollouts.jsonl --quiet --out out.jsonl";

/// What an unbroken run gives.
fn unbroken(folder: &Folder) -> Vec<u8> {
    folder.run(&SCORE.replace("out.jsonl", "whole.jsonl")).fine();
    let whole = folder.read("whole.jsonl");
    assert!(whole.len() > 500_000, "{} bytes are too few to be interrupted", whole.len());
    whole
}

fn length(folder: &Folder, name: &str) -> u64 {
    fs::metadata(folder.path(name)).map_or(0, |metadata| metadata.len())
}

/// Starts a run and kills it as soon as so many bytes are written. Whether it was killed before its end.
fn killed_at(folder: &Folder, words: &str, bytes: u64) -> bool {
    let mut child = folder.start(words);
    while length(folder, "out.jsonl.part") < bytes && child.try_wait().expect("a state").is_none() {
        thread::sleep(Duration::from_millis(1));
    }
    // SIGKILL: nothing in the program can soften it.
    child.kill().expect("killed");
    child.wait().expect("an end");
    folder.path("out.jsonl.part").exists()
}

/// Continues the run and expects the whole output, and nothing besides.
#[track_caller]
fn continues_to(folder: &Folder, whole: &[u8], what: &str) {
    folder.run(&format!("{SCORE} --resume")).fine();
    assert!(folder.read("out.jsonl") == whole, "{what}: the outputs differ");
    for left in ["out.jsonl.part", "out.jsonl.part.json"] {
        assert!(!folder.path(left).exists(), "{what}: {left} is left");
    }
}

#[test]
fn killed_at_any_point_and_continued() {
    let folder = birds(ROWS);
    let whole = unbroken(&folder);
    let mut killed = 0;
    for tenth in [0, 1, 5, 8] {
        let at = whole.len() as u64 * tenth / 10;
        killed += u32::from(killed_at(&folder, SCORE, at));
        continues_to(&folder, &whole, &format!("killed at {tenth} tenths"));
    }
    assert!(killed > 0, "every run ended before it could be killed");
}

#[test]
fn killed_again_and_again() {
    let folder = birds(ROWS);
    let whole = unbroken(&folder);
    let mut killed = 0;
    for tenth in [2, 4, 6, 8] {
        let words = if tenth == 2 { SCORE.to_owned() } else { format!("{SCORE} --resume") };
        killed += u32::from(killed_at(&folder, &words, whole.len() as u64 * tenth / 10));
    }
    continues_to(&folder, &whole, "killed four times");
    assert!(killed > 1, "it was killed {killed} times");
}

/// A folder with a killed run, what an unbroken run gives, and the note that the killed run left.
fn killed() -> (Folder, Vec<u8>, Vec<u8>) {
    let folder = birds(ROWS);
    let whole = unbroken(&folder);
    assert!(killed_at(&folder, SCORE, whole.len() as u64 / 4), "it ended before it could be killed");
    let note = folder.read("out.jsonl.part.json");
    (folder, whole, note)
}

#[test]
fn cut_at_any_byte_and_continued() {
    let (folder, whole, note) = killed();
    let half = whole.len() / 2;
    let line_end = half + whole[half..].iter().position(|byte| *byte == b'\n').expect("a line ends");
    // The second byte of a character.
    let in_character = half + whole[half..].iter().position(|byte| byte & 0xc0 == 0x80).expect("letters beyond ASCII");
    assert!(std::str::from_utf8(&whole[..in_character]).is_err());
    for (cut, what) in [
        (0, "nothing is written"),
        (1, "one byte is written"),
        (in_character, "within a character"),
        (line_end, "before a line end"),
        (line_end + 1, "after a line end"),
        (line_end + 2, "one byte into a line"),
        (whole.len() - 1, "before the last line end"),
        (whole.len(), "everything is written"),
    ] {
        folder.write("out.jsonl.part", &whole[..cut]);
        folder.write("out.jsonl.part.json", &note);
        continues_to(&folder, &whole, what);
    }
}

#[test]
fn cut_between_any_two_completions_and_continued() {
    let (folder, whole, note) = killed();
    // The last rows have one, two, three and four completions, so every place within a row comes up.
    let ends: Vec<_> = whole.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1).collect();
    for end in &ends[ends.len() - 8..] {
        folder.write("out.jsonl.part", &whole[..*end]);
        folder.write("out.jsonl.part.json", &note);
        continues_to(&folder, &whole, &format!("cut after byte {end}"));
    }
}

/// A row that can be read, but not judged.
const UNKNOWN: &str = "{\"id\": \"nobody\", \"completion\": \"x\"}\n";

#[test]
fn bad_rows_are_reported_again_and_counted_once() {
    let (folder, _, _) = killed();
    let _ = fs::remove_file(folder.path("out.jsonl.part"));
    let rollouts = String::from_utf8(folder.read("rollouts.jsonl")).expect("UTF-8");
    folder.write("rollouts.jsonl", format!("bad at first\n{UNKNOWN}{rollouts}bad at last\n"));
    let run = |words: &str| {
        let run = folder.run(words);
        assert_eq!(run.code, Some(2), "{}", run.stderr);
        (run.stderr, folder.read("out.jsonl"))
    };
    let (stderr, whole) = run(SCORE);
    assert!(stderr.contains("error: 3 rows of the rollouts could not be used"), "{stderr}");
    assert!(killed_at(&folder, SCORE, whole.len() as u64 / 2), "it ended before it could be killed");
    assert_eq!(run(&format!("{SCORE} --resume")), (stderr, whole));
}

#[test]
fn resuming_what_never_began_begins_it() {
    let folder = birds(ROWS);
    let whole = unbroken(&folder);
    continues_to(&folder, &whole, "no earlier run");
}

#[test]
fn another_run_does_not_continue_it() {
    let (folder, whole, _) = killed();
    let part = folder.read("out.jsonl.part");
    let refused = |what: &str, words: &str| {
        let run = folder.run(words);
        assert_eq!(run.code, Some(2), "{what}");
        assert_eq!(
            run.stderr,
            "error: out.jsonl.part was begun with another spec, other prompts, rollouts or options, so it cannot be \
             continued: give the same ones, or delete it and start again\n",
            "{what}"
        );
        assert!(folder.read("out.jsonl.part") == part, "{what}: the unfinished output was touched");
    };
    let resume = format!("{SCORE} --resume");
    refused("another scheme", &format!("{resume} --scheme binary"));
    for (file, what) in
        [("spec.yaml", "another spec"), ("prompts.jsonl", "other prompts"), ("rollouts.jsonl", "other rollouts")]
    {
        let before = folder.read(file);
        folder.write(file, [&before[..], b"\n"].concat());
        refused(what, &resume);
        folder.write(file, before);
    }
    continues_to(&folder, &whole, "the same run after all");
}

#[test]
fn an_output_that_is_being_written_is_left_alone() {
    let (folder, whole, _) = killed();
    let busy = File::open(folder.path("out.jsonl.part")).expect("a file");
    busy.lock().expect("a lock");
    let run = folder.run(&format!("{SCORE} --resume"));
    assert_eq!(
        (run.code, run.stderr.as_str()),
        (Some(2), "error: out.jsonl.part is being written by another process\n")
    );
    drop(busy);
    continues_to(&folder, &whole, "the other process is gone");
}

#[test]
fn standard_input_cannot_be_continued() {
    let run = birds(1).run("score spec.yaml --prompts prompts.jsonl --rollouts - --out out.jsonl --resume");
    assert_eq!(
        (run.code, run.stderr.as_str()),
        (Some(2), "error: standard input cannot be read again: --resume needs the rollouts as a file\n")
    );
}

/// A checker that traps on texts that end in `!`.
fn moody() -> String {
    let last = "(i32.load8_u (i32.sub (i32.add (local.get $address) (local.get $length)) (i32.const 1)))";
    checker("acme.test", &format!("(if (i32.eq {last} (i32.const 33)) (then unreachable)) {PASS}"))
}

#[test]
fn a_continued_run_stops_only_where_the_unbroken_one_would() {
    // 100 of 2,048 are unscored, all of them early in the second chunk of 1,024.
    let row =
        |row| format!("{{\"id\":\"p\",\"completion\":\"{}\"}}\n", if (1024..1124).contains(&row) { "!" } else { "x" });
    let folder = module_folder("acme.test", &moody()).with("rollouts.jsonl", (0..2048).map(row).collect::<String>());
    let score = |words: &str| folder.run(&format!("score spec.yaml --rollouts rollouts.jsonl --quiet --out {words}"));
    score("whole.jsonl --max-unscored 0.06").fine();
    let whole = folder.read("whole.jsonl");
    // Stopped at the end, so that it can be continued; then cut after 100 lines.
    assert_eq!(score("out.jsonl --max-unscored 0").code, Some(1));
    let cut = whole.iter().enumerate().filter(|(_, byte)| **byte == b'\n').nth(99).expect("100 lines").0 + 1;
    folder.write("out.jsonl.part", &whole[..cut]);
    score("out.jsonl --max-unscored 0.06 --resume").fine();
    assert!(folder.read("out.jsonl") == whole);
}

/// Rows of many completions: what is killed within one has kept its first ones.
#[test]
#[ignore = "heavy: twenty kills of a slow run; `cargo xtask test` runs it"]
fn killed_twenty_times_within_slow_rows() {
    let folder = Folder::new();
    folder.write(
        "spec.yaml",
        "fullmarks: 1\nname: slow\nextract: {code: python}\nconstraints:\n  - check: python.calls\n    with: {function: f, cases: [{args: [1], returns: 1}]}\n\
         reward: {scheme: binary}\n",
    );
    let row = |row: usize| {
        let one = |at: usize| {
            let loops = 150_000 + 7 * (8 * row + at);
            format!("\"```python\\ndef f(n):\\n    for i in range({loops}):\\n        pass\\n    return n\\n```\"")
        };
        let completions: Vec<String> = (0..8).map(one).collect();
        format!("{{\"id\": \"{row}\", \"completions\": [{}]}}\n", completions.join(", "))
    };
    folder.write("rollouts.jsonl", (0..600).map(row).collect::<String>());
    let words = "score spec.yaml --rollouts rollouts.jsonl --quiet --out out.jsonl";
    folder.run(&words.replace("out.jsonl", "whole.jsonl")).fine();
    let whole = folder.read("whole.jsonl");
    let lines =
        || fs::read(folder.path("out.jsonl.part")).map_or(0, |part| part.iter().filter(|byte| **byte == b'\n').count());
    let mut within = 0;
    for kill in 0..20 {
        let (before, resume) = (lines(), if kill == 0 { "" } else { " --resume" });
        let mut child = folder.start(&format!("{words}{resume}"));
        // Lines are kept long before all rows are judged.
        while lines() <= before + kill % 5 {
            assert!(child.try_wait().expect("a state").is_none(), "kill {kill}: it ended, and had kept nothing");
            thread::sleep(Duration::from_millis(5));
        }
        child.kill().expect("killed");
        child.wait().expect("an end");
        within += usize::from(lines() % 8 != 0);
    }
    assert!(within > 5, "{within} of 20 kills kept a part of a row");
    folder.run(&format!("{words} --resume")).fine();
    assert!(folder.read("out.jsonl") == whole);
}
