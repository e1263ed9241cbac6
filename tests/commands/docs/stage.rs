//! The files that the pages' commands read, as their readers would have them.

use crate::common::Folder;
use parquet::{
    data_type::{ByteArray, ByteArrayType},
    file::writer::SerializedFileWriter,
    schema::parser::parse_message_type,
};
use serde_json::{Value, json};
use std::{fs, fs::File, sync::Arc};

/// A task of text whose words come from the prompt.
pub(crate) const SPEC: &str = "fullmarks: 1
name: birds
prompts: {file: prompts.jsonl}
constraints:
  - {id: names_it, check: contains.all, with: {texts: {column: words}}}
  - {id: short, check: length.max_words, with: {words: 9}}
reward: {scheme: partial}
cases:
  allow:
    - {probes: [echo, stuffing, junk, blocks], max_reward: 1, why: the words are all it asks for}
    - {probes: [trivial], max_reward: 0.5, why: a short answer is half of it}
  max_reward: 0.5
  accept: [{completion: An owl., row: &owl {id: owl, prompt: Which?, words: [owl]}}]
  reject: [{completion: A gull., row: *owl}]
";

/// One more, so that a server has two.
const OTHER: &str = "fullmarks: 1
name: polite
constraints:
  - {check: contains.any, with: {texts: [Thank you]}}
reward: {scheme: binary}
";

/// As much of an earlier report as is compared.
const MONDAY: &str = r#"{"fullmarks": "advise", "version": 1, "decision": {"answer": "sample-more"}, "advice": [{"code": "too-few-samples"}]}"#;

const BIRDS: [&str; 6] = ["owl", "gull", "crane", "finch", "robin", "wren"];

fn lines(rows: impl IntoIterator<Item = Value>) -> String {
    rows.into_iter().map(|row| format!("{row}\n")).collect()
}

/// Eight answers to each prompt, of which the first `full` are right, with what people and a reward model think of them.
fn rollouts(full: usize) -> String {
    lines(BIRDS.iter().enumerate().map(|(place, bird)| {
        let right = |index: usize| index < (full + place) % 8;
        let answer = |index| if right(index) { format!("A {bird} {index}.") } else { format!("None {index}.") };
        let column = |value: &dyn Fn(usize) -> f64| (0..8).map(value).collect::<Vec<_>>();
        json!({
            "id": bird,
            "completions": (0..8).map(answer).collect::<Vec<_>>(),
            "human": column(&|index| f64::from(u8::from(right(index)))),
            "reward_model": column(&|index| if right(index) { 0.9 } else { 0.1 * index as f64 }),
            "logprob": column(&|index| -20.0 - index as f64),
        })
    }))
}

/// What a trainer logs: a completion a row, with its rewards and no id but the prompt.
fn log() -> String {
    let row = |n: usize| json!({"prompt": format!("Question {}", n / 8), "accuracy": n % 3 % 2, "format": 1.0});
    lines((0..160).map(row))
}

/// TRL's log of a step.
fn trl() -> String {
    let row = |n: usize| {
        json!({"step": 10, "prompt": format!("Question {}", n / 8), "completion": "An answer.", "accuracy": (n % 3 % 2) as f64,
            "format": 1.0, "advantage": 0.5})
    };
    lines((0..160).map(row))
}

/// verl's dump of a step.
fn verl(step: usize) -> String {
    let row = |n: usize| json!({"input": format!("Question {}", n / 8), "output": "An answer.", "gts": "42", "score": n % 3 % 2, "step": step});
    lines((0..160).map(row))
}

/// What a server answered to each prompt.
fn chat() -> String {
    let choice = |index: usize, bird: &str| {
        let message = json!({"role": "assistant", "content": format!("A {bird}."), "reasoning_content": "A bird."});
        json!({"index": index, "message": message, "finish_reason": "stop"})
    };
    lines(BIRDS.map(|bird| {
        let choices: Vec<Value> = (0..4).map(|index| choice(index, bird)).collect();
        json!({"prompt_id": bird, "id": "chatcmpl-1", "object": "chat.completion", "choices": choices})
    }))
}

/// A folder with everything that any page names.
pub(crate) fn stage() -> Folder {
    let words = |bird: &&str| json!({"id": bird, "prompt": "Which?", "words": [bird]});
    let follows = |id: &str, prompt: &str, params: Value| {
        lines([json!({"key": "owls", "prompt": prompt, "instruction_id_list": [id], "kwargs": [params]})])
    };
    let double = "```python\ndef double(number):\n    return number * 2\n```";
    let humaneval = json!({
        "task_id": "double", "prompt": "def double(number):\n    \"\"\" Twice the number. \"\"\"\n", "entry_point": "double",
        "canonical_solution": "    return number * 2\n", "test": "def check(candidate):\n    assert candidate(2) == 4\n    assert candidate(-3) == -6\n    assert candidate(5) == 10\n"
    });
    let mbpp = json!({
        "task_id": "double", "text": "Twice the number.", "code": "", "test_list": ["assert double(2) == 4"],
        "test_setup_code": "", "challenge_test_list": []
    });
    let judged = |task: usize| json!({"task_id": format!("HumanEval/{task}"), "completion": "", "passed": task < 4});
    let judged_pair = |pair: usize| {
        let scores = json!([{"judgment": {"scores": [pair as f64, 2.0]}, "decision": "A>B"}]);
        json!({"pair_id": pair, "source": "law", "response_A": "a", "response_B": "b", "label": "A>B", "judgments": scores})
    };
    let folder = Folder::new()
        .with("judgebench.jsonl", lines((0..6).map(judged_pair)))
        .with("spec.yaml", SPEC)
        .with("other.yaml", OTHER)
        .with("prompts.jsonl", lines(BIRDS.iter().map(words)))
        .with("rollouts.jsonl", rollouts(2))
        .with("after_binary.jsonl", rollouts(5))
        .with("after_partial.jsonl", rollouts(4))
        .with("log.jsonl", log())
        .with("monday.json", MONDAY)
        .with("trl.jsonl", trl())
        .with("chat.jsonl", chat())
        .with("grpo_config.yaml", "num_generations: 8\nscale_rewards: group\nbeta: 0.0\nlearning_rate: 1.0e-6\n")
        .with("humaneval_samples.jsonl", lines((0..12).map(judged)))
        .with("HumanEval.jsonl", lines([humaneval]))
        .with("mbpp.jsonl", lines([mbpp]))
        .with("completions.jsonl", lines([json!({"id": "double", "completion": double})]))
        .with("ifeval.jsonl", follows("punctuation:no_comma", "Write about owls.", json!({})))
        .with("IFBench_test.jsonl", follows("words:repeats", "Write about owls.", json!({"small_n": 1, "N": null})))
        .with("responses.jsonl", lines([json!({"id": "owls", "completion": "Owls hunt at night."})]));
    fs::create_dir(folder.path("steps")).unwrap();
    folder.write("steps/10.jsonl", verl(10));
    folder.write("steps/20.jsonl", verl(20));
    fs::create_dir(folder.path("task_specs")).unwrap();
    for spec in ["humaneval", "mbpp", "ifeval", "ifbench", "if_rlvr"].map(|name| format!("task_specs/{name}.yaml")) {
        fs::copy(&spec, folder.path(&spec)).unwrap();
    }
    if_rlvr(&folder);
    folder
}

/// IF-RLVR's training set comes as Parquet.
fn if_rlvr(folder: &Folder) {
    let columns = [
        ("key", "owls"),
        ("messages", "Write about owls."),
        ("ground_truth", "[{'instruction_id': ['keywords:word_once'], 'kwargs': [{'keyword': 'night', 'N': None}]}]"),
    ];
    let fields = columns.map(|(name, _)| format!("required binary {name} (UTF8);")).concat();
    let schema = Arc::new(parse_message_type(&format!("message m {{ {fields} }}")).unwrap());
    let file = File::create(folder.path("train.parquet")).unwrap();
    let mut file = SerializedFileWriter::new(file, schema, Arc::default()).unwrap();
    let mut rows = file.next_row_group().unwrap();
    for (_, text) in columns {
        let mut column = rows.next_column().unwrap().unwrap();
        column.typed::<ByteArrayType>().write_batch(&[ByteArray::from(text)], None, None).unwrap();
        column.close().unwrap();
    }
    rows.close().unwrap();
    file.close().unwrap();
}
