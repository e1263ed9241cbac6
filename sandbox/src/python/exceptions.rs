//! The exceptions that CPython 3.14 has built in, which are all that a report may name: anything else would be a word of the completion's.

/// What stands for an exception that is none of them.
pub(super) const OTHER: &str = "CandidateError";

/// The builtin exceptions that extend `Exception`, sorted: what an answer may say was raised.
#[rustfmt::skip]
pub const BUILTIN_EXCEPTIONS: [&str; 63] = [
    "ArithmeticError", "AssertionError", "AttributeError", "BlockingIOError", "BrokenPipeError",
    "BufferError", "BytesWarning", "ChildProcessError", "ConnectionAbortedError", "ConnectionError",
    "ConnectionRefusedError", "ConnectionResetError", "DeprecationWarning", "EOFError", "EncodingWarning",
    "Exception", "ExceptionGroup", "FileExistsError", "FileNotFoundError", "FloatingPointError",
    "FutureWarning", "ImportError", "ImportWarning", "IndentationError", "IndexError",
    "InterruptedError", "IsADirectoryError", "KeyError", "LookupError", "MemoryError",
    "ModuleNotFoundError", "NameError", "NotADirectoryError", "NotImplementedError", "OSError",
    "OverflowError", "PendingDeprecationWarning", "PermissionError", "ProcessLookupError", "PythonFinalizationError",
    "RecursionError", "ReferenceError", "ResourceWarning", "RuntimeError", "RuntimeWarning",
    "StopAsyncIteration", "StopIteration", "SyntaxError", "SyntaxWarning", "SystemError",
    "TabError", "TimeoutError", "TypeError", "UnboundLocalError", "UnicodeDecodeError",
    "UnicodeEncodeError", "UnicodeError", "UnicodeTranslateError", "UnicodeWarning", "UserWarning",
    "ValueError", "Warning", "ZeroDivisionError",
];

/// The name, if it is that of a builtin exception.
pub(super) fn known(name: &str) -> &str {
    if BUILTIN_EXCEPTIONS.binary_search(&name).is_ok() { name } else { OTHER }
}

#[cfg(test)]
mod tests {
    use super::{BUILTIN_EXCEPTIONS, OTHER, known};

    #[test]
    fn only_builtin_names_are_passed_on() {
        assert!(BUILTIN_EXCEPTIONS.is_sorted());
        assert_eq!((known("KeyError"), known("KeyErrorX"), known(OTHER)), ("KeyError", OTHER, OTHER));
    }
}
