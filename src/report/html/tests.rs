//! What somebody else wrote stays text, and degenerate assessments have a page too.

use super::{advise_html, text};
use crate::{
    advise::{Settings, advise},
    verdict::{CauseKind, Constraint, FailureKind, Group, Outcome, Verdict},
};
use proptest::prelude::*;

#[test]
fn what_shows_nothing_or_turns_text_around_is_made_visible() {
    for (text, html) in [
        ("<script>", "<bdi class=\"id\">&lt;script&gt;</bdi>"),
        ("a\"b'&amp;", "<bdi class=\"id\">a&quot;b'&amp;amp;</bdi>"),
        ("\u{202e}gnp", "<bdi class=\"id\"><span class=\"odd\">U+202E</span>gnp</bdi>"),
        (
            "a\u{0}\u{1b}[2J",
            "<bdi class=\"id\">a<span class=\"odd\">U+0000</span><span class=\"odd\">U+001B</span>[2J</bdi>",
        ),
        ("a\nb\tc", "<bdi class=\"id\">a⏎b\tc</bdi>"),
        ("zero\u{200b}width", "<bdi class=\"id\">zero<span class=\"odd\">U+200B</span>width</bdi>"),
    ] {
        assert_eq!(text::id(text).into_string(), html);
    }
    assert_eq!(text::plain("a\u{202e}b\n"), "a\u{fffd}b\u{fffd}");
}

#[test]
fn names_in_a_sentence_are_marked_and_a_stray_backtick_is_text() {
    assert_eq!(text::prose("met by `a<b`.").into_string(), "met by <bdi class=\"id\">a&lt;b</bdi>.");
    assert_eq!(text::prose("a ` b<").into_string(), "<bdi>a ` b&lt;</bdi>");
}

#[test]
fn a_completion_keeps_its_lines_and_is_cut_where_it_is_long() {
    let short = text::completion("a\nb\r").into_string();
    assert!(short.contains(">a\nb<span class=\"odd\">U+000D</span></pre>"), "{short}");
    let long = text::completion(&"é".repeat(4321)).into_string();
    assert_eq!((long.matches('é').count(), long.contains("… and 321 characters more.")), (4000, true));
    assert!(text::completion("").into_string().contains("The empty completion."));
}

fn group(prompt: usize, marks: &[String]) -> Group {
    let verdict = |mark| match mark {
        '1' => Verdict::Passed,
        '0' => Verdict::failed(FailureKind::Unmet, ""),
        _ => Verdict::unscored(CauseKind::Missing, ""),
    };
    let id = |n| Constraint::plain(format!("<c{n}>"));
    let outcome =
        |marks: &String| Outcome::new((0..marks.len()).map(id).collect(), marks.chars().map(verdict).collect());
    Group { prompt: prompt.to_string().into(), outcomes: marks.iter().map(outcome).collect() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever was seen: the tags are balanced, and no id is one.
    #[test]
    fn every_assessment_has_a_page(prompts in (1..15_usize).prop_flat_map(|constraints| {
        let marks = prop::collection::vec(prop::sample::select(vec!['0', '1', '1', '?']), constraints);
        let marks = marks.prop_map(|marks| marks.into_iter().collect::<String>());
        prop::collection::vec(prop::collection::vec(marks, 0..20), 0..12)
    })) {
        let groups: Vec<Group> = prompts.iter().enumerate().map(|(n, marks)| group(n, marks)).collect();
        let page = advise_html(&advise(&groups, &Settings::default()).into(), "a task");
        for tag in ["html", "body", "main", "section", "table", "tr", "td", "th", "svg", "figure", "details", "p", "ul", "dl"] {
            let opened = page.matches(&format!("<{tag}>")).count() + page.matches(&format!("<{tag} ")).count();
            prop_assert_eq!(opened, page.matches(&format!("</{tag}>")).count(), "{}", tag);
        }
        prop_assert!(!page.contains("<c0>") && !page.contains("NaN"));
    }
}
