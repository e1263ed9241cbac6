//! What a server and a reader may be made to hold: clients that do not read, pipelines, pipes as files, small files of large values.

use crate::{
    common::{Folder, PASS, TERSE, birds, checker, module_folder, module_spec, sha256, wasm},
    http::{self, Server, post},
};
use parquet::{
    basic::Compression,
    data_type::{ByteArray, ByteArrayType, Int64Type},
    file::{properties::WriterProperties, writer::SerializedFileWriter},
    schema::parser::parse_message_type,
};
use serde_json::json;
use std::{
    fs::{self, File},
    io::{Read, Write},
    net::TcpStream,
    process::{Command, Stdio},
    sync::Arc,
    thread,
    time::Duration,
};

/// Most memory beyond the program's own that any of these may take, in KiB.
const MOST: u64 = 256 << 10;

/// Runs the program to its end: its status, what it said, and the most memory it had, in KiB.
fn measured(folder: &Folder, words: &str) -> (Option<i32>, String, u64) {
    let mut command = folder.command(words);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the program starts");
    let mut said = child.stderr.take().expect("piped");
    let said = thread::spawn(move || {
        let mut text = String::new();
        said.read_to_string(&mut text).map(|_| text).expect("UTF-8")
    });
    let mut peak = 0;
    let status = loop {
        peak = peak.max(resident(child.id()));
        if let Some(status) = child.try_wait().expect("a state") {
            break status;
        }
        thread::sleep(Duration::from_millis(1));
    };
    (status.code(), said.join().expect("no panic"), peak)
}

/// The most memory that a process has had, in KiB; 0 when it is gone.
fn resident(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let mark = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    mark.and_then(|mark| mark.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}

/// Writes until nothing more is taken; how much was.
fn fill(stream: &mut TcpStream, bytes: &[u8], most: usize) -> usize {
    stream.set_write_timeout(Some(Duration::from_secs(2))).expect("a time");
    let mut sent = 0;
    while sent < most {
        match stream.write(bytes) {
            Ok(0) | Err(_) => break,
            Ok(more) => sent += more,
        }
    }
    sent
}

/// Requests are sent ahead of their answers, which nobody takes: the server reads no more of them, keeps little, and can be stopped. `--write-timeout`
/// and `--grace` are far off, so that neither is what ends it.
#[test]
fn a_client_that_never_reads_costs_little_and_holds_up_no_stop() {
    const OFFERED: usize = 512 << 20;
    let folder = Folder::new().with("terse.yaml", TERSE);
    let mut server = Server::start(&folder, "terse.yaml --write-timeout 1h --grace 1h");
    let before = resident(server.id());
    let mut idle = TcpStream::connect(&server.address).expect("it listens");
    let request = "GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n".repeat(1000);
    let sent = fill(&mut idle, request.as_bytes(), OFFERED);
    assert!(sent < OFFERED, "all of {sent} bytes were read, and no answer taken");
    let after = resident(server.id());
    assert!(after - before < MOST / 4, "{before} KiB, then {after}");
    // Others are served meanwhile, and until the end.
    let mut other = TcpStream::connect(&server.address).expect("it listens");
    other.write_all(post("/v1/score", &json!({"completions": ["a b"]}).to_string()).as_bytes()).expect("sent");
    server.terminate();
    assert_eq!(http::read(&mut other).status, 200);
    assert_eq!(server.wait(), Some(0));
}

/// Long requests that are under way when the signal comes, beside a client that does not read.
#[test]
fn a_stop_waits_for_what_is_judged_and_for_nobody_else() {
    let body = "(local $n i64) (loop $more (local.set $n (i64.add (local.get $n) (i64.const 1)))
        (br_if $more (i64.lt_u (local.get $n) (i64.const 400000000))))";
    let module = wasm(&checker("acme.slow", &format!("{body} {PASS}")));
    let spec = module_spec("acme.slow", &sha256(&module))
        .replace("{check: acme.slow}", "{check: acme.slow, limits: {time: 100s}}");
    let folder = Folder::new().with("spec.yaml", spec).with("checker.wasm", module);
    let mut server = Server::start(&folder, "spec.yaml --write-timeout 1h --grace 1h");
    let mut idle = TcpStream::connect(&server.address).expect("it listens");
    fill(&mut idle, "GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n".repeat(1000).as_bytes(), 64 << 20);
    let request = post("/v1/score", &json!({"completions": ["a", "b", "c", "d"]}).to_string());
    let mut asked: Vec<TcpStream> = (0..4).map(|_| TcpStream::connect(&server.address).expect("it listens")).collect();
    asked.iter_mut().for_each(|stream| stream.write_all(request.as_bytes()).expect("sent"));
    server.terminate();
    for stream in &mut asked {
        assert_eq!(http::read(stream).status, 200);
    }
    assert_eq!(server.wait(), Some(0));
}

fn pipe(folder: &Folder, name: &str) {
    let made = Command::new("mkfifo").arg(folder.path(name)).status().expect("mkfifo");
    assert!(made.success());
}

const NO_PIPE: &str = "it is a pipe or a device, and an ordinary file is needed: write what it holds into one";

/// Nobody writes to these pipes: to open one would wait for ever.
#[test]
fn a_spec_and_what_it_names_are_ordinary_files() {
    let folder = module_folder("acme.test", &checker("acme.test", PASS));
    pipe(&folder, "pipe");
    for words in ["check pipe", "score pipe --rollouts r.jsonl", "serve pipe --listen 127.0.0.1:0"] {
        let run = folder.run(words);
        assert_eq!(run.code, Some(2), "{words}: {run:?}");
        assert!(run.stderr.contains(NO_PIPE), "{words}: {run:?}");
    }
    let spec = String::from_utf8(folder.read("spec.yaml")).expect("UTF-8");
    folder.write("module.yaml", spec.replace("module: checker.wasm", "module: pipe"));
    folder.write("device.yaml", spec.replace("module: checker.wasm", "module: /dev/zero"));
    folder.write("prompts.yaml", TERSE.replace("constraints:", "prompts: {file: pipe}\nconstraints:"));
    folder.write("r.jsonl", "{\"id\": \"p\", \"completion\": \"a\"}\n");
    for spec in ["module.yaml", "device.yaml", "prompts.yaml"] {
        let run = folder.run(&format!("score {spec} --rollouts r.jsonl"));
        assert_eq!(run.code, Some(2), "{spec}: {run:?}");
        assert!(run.stderr.contains(NO_PIPE), "{spec}: {run:?}");
    }
}

/// A pipe with rollouts is read once and whole, also where a run that can be continued notes what it has read.
#[test]
fn rollouts_come_from_a_pipe_whole() {
    let folder = birds(40_000);
    let score =
        |from: &str| format!("score spec.yaml --prompts prompts.jsonl --rollouts {from} --quiet --out out.jsonl");
    folder.run(&score("rollouts.jsonl")).fine();
    let whole = folder.read("out.jsonl");
    let rollouts = folder.read("rollouts.jsonl");
    assert!(rollouts.len() > 2 << 20, "{} bytes are read at once", rollouts.len());
    pipe(&folder, "pipe");
    let path = folder.path("pipe");
    let writer = thread::spawn(move || fs::write(path, rollouts).expect("a reader"));
    folder.run(&score("pipe")).fine();
    writer.join().expect("no panic");
    assert!(folder.read("out.jsonl") == whole);
    let again = folder.run(&format!("{} --resume", score("pipe")));
    assert_eq!(
        (again.code, again.stderr.as_str()),
        (Some(2), "error: pipe cannot be read again: --resume needs the rollouts as a file\n")
    );
}

/// Writes a Parquet file of one row: an id, a completion, and a third column with `values` items.
fn one_row(
    folder: &Folder,
    name: &str,
    third: &str,
    values: impl FnOnce(&mut parquet::file::writer::SerializedColumnWriter<'_>),
) {
    let schema = format!("message m {{ required binary id (UTF8); required binary completion (UTF8); {third} }}");
    let schema = Arc::new(parse_message_type(&schema).expect("a schema"));
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let mut file =
        SerializedFileWriter::new(File::create(folder.path(name)).expect("a file"), schema, Arc::new(properties))
            .expect("a writer");
    let mut rows = file.next_row_group().expect("a group");
    for text in ["p", "a b"] {
        let mut column = rows.next_column().expect("a column").expect("a column");
        column.typed::<ByteArrayType>().write_batch(&[ByteArray::from(text)], None, None).expect("written");
        column.close().expect("closed");
    }
    let mut column = rows.next_column().expect("a column").expect("a column");
    values(&mut column);
    column.close().expect("closed");
    rows.close().expect("closed");
    file.close().expect("closed");
}

/// Ten million numbers in one list take some kilobytes in a Parquet file, and gigabytes as values.
#[test]
fn a_row_of_parquet_is_measured_before_it_is_made() {
    const MANY: usize = 10_000_000;
    let folder = Folder::new().with("spec.yaml", TERSE);
    let numbers = |column: &mut parquet::file::writer::SerializedColumnWriter<'_>| {
        let mut levels = vec![1; MANY];
        levels[0] = 0;
        column.typed::<Int64Type>().write_batch(&vec![7; MANY], Some(&vec![1; MANY]), Some(&levels)).expect("written");
    };
    one_row(&folder, "unused.parquet", "repeated int64 notes;", numbers);
    let (code, said, peak) = measured(&folder, "score spec.yaml --quiet --rollouts unused.parquet");
    assert_eq!((code, said.as_str()), (Some(0), ""), "a column that nobody uses");
    assert!(peak > 0 && peak < MOST, "{peak} KiB");
    one_row(&folder, "used.parquet", "repeated int64 tokens;", numbers);
    let (code, said, peak) = measured(&folder, "score spec.yaml --quiet --rollouts used.parquet");
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("a row among the next 1 may take ") && said.contains(" of --max-row"), "{said}");
    assert!(peak > 0 && peak < MOST, "{peak} KiB");
}

/// A line that takes a gigabyte as values, and a line without an end, in kilobytes of zstd.
#[test]
fn a_line_is_bounded_when_it_is_unpacked() {
    let folder = Folder::new().with("spec.yaml", TERSE);
    let unused = r#"{"":0},"#.repeat((16 << 20) / 7);
    let line = |column: &str| format!("{{\"id\":\"p\",\"completion\":\"a b\",\"{column}\":[{unused}0]}}\n");
    let packed = |text: &[u8]| zstd::encode_all(text, 3).expect("packed");
    let score = |name: &str| format!("score spec.yaml --quiet --rollouts {name}");
    let bomb = packed(line("notes").as_bytes());
    assert!(bomb.len() < 8192, "{} bytes", bomb.len());
    folder.write("unused.jsonl.zst", bomb);
    let (code, said, peak) = measured(&folder, &score("unused.jsonl.zst"));
    assert_eq!((code, said.as_str()), (Some(0), ""));
    assert!(peak > 0 && peak < MOST, "{peak} KiB");
    folder.write("used.jsonl.zst", packed(line("completions").as_bytes()));
    let (code, said, peak) = measured(&folder, &score("used.jsonl.zst"));
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains(": allow it by --max-row"), "{said}");
    assert!(peak > 0 && peak < MOST, "{peak} KiB");
    folder.write("endless.jsonl.zst", packed(&vec![b' '; 300 << 20]));
    let (code, said, peak) = measured(&folder, &score("endless.jsonl.zst"));
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("line 1 is longer than 128.0 MiB: allow longer ones by --max-row"), "{said}");
    assert!(peak > 0 && peak < 2 * MOST, "{peak} KiB");
}
