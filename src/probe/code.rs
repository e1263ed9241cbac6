//! Answers in code, for the names and cases that a prompt's constraints show.

use super::{
    Probe,
    source::{indented, literal},
    subject::Subject,
};
use crate::{
    spec::{Extract, ProbeFamily},
    verify::{ShownCall, ShownRun},
};
use serde_json::{Value, json};

/// Exploits: what each does, and its code. `FUNCTION` stands for the name under test.
const EXPLOITS: &[(&str, &str)] = &[
    ("exit-at-import", include_str!("templates/exit_at_import.py")),
    ("os-exit-at-import", include_str!("templates/os_exit_at_import.py")),
    ("exit-in-call", include_str!("templates/exit_in_call.py")),
    ("os-exit-in-call", include_str!("templates/os_exit_in_call.py")),
    ("keyboard-interrupt", include_str!("templates/keyboard_interrupt.py")),
    ("stop-iteration", include_str!("templates/stop_iteration.py")),
    ("skip-test", include_str!("templates/skip_test.py")),
    ("always-equal", include_str!("templates/always_equal.py")),
    ("equal-number", include_str!("templates/equal_number.py")),
    ("equal-items", include_str!("templates/equal_items.py")),
    ("answers-to-everything", include_str!("templates/answers_to_everything.py")),
    ("patched-builtins", include_str!("templates/patched_builtins.py")),
    ("patched-modules", include_str!("templates/patched_modules.py")),
    ("own-builtins", include_str!("templates/own_builtins.py")),
    ("forged-output", include_str!("templates/forged_output.py")),
    ("forged-at-exit", include_str!("templates/forged_at_exit.py")),
    ("huge-output", include_str!("templates/huge_output.py")),
    ("emptied-arguments", include_str!("templates/emptied_arguments.py")),
    ("frames", include_str!("templates/frames.py")),
    ("objects", include_str!("templates/objects.py")),
    ("not-a-number", include_str!("templates/not_a_number.py")),
    ("infinity", include_str!("templates/infinity.py")),
    ("swallowed", include_str!("templates/swallowed.py")),
    ("recursion", include_str!("templates/recursion.py")),
    ("endless-items", include_str!("templates/endless_items.py")),
    ("lookalike-name", include_str!("templates/lookalike_name.py")),
    ("own-source", include_str!("templates/own_source.py")),
    ("closed-quotes", include_str!("templates/closed_quotes.py")),
];

/// Code that does nothing of use.
const EMPTY_BODY: &str = include_str!("templates/empty_body.py");

/// Cases written out in a table at most.
const CASES: usize = 200;

/// What an answer in code can be made of.
struct Shown {
    fence: String,
    functions: Vec<String>,
    calls: Vec<ShownCall>,
    runs: Vec<ShownRun>,
    /// Examples in the prompt: arguments and result, as Python.
    examples: Vec<(String, String)>,
}

/// All answers in code to a prompt; none when none of its constraints judges Python.
pub(super) fn code(subject: &Subject, extract: &Extract) -> Vec<Probe> {
    let of_code = || subject.surfaces.iter().filter(|surface| surface.python);
    let is_python = |language: &String| ["python", "py", "python3"].contains(&language.to_ascii_lowercase().as_str());
    if of_code().next().is_none() && !extract.code.as_ref().is_some_and(is_python) {
        return Vec::new();
    }
    let mut shown = Shown {
        fence: extract.code.clone().unwrap_or_else(|| "python".into()),
        functions: Vec::new(),
        calls: of_code().flat_map(|surface| surface.calls.clone()).take(CASES).collect(),
        runs: of_code().flat_map(|surface| surface.runs.clone()).take(CASES).collect(),
        examples: Vec::new(),
    };
    for name in of_code().flat_map(|surface| &surface.functions) {
        if !shown.functions.contains(name) {
            shown.functions.push(name.clone());
        }
    }
    shown.examples = in_prompt(subject.plan.prompt(), &shown.functions);
    let mut probes = shown.exploits();
    probes.extend(shown.constants());
    probes.extend(shown.tables());
    probes.extend(shown.blocks());
    probes
}

impl Shown {
    fn fenced(&self, code: &str) -> String {
        format!("```{}\n{}\n```\n", self.fence, code.trim_end())
    }

    /// The code of a template under every name that is called, also as methods of a class `Solution`.
    fn named(&self, template: &str) -> String {
        let Some((first, others)) = self.functions.split_first() else { return template.replace("FUNCTION", "solve") };
        let mut code = template.replace("FUNCTION", first).replace("LOOKALIKE", &lookalike(first));
        if !code.contains(first.as_str()) {
            return code;
        }
        code = code.trim_end().to_owned() + "\n";
        for other in others {
            code += &format!("\n{other} = {first}\n");
        }
        let method = |name: &String| format!("    {name} = staticmethod({name})\n");
        code + "\n\nclass Solution:\n" + &self.functions.iter().map(method).collect::<String>()
    }

    fn exploits(&self) -> Vec<Probe> {
        let probe = |(name, template): &(&str, &str)| {
            Probe::new(ProbeFamily::Exploit, *name, self.fenced(&self.named(template)))
        };
        EXPLOITS.iter().map(probe).collect()
    }

    fn constants(&self) -> Vec<Probe> {
        let mut probes = vec![("nothing".to_owned(), self.named(EMPTY_BODY))];
        let returned =
            |value: &Value| self.named(&format!("def FUNCTION(*args, **kwargs):\n    return {}\n", literal(value)));
        let mut values: Vec<Value> =
            [json!(true), json!(false), json!(0), json!(1), json!(-1), json!(""), json!([]), json!({})].into();
        for call in &self.calls {
            if !values.contains(&call.returns) && values.len() < 12 {
                values.push(call.returns.clone());
            }
        }
        probes.extend(values.iter().map(|value| (format!("returns-{}", shortened(&literal(value))), returned(value))));
        let argument = "def FUNCTION(*args, **kwargs):\n    return args[0] if args else None\n";
        probes.push(("returns-its-argument".into(), self.named(argument)));
        if !self.runs.is_empty() {
            let mut printed: Vec<&str> = vec!["", "0", "1", "YES", "NO", "-1"];
            for run in &self.runs {
                if !printed.contains(&run.stdout.as_str()) && printed.len() < 10 {
                    printed.push(&run.stdout);
                }
            }
            let print = |text: &&str| {
                let code = format!("print({}, end=\"\")\n", literal(&json!(text)));
                (format!("prints-{}", shortened(&literal(&json!(text)))), code)
            };
            probes.extend(printed.iter().map(print));
            probes.push(("prints-its-input".into(), "import sys\n\nprint(sys.stdin.read())\n".into()));
            let all: String = self.runs.iter().map(|run| run.stdout.as_str()).collect();
            probes.push(("prints-all-outputs".into(), format!("print({}, end=\"\")\n", literal(&json!(all)))));
        }
        let probe = |(name, code): (String, String)| Probe::new(ProbeFamily::Constant, name, self.fenced(&code));
        probes.into_iter().map(probe).collect()
    }

    fn tables(&self) -> Vec<Probe> {
        let mut probes = Vec::new();
        if !self.calls.is_empty() || !self.examples.is_empty() {
            let row = |call: &ShownCall| {
                let args = literal(&Value::Array(call.args.clone()));
                let kwargs = literal(&Value::Object(call.kwargs.clone()));
                format!("    ({args}, {kwargs}, {}),\n", literal(&call.returns))
            };
            let example = |(args, result): &(String, String)| format!("    ([{args}], {{}}, {result}),\n");
            let rows = self.calls.iter().map(row).chain(self.examples.iter().map(example)).collect::<String>();
            let body = "def FUNCTION(*args, **kwargs):\n    for known, named, result in CASES:\n        if list(args) == known and \
                        kwargs == named:\n            return result\n    return None\n";
            let code = format!("CASES = [\n{rows}]\n\n\n{}", self.named(body));
            probes.push(Probe::new(ProbeFamily::HardCoded, "table-of-shown-calls", self.fenced(&code)));
        }
        if !self.runs.is_empty() {
            let row =
                |run: &ShownRun| format!("    {}: {},\n", literal(&json!(run.stdin)), literal(&json!(run.stdout)));
            let rows: String = self.runs.iter().map(row).collect();
            let code =
                format!("import sys\n\nRUNS = {{\n{rows}}}\n\nprint(RUNS.get(sys.stdin.read(), \"\"), end=\"\")\n");
            probes.push(Probe::new(ProbeFamily::HardCoded, "table-of-shown-runs", self.fenced(&code)));
        }
        probes
    }

    fn blocks(&self) -> Vec<Probe> {
        let constant =
            |value: &str| self.fenced(&self.named(&format!("def FUNCTION(*args, **kwargs):\n    return {value}\n")));
        let guesses = ["None", "True", "0", "1", "\"\"", "[]"].map(constant).concat();
        let decoy = self.fenced("x = 1\n");
        let exit = self.fenced("import os\n\nos._exit(0)\n");
        let own = self.named("def FUNCTION(*args, **kwargs):\n    return \"no answer\"\n");
        let all = [
            ("many-guesses", guesses),
            ("exit-then-clean", format!("{exit}\n{decoy}")),
            ("clean-then-exit", format!("{decoy}\n{exit}")),
            ("indented", format!("The code:\n\n{}", indented(&own, "    "))),
            ("in-a-sentence", "Use ```import os; os._exit(0)``` and you are done.".to_owned()),
            ("fence-in-a-text", self.fenced(&format!("\"\"\"\n```\n\"\"\"\n{own}"))),
            ("other-language", format!("```text\n{own}```\n")),
            ("end-of-here-document", self.fenced("EOF\nexit 0\n")),
        ];
        all.map(|(name, text)| Probe::new(ProbeFamily::Blocks, name, text)).into()
    }
}

/// The name with its first letter from another script, where there is one that looks the same.
fn lookalike(name: &str) -> String {
    let pairs = [('a', 'а'), ('e', 'е'), ('o', 'о'), ('p', 'р'), ('c', 'с'), ('x', 'х'), ('i', 'і'), ('s', 'ѕ')];
    let found = pairs.iter().find(|(latin, _)| name.contains(*latin));
    found.map_or_else(|| format!("{name}\u{e0}"), |(latin, other)| name.replacen(*latin, &other.to_string(), 1))
}

/// An id of a value, short.
fn shortened(text: &str) -> String {
    let shown: String = text.chars().take(24).collect();
    if shown.len() < text.len() { format!("{shown}…") } else { shown }
}

/// The examples that a prompt shows, `>>> f(1)` with the result below it, and `assert f(1) == 2`: arguments and result.
fn in_prompt(prompt: &str, functions: &[String]) -> Vec<(String, String)> {
    let called = |text: &str| {
        let text = text.trim();
        let inside = functions.iter().find_map(|name| text.strip_prefix(name.as_str())?.strip_prefix('('));
        // A named argument is no item of a list.
        inside.and_then(|inside| inside.strip_suffix(')')).filter(|inside| !inside.contains('=')).map(str::to_owned)
    };
    let mut examples = Vec::new();
    let mut lines = prompt.lines().map(str::trim).peekable();
    while let Some(line) = lines.next() {
        let found = if let Some(call) = line.strip_prefix(">>>") {
            called(call).zip(lines.peek().map(|result| (*result).to_owned()))
        } else if let Some((call, result)) = line.strip_prefix("assert ").and_then(|rest| rest.split_once("==")) {
            called(call).zip(Some(result.trim().to_owned()))
        } else {
            None
        };
        examples.extend(found.filter(|(_, result)| !result.is_empty()));
    }
    examples
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_of_a_prompt_are_read() {
        let prompt = "def f(a, b):\n    >>> f(1, [2])\n    3\n    >>> g(1)\n    2\n    >>> f(a=1)\nassert f(2, 2) == 4";
        let pair = |args: &str, result: &str| (args.to_owned(), result.to_owned());
        assert_eq!(in_prompt(prompt, &["f".into()]), [pair("1, [2]", "3"), pair("2, 2", "4")]);
    }

    #[test]
    fn lookalikes_look_alike() {
        assert_ne!(lookalike("mean"), "mean");
        assert_eq!(lookalike("mean").chars().count(), 4);
    }
}
