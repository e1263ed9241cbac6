//! The commands that pages show without what they print: each is run where its files are, and must end well.

use super::{
    pages::{Block, in_language},
    stage::stage,
};
use crate::{common::Folder, http::Server};
use serde_json::Value;
use std::fs;

/// Those that other steps run, word for word, and which.
const ELSEWHERE: &[(&str, &str)] = &[
    ("cargo xtask demo", "CI"),
    ("cargo xtask test", "CI"),
    ("pip install .", "cargo xtask test --trainers"),
    ("fullmarks checkers new my-checker && cd my-checker", "cargo xtask test --own-checker"),
    ("cargo test && cargo build --release --target wasm32-unknown-unknown", "cargo xtask test --own-checker"),
    ("sha256sum target/wasm32-unknown-unknown/release/checker.wasm", "cargo xtask test --own-checker"),
];

/// The commands of a block: comments taken off, and continued lines put together.
fn commands(block: &Block) -> Vec<String> {
    let text = block.text.replace("\\\n", " ");
    let without_comment = |line: &str| line.split(" #").next().unwrap_or_default().trim().to_owned();
    text.lines().map(without_comment).filter(|line| !line.is_empty()).collect()
}

#[test]
fn they_end_well() {
    let mut ran = 0;
    for block in in_language("sh") {
        let folder = stage();
        let page = block.page.display().to_string();
        for command in commands(&block) {
            if ELSEWHERE.iter().any(|(known, _)| *known == command) || block.page() == "server.md" {
                continue;
            }
            let words = command.strip_prefix("fullmarks ").unwrap_or_else(|| panic!("{page}: who runs `{command}`?"));
            if words.starts_with("init ") {
                fs::remove_file(folder.path("spec.yaml")).unwrap();
            }
            let done = folder.run(words);
            assert_eq!(done.code, Some(0), "{page}: {command}\n{}{}", done.stdout, done.stderr);
            ran += 1;
        }
    }
    assert!(ran > 15, "only {ran} commands were found");
}

/// The page of the server starts one and asks it.
#[test]
fn the_server_answers() {
    let blocks: Vec<_> = in_language("sh").into_iter().filter(|block| block.page() == "server.md").collect();
    let [serve, ask] = &blocks.iter().flat_map(commands).collect::<Vec<_>>()[..] else { panic!("two commands") };
    let words = serve.strip_prefix("fullmarks serve ").unwrap();
    let specs = words.strip_suffix(" --listen 127.0.0.1:8000").expect("one server that listens on this machine");
    let folder: Folder = stage();
    folder.write("spec.yaml", POLITE);
    folder.write("prompts.jsonl", "{\"id\": \"p1\", \"prompt\": \"Say thank you.\"}\n");
    // The request has no task's name, which is for a server with one.
    let server = Server::start(&folder, specs.split(' ').next().unwrap());
    let address = ask.strip_prefix("curl -s localhost:8000").expect("asked with curl");
    let (path, rest) = address.split_once(" -d '").unwrap();
    let (body, header) = rest.split_once("' ").unwrap();
    assert_eq!(header, "-H 'Content-Type: application/json'");
    let answer = server.post_text(path, body);
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(answer.json()["rollouts"][0]["reward"], Value::from(1.0));
    assert_eq!(Server::start(&folder, specs).get("/healthz").status, 200);
}

const POLITE: &str = "fullmarks: 1
name: thanks
prompts: {file: prompts.jsonl}
constraints:
  - {check: contains.any, with: {texts: [Thank you]}}
reward: {scheme: binary}
";
