//! Prompts that cannot be used: every one is named before anything is judged.

use super::{PROMPTS, SCORE, WITH_PROMPTS, good, refuses};

/// [`SCORE`] must refuse these prompts with this text.
#[track_caller]
fn refuses_prompts(prompts: impl AsRef<[u8]>, stderr: &str) {
    refuses(&good().with("prompts.jsonl", prompts), SCORE, stderr);
}

#[test]
fn prompts_that_are_needed_and_not_given() {
    refuses(
        &good(),
        "score spec.yaml --rollouts rollouts.jsonl",
        "error: this spec takes values from the prompts, and none are given: add `--prompts FILE`, or `prompts: {file: …}` to the spec",
    );
    refuses(
        &good(),
        &SCORE.replace("prompts.jsonl", "nowhere.jsonl"),
        "error: the prompts nowhere.jsonl cannot be read: No such file or directory (os error 2)",
    );
}

#[test]
fn prompts_without_a_column() {
    refuses_prompts(
        PROMPTS.replace("key", "keys"),
        r"
error: no prompt in prompts.jsonl can be used:
  line 1: there is no column `key` (did you mean `keys`?) (the same for 1 more row)
",
    );
    refuses_prompts(
        PROMPTS.replace("question", "text"),
        r"
error: no prompt in prompts.jsonl can be used:
  line 1: there is no column `question` (it has key, text, words) (the same for 1 more row)
",
    );
    refuses_prompts(
        PROMPTS.replace("words", "word"),
        r"
error: no prompt in prompts.jsonl can be used:
  line 1: the prompt's row has no column `words` (did you mean `word`?) (the same for 1 more row)
",
    );
}

#[test]
fn prompts_with_a_value_of_the_wrong_type() {
    refuses_prompts(
        PROMPTS.replace(r#"["fox"]"#, "7"),
        r"
error: 1 of the 2 prompts in prompts.jsonl cannot be used:
  line 2: `texts` must be a list of texts, at least one, not the number 7 (texts: the texts to look for; none may be empty or invisible)
  (to go on without them, allow a larger share: `--max-unscored SHARE`)
",
    );
    refuses_prompts(
        PROMPTS.replace(r#""second""#, "[2]"),
        r"
error: 1 of the 2 prompts in prompts.jsonl cannot be used:
  line 2: `key` must be text or a number, not a list
  (to go on without them, allow a larger share: `--max-unscored SHARE`)
",
    );
}

/// A checker may read the prompt: one that is not understood is not taken for an empty one.
#[test]
fn prompts_that_are_no_text() {
    refuses_prompts(
        PROMPTS.replace(r#""Which beast?""#, r#"[{"role": "human", "content": "Which beast?"}]"#),
        r"
error: 1 of the 2 prompts in prompts.jsonl cannot be used:
  line 2: `question`: message 0: the role `human` is not known; known: system, developer, user, assistant, tool, function
  (to go on without them, allow a larger share: `--max-unscored SHARE`)
",
    );
    refuses_prompts(
        PROMPTS.replace(r#""Which beast?""#, "7"),
        r"
error: 1 of the 2 prompts in prompts.jsonl cannot be used:
  line 2: `question`: a prompt is a string or a list of messages, not a number
  (to go on without them, allow a larger share: `--max-unscored SHARE`)
",
    );
}

#[test]
fn prompts_with_one_id_twice() {
    refuses_prompts(
        PROMPTS.replace("second", "first"),
        r"
error: 1 of the 2 prompts in prompts.jsonl cannot be used:
  line 2: the id `first` was there before
  (to go on without them, allow a larger share: `--max-unscored SHARE`)
",
    );
}

#[test]
fn prompts_that_are_empty_or_unreadable() {
    refuses_prompts("", "error: the prompts prompts.jsonl are empty");
    refuses_prompts("\n  \n", "error: the prompts prompts.jsonl are empty");
    refuses_prompts(
        format!("{PROMPTS}{{\"key\": "),
        r"
error: 1 of the 3 prompts in prompts.jsonl cannot be used:
  line 3: not JSON: EOF while parsing a value (column 8): the row is cut off, as where a file was copied in part or is still being written
  (to go on without them, allow a larger share: `--max-unscored SHARE`)
",
    );
    refuses_prompts(
        b"{\"key\": \"\xff\"}\n",
        r"
error: no prompt in prompts.jsonl can be used:
  line 1: not UTF-8 (byte 10 of the line)
",
    );
}

#[test]
fn many_bad_prompts_are_counted() {
    refuses_prompts(
        "nonsense\n".repeat(13),
        r"
error: no prompt in prompts.jsonl can be used:
  line 1: not JSON: expected ident (column 2): each line is one JSON object (a CSV file becomes that by `to_json(…, orient='records', lines=True)` of pandas) (the same for 12 more rows)
",
    );
}

#[test]
fn prompts_that_bring_unknown_or_impossible_checkers() {
    let spec = WITH_PROMPTS
        .replace("{check: contains.all, with: {texts: {column: words}}}", "{from_prompt: {ids: ids, params: with}}");
    let folder = |prompts: &str| good().with("spec.yaml", &spec).with("prompts.jsonl", prompts);
    let refuses = |row: &str, stderr: &str| {
        refuses(&folder(&format!(r#"{{"key": "first", "question": "?", {row}}}"#)), SCORE, stderr);
    };
    refuses(
        r#""ids": ["punctuation:no_coma"], "with": [{}]"#,
        r"
error: no prompt in prompts.jsonl can be used:
  line 1: there is no checker `punctuation:no_coma` (did you mean `punctuation:no_comma`?)
",
    );
    refuses(
        r#""ids": ["punctuation:no_comma"], "with": []"#,
        r"
error: no prompt in prompts.jsonl can be used:
  line 1: `ids` has 1 entries and `with` has 0; they must match
",
    );
    refuses(
        r#""ids": [], "with": []"#,
        r"
error: no prompt in prompts.jsonl can be used:
  line 1: the prompt brings no constraints: with none, everything would pass
",
    );
    refuses(
        r#""ids": ["length_constraints:number_words"], "with": [{"num_words": "ten", "relation": "at least"}]"#,
        r"
error: no prompt in prompts.jsonl can be used:
  line 1: `num_words` must be a whole number, at least 0, not the text `ten` (num_words: the bound on the number of words)
",
    );
    refuses(
        r#""ids": [7], "with": [{}]"#,
        r"
error: no prompt in prompts.jsonl can be used:
  line 1: `ids[0]` must be a checker's id, not a number
",
    );
}

#[test]
fn prompts_that_bring_their_constraints_in_one_column() {
    let spec = WITH_PROMPTS.replace(
        "{check: contains.all, with: {texts: {column: words}}}",
        "{from_prompt: {ids_and_params: ground_truth}}",
    );
    let refuses = |value: &str, why: &str| {
        let row = serde_json::json!({"key": "first", "question": "?", "ground_truth": value});
        let folder = good().with("spec.yaml", &spec).with("prompts.jsonl", row.to_string());
        let stderr = format!("\nerror: no prompt in prompts.jsonl can be used:\n  line 1: {why}\n");
        refuses(&folder, SCORE, &stderr);
    };
    let wanted = r#"`ground_truth` must be `[{"instruction_id": […], "kwargs": […]}]`, or text of it"#;
    refuses("[{'func_name': 'validate_lowercase'}]", &format!("{wanted}; it has `func_name`"));
    refuses(
        "[{'instruction_id': ['punctuation:no_comma'], 'kwargs': [None",
        &format!("{wanted}: the text ends too early, `,` or `]` wanted"),
    );
    refuses(
        "[{'instruction_id': ['punctuation:no_comma'], 'kwargs': []}]",
        "`ground_truth: instruction_id` has 1 entries and `ground_truth: kwargs` has 0; they must match",
    );
    refuses(
        "[{'instruction_id': ['punctuation:punctuation_dots'], 'kwargs': [None]}]",
        "there is no checker `punctuation:punctuation_dots` (did you mean `punctuation:punctuation_dot`?)",
    );
}
