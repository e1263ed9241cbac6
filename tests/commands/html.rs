//! `--html`: what the reports hold, and that nothing a policy or a file wrote gets out of its place.

use crate::common::Folder;
use std::{fs, path::Path};

const SPEC: &str = "examples/commit-messages/spec.yaml";
const ROLLOUTS: &str = "examples/commit-messages/rollouts.jsonl";
const HOSTILE: &str = "tests/browser/hostile.yaml --rollouts tests/browser/hostile.jsonl";

/// A run in a folder that knows this repository's examples, and the page that it wrote.
fn page(words: &str) -> (Folder, String) {
    let folder = Folder::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let words: Vec<String> = words
        .split(' ')
        .map(|word| match root.join(word) {
            path if word.contains('/') && path.exists() => path.display().to_string(),
            _ => word.to_owned(),
        })
        .collect();
    let finished = folder.run(&format!("{} --html report.html --quiet", words.join(" ")));
    assert!(matches!(finished.code, Some(0 | 1)), "{}", finished.stderr);
    let text = String::from_utf8(folder.read("report.html")).expect("UTF-8");
    (folder, text)
}

/// The titles of its sections, in their order.
fn titles(page: &str) -> Vec<&str> {
    page.split("<h2>").skip(1).filter_map(|rest| rest.split_once("</h2>")).map(|(title, _)| title).collect()
}

/// What every page must be.
fn check(page: &str) {
    assert!(page.starts_with("<!DOCTYPE html><html lang=\"en\">"), "{}", &page[..60]);
    assert!(page.contains(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; \
         form-action 'none'\">"
    ));
    for wanted in ["prefers-color-scheme: dark", "@media print", "name=\"viewport\"", "class=\"verdict "] {
        assert!(page.contains(wanted), "{wanted}");
    }
    for tag in [
        "<script",
        "<img",
        "<iframe",
        "<object",
        "<link",
        "<base",
        "<form",
        " src=",
        " onload=",
        " onerror=",
        "javascript:",
        "url(",
    ] {
        assert!(!unescaped(page).contains(tag), "{tag}");
    }
    // A drawing either repeats what stands beside it, or says what is to be seen.
    for (at, _) in page.match_indices("<svg") {
        let before = &page[at.saturating_sub(1500)..at];
        let hidden = page[at..].starts_with("<svg aria-hidden=\"true\"");
        assert!(
            hidden
                || before.rsplit("<div role=\"img\" aria-label=\"").next().is_some_and(|label| label.ends_with("\">")),
            "{before}"
        );
    }
    assert_eq!(page.matches("<figure").count(), page.matches("<figcaption").count());
    // A quote in a text is escaped, so that these are attributes: links within the page.
    assert_eq!(page.matches("href=\"").count(), page.matches("href=\"#").count());
}

/// The page without what is in its texts and attributes: the markup alone.
fn unescaped(page: &str) -> String {
    let mut markup = String::new();
    for tag in page.split('<').skip(1) {
        let (tag, _) = tag.split_once('>').expect("every tag ends");
        markup += &format!("<{}>", without_values(tag));
    }
    markup
}

fn without_values(tag: &str) -> String {
    tag.split('"').step_by(2).collect::<Vec<_>>().join("\"\"")
}

#[test]
fn advice_comes_in_the_order_of_what_it_is_for() {
    let (folder, page) = page(&format!("advise {SPEC} --rollouts {ROLLOUTS}"));
    check(&page);
    assert_eq!(
        titles(&page),
        [
            "Advice",
            "How often",
            "Prompts by what they teach",
            "What moves the policy",
            "Constraints, the least met first",
            "How each scheme would fare",
            "Where the recommendation flips",
            "Constraints that depend on each other",
            "Groups by what they teach",
            "What training costs",
            "Settings and caveats",
        ]
    );
    assert!(page.contains("<title>Advice: commit-messages</title>"));
    assert!(page.contains("<p class=\"verdict good\">You can start. Either binary or partial will do: "));
    assert!(page.contains("would stay so") && page.contains("wrapped_body"));
    // Four schemes and three families of kernels, each with its plot.
    assert_eq!(page.matches("role=\"img\"").count(), 7);
    assert!(page.contains("aria-label=\"Under binary, full answers go from "));
    // The same again, to the byte; and what a user's other programs can read.
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let words =
        format!("advise {} --rollouts {} --html again.html", root.join(SPEC).display(), root.join(ROLLOUTS).display());
    let finished = folder.run(&words);
    assert!(finished.stdout.starts_with("You can start. "), "{}", finished.stdout);
    assert_eq!(folder.read("again.html"), page.as_bytes());
}

#[test]
fn an_audit_shows_the_worst_errors_with_their_completions() {
    let (_folder, page) = page(&format!("audit {SPEC} --rollouts {ROLLOUTS}"));
    check(&page);
    assert_eq!(titles(&page), ["How the rewards rank", "What their errors do", "Settings and caveats"]);
    assert!(page.contains("its harmful errors touch 20% of the policy."));
    for category in ["harmful", "benign", "beneficial"] {
        assert_eq!(page.matches(&format!("<article class=\"finding {category}\">")).count(), 3, "{category}");
    }
    // Whole, and not only how it begins.
    assert!(
        page.contains("Bound the size of search results\n\nBefore this change one query") && page.contains("Refs FM-1")
    );
}

#[test]
fn probes_show_what_earned_reward_and_how_to_close_it() {
    let (_folder, page) = page("probe tests/probe/open/keywords.yaml");
    check(&page);
    assert_eq!(titles(&page), ["What earned reward without doing the task", "What was thrown"]);
    assert!(page.contains("<p class=\"verdict bad\">5 answers earn more than they may.</p>"));
    assert!(page.contains("they at be this. Canberra</pre>") && page.contains("class=\"remedy\""));
}

#[test]
fn nothing_gets_out_of_its_place() {
    let columns = "--proxy scheme:partial --proxy column:</td><script>alert(1)</script>";
    for words in
        [format!("advise {HOSTILE}"), format!("audit {HOSTILE} {columns}"), "probe tests/browser/hostile.yaml".into()]
    {
        let (_folder, page) = page(&words);
        check(&page);
        let bare = |c: char| {
            c.is_control() && !matches!(c, '\n' | '\t')
                || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}')
        };
        assert_eq!(page.chars().find(|c| bare(*c)), None, "{words}");
        assert!(
            page.contains("&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt; <span class=\"odd\">U+202E</span>spec")
        );
        assert!(page.contains("<title>") && page.contains(" \u{fffd}spec</title>"));
    }
    let (_folder, page) = page(&format!("audit {HOSTILE} {columns}"));
    assert!(page.contains("&lt;/td&gt;&lt;script&gt;alert(1)&lt;/script&gt;"));
}

#[test]
fn a_file_is_whole_or_is_not_there_and_standard_output_is_no_file() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let words = format!("probe {} --quiet", root.join(SPEC).display());
    let folder = Folder::new();
    let refused = folder.run(&format!("{words} --html -"));
    assert_eq!(refused.code, Some(2));
    assert!(
        refused.stderr.contains("give the name of a file: what goes to standard output is text, or --json"),
        "{}",
        refused.stderr
    );
    let nowhere = folder.run(&format!("{words} --html there/is/none.html"));
    assert_eq!(nowhere.code, Some(2));
    assert!(nowhere.stderr.starts_with("error: there/is/none.html: "), "{}", nowhere.stderr);
    // JSON goes where it went.
    let both = folder.run(&format!("{words} --html report.html --json"));
    assert!(both.stdout.starts_with('{'), "{}", both.stdout);
    assert_eq!(fs::read_dir(folder.path("")).expect("a folder").count(), 1, "nothing else is left");
}
