//! Rollouts that cannot be used: bad rows are named and counted, and all others are scored.

use super::{ROLLOUTS, SCORE, good, refuses};
use flate2::{Compression, write::GzEncoder};
use std::io::Write;

/// [`SCORE`] must name these rows of the rollouts as bad, score the others, and end with status 2.
#[track_caller]
fn reports_rows(rollouts: impl AsRef<[u8]>, scored: usize, stderr: &str) {
    let folder = good().with("rollouts.jsonl", rollouts);
    let run = folder.run(&format!("{SCORE} --quiet"));
    assert_eq!(run.stderr.trim_end(), stderr.trim());
    assert_eq!((run.code, run.lines().len()), (Some(2), scored), "status and number of lines");
}

#[test]
fn a_rollout_that_is_not_json() {
    reports_rows(
        format!("{ROLLOUTS}not json\n"),
        3,
        r"
rollouts.jsonl, line 3: not JSON: expected ident (column 2): each line is one JSON object (a CSV file becomes that by `to_json(…, orient='records', lines=True)` of pandas)
error: 1 row of the rollouts could not be used; all others were scored
",
    );
    reports_rows(
        format!("[1]\n{ROLLOUTS}"),
        3,
        r"
rollouts.jsonl, line 1: a JSON object is needed, not a list: `jq -c '.[]'` writes each item of a list on a line
error: 1 row of the rollouts could not be used; all others were scored
",
    );
    reports_rows(
        format!("{ROLLOUTS}{{\"id\": \"first\", \"comple"),
        3,
        r"
rollouts.jsonl, line 3: not JSON: EOF while parsing a string (column 23): the row is cut off, as where a file was copied in part or is still being written
error: 1 row of the rollouts could not be used; all others were scored
",
    );
}

#[test]
fn a_rollout_for_an_unknown_prompt() {
    reports_rows(
        ROLLOUTS.replace("second", "secnd"),
        2,
        r"
rollouts.jsonl, line 2: there is no prompt with the id `secnd`; the closest is `second`
error: 1 row of the rollouts could not be used; all others were scored
",
    );
    reports_rows(
        ROLLOUTS.replace("second", "1000"),
        2,
        r"
rollouts.jsonl, line 2: there is no prompt with the id `1000`
error: 1 row of the rollouts could not be used; all others were scored
",
    );
}

#[test]
fn a_rollout_without_its_columns() {
    reports_rows(
        ROLLOUTS.replace("completion\"", "completoin\""),
        2,
        r"
rollouts.jsonl, line 2: it has neither `completions` nor `completion`: is `completoin` meant to be `completion`?
error: 1 row of the rollouts could not be used; all others were scored
",
    );
    reports_rows(
        ROLLOUTS.replacen("id", "name", 1),
        1,
        r"
rollouts.jsonl, line 1: there is no column `id` (it has name, completions): `--id` names the one with the prompt's id
error: 1 row of the rollouts could not be used; all others were scored
",
    );
}

#[test]
fn a_rollout_with_both_forms() {
    reports_rows(
        ROLLOUTS.replace("\"completion\"", "\"completions\": [\"a\"], \"completion\""),
        2,
        r"
rollouts.jsonl, line 2: it has both `completions` and `completion`; give one of them
error: 1 row of the rollouts could not be used; all others were scored
",
    );
}

#[test]
fn completions_of_a_wrong_type() {
    let reports = |completion: &str, stderr: &str| reports_rows(ROLLOUTS.replace(r#""A fox.""#, completion), 2, stderr);
    reports(
        "3",
        r"
rollouts.jsonl, line 2: a completion is a string or a list of messages, not a number
error: 1 row of the rollouts could not be used; all others were scored
",
    );
    reports(
        r#"{"text": "A fox."}"#,
        r"
rollouts.jsonl, line 2: a completion is a string or a list of messages, not an object
error: 1 row of the rollouts could not be used; all others were scored
",
    );
    reports(
        r#"[{"content": "A fox."}]"#,
        r"
rollouts.jsonl, line 2: message 0: not a message: missing field `role`
error: 1 row of the rollouts could not be used; all others were scored
",
    );
    reports(
        r#"[{"role": "model", "content": "A fox."}]"#,
        r"
rollouts.jsonl, line 2: message 0: the role `model` is not known; known: system, developer, user, assistant, tool, function
error: 1 row of the rollouts could not be used; all others were scored
",
    );
    reports(
        r#"["A fox."]"#,
        r#"
rollouts.jsonl, line 2: message 0: a message is an object with `role` and `content`, not text (a list of texts belongs into `completions`)
error: 1 row of the rollouts could not be used; all others were scored
"#,
    );
    reports_rows(
        ROLLOUTS.replace(r#""A hawk.""#, "3"),
        1,
        r"
rollouts.jsonl, line 1: completions[1]: a completion is a string or a list of messages, not a number
error: 1 row of the rollouts could not be used; all others were scored
",
    );
    reports_rows(
        ROLLOUTS.replace(r#"["An owl.", "A hawk."]"#, r#""An owl.""#),
        1,
        r"
rollouts.jsonl, line 1: `completions` must be a list, not text
error: 1 row of the rollouts could not be used; all others were scored
",
    );
    reports_rows(
        ROLLOUTS.replace(r#""An owl.", "A hawk.""#, ""),
        1,
        r"
rollouts.jsonl, line 1: `completions` is empty
error: 1 row of the rollouts could not be used; all others were scored
",
    );
}

#[test]
fn a_rollout_that_is_not_utf8() {
    let mut rollouts = ROLLOUTS.as_bytes().to_vec();
    rollouts.extend_from_slice(b"{\"id\": \"first\", \"completion\": \"\xf0\x9f\"}\n");
    reports_rows(
        rollouts,
        3,
        r"
rollouts.jsonl, line 3: not UTF-8 (byte 32 of the line)
error: 1 row of the rollouts could not be used; all others were scored
",
    );
}

#[test]
fn many_bad_rollouts_are_counted() {
    reports_rows(
        format!("{}{ROLLOUTS}", "{}\n".repeat(13)),
        3,
        r"
rollouts.jsonl, line 1: there is no column `id` (there are no other columns): `--id` names the one with the prompt's id
rollouts.jsonl: the message of line 1 holds for 12 more rows
error: 13 rows of the rollouts could not be used; all others were scored
",
    );
}

/// Compressed by content though not by name is read; other formats are named.
#[test]
fn rollouts_of_another_format_are_told_by_their_content() {
    refuses(
        &good().with("rollouts.jsonl", b"PAR1\x15\x04"),
        SCORE,
        "error: rollouts.jsonl: it is a Parquet file: let its name end in .parquet",
    );
    refuses(
        &good().with("rollouts.jsonl", b"\x1f\x8b\x08\x00"),
        SCORE,
        "error: rollouts.jsonl: the compressed file is damaged or cut short: unexpected end of file",
    );
    refuses(
        &good().with("rollouts.jsonl", "[{\"id\": \"a\", \"completion\": \"x\"},\n"),
        SCORE,
        r"
rollouts.jsonl, line 1: not JSON: EOF while parsing a value (column 0): each line is one JSON object; a file that is one list becomes that by `jq -c '.[]'`
error: rollouts.jsonl has no row that can be used: nothing was scored
",
    );
}

#[test]
fn rollouts_that_are_empty_missing_or_a_folder() {
    refuses(&good().with("rollouts.jsonl", ""), SCORE, "error: rollouts.jsonl is empty: nothing was scored");
    refuses(&good().with("rollouts.jsonl", "\n"), SCORE, "error: rollouts.jsonl is empty: nothing was scored");
    refuses(
        &good().with("rollouts.jsonl", "nonsense"),
        SCORE,
        r"
rollouts.jsonl, line 1: not JSON: expected ident (column 2): each line is one JSON object (a CSV file becomes that by `to_json(…, orient='records', lines=True)` of pandas)
error: rollouts.jsonl has no row that can be used: nothing was scored
",
    );
    refuses(
        &good(),
        &SCORE.replace("rollouts.jsonl", "nowhere.jsonl"),
        "error: nowhere.jsonl: No such file or directory (os error 2)",
    );
    let folder = good();
    std::fs::create_dir(folder.path("empty")).unwrap();
    refuses(
        &folder,
        &SCORE.replace("rollouts.jsonl", "empty"),
        "error: the folder empty has no file of rollouts (.jsonl, .ndjson, .jsonl.gz, .jsonl.zst, .parquet, .arrow, .feather)",
    );
}

#[test]
fn rollouts_that_are_not_what_their_name_says() {
    let refuses_file = |file: &str, content: &str, stderr: &str| {
        refuses(&good().with(file, content), &SCORE.replace("rollouts.jsonl", file), stderr);
    };
    refuses_file(
        "r.jsonl.zst",
        ROLLOUTS,
        "error: r.jsonl.zst: the compressed file is damaged or cut short: Unknown frame descriptor. If it is plain text, take `.gz` or `.zst` off its name",
    );
    refuses_file(
        "r.jsonl.gz",
        ROLLOUTS,
        "error: r.jsonl.gz: the compressed file is damaged or cut short: invalid gzip header. If it is plain text, take `.gz` or `.zst` off its name",
    );
    refuses_file("r.parquet", "", "error: r.parquet: EOF: Parquet file too small. Size is 0 but need 8");
}

#[test]
fn a_compressed_file_that_is_cut() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    // Enough to be several blocks of output, so that whole lines come before the end.
    (0..2000).for_each(|_| encoder.write_all(ROLLOUTS.as_bytes()).expect("written"));
    let gz = encoder.finish().expect("written");
    let folder = good().with("cut.jsonl.gz", &gz[..gz.len() - 5]);
    refuses(
        &folder,
        "score spec.yaml --prompts prompts.jsonl --rollouts cut.jsonl.gz --out out.jsonl",
        "error: cut.jsonl.gz: the compressed file is damaged or cut short: unexpected end of file",
    );
    assert!(!folder.path("out.jsonl").exists(), "half an output is no output");
}

#[test]
fn a_parquet_file_that_is_none() {
    refuses(
        &good().with("r.parquet", ROLLOUTS),
        &SCORE.replace("rollouts.jsonl", "r.parquet"),
        "error: r.parquet: Parquet error: Invalid Parquet file. Corrupt footer",
    );
}
