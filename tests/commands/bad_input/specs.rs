//! Specs that cannot be used.

use super::{PLAIN, good, refuses};
use crate::common::Folder;

/// `fullmarks check` must refuse this spec with this text.
#[track_caller]
fn refuses_spec(spec: impl AsRef<[u8]>, stderr: &str) {
    refuses(&Folder::new().with("spec.yaml", spec), "check spec.yaml", stderr);
}

#[test]
fn a_tab() {
    refuses_spec(
        PLAIN.replace("  - {check", "\t- {check"),
        r"
error: a tab stands before the text of this line
 --> spec.yaml:4:1
  |
4 |     - {check: contains.all, with: {texts: [owl]}}
  | ^^^^
  |
  = help: YAML indents by spaces: write spaces in its place
",
    );
}

#[test]
fn a_misspelt_key() {
    refuses_spec(
        PLAIN.replace("scheme", "schema"),
        r"
error: unknown key `schema`
 --> spec.yaml:5:10
  |
5 | reward: {schema: binary}
  |          ^^^^^^
  |
  = help: did you mean `scheme`?
",
    );
    refuses_spec(
        PLAIN.replace("with:", "wiht:"),
        r"
error: unknown key `wiht`
 --> spec.yaml:4:27
  |
4 |   - {check: contains.all, wiht: {texts: [owl]}}
  |                           ^^^^
  |
  = help: did you mean `with`?
",
    );
    refuses_spec(
        PLAIN.replace("reward:", "rewards:"),
        r"
error: unknown key `rewards`
 --> spec.yaml:5:1
  |
5 | rewards: {scheme: binary}
  | ^^^^^^^
  |
  = help: did you mean `reward`?
",
    );
}

#[test]
fn a_key_that_is_missing_or_there_twice() {
    refuses_spec(
        PLAIN.replace("name: plain\n", ""),
        r"
error: the key `name` is missing
 --> spec.yaml:1:1
  |
1 | fullmarks: 1
  | ^^^^^^^^^
  |
  = help: add `name: …` beside this key
",
    );
    refuses_spec(
        format!("{PLAIN}name: again\n"),
        r"
error: `name` is given twice
 --> spec.yaml:6:1
  |
6 | name: again
  | ^^^^
  |
  = help: keep one of the two
",
    );
}

#[test]
fn an_unknown_checker() {
    refuses_spec(
        PLAIN.replace("contains.all", "contains.al"),
        r"
error: there is no checker `contains.al`
 --> spec.yaml:4:13
  |
4 |   - {check: contains.al, with: {texts: [owl]}}
  |             ^^^^^^^^^^^
  |
  = help: did you mean `contains.all`?
",
    );
    refuses_spec(
        PLAIN.replace("contains.all", "sorcery"),
        r"
error: there is no checker `sorcery`
 --> spec.yaml:4:13
  |
4 |   - {check: sorcery, with: {texts: [owl]}}
  |             ^^^^^^^
  |
  = help: `fullmarks checkers list` names them
",
    );
}

#[test]
fn wrong_parameters() {
    refuses_spec(
        PLAIN.replace("[owl]", "3"),
        r"
error: `texts` must be a list of texts, at least one, not the number 3
 --> spec.yaml:4:41
  |
4 |   - {check: contains.all, with: {texts: 3}}
  |                                         ^
  |
  = help: texts: the texts to look for; none may be empty or invisible
",
    );
    refuses_spec(
        PLAIN.replace("[owl]", "[]"),
        r"
error: `texts` must be a list of texts, at least one, not an empty list
 --> spec.yaml:4:41
  |
4 |   - {check: contains.all, with: {texts: []}}
  |                                         ^
  |
  = help: texts: the texts to look for; none may be empty or invisible
",
    );
    refuses_spec(
        PLAIN.replace("texts:", "text:"),
        r"
error: `contains.all` has no parameter `text`
 --> spec.yaml:4:34
  |
4 |   - {check: contains.all, with: {text: [owl]}}
  |                                  ^^^^
  |
  = help: did you mean `texts`?
",
    );
    refuses_spec(
        PLAIN.replace(", with: {texts: [owl]}", ""),
        r"
error: `contains.all` needs `texts`: the texts to look for; none may be empty or invisible
 --> spec.yaml:4:13
  |
4 |   - {check: contains.all}
  |             ^^^^^^^^^^^^
  |
  = help: it is a list of texts, at least one
",
    );
    let regex = PLAIN.replace("contains.all, with: {texts: [owl]}", "regex.matches, with: {pattern: '(owl'}");
    refuses_spec(
        regex,
        r"
error: `regex.matches` refuses its parameters: `pattern` ((owl) cannot be used: unclosed group
 --> spec.yaml:4:44
  |
4 |   - {check: regex.matches, with: {pattern: '(owl'}}
  |                                            ^^^^^^
",
    );
}

#[test]
fn an_unknown_scheme_or_value() {
    refuses_spec(
        PLAIN.replace("binary", "binray"),
        r"
error: there is no reward scheme `binray`
 --> spec.yaml:5:18
  |
5 | reward: {scheme: binray}
  |                  ^^^^^^
  |
  = help: did you mean `binary`?
",
    );
    refuses_spec(
        PLAIN.replace("}}", "}, on: anwser}"),
        r"
error: unknown value `anwser`
 --> spec.yaml:4:53
  |
4 |   - {check: contains.all, with: {texts: [owl]}, on: anwser}
  |                                                     ^^^^^^
  |
  = help: did you mean `answer`?
",
    );
}

#[test]
fn ids_that_are_there_twice() {
    let twice = PLAIN.replace("reward:", "  - {check: contains.all, with: {texts: [fox]}}\nreward:");
    refuses_spec(
        twice,
        r"
error: the id `contains.all` is already taken by constraint 1
 --> spec.yaml:5:13
  |
5 |   - {check: contains.all, with: {texts: [fox]}}
  |             ^^^^^^^^^^^^
  |
  = help: give this one another `id`
",
    );
}

#[test]
fn impossible_limits_and_weights() {
    let refuses_key = |key: &str, stderr: &str| refuses_spec(PLAIN.replace("}}", &format!("}}, {key}}}")), stderr);
    refuses_key(
        "limits: {memory: 2TiB}",
        r"
error: `2TiB` is outside what a check can have: 64KiB to 1GiB
 --> spec.yaml:4:66
  |
4 |   - {check: contains.all, with: {texts: [owl]}, limits: {memory: 2TiB}}
  |                                                                  ^^^^
",
    );
    refuses_key(
        "limits: {memory: 1kB}",
        r"
error: `1kB` is outside what a check can have: 64KiB to 1GiB
 --> spec.yaml:4:66
  |
4 |   - {check: contains.all, with: {texts: [owl]}, limits: {memory: 1kB}}
  |                                                                  ^^^
",
    );
    refuses_key(
        "limits: {memory: plenty}",
        r"
error: `plenty` is not an amount of memory; write for example `256MiB`
 --> spec.yaml:4:66
  |
4 |   - {check: contains.all, with: {texts: [owl]}, limits: {memory: plenty}}
  |                                                                  ^^^^^^
",
    );
    refuses_key(
        "limits: {time: 0s}",
        r"
error: `0s` is outside what a check can have: above 0, up to 10min
 --> spec.yaml:4:64
  |
4 |   - {check: contains.all, with: {texts: [owl]}, limits: {time: 0s}}
  |                                                                ^^
",
    );
    refuses_key(
        "limits: {time: 2h}",
        r"
error: `2h` is outside what a check can have: above 0, up to 10min
 --> spec.yaml:4:64
  |
4 |   - {check: contains.all, with: {texts: [owl]}, limits: {time: 2h}}
  |                                                                ^^
",
    );
    refuses_key(
        "limits: {time: 2}",
        r"
error: `2` is not a time; write for example `2s` or `500ms`
 --> spec.yaml:4:64
  |
4 |   - {check: contains.all, with: {texts: [owl]}, limits: {time: 2}}
  |                                                                ^
",
    );
    refuses_key(
        "weight: 0",
        r"
error: a weight is above 0, not 0
 --> spec.yaml:4:57
  |
4 |   - {check: contains.all, with: {texts: [owl]}, weight: 0}
  |                                                         ^
  |
  = help: to judge without credit, leave the constraint out
",
    );
    refuses_key(
        "weight: .nan",
        r"
error: a weight is above 0, not NaN
 --> spec.yaml:4:57
  |
4 |   - {check: contains.all, with: {texts: [owl]}, weight: .nan}
  |                                                         ^^^^
  |
  = help: to judge without credit, leave the constraint out
",
    );
}

#[test]
fn limits_too_small_for_the_checker_itself() {
    refuses_spec(
        PLAIN.replace("}}", "}, limits: {time: 1ns}}"),
        r"
error: `contains.all` cannot take its parameters: it used up its time limit (counted in fuel); if it needs longer, raise `limits: {time: …}`
 --> spec.yaml:4:13
  |
4 |   - {check: contains.all, with: {texts: [owl]}, limits: {time: 1ns}}
  |             ^^^^^^^^^^^^
",
    );
    refuses_spec(
        PLAIN.replace("}}", "}, limits: {memory: 64KiB}}"),
        r"
error: `contains.all` cannot take its parameters: it needs more memory than its limit; if it needs more, raise `limits: {memory: …}`
 --> spec.yaml:4:13
  |
4 |   - {check: contains.all, with: {texts: [owl]}, limits: {memory: 64KiB}}
  |             ^^^^^^^^^^^^
",
    );
}

#[test]
fn no_constraints_at_all() {
    refuses_spec(
        "fullmarks: 1\nname: none\nconstraints: []\nreward: {scheme: binary}\n",
        r"
error: a spec without constraints would accept everything
 --> spec.yaml:3:14
  |
3 | constraints: []
  |              ^
  |
  = help: add at least one constraint
",
    );
}

#[test]
fn a_spec_that_is_no_spec() {
    refuses_spec(
        "",
        r"
error: the spec is empty
 --> spec.yaml:1:1
  |
1 |
  | ^
",
    );
    refuses_spec(
        "- a\n- list\n",
        r"
error: `key: value` pairs are needed here, not a list
 --> spec.yaml:1:1
  |
1 | - a
  | ^
",
    );
    refuses_spec(
        "name: [never closed\n",
        r"
error: this `[` is not closed
 --> spec.yaml:1:7
  |
1 | name: [never closed
  |       ^
  |
  = help: write `]` behind the last value
",
    );
    refuses_spec(
        b"fullmarks: 1\nname: caf\xe9\n",
        r"
error: the file is not UTF-8 from here on
 --> spec.yaml:2:10
  |
2 | name: caf
  |          ^
",
    );
    refuses_spec(
        PLAIN.replace("fullmarks: 1", "fullmarks: 2"),
        r"
error: format 2 is not known
 --> spec.yaml:1:12
  |
1 | fullmarks: 2
  |            ^
  |
  = help: this program reads format 1
",
    );
}

#[test]
fn a_spec_that_is_not_there_or_is_a_folder() {
    let folder = good();
    refuses(&folder, "check nowhere.yaml", "error: nowhere.yaml: No such file or directory (os error 2)");
    refuses(&folder, "check .", "error: .: it is a folder: name a file in it");
    refuses(
        &folder,
        "score nowhere.yaml --rollouts rollouts.jsonl",
        "error: nowhere.yaml: No such file or directory (os error 2)",
    );
}

#[test]
fn several_bad_specs_are_all_named() {
    let folder = good().with("one.yaml", PLAIN.replace("scheme", "schema")).with("two.yaml", "");
    refuses(
        &folder,
        "check one.yaml two.yaml",
        r"
error: unknown key `schema`
 --> one.yaml:5:10
  |
5 | reward: {schema: binary}
  |          ^^^^^^
  |
  = help: did you mean `scheme`?

error: the spec is empty
 --> two.yaml:1:1
  |
1 |
  | ^
",
    );
}

#[test]
fn a_key_without_a_value() {
    refuses_spec(
        "fullmarks: 1\nname: p\ncheckers:\n  - {module: a.wasm, sha256: }\nconstraints: []\nreward: {scheme: binary}\n",
        r"
error: a value is missing here
 --> spec.yaml:4:28
  |
4 |   - {module: a.wasm, sha256: }
  |                            ^
  |
  = help: text is needed here

error: a spec without constraints would accept everything
 --> spec.yaml:5:14
  |
5 | constraints: []
  |              ^
  |
  = help: add at least one constraint
",
    );
}
