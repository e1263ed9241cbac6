//! Compiling a regular expression given in a spec: linear time to match, and refused rather than slow to build.

use regex_syntax::ParserBuilder;

use super::matcher::{BuildError, Matcher};

/// Longest pattern, in bytes.
const LENGTH: usize = 4 << 10;
/// Largest compiled program, in bytes. Time to build one and to match with it are bounded by this.
const PROGRAM: usize = 1 << 20;
/// Deepest nesting of groups and repetitions; the parser recurses.
const NESTING: u32 = 50;

/// Compiles `pattern`, which was given as `name`.
pub(super) fn compile(name: &str, pattern: &str, ignore_case: bool) -> Result<Matcher, String> {
    compile_translated(name, pattern, ignore_case, |pattern| Ok(pattern.to_owned()))
}

/// Compiles a `pattern` of another syntax, which `translate` writes in that of the `regex` crate.
pub(super) fn compile_translated(
    name: &str,
    pattern: &str,
    ignore_case: bool,
    translate: impl Fn(&str) -> Result<String, String>,
) -> Result<Matcher, String> {
    if pattern.is_empty() {
        return Err(format!("`{name}` is empty; give a regular expression"));
    }
    if pattern.len() > LENGTH {
        return Err(format!("`{name}` is {} bytes long; at most {LENGTH} are allowed: split it", pattern.len()));
    }
    if let Some(c) = pattern.chars().find(|c| c.is_control() && !matches!(c, '\t' | '\n')) {
        return Err(format!(
            "`{name}` ({}) has the control character {c:?} in it, as \"\\b\" in YAML's double quotes gives; write the \
             pattern in single quotes, and a control character meant as such as \\x{{{:X}}}",
            shown(pattern),
            u32::from(c)
        ));
    }
    let cannot = |why| format!("`{name}` ({}) cannot be used: {why}", shown(pattern));
    let mut syntax = ParserBuilder::new();
    syntax.case_insensitive(ignore_case).nest_limit(NESTING);
    let pattern = translate(pattern).map_err(cannot)?;
    Matcher::new(&pattern, &syntax, PROGRAM).map_err(|error| cannot(explain(&error)))
}

/// Whether the pattern is found in any text at all, so that it says nothing.
pub(super) fn is_vacuous(regex: &Matcher) -> bool {
    ["", "\u{10FFFF}", "\n\u{10FFFF}\n", "a"].iter().all(|text| regex.is_match(text))
}

/// Whether the pattern is found in no text, as far as that is cheap to tell.
pub(super) fn never_matches(regex: &Matcher) -> bool {
    regex.never_matches()
}

/// The beginning of a pattern, for a message.
pub(super) fn shown(pattern: &str) -> String {
    const SHOWN: usize = 80;
    let cut = if pattern.chars().nth(SHOWN).is_some() { "…" } else { "" };
    pattern.chars().take(SHOWN).map(|c| if c.is_control() { ' ' } else { c }).collect::<String>() + cut
}

fn explain(error: &BuildError) -> String {
    let text = match error {
        BuildError::Size => {
            let most = PROGRAM >> 10;
            return format!("it compiles to more than {most} KiB: shorten its repetitions");
        }
        BuildError::Syntax(error) => error.to_string(),
    };
    // The parser draws the pattern over several lines; the last one says what is wrong.
    let last = text.lines().last().unwrap_or_default().trim_start_matches("error: ");
    let remedy = if last.contains("look-around") || last.contains("backreference") {
        "; matching takes time linear in the text, which rules these out: say the same with several constraints, a \
         `regex.absent` among them for what must not follow"
    } else {
        ""
    };
    format!("{last}{remedy}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(pattern: &str) -> String {
        compile("pattern", pattern, false).expect_err(pattern)
    }

    #[test]
    fn says_what_it_cannot_do() {
        assert!(refusal("a(?=b)").contains("look-around"));
        assert!(refusal("a(?=b)").contains("several constraints"));
        assert!(refusal(r"(a)\1").contains("backreferences are not supported"));
        assert!(refusal("(a").contains("unclosed group"));
        assert!(refusal("").contains("empty"));
    }

    #[test]
    fn refuses_hostile_patterns() {
        assert!(refusal("((a{100}){100}){100}").contains("1024 KiB"));
        assert!(refusal(&"(".repeat(4000)).contains("cannot be used"));
        assert!(refusal(&format!("{}a{}", "(".repeat(60), ")".repeat(60))).contains("nest"));
        assert!(refusal(&"a".repeat(5000)).contains("5000 bytes"));
    }

    #[test]
    fn leaves_room_for_ordinary_patterns() {
        for pattern in
            [r"^\w{1,10}(\s[a-z]{1,10}){2}$", r"[A-Za-z0-9_]{500}", r"(?i)\b(very|really|quite)\b", r"\p{Lu}\p{Ll}+"]
        {
            assert_eq!(compile("pattern", pattern, false).err(), None);
        }
    }

    #[test]
    fn knows_a_pattern_that_is_never_found() {
        for (pattern, never) in [
            ("a^", true),
            ("$a", true),
            ("^$", true),
            ("[a&&b]", true),
            (r"\b(x|[a&&b])\b", false),
            ("^a$", false),
            ("(?m)a$\n^b", false),
            ("a(^|b)", false),
            (r"\A[^\n]*\.(\n|\z)", false),
        ] {
            assert_eq!(never_matches(&compile("pattern", pattern, false).expect(pattern)), never, "{pattern}");
        }
    }

    #[test]
    fn refuses_control_characters() {
        assert!(refusal("\u{8}foo\u{8}").contains("single quotes"));
        assert!(refusal("a\rb").contains(r"\x{D}"));
        assert!(compile("pattern", "a\tb\nc", false).is_ok());
    }

    #[test]
    fn knows_a_pattern_that_says_nothing() {
        for (pattern, vacuous) in [("a*", true), ("^", true), ("(?s).*", true), ("(?m)^$", false), ("^.+$", false)] {
            assert_eq!(is_vacuous(&compile("pattern", pattern, false).expect(pattern)), vacuous, "{pattern}");
        }
    }
}
