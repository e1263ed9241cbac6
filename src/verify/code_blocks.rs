//! Code in an answer: its fenced blocks, as models write them (docs/extract.md).

use super::fences::{Kind, Reading, fenced, marked, word};

/// Which blocks are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted<'a> {
    First,
    Last,
    All,
    /// The last that defines this function or class.
    Defining(&'a str),
    /// Of those that define most of these, the last: what follows the program often only uses it.
    Calling(&'a [String]),
}

/// The code of the fenced blocks in `language`, or in no named language; empty when there is none. With `bare`, an answer
/// without any fence is code as a whole.
///
/// A fence that is never closed runs to the end of the text.
pub(super) fn code(answer: &str, language: &str, wanted: Wanted<'_>, bare: bool) -> String {
    if let Some(code) = bare.then(|| began_within(answer, language)).flatten() {
        return opened_code(code, language, wanted);
    }
    let (found, has_fence) = blocks(answer, language, false);
    if bare && !has_fence && found.is_empty() {
        return answer.to_owned();
    }
    if bare && found.is_empty() {
        return closed_alone(answer).unwrap_or_default().to_owned();
    }
    pick(found, wanted)
}

/// The same of an answer that begins within a block, whose fence the chat template opened.
pub(super) fn opened_code(answer: &str, language: &str, wanted: Wanted<'_>) -> String {
    pick(blocks(answer, language, true).0, wanted)
}

fn pick(mut blocks: Vec<String>, wanted: Wanted<'_>) -> String {
    match wanted {
        Wanted::First => blocks.into_iter().next().unwrap_or_default(),
        Wanted::Last => blocks.pop().unwrap_or_default(),
        Wanted::All => blocks.join("\n"),
        Wanted::Calling(names) => {
            let defined = |block: &String| names.iter().filter(|name| defines(block, name)).count();
            blocks.into_iter().max_by_key(defined).unwrap_or_default()
        }
        Wanted::Defining(name) => blocks.into_iter().rfind(|block| defines(block, name)).unwrap_or_default(),
    }
}

/// The code of a text that ends with fences which nothing opened and which hold nothing.
fn closed_alone(answer: &str) -> Option<&str> {
    let mut code = answer.trim_end();
    while let Some(shorter) = code.strip_suffix("```") {
        code = shorter.trim_end_matches('`').trim_end();
    }
    let whole = code.len() < answer.trim_end().len() && !code.lines().any(|line| line.trim_start().starts_with("```"));
    whole.then_some(code)
}

/// An answer that begins with code and closes a fence which nothing in it opened, from where the code begins.
fn began_within<'a>(answer: &'a str, language: &str) -> Option<&'a str> {
    let answer = without_language(answer, language);
    let (mut at, mut start) = (0, None);
    for line in answer.split_inclusive('\n') {
        if line.trim_start().starts_with("```") {
            let closes = line.trim().trim_start_matches('`').is_empty();
            return start.filter(|_| closes).map(|start| &answer[start..]);
        }
        if start.is_none() && begins_code(line) {
            start = Some(at);
        }
        at += line.len();
    }
    None
}

/// Whether a line at the left margin begins a definition or an import of Python, which prose never does.
fn begins_code(line: &str) -> bool {
    let line = line.trim_end();
    let defines = ["def ", "async def ", "class "].iter().any(|word| line.starts_with(word)) && line.contains(':');
    let imports = line.strip_prefix("import ").is_some_and(|rest| !rest.contains(' ') || rest.contains([',', '.']))
        || (line.starts_with("from ") && line.contains(" import "));
    let decorates = line.strip_prefix('@').is_some_and(|rest| rest.starts_with(|c: char| c.is_alphabetic()));
    defines || imports || (decorates && !line.contains(' '))
}

/// Whether a line at the left margin defines the name, as far as can be told without a parser.
fn defines(block: &str, name: &str) -> bool {
    let is_it = |rest: &str| {
        let after = rest.trim_start().strip_prefix(name);
        after
            .filter(|after| !after.starts_with(|next: char| next.is_alphanumeric() || next == '_'))
            .map(|after| after.trim_start().to_owned())
    };
    block.lines().any(|line| {
        let line = line.strip_prefix("async ").unwrap_or(line);
        match line.strip_prefix("def ").or_else(|| line.strip_prefix("class ")) {
            Some(rest) => is_it(rest).is_some(),
            None => is_it(line)
                .is_some_and(|rest| !line.starts_with(' ') && rest.starts_with('=') && !rest.starts_with("==")),
        }
    })
}

/// The blocks in a language, and whether the text has any fence at all.
fn blocks(answer: &str, language: &str, opened: bool) -> (Vec<String>, bool) {
    let (answer, opened) = match opened {
        true => (without_language(answer, language), Some(language)),
        false => (answer, None),
    };
    let read = |deep| {
        fenced(answer, Reading { opened, deep, markdown: ["markdown", "md"].contains(&canonical(language).as_str()) })
    };
    let (shallow, has_fence) = read(false);
    let mut blocks = in_language(shallow, language);
    if blocks.is_empty() {
        // Fences as deep as code are quoted in are fences where there are no others.
        blocks = in_language(read(true).0, language);
    }
    if blocks.is_empty() && !has_fence {
        blocks = in_language(marked(answer), language);
    }
    (blocks, has_fence)
}

/// The text without a first line that does nothing but name the language: the template wrote the fence alone.
fn without_language<'a>(answer: &'a str, language: &str) -> &'a str {
    match answer.trim_start().split_once('\n') {
        Some((first, rest)) if !first.trim().is_empty() && canonical(first.trim()) == canonical(language) => rest,
        _ => answer,
    }
}

/// What has no language is taken for it only where nothing has: beside a program it is most often its output.
fn in_language(blocks: Vec<super::fences::Block>, language: &str) -> Vec<String> {
    let python = canonical(language) == "python";
    let labelled = |info: &str| !info.trim().is_empty();
    // What an interpreter showed is no program.
    let wanted = |block: &super::fences::Block| {
        let tagged = block.kind == Kind::Answer;
        is_language(&block.info, language)
            && !(python && block.text.trim_start().starts_with(">>>"))
            // What stands between tags of an answer may be anything.
            && (!tagged || block.text.lines().any(begins_code))
    };
    let blocks: Vec<_> = blocks.into_iter().filter(wanted).collect();
    let named = blocks.iter().any(|block| labelled(&block.info));
    let blocks = blocks.into_iter().filter(|block| labelled(&block.info) == named);
    blocks.map(|block| block.text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(block.text)).collect()
}

/// Whether a fence's info string names the language, or none.
fn is_language(info: &str, language: &str) -> bool {
    match word(info) {
        "" => true,
        word => canonical(word) == canonical(language),
    }
}

/// Whether a language is Python, by one of its names.
pub(super) fn is_python(language: &str) -> bool {
    canonical(language) == "python"
}

/// One name for the languages people abbreviate.
fn canonical(name: &str) -> String {
    let name = name.to_ascii_lowercase();
    // `python3.12` is Python, and so is `python-3.12`.
    let versions = ["python3.", "python-3", "python_3"];
    let name = if versions.iter().any(|version| name.starts_with(version)) { "python3".to_owned() } else { name };
    let full = match name.as_str() {
        "py" | "py2" | "py3" | "python2" | "python3" | "ipython" | "ipython3" | "pycon" | "python-repl" | "pyi"
        | "sage" | "sagemath" | "cython" | "pyx" | "pyodide" => "python",
        "js" | "node" => "javascript",
        "ts" => "typescript",
        "rs" => "rust",
        "sh" | "shell" | "zsh" => "bash",
        "c++" | "cc" => "cpp",
        "yml" => "yaml",
        _ => return name,
    };
    full.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: &str = "First:\n```python\na = 1\n```\nthen\n~~~ py\nb = 2\n~~~\nand\n```json\n{}\n```\n";

    #[test]
    fn blocks_are_picked_by_language_and_place() {
        assert_eq!(code(TWO, "python", Wanted::First, false), "a = 1\n");
        assert_eq!(code(TWO, "python", Wanted::Last, false), "b = 2\n");
        assert_eq!(code(TWO, "python", Wanted::All, false), "a = 1\n\nb = 2\n");
        assert_eq!(code(TWO, "JSON", Wanted::Last, false), "{}\n");
        assert_eq!(code(TWO, "rust", Wanted::Last, false), "");
    }

    #[test]
    fn fences_without_language_and_without_end_count() {
        assert_eq!(code("```\nx\n```", "python", Wanted::Last, false), "x\n");
        assert_eq!(code("```python\nx\n", "python", Wanted::Last, false), "x\n");
        assert_eq!(code("no code here", "python", Wanted::Last, false), "");
        assert_eq!(code("no code here", "python", Wanted::Last, true), "no code here");
        assert_eq!(code("```json\n1\n```", "python", Wanted::Last, true), "");
        assert_eq!(code("    indented, not fenced", "python", Wanted::Last, false), "");
    }

    #[test]
    fn tags_around_a_fence_hide_nothing() {
        assert_eq!(code("<answer>```python\nx = 1\n```</answer>", "python", Wanted::Last, false), "x = 1\n");
        let text = "<answer>\n```html\n<p>\n```\n```python\nx = 1\n\ny = 2\n```\n</answer>\n";
        assert_eq!(code(text, "python", Wanted::Last, false), "x = 1\n\ny = 2\n");
        assert_eq!(code(text, "html", Wanted::Last, false), "<p>\n");
    }

    #[test]
    fn any_nesting_is_read() {
        for mark in [">", "> ", "- ", "* ", "1. ", "12) ", "> - "] {
            let text = format!("{}text\n\n```python\nx = 1\n```\n", mark.repeat(10_000));
            assert_eq!(code(&text, "python", Wanted::Last, false), "x = 1\n", "{mark}");
        }
        let text = format!("> ```python\n> x = 1\n> ```\n{}\n{}\n", "-".repeat(999), "+".repeat(999));
        assert_eq!(code(&text, "python", Wanted::Last, false), "x = 1\n");
    }

    #[test]
    fn a_block_is_picked_by_what_it_defines() {
        let text = "```python\ndef f(x):\n    return 1\n```\n```python\ndef f2(): pass\ng = lambda: 0\n```\n";
        for (name, starts) in [("f", "def f(x)"), ("f2", "def f2"), ("g", "def f2")] {
            assert!(code(text, "python", Wanted::Defining(name), false).starts_with(starts), "{name}");
        }
        assert_eq!(code(text, "python", Wanted::Defining("h"), false), "");
    }

    #[test]
    fn what_has_no_language_counts_where_nothing_has() {
        let text = "```python3.12\nx = 1\n```\nOutput:\n```\n1\n```\n";
        assert_eq!(code(text, "python", Wanted::Last, false), "x = 1\n");
        assert_eq!(code("```\n\u{feff}x = 1\n```\n", "python", Wanted::Last, false), "x = 1\n");
    }

    /// The rows of the table in docs/extract.md: a form, and whether its code is read.
    #[test]
    fn forms_of_the_docs_are_read_as_they_say() {
        let page = include_str!("../../docs/extract.md");
        let table = page.split("<!-- forms -->").nth(1).unwrap();
        let rows: Vec<_> = table.split("<!-- end -->").next().unwrap().lines().skip(3).collect();
        assert!(rows.len() >= 50, "{}", rows.len());
        for row in rows {
            let mut cells: Vec<_> = row.trim_matches('|').rsplitn(3, " | ").map(str::trim).collect();
            cells.reverse();
            let form: String =
                serde_json::from_str(cells[0].trim_matches('`').trim()).unwrap_or_else(|why| panic!("{row}: {why}"));
            let read = code(&form, "python", Wanted::Last, false);
            match cells[1] {
                "yes" => assert_eq!(read.trim(), "x = 1", "{row}"),
                "no" => assert_ne!(read.trim(), "x = 1", "{row}"),
                _ => panic!("{row}"),
            }
        }
    }

    #[test]
    fn a_fence_within_a_docstring_is_text() {
        for quotes in ["\"\"\"", "'''"] {
            for fence in ["```", "```python", "```text"] {
                let program =
                    format!("def f(x):\n    {quotes}Doubles.\n{fence}\nf(1)\n```\n    {quotes}\n    return 2 * x\n");
                for text in [format!("```python\n{program}```\nDone."), format!("Here:\n```\n{program}```")] {
                    assert_eq!(code(&text, "python", Wanted::Last, false), program, "{text}");
                }
            }
        }
        // A string that nothing closes hides no fence.
        let text = "```python\nx = 1  # \"\"\"\ny = '''\n```\nand\n```python\nz = 1\n```";
        assert_eq!(code(text, "python", Wanted::Last, false), "z = 1\n");
    }

    /// One right function in the forms that models write it in: how fences are set, and the completion.
    #[test]
    fn one_function_is_found_in_every_form() {
        let names = ["double".to_owned()];
        let mut seen = 0;
        for line in include_str!("../../tests/data/fence_forms.jsonl").lines() {
            let row: serde_json::Value = serde_json::from_str(line).unwrap();
            let bare = match row["fences"].as_str().unwrap() {
                "required" => false,
                "optional" => true,
                other => panic!("{other}"),
            };
            let read = code(row["completion"].as_str().unwrap(), "python", Wanted::Calling(&names), bare);
            let lines: Vec<_> = read.lines().filter(|line| !line.trim().is_empty()).map(str::trim).collect();
            assert_eq!(lines, ["def double(x):", "return 2 * x"], "{line}");
            seen += 1;
        }
        assert!(seen >= 55, "{seen}");
    }

    #[test]
    fn prose_between_tags_of_an_answer_is_no_code() {
        for text in ["<answer>\nCertainly\n</answer>", "<answer>42</answer>", "<solution>\nfirst, second\n</solution>"]
        {
            assert_eq!(code(text, "python", Wanted::Last, false), "", "{text}");
        }
        let shown = "<pre><code class=\"language-python\">\nif a &lt; b:\n    c = \"&amp;lt;\"\n</code></pre>";
        assert_eq!(code(shown, "python", Wanted::Last, false), "if a < b:\n    c = \"&lt;\"\n");
        let other = "<pre><code class=\"language-json\">\n{}\n</code></pre>\n[PYTHON]\nx = 1\n";
        assert_eq!(code(other, "python", Wanted::Last, false), "x = 1\n");
    }

    #[test]
    fn a_program_is_told_from_its_use() {
        let text = "```python\ndef f(x):\n    return x\n```\n```python\nprint(f(3))\n```\n";
        let calling = |names: &[&str]| {
            let names: Vec<_> = names.iter().map(|name| (*name).to_owned()).collect();
            code(text, "python", Wanted::Calling(&names), false)
        };
        assert!(calling(&["f"]).starts_with("def f") && calling(&["g", "f"]).starts_with("def f"));
        assert!(calling(&["g"]).starts_with("print"));
        let twice = format!("{text}```python\ndef f(x):\n    return 2\n```\n");
        assert!(code(&twice, "python", Wanted::Calling(&["f".to_owned()]), false).ends_with("return 2\n"));
    }

    #[test]
    fn a_block_that_the_template_opened_ends_where_it_is_closed() {
        for text in [
            "x = 1",
            "x = 1\n```",
            "x = 1```",
            "\nx = 1\n```\n```",
            "python\nx = 1\n```\nThis sets x.",
            "```python\nx = 1\n```",
            "Sure:\n```python\nx = 1\n```\n```",
        ] {
            assert_eq!(opened_code(text, "python", Wanted::Last).trim(), "x = 1", "{text}");
        }
        assert_eq!(opened_code("x = 1\n```\nUse:\n```python\nx\n```", "python", Wanted::First), "x = 1\n");
        for text in ["x = 1\n```", "x = 1\n```\n", "x = 1\n```\n```"] {
            assert_eq!(code(text, "python", Wanted::Last, true), "x = 1", "{text}");
            assert_eq!(code(text, "python", Wanted::Last, false), "", "{text}");
        }
    }

    #[test]
    fn repetitions_take_linear_time_and_no_stack() {
        for piece in [
            "```",
            "```\n",
            "```python\n",
            "> ",
            "> ```\n",
            "- ",
            "<a>",
            "<a ",
            "<",
            "`",
            "~~~\n```\n",
            "\t",
            "\r",
            "````markdown\n",
            "```python\n> ",
            "<pre>",
            "<pre>\n",
            "[CODE]\n[/CODE]",
            "\\begin{minted}{",
            "<answer></",
            "import a\n",
            "def f(): ```",
        ] {
            let text = piece.repeat((1 << 20) / piece.len());
            for wanted in [Wanted::First, Wanted::Last, Wanted::All] {
                let _ = (code(&text, "python", wanted, true), opened_code(&text, "python", wanted));
            }
        }
    }
}
