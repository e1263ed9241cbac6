//! Problems that cannot be simulated.

use super::refuses;
use crate::common::Folder;

const GOOD: &str = "fullmarks: 1
simulate:
  outcomes: [best, mediocre, bad]
  probabilities: [0.05, 0.5, 0.45]
  rewards:
    partial: [1, 0.8, 0]
    binary: [1, 0, 0]
  algorithm: grpo
  learning_rate: 0.1
  steps: 100
";

/// `fullmarks simulate` must refuse the good problem with something else in one place, with this text.
#[track_caller]
fn refuses_problem(good: &str, bad: &str, stderr: &str) {
    assert_eq!(GOOD.matches(good).count(), 1, "{good}");
    refuses(&Folder::new().with("problem.yaml", GOOD.replace(good, bad)), "simulate problem.yaml", stderr);
}

#[test]
fn the_good_problem_is_good() {
    Folder::new().with("problem.yaml", GOOD).run("simulate problem.yaml").fine();
}

#[test]
fn keys_that_are_misspelt_or_missing() {
    refuses_problem(
        "algorithm:",
        "algoritm:",
        r"
error: unknown key `algoritm`
 --> problem.yaml:8:3
  |
8 |   algoritm: grpo
  |   ^^^^^^^^
  |
  = help: did you mean `algorithm`?
",
    );
    refuses_problem(
        "simulate:",
        "simluate:",
        r"
error: unknown key `simluate`
 --> problem.yaml:2:1
  |
2 | simluate:
  | ^^^^^^^^
  |
  = help: did you mean `simulate`?
",
    );
    refuses_problem(
        "  steps: 100\n",
        "",
        r"
error: the key `steps` is missing
 --> problem.yaml:3:3
  |
3 |   outcomes: [best, mediocre, bad]
  |   ^^^^^^^^
  |
  = help: add `steps: …` beside this key
",
    );
    refuses_problem(
        "binary:",
        "partial:",
        r"
error: `partial` is given twice
 --> problem.yaml:7:5
  |
7 |     partial: [1, 0, 0]
  |     ^^^^^^^
  |
  = help: keep one of the two
",
    );
}

#[test]
fn names_that_do_not_exist() {
    refuses_problem(
        "grpo",
        "gropo",
        r"
error: there is no algorithm `gropo`
 --> problem.yaml:8:14
  |
8 |   algorithm: gropo
  |              ^^^^^
  |
  = help: did you mean `grpo`?
",
    );
    refuses_problem(
        "steps: 100",
        "truth: partail\n  steps: 100",
        r"
error: there is no reward `partail` that could be the truth
  --> problem.yaml:10:10
   |
10 |   truth: partail
   |          ^^^^^^^
   |
   = help: did you mean `partial`?
",
    );
    refuses_problem(
        "fullmarks: 1",
        "fullmarks: 2",
        r"
error: format 2 is not known
 --> problem.yaml:1:12
  |
1 | fullmarks: 2
  |            ^
  |
  = help: this program reads format 1
",
    );
}

#[test]
fn lists_of_the_wrong_length() {
    refuses_problem(
        "0.5, 0.45",
        "0.95",
        r"
error: `probabilities` has 2 numbers, but there are 3 outcomes
 --> problem.yaml:4:18
  |
4 |   probabilities: [0.05, 0.95]
  |                  ^
  |
  = help: give one number for each outcome, in their order
",
    );
    refuses_problem(
        "[1, 0, 0]",
        "[1, 0, 0, 0]",
        r"
error: `binary` has 4 numbers, but there are 3 outcomes
 --> problem.yaml:7:13
  |
7 |     binary: [1, 0, 0, 0]
  |             ^
  |
  = help: give one number for each outcome, in their order
",
    );
    refuses_problem(
        "steps: 100",
        "features: [[1, 0], [0, 1]]\n  steps: 100",
        r"
error: `features` has 2 rows, but there are 3 outcomes
  --> problem.yaml:10:13
   |
10 |   features: [[1, 0], [0, 1]]
   |             ^
   |
   = help: give one row for each outcome, in their order
",
    );
    refuses_problem(
        "steps: 100",
        "features: [[1, 0], [0], [1, 1]]\n  steps: 100",
        r"
error: row 2 has 1 features, but the first has 2
  --> problem.yaml:10:22
   |
10 |   features: [[1, 0], [0], [1, 1]]
   |                      ^
   |
   = help: all outcomes have the same features, 0 where they lack one
",
    );
    refuses_problem(
        "    partial: [1, 0.8, 0]\n    binary: [1, 0, 0]\n",
        "    {}\n",
        r"
error: there is no reward to train with
 --> problem.yaml:6:5
  |
6 |     {}
  |     ^
  |
  = help: add for example `binary: [1, 0]`
",
    );
}

#[test]
fn outcomes_that_are_none_or_not_apart() {
    refuses_problem(
        "[best, mediocre, bad]",
        "[best]",
        r"
error: 1 outcome leaves nothing to learn
 --> problem.yaml:3:13
  |
3 |   outcomes: [best]
  |             ^
  |
  = help: name at least two

error: `probabilities` has 3 numbers, but there are 1 outcomes
 --> problem.yaml:4:18
  |
4 |   probabilities: [0.05, 0.5, 0.45]
  |                  ^
  |
  = help: give one number for each outcome, in their order

error: `partial` has 3 numbers, but there are 1 outcomes
 --> problem.yaml:6:14
  |
6 |     partial: [1, 0.8, 0]
  |              ^
  |
  = help: give one number for each outcome, in their order

error: `binary` has 3 numbers, but there are 1 outcomes
 --> problem.yaml:7:13
  |
7 |     binary: [1, 0, 0]
  |             ^
  |
  = help: give one number for each outcome, in their order
",
    );
    refuses_problem(
        "[best, mediocre, bad]",
        "[best, bad, bad]",
        r"
error: `bad` is outcome 2 already
 --> problem.yaml:3:25
  |
3 |   outcomes: [best, bad, bad]
  |                         ^^^
  |
  = help: give this one another name
",
    );
    refuses_problem(
        "[best, mediocre, bad]",
        "[best, \"\", bad]",
        r#"
error: the name of an outcome is empty
 --> problem.yaml:3:20
  |
3 |   outcomes: [best, "", bad]
  |                    ^^
  |
  = help: give it one
"#,
    );
}

#[test]
fn probabilities_that_are_none() {
    refuses_problem(
        "0.45",
        "0.44",
        r"
error: the probabilities sum to 0.99, not to 1
 --> problem.yaml:4:18
  |
4 |   probabilities: [0.05, 0.5, 0.44]
  |                  ^
  |
  = help: the outcomes must be all there are: one may stand for the rest
",
    );
    refuses_problem(
        "0.45",
        ".nan",
        r"
error: a probability is a number from 0 to 1, not NaN
 --> problem.yaml:4:30
  |
4 |   probabilities: [0.05, 0.5, .nan]
  |                              ^^^^
",
    );
    refuses_problem(
        "0.05",
        "-0.05",
        r"
error: a probability is a number from 0 to 1, not -0.05
 --> problem.yaml:4:19
  |
4 |   probabilities: [-0.05, 0.5, 0.45]
  |                   ^^^^^
",
    );
    refuses_problem(
        "0.05, 0.5",
        "1e-200, 0.55",
        r"
error: a probability is 0 or at least 1e-100, not 1e-200
 --> problem.yaml:4:19
  |
4 |   probabilities: [1e-200, 0.55, 0.45]
  |                   ^^^^^^
  |
  = help: write 0: it will not be seen in any run
",
    );
}

#[test]
fn numbers_out_of_range() {
    refuses_problem(
        "steps: 100",
        "steps: 0",
        r"
error: `steps` is a whole number from 1 to 10000000, not 0
  --> problem.yaml:10:10
   |
10 |   steps: 0
   |          ^
",
    );
    refuses_problem(
        "steps: 100",
        "steps: 100000000",
        r"
error: `steps` is a whole number from 1 to 10000000, not 100000000
  --> problem.yaml:10:10
   |
10 |   steps: 100000000
   |          ^^^^^^^^^
",
    );
    refuses_problem(
        "steps: 100",
        "steps: many",
        r"
error: a whole number is needed here, not the text `many`
  --> problem.yaml:10:10
   |
10 |   steps: many
   |          ^^^^
",
    );
    refuses_problem(
        "steps: 100",
        "group_size: 1\n  steps: 100",
        r"
error: `group_size` is a whole number from 2 to 1024, not 1
  --> problem.yaml:10:15
   |
10 |   group_size: 1
   |               ^
",
    );
    refuses_problem(
        "learning_rate: 0.1",
        "learning_rate: 0",
        r"
error: `learning_rate` is a number above 0, up to 1e6, not 0
 --> problem.yaml:9:18
  |
9 |   learning_rate: 0
  |                  ^
",
    );
    refuses_problem(
        "steps: 100",
        "kl: -0.1\n  steps: 100",
        r"
error: `kl` is a number from 0 to 1e6, not -0.1
  --> problem.yaml:10:7
   |
10 |   kl: -0.1
   |       ^^^^
",
    );
    refuses_problem(
        "[1, 0, 0]",
        "[.inf, 0, 0]",
        r"
error: a reward is a number from -1e6 to 1e6, not inf
 --> problem.yaml:7:14
  |
7 |     binary: [.inf, 0, 0]
  |              ^^^^
",
    );
    refuses_problem(
        "steps: 100",
        "steps: 100000\n  record_every: 1",
        r"
error: 100000 records are more than 10000
  --> problem.yaml:11:17
   |
11 |   record_every: 1
   |                 ^
   |
   = help: record every 10 steps or less often
",
    );
}

#[test]
fn samples_that_cannot_be_drawn() {
    refuses_problem(
        "steps: 100",
        "steps: 100\n  sampled: {runs: 0}",
        r"
error: `runs` is a whole number from 1 to 10000, not 0
  --> problem.yaml:11:19
   |
11 |   sampled: {runs: 0}
   |                   ^
",
    );
    refuses_problem(
        "steps: 100",
        "steps: 2000000\n  sampled: {runs: 10000, groups: 4}",
        r"
error: 6.4e11 completions would be drawn, more than 1e10
  --> problem.yaml:11:12
   |
11 |   sampled: {runs: 10000, groups: 4}
   |            ^
   |
   = help: take fewer runs, groups or steps
",
    );
    refuses_problem(
        "steps: 100",
        "steps: 100000\n  record_every: 10\n  sampled: {runs: 10000}",
        r"
error: 3.0e8 probabilities would be recorded, more than 1e8
  --> problem.yaml:12:12
   |
12 |   sampled: {runs: 10000}
   |            ^
   |
   = help: take fewer runs, or record less often
",
    );
    refuses_problem(
        "algorithm: grpo",
        "algorithm: gradient\n  group_size: 4\n  sampled: {runs: 10}",
        r"
error: `group_size` means nothing to `gradient`, which draws no groups
 --> problem.yaml:9:15
  |
9 |   group_size: 4
  |               ^
  |
  = help: remove it, or choose an `algorithm`, for example grpo

error: `gradient` is exact: there is nothing to sample
  --> problem.yaml:10:12
   |
10 |   sampled: {runs: 10}
   |            ^
   |
   = help: choose `algorithm: rloo`, whose groups sample the same gradient
",
    );
}

#[test]
fn too_many_outcomes() {
    let names: Vec<_> = (0..1001).map(|place| format!("o{place}")).collect();
    let folder = Folder::new().with("problem.yaml", GOOD.replace("[best, mediocre, bad]", &format!("{names:?}")));
    let run = folder.run("simulate problem.yaml");
    assert_eq!(run.code, Some(2));
    let expected = "error: 1001 outcomes are more than the 1000 this command takes\n --> problem.yaml:3:13\n";
    assert!(run.stderr.starts_with(expected), "{}", run.stderr);
}
