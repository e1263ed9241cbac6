//! Lines come as completions are judged, whatever happens to other rows.

use crate::common::{Folder, PASS, birds, checker, module_folder};
use std::{
    fs,
    io::{BufRead, BufReader, Write},
    process::{Command, Stdio},
    sync::mpsc::{Receiver, channel},
    thread,
    time::Duration,
};

/// Longer than anything takes: only a test that would hang waits for it.
const NEVER: Duration = Duration::from_secs(120);

/// Lines of a stream as they come.
fn lines(from: impl std::io::Read + Send + 'static) -> Receiver<String> {
    let (send, receive) = channel();
    thread::spawn(move || {
        for line in BufReader::new(from).lines() {
            if line.is_ok_and(|line| send.send(line).is_err()) {
                break;
            }
        }
    });
    receive
}

#[test]
fn a_row_that_has_not_come_keeps_nothing_back() {
    let folder = birds(1);
    let mut command = folder.command("score spec.yaml --prompts prompts.jsonl --rollouts - --quiet");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program starts");
    let (mut rows, scored) = (child.stdin.take().expect("a pipe"), lines(child.stdout.take().expect("a pipe")));
    for number in 0..3 {
        let row = format!("{{\"id\": \"Fink?\", \"completion\": \"Vogel {number}: Fink\"}}\n");
        rows.write_all(row.as_bytes()).expect("a reader");
        let line = scored.recv_timeout(NEVER).expect("a line before the next row");
        assert!(line.starts_with(&format!("{{\"id\":\"Fink?\",\"index\":{number},")), "{line}");
    }
    drop(rows);
    assert!(child.wait().expect("an end").success());
    assert!(scored.recv_timeout(NEVER).is_err(), "as many lines as rows");
}

#[test]
fn an_interrupt_is_heeded_while_a_pipe_is_silent() {
    let folder = birds(1);
    let mut command = folder.command("score spec.yaml --prompts prompts.jsonl --rollouts - --quiet");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let (mut rows, scored) = (child.stdin.take().expect("a pipe"), lines(child.stdout.take().expect("a pipe")));
    rows.write_all(b"{\"id\": \"Fink?\", \"completion\": \"Fink\"}\n").expect("a reader");
    scored.recv_timeout(NEVER).expect("a line");
    let status = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill");
    assert!(status.success());
    let said = lines(child.stderr.take().expect("a pipe")).recv_timeout(NEVER).expect("a message");
    assert_eq!(said, "interrupted: 1 completions were scored");
    assert_eq!(child.wait().expect("an end").code(), Some(130));
    drop(rows);
}

/// A checker that takes some milliseconds.
fn slow() -> String {
    let body = "(local $left i64) (local.set $left (i64.const 5000000))
        (loop $again (local.set $left (i64.sub (local.get $left) (i64.const 1)))
            (br_if $again (i64.ne (local.get $left) (i64.const 0))))";
    checker("acme.slow", &format!("{body} {PASS}"))
}

#[test]
fn a_row_that_takes_long_to_read_is_judged_before_later_ones() {
    // While one thread passes over the first row's notes, another reads all other rows; their judging was then done first, and the
    // first row's last.
    let notes = (0..100_000).map(|note| format!("[{note},{{\"note\":{note}}}]")).collect::<Vec<_>>().join(",");
    let row = |row: usize| {
        let notes = if row == 0 { notes.as_str() } else { "" };
        format!("{{\"id\": \"{row}\", \"completions\": [\"a\", \"b\", \"c\", \"d\"], \"notes\": [{notes}]}}\n")
    };
    let folder: Folder = module_folder("acme.slow", &slow());
    folder.write("rollouts.jsonl", (0..400).map(row).collect::<String>());
    let words = "score spec.yaml --rollouts rollouts.jsonl --quiet --out out.jsonl";
    let kept =
        || fs::read(folder.path("out.jsonl.part")).map_or(0, |part| part.iter().filter(|b| **b == b'\n').count());
    let mut child = folder.start(words);
    while kept() == 0 {
        assert!(child.try_wait().expect("a state").is_none(), "it ended, and had kept nothing before");
        thread::sleep(Duration::from_millis(2));
    }
    child.kill().expect("killed");
    child.wait().expect("an end");
    assert!(kept() < 1600, "it was killed at its end");
    folder.run(&format!("{words} --resume")).fine();
    let whole = String::from_utf8(folder.read("out.jsonl")).expect("UTF-8");
    assert_eq!(whole.lines().count(), 1600);
    assert!(whole.starts_with("{\"id\":\"0\",\"index\":0,"), "{whole}");
}
