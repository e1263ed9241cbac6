//! Rollouts in Parquet give the bytes that the same rollouts in JSONL give.

use parquet::{
    data_type::{ByteArray, ByteArrayType},
    file::writer::SerializedFileWriter,
    schema::parser::parse_message_type,
};
use std::{fs, fs::File, path::Path, process::Command, sync::Arc};

const COMPLETIONS: [(&str, &str); 3] =
    [("FM-101", "Retry uploads\n\nRefs FM-101"), ("FM-102", "Sure! Here it is."), ("FM-101", "")];

fn score(rollouts: &Path) -> Vec<u8> {
    let output = Command::new(env!("CARGO_BIN_EXE_fullmarks"))
        .args(["score", "examples/commit-messages/spec.yaml", "--quiet", "--rollouts"])
        .arg(rollouts)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn write_parquet(path: &Path) {
    let schema =
        parse_message_type("message m { required binary id (UTF8); required binary completion (UTF8); }").unwrap();
    let mut file = SerializedFileWriter::new(File::create(path).unwrap(), Arc::new(schema), Arc::default()).unwrap();
    let mut rows = file.next_row_group().unwrap();
    let columns = [COMPLETIONS.map(|(id, _)| id), COMPLETIONS.map(|(_, completion)| completion)];
    for texts in columns {
        let mut column = rows.next_column().unwrap().unwrap();
        column.typed::<ByteArrayType>().write_batch(&texts.map(ByteArray::from), None, None).unwrap();
        column.close().unwrap();
    }
    rows.close().unwrap();
    file.close().unwrap();
}

#[test]
fn parquet_and_jsonl_are_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let [jsonl, parquet] = ["rollouts.jsonl", "rollouts.parquet"].map(|name| folder.path().join(name));
    let lines = COMPLETIONS.map(|(id, completion)| serde_json::json!({"id": id, "completion": completion}).to_string());
    fs::write(&jsonl, lines.join("\n")).unwrap();
    write_parquet(&parquet);
    let scored = score(&parquet);
    assert_eq!(String::from_utf8_lossy(&scored), String::from_utf8_lossy(&score(&jsonl)));
    assert_eq!(scored.iter().filter(|byte| **byte == b'\n').count(), COMPLETIONS.len());
}

/// The reader cannot get beyond a damaged page: the run ends and says so, instead of asking for the next row for ever.
#[test]
fn a_damaged_page_ends_the_run() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rollouts.parquet");
    write_parquet(&path);
    let mut bytes = fs::read(&path).unwrap();
    // The first page begins after the four bytes of the format's name.
    bytes[4..24].fill(0xff);
    fs::write(&path, bytes).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_fullmarks"))
        .args(["score", "examples/commit-messages/spec.yaml", "--quiet", "--rollouts"])
        .arg(&path)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("the Parquet file cannot be read after row 0: "), "{said}");
}
