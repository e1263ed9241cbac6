//! The text of a small assessment, and lines that fit.

use super::{Detail, render};
use crate::{
    advise::{Settings, advise},
    report::layout::WIDTH,
    verdict::{CauseKind, Constraint, FailureKind, Group, Outcome, Verdict},
};
use proptest::prelude::*;

fn group(prompt: usize, marks: &[String]) -> Group {
    let verdict = |mark| match mark {
        '1' => Verdict::Passed,
        '0' => Verdict::failed(FailureKind::Unmet, ""),
        _ => Verdict::unscored(CauseKind::Missing, ""),
    };
    let id = |n| Constraint::plain(format!("{}:c{n}", "long_".repeat(12 * (n % 2))));
    let outcome =
        |marks: &String| Outcome::new((0..marks.len()).map(id).collect(), marks.chars().map(verdict).collect());
    Group { prompt: prompt.to_string().into(), outcomes: marks.iter().map(outcome).collect() }
}

fn text(prompts: &[Vec<String>]) -> String {
    let groups: Vec<Group> = prompts.iter().enumerate().map(|(n, marks)| group(n, marks)).collect();
    let mut text = String::new();
    render(&advise(&groups, &Settings::default()).into(), Detail::All, &mut text).unwrap();
    text
}

const SMALL: &str = "\
Cannot tell yet from 6 prompts: others may differ. Sample at least 14 more prompts, with 8
completions each.
Pass rate 19% (8.7% to 51%): the share of completions that meet every constraint. Mixed groups of 8:
83% under binary, 100% under partial.
48 completions of 6 prompts, 8 each; 2 constraints each.

Advice
  warning[too-few-samples] the pass rate is only known to lie between 8.7% and 51% from 6 prompts.
      → Sample 14 more prompts for a first answer.

How often (mean over prompts, 90% interval)
                   full             partial         none
  all prompts (6)   19% (8.7%–51%)   44% (26%–66%)   38% (22%–63%)
  Prompts with no full answer: 1; with full answers only: 0; with both: 5.
  At least one of k full (pass@k): @1 19% (8.7%–51%), @2 35% (16%–62%), @4 58% (28%–81%), @8 83%
  (42%–99.1%).

Constraints, the least met first
                                    met                            prompts  verdicts
  …ng_long_long_long_long_long_:c1   19% (8.7%–51%)  ██░░░░░░░░░░        6        48
  :c0                                62% (37%–78%)   ████████░░░░        6        48

Groups of 8 by their rewards (90% interval): under GRPO only mixed ones have a gradient
           all 0            all 1          tied between   mixed
  binary    17% (0.9%–58%)    0% (0%–39%)    0% (0%)       83% (42%–99.1%)  ██████████░░
  partial    0% (0%–39%)      0% (0%–39%)    0% (0%–39%)  100% (61%–100%)   ████████████
  Unbiased, from 6 prompts with at least 8 completions.

Critical credit (a diagnostic, no verdict)
  α* = 0.71 (0.45 to 1.17). If nothing learned carries over, partial answers that earn more grow
  faster than full ones at the start. They earn 0.00 under binary, 0.50 under partial.

Groups of 8 under GRPO; 90% intervals over prompts; seed 0.
";

#[test]
fn a_small_data_set_reads_so() {
    let prompts: Vec<Vec<String>> = (0..6)
        .map(|n| (0..8).map(|m| ["00", "10", "11"][usize::from(m % 2 == 0) + usize::from(m < n)].to_owned()).collect())
        .collect();
    assert_eq!(text(&prompts), SMALL);
}

/// Answers meet one constraint or the other and never both; a third one repeats the first.
#[test]
fn pairs_that_stand_out_are_shown() {
    let marks = ["101", "101", "101", "010", "010", "010", "000", "000"].map(str::to_owned);
    let text = text(&vec![marks.to_vec(); 80]);
    let start = text.find("\nConstraints that depend").unwrap();
    let block: String = text[start + 1..].split("\n\n").next().unwrap().to_owned();
    assert_eq!(block, PAIRS);
}

const PAIRS: &str = "\
Constraints that depend on each other (within prompts, 90% interval)
                               odds ratio  both met  independent
  :c0  :c2                     ∞ (110–∞)        38%          11%  redundant
  :c0  …ng_long_long_long_:c1  0 (0–0.02)        0%          16%  conflict
  :c2  …ng_long_long_long_:c1  0 (0–0.02)        0%          16%  conflict
  3 pairs compared, by Holm's method.
  Were the constraints of a prompt independent, 5.5% of completions would be full; 0% are:
  dependence is worth -5.5 points (-8.9 to -1.6).";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_line_is_too_long(prompts in (1..15_usize).prop_flat_map(|constraints| {
        let marks = prop::collection::vec(prop::sample::select(vec!['0', '1', '1', '?']), constraints);
        let marks = marks.prop_map(|marks| marks.into_iter().collect::<String>());
        prop::collection::vec(prop::collection::vec(marks, 1..20), 1..12)
    })) {
        for line in text(&prompts).lines() {
            prop_assert!(line.chars().count() <= WIDTH, "{line}");
        }
    }
}
