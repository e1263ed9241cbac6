//! Code on the line of its fence: "```python def f(x):".

/// Words that begin statements of Python, and mean nothing as attributes of a block.
const STATEMENTS: [&str; 14] = [
    "def ", "class ", "import ", "from ", "async ", "for ", "while ", "if ", "with ", "try:", "print(", "return ",
    "lambda ", "@",
];

/// The language of a block and the code that follows it on the line, where that is code and no attributes.
pub(super) fn code_after_language(info: &str) -> Option<(&str, &str)> {
    let (language, rest) = info.split_once([' ', '\t'])?;
    let code = rest.trim_start();
    let is_language = language.starts_with(|first: char| first.is_ascii_alphabetic())
        && language.chars().all(|c| c.is_ascii_alphanumeric() || "+#._-".contains(c));
    // An attribute has no space around its sign.
    let assigns = code.split_once(" = ").is_some_and(|(name, _)| {
        name.starts_with(|c: char| c.is_alphabetic() || c == '_')
            && name.chars().all(|c| c.is_alphanumeric() || "_, ".contains(c))
    });
    (is_language && (assigns || STATEMENTS.iter().any(|word| code.starts_with(word)))).then_some((language, code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_told_from_attributes() {
        for (info, expected) in [
            ("python def f(x):", Some(("python", "def f(x):"))),
            ("python x = 1", Some(("python", "x = 1"))),
            ("python a, b = 1, 2", Some(("python", "a, b = 1, 2"))),
            ("python title=\"x = 1\"", None),
            ("python {.numberLines}", None),
            ("python 3", None),
            ("python copy", None),
            ("python", None),
            ("{.python} x = 1", None),
        ] {
            assert_eq!(code_after_language(info), expected, "{info}");
        }
    }
}
