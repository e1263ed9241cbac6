//! Whatever cannot be worked with is refused with status 2, the reason, and what to do about it; word for word.

mod mistakes;
mod modules;
mod options;
mod prompts;
mod rollouts;
mod simulate;
mod specs;

use crate::common::Folder;

/// A spec that needs no prompts.
const PLAIN: &str = "fullmarks: 1
name: plain
constraints:
  - {check: contains.all, with: {texts: [owl]}}
reward: {scheme: binary}
";

/// A spec that takes a value from each prompt.
const WITH_PROMPTS: &str = "fullmarks: 1
name: with-prompts
prompts: {id: key, prompt: question}
constraints:
  - {check: contains.all, with: {texts: {column: words}}}
reward: {scheme: binary}
";

const PROMPTS: &str = r#"{"key": "first", "question": "Which bird?", "words": ["owl"]}
{"key": "second", "question": "Which beast?", "words": ["fox"]}
"#;

const ROLLOUTS: &str = r#"{"id": "first", "completions": ["An owl.", "A hawk."]}
{"id": "second", "completion": "A fox."}
"#;

/// The words that make the program score with prompts.
const SCORE: &str = "score spec.yaml --prompts prompts.jsonl --rollouts rollouts.jsonl";

/// A folder in which [`SCORE`] goes well.
fn good() -> Folder {
    Folder::new().with("spec.yaml", WITH_PROMPTS).with("prompts.jsonl", PROMPTS).with("rollouts.jsonl", ROLLOUTS)
}

/// Runs the program, which must refuse its input with this text and write nothing. Of a digest it matters only that it
/// is there: it stands as `SHA256`.
#[track_caller]
fn refuses(folder: &Folder, words: &str, stderr: &str) {
    let run = folder.run(words);
    let shown = without_digests(run.stderr.trim_end());
    assert_eq!(shown, stderr.trim(), "stderr of `{words}`");
    assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "status and stdout of `{words}`");
}

fn without_digests(text: &str) -> String {
    let is_digest = |word: &str| word.len() == 64 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let words = text.split_inclusive(|c: char| !c.is_ascii_alphanumeric());
    let replaced = words.map(|word| {
        let bare = word.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        if is_digest(bare) { word.replace(bare, "SHA256") } else { word.to_owned() }
    });
    replaced.collect()
}

#[test]
fn the_good_folder_is_good() {
    let run = good().run(SCORE).fine();
    let rewards: Vec<_> = run.lines().iter().map(|line| line["reward"].as_f64()).collect();
    assert_eq!(rewards, [Some(1.0), Some(0.0), Some(1.0)]);
}
