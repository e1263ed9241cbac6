//! All that is wrong with a constraint's parameters, and names of Python's.

use crate::source::closest;
use fullmarks_sandbox::python::BUILTIN_EXCEPTIONS;

/// What is wrong, a sentence each. A sentence about a case begins with its place: `cases[1]`.
#[derive(Debug)]
pub(in crate::verify) struct Refused(pub(in crate::verify) Vec<String>);

impl From<String> for Refused {
    fn from(why: String) -> Self {
        Self(vec![why])
    }
}

impl From<&str> for Refused {
    fn from(why: &str) -> Self {
        Self(vec![why.to_owned()])
    }
}

const KEYWORDS: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
    "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// Whether a text can be the name of a function.
fn is_name(text: &str) -> bool {
    let begins = text.starts_with(|c: char| c.is_alphabetic() || c == '_');
    begins && text.chars().all(|c| c.is_alphanumeric() || c == '_') && !KEYWORDS.contains(&text)
}

/// What is wrong with the name of the function under test.
pub(super) fn check_function(name: &str) -> Result<(), String> {
    if is_name(name) {
        return Ok(());
    }
    let bare = name.trim().trim_start_matches("def ").split(['(', ':']).next().unwrap_or_default().trim();
    let bare = bare.rsplit('.').next().unwrap_or_default();
    let write = if is_name(bare) { format!(": write `{bare}`") } else { String::new() };
    Err(format!("`function` is the name of a function and nothing else, not `{name}`{write}"))
}

/// What is wrong with the name of an exception that a case expects.
pub(super) fn check_exception(name: &str) -> Result<(), String> {
    if BUILTIN_EXCEPTIONS.contains(&name) {
        return Ok(());
    }
    let help = match name {
        "IOError" | "EnvironmentError" => "; it is another name of `OSError`".into(),
        "BaseException" | "SystemExit" | "KeyboardInterrupt" | "GeneratorExit" => {
            "; what is no `Exception` ends the run, and the case fails".into()
        }
        _ => match closest(name, BUILTIN_EXCEPTIONS.iter().copied()) {
            Some(near) => format!("; did you mean `{near}`?"),
            None => ": an exception of the code's own arrives as the builtin one that it extends, `Exception` at last"
                .into(),
        },
    };
    Err(format!("`raises` names `{name}`, which is no exception that Python has built in{help}"))
}
