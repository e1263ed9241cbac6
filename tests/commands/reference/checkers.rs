//! A page for a family of checkers, from what they declare.

use fullmarks::spec::CheckerDoc;
use std::fmt::Write;

/// Checkers that belong together.
pub(crate) struct Family {
    /// Name of the page.
    pub(crate) name: &'static str,
    title: &'static str,
    about: &'static str,
    /// Which checkers: by where their definition comes from, or by the beginning of their ids.
    of: Of,
}

enum Of {
    Source(&'static str),
    Prefix(&'static str),
    Rest,
}

pub(crate) const FAMILIES: &[Family] = &[
    Family {
        name: "general",
        title: "Everyday checkers",
        about: "Lengths, contents, patterns, JSON and languages.",
        of: Of::Rest,
    },
    Family {
        name: "python",
        title: "Python checkers",
        about: "Code that is run or read, in the sandbox. [What they do and do not](../python.md) has the layouts and the limits.",
        of: Of::Prefix("python."),
    },
    Family {
        name: "ifeval",
        title: "IFEval, checker by checker",
        about: "The instructions of IFEval (arXiv 2311.07911). [How they compare with the official checker](../ifeval.md).",
        of: Of::Source("google-research/"),
    },
    Family {
        name: "ifbench",
        title: "IFBench, checker by checker",
        about: "The instructions of IFBench (arXiv 2507.02833). [How they compare with the official checker](../ifbench.md).",
        of: Of::Source("allenai/IFBench"),
    },
    Family {
        name: "ifevalg",
        title: "IFEvalG, checker by checker",
        about: "What IFEvalG has beyond IFEval, for training (IF-RLVR, arXiv 2507.02833). \
                [How they compare with the official checker](../ifbench.md).",
        of: Of::Source("allenai/open-instruct"),
    },
];

impl Family {
    /// Whether a checker is one of them.
    pub(crate) fn has(&self, checker: &CheckerDoc) -> bool {
        match self.of {
            Of::Source(source) => checker.source.starts_with(source),
            Of::Prefix(prefix) => checker.id.starts_with(prefix),
            Of::Rest => FAMILIES.iter().all(|other| matches!(other.of, Of::Rest) || !other.has(checker)),
        }
    }

    /// The page.
    pub(crate) fn page(&self, checkers: &[&CheckerDoc]) -> String {
        let mut page = format!(
            "# {}\n\n{} The same of one checker: `fullmarks checkers show ID`.\n\n| checker | what passes |\n| --- | --- |\n",
            self.title, self.about
        );
        for checker in checkers {
            let _ = writeln!(page, "| [`{0}`](#{1}) | {2} |", checker.id, anchor(&checker.id), cell(&checker.summary));
        }
        checkers.iter().for_each(|checker| page += &section(checker));
        page
    }
}

/// Prose may have angle brackets, which a book takes for HTML outside code.
fn prose(text: &str) -> String {
    let parts: Vec<String> = text
        .split('`')
        .enumerate()
        .map(|(place, part)| if place % 2 == 0 { part.replace('<', "&lt;") } else { part.to_owned() })
        .collect();
    parts.join("`")
}

fn section(checker: &CheckerDoc) -> String {
    let mut section = format!("\n## {}\n\n{}\n", checker.id, prose(&checker.summary));
    if !checker.details.is_empty() {
        let _ = writeln!(section, "\n{}", prose(&checker.details));
    }
    if !checker.params.is_empty() {
        section += "\n| parameter | type | meaning |\n| --- | --- | --- |\n";
    }
    for param in &checker.params {
        let need = match (&param.default, param.required) {
            (_, true) => "required".to_owned(),
            (None, _) => "optional".to_owned(),
            (Some(default), _) => format!("default `{default}`"),
        };
        let kind = cell(&param.kind.describe());
        let _ = writeln!(section, "| `{}` | {kind}, {need} | {} |", param.name, cell(&param.doc));
    }
    let example = &checker.example;
    let _ = writeln!(section, "\n```text\ncheck: {}", checker.id);
    if example.params.as_object().is_some_and(|params| !params.is_empty()) {
        let _ = writeln!(section, "with: {}", example.params);
    }
    if !example.prompt.is_empty() {
        let _ = writeln!(section, "prompt {:?}", example.prompt);
    }
    for (what, texts) in [("passes", &example.passes), ("fails ", &example.fails)] {
        texts.iter().for_each(|text| section += &format!("{what} {text:?}\n"));
    }
    let _ = writeln!(section, "```\n\nSource: {}", checker.source);
    section
}

/// As GitHub and mdBook make it of a heading.
fn anchor(id: &str) -> String {
    id.chars().filter(|c| c.is_alphanumeric() || "-_".contains(*c)).collect::<String>().to_lowercase()
}

fn cell(text: &str) -> String {
    prose(text).replace('|', "\\|").replace('\n', " ")
}
