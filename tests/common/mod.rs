//! Running the real program in a folder of its own, and small checker modules for it to run.
#![allow(dead_code, reason = "every test binary uses a part of it")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::Once,
};
use tempfile::TempDir;

/// A folder that is removed in the end.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file and hands the folder on.
    pub(crate) fn with(self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        self.write(name, bytes);
        self
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.path(name), bytes).expect("written");
    }

    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// The program, run in this folder with these words.
    pub(crate) fn command(&self, words: &str) -> Command {
        // The built-in checkers are compiled once, and not by every test at the same time.
        static COMPILED: Once = Once::new();
        COMPILED.call_once(|| drop(program().args(["checkers", "list"]).output().expect("the program starts")));
        let mut command = program();
        command.args(words.split_whitespace()).current_dir(self.0.path()).stdin(Stdio::null());
        command
    }

    /// Runs the program to its end.
    pub(crate) fn run(&self, words: &str) -> Finished {
        Finished::from(self.command(words).output().expect("the program starts"))
    }

    /// Starts the program and comes back.
    pub(crate) fn start(&self, words: &str) -> Child {
        let quiet = || Stdio::null();
        self.command(words).stdout(quiet()).stderr(quiet()).spawn().expect("the program starts")
    }
}

/// The program, with a cache of compiled checkers that the tests share, apart from the user's own.
fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fullmarks"));
    command.env("FULLMARKS_CACHE", Path::new(env!("CARGO_TARGET_TMPDIR")).join("fullmarks-cache"));
    if let Ok(guest) = fullmarks_sandbox::python::find() {
        command.env("FULLMARKS_PYTHON_GUEST", guest);
    }
    command
}

/// How a run ended.
#[derive(Debug)]
pub(crate) struct Finished {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl From<Output> for Finished {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("the program writes UTF-8");
        Self { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }
}

impl Finished {
    /// The lines of standard output as JSON.
    pub(crate) fn lines(&self) -> Vec<serde_json::Value> {
        let read = |line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}"));
        self.stdout.lines().map(read).collect()
    }

    /// The run went well.
    #[track_caller]
    pub(crate) fn fine(self) -> Self {
        assert_eq!(self.code, Some(0), "{self:#?}");
        self
    }
}

/// A checker module in WebAssembly text that describes itself as the one checker `id`, without parameters. `check` is
/// its body: the request lies at `$address`, `$length` bytes long, and [`PASS`] and [`FAIL`] are ready to be answered.
pub(crate) fn checker(id: &str, check: &str) -> String {
    let example = r#"{"params":{},"passes":["a"],"fails":["b"],"prompt":""}"#;
    let doc = format!(
        r#"{{"id":"{id}","summary":"For a test.","details":"","params":[],"example":{example},"source":"a test"}}"#
    );
    described(&format!(r#"{{"abi":1,"checkers":[{doc}]}}"#), check)
}

/// A checker module with any text for its description.
pub(crate) fn described(description: &str, check: &str) -> String {
    let length = description.len();
    let data = description.replace('\\', "\\\\").replace('"', "\\\"");
    format!(
        r#"(module
            (memory (export "memory") 4)
            (data (i32.const 0) "\01\00\00\00\00\00\00\f0\3f\00\00\00\00")
            (data (i32.const 32) "\00\00\00\00\00\00\00\00\00\02\00\00\00no")
            (data (i32.const 64) "{data}")
            (func (export "alloc") (param i32) (result i32) (i32.const 65536))
            (func (export "describe") (result i64)
                (i64.or (i64.shl (i64.const 64) (i64.const 32)) (i64.const {length})))
            (func (export "check") (param $address i32) (param $length i32) (result i64) {check}))"#
    )
}

/// Answers that the constraint is met.
pub(crate) const PASS: &str = "(i64.const 13)";

/// Answers that it is not, because `no`.
pub(crate) const FAIL: &str = "(i64.const 0x200000000f)";

pub(crate) fn wasm(text: &str) -> Vec<u8> {
    wat::parse_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

pub(crate) fn sha256(bytes: &[u8]) -> String {
    fullmarks::digest::sha256(bytes)
}

/// A spec that judges by the checker `id` of a module.
pub(crate) fn module_spec(id: &str, sha256: &str) -> String {
    format!(
        "fullmarks: 1
name: third-party
checkers:
  - {{module: checker.wasm, sha256: {sha256}}}
constraints:
  - {{check: {id}}}
reward: {{scheme: binary}}
"
    )
}

/// A folder with a module and the spec that names it.
pub(crate) fn module_folder(id: &str, text: &str) -> Folder {
    let wasm = wasm(text);
    Folder::new().with("spec.yaml", module_spec(id, &sha256(&wasm))).with("checker.wasm", wasm)
}

/// The shortest spec that pays.
pub(crate) const TERSE: &str = "fullmarks: 1
name: terse
constraints:
  - {id: short, check: length.max_words, with: {words: 5}}
reward: {scheme: binary}
";

/// A task that takes its words from the prompts, by several checkers and with partial credit.
pub(crate) const BIRDS_SPEC: &str = "fullmarks: 1
name: birds
constraints:
  - {check: contains.all, with: {texts: {column: words}}, weight: 3}
  - {check: length.max_words, with: {words: 9}}
  - {check: regex.absent, with: {pattern: '\\d'}, required: true}
reward: {scheme: partial}
";

/// Prompts of that task; ids of several bytes a character.
pub(crate) fn birds_prompts() -> String {
    let birds = ["Eule", "Käuzchen", "Möwe", "鶴", "Fink"];
    let row =
        |bird| serde_json::json!({"id": format!("{bird}?"), "prompt": "Welcher Vogel?", "words": [bird, "Vogel"]});
    birds.map(|bird| format!("{}\n", row(bird))).concat()
}

/// Rollouts of that task: rows of one completion and rows of several, different on every line and the same every time.
pub(crate) fn birds_rollouts(rows: usize) -> String {
    let birds = ["Eule", "Käuzchen", "Möwe", "鶴", "Fink"];
    let completion = |n: usize| match n % 6 {
        0 => format!("Ein Vogel namens {}.", birds[n % 5]),
        1 => format!("Nummer {n} ist eine {}.", birds[n % 5]),
        2 => format!("{} {}", "sehr ".repeat(n % 17), birds[(n + 1) % 5]),
        3 => format!("<think>{n}</think>Vogel: {}", birds[n / 7 % 5]),
        4 => "<think>nie zu Ende".into(),
        _ => String::new(),
    };
    let row = |row: usize| {
        let id = format!("{}?", birds[row % 5]);
        let row = match row % 3 {
            0 => serde_json::json!({"id": id, "completion": completion(row)}),
            _ => {
                let several: Vec<_> = (0..1 + row % 4).map(|n| completion(row * 5 + n)).collect();
                serde_json::json!({"id": id, "completions": several})
            }
        };
        format!("{row}\n")
    };
    (0..rows).map(row).collect()
}

/// A folder with that task and so many rows of rollouts.
pub(crate) fn birds(rows: usize) -> Folder {
    Folder::new()
        .with("spec.yaml", BIRDS_SPEC)
        .with("prompts.jsonl", birds_prompts())
        .with("rollouts.jsonl", birds_rollouts(rows))
}
