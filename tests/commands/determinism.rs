//! The same rollouts give the same bytes: on one thread and on two, again and again, compressed or not.

use crate::common::{Folder, birds};
use flate2::{Compression, write::GzEncoder};
use std::{
    io::Write,
    process::{Output, Stdio},
};

const ROWS: usize = 1500;

/// Scores the file on so many threads: status, lines and messages.
fn score(folder: &Folder, rollouts: &str, threads: &str) -> Output {
    let mut command = folder.command(&format!("score spec.yaml --prompts prompts.jsonl --rollouts {rollouts}"));
    command.env("RAYON_NUM_THREADS", threads).output().expect("the program starts")
}

#[test]
fn threads_and_repetition_change_nothing() {
    let folder = birds(ROWS);
    // Messages about bad rows come in the order of the file too.
    let rollouts = String::from_utf8(folder.read("rollouts.jsonl")).expect("UTF-8");
    let spoilt: String = rollouts
        .lines()
        .enumerate()
        .map(|(line, row)| if line % 400 == 13 { format!("bad {line}\n") } else { format!("{row}\n") })
        .collect();
    folder.write("rollouts.jsonl", spoilt);
    let first = score(&folder, "rollouts.jsonl", "1");
    let lines = String::from_utf8(first.stdout.clone()).expect("UTF-8");
    assert!(lines.lines().count() > ROWS, "{}", String::from_utf8_lossy(&first.stderr));
    assert!(lines.contains("\"reward\":1.0") && lines.contains("\"reward\":0.0") && lines.contains("\"reward\":0.2"));
    for threads in ["1", "2", "2", "4"] {
        let again = score(&folder, "rollouts.jsonl", threads);
        assert_eq!(again.status, first.status);
        assert!(again.stdout == first.stdout, "{threads} threads give other lines");
        assert_eq!(String::from_utf8_lossy(&again.stderr), String::from_utf8_lossy(&first.stderr));
    }
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("written");
    encoder.finish().expect("written")
}

fn zst(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 1).expect("written")
}

#[test]
fn compression_changes_nothing() {
    let folder = birds(ROWS);
    let plain = folder.read("rollouts.jsonl");
    let expected = score(&folder, "rollouts.jsonl", "2");
    assert!(expected.status.success(), "{}", String::from_utf8_lossy(&expected.stderr));
    // Concatenated files are one file: that is how shards are joined. The cut falls within a line.
    let (first, second) = plain.split_at(plain.len() / 2);
    for (name, bytes) in [
        ("r.jsonl.gz", gz(&plain)),
        ("r.jsonl.zst", zst(&plain)),
        ("joined.jsonl.gz", [gz(first), gz(second)].concat()),
        ("joined.jsonl.zst", [zst(first), zst(second)].concat()),
        ("bom.jsonl", [b"\xef\xbb\xbf", &plain[..]].concat()),
        ("no_last_line_end.jsonl", plain[..plain.len() - 1].to_vec()),
        ("blank_lines.jsonl", [b"\n \n", &plain[..], b"\n\n"].concat()),
        ("windows.jsonl", String::from_utf8(plain.clone()).expect("UTF-8").replace('\n', "\r\n").into_bytes()),
    ] {
        folder.write(name, bytes);
        let found = score(&folder, name, "2");
        assert!(found.status.success(), "{name}: {}", String::from_utf8_lossy(&found.stderr));
        assert!(found.stdout == expected.stdout, "{name} gives other lines");
    }
}

#[test]
fn standard_input_changes_nothing() {
    let folder = birds(ROWS);
    let expected = score(&folder, "rollouts.jsonl", "2");
    let input = folder.read("rollouts.jsonl");
    let mut command = folder.command("score spec.yaml --prompts prompts.jsonl --rollouts -");
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    let feeder = std::thread::spawn(move || stdin.write_all(&input));
    let found = child.wait_with_output().expect("an end");
    feeder.join().expect("no panic").expect("all was read");
    assert!(found.stdout == expected.stdout);
}

#[test]
fn the_lines_and_the_file_are_the_same() {
    let folder = birds(ROWS);
    let lines = score(&folder, "rollouts.jsonl", "2").stdout;
    folder.run("score spec.yaml --prompts prompts.jsonl --rollouts rollouts.jsonl --out out.jsonl").fine();
    assert!(folder.read("out.jsonl") == lines);
}
