//! The library's errors as Python's exceptions: one class each, defined and documented in `fullmarks/errors.py`.

use fullmarks::{
    spec::{Diagnostic, SpecError},
    task::{PromptsError, TaskError},
};
use pyo3::{
    exceptions::{PyFileNotFoundError, PyOSError},
    prelude::*,
    types::{PyDict, PyList},
};
use std::io;

/// The exception of an error.
pub(crate) fn raise(py: Python<'_>, error: &TaskError) -> PyErr {
    let text = error.to_string();
    let made = match error {
        TaskError::Read(_, error) if error.kind() == io::ErrorKind::NotFound => Ok(PyFileNotFoundError::new_err(text)),
        TaskError::Read(..) => Ok(PyOSError::new_err(text)),
        TaskError::Spec(error) => diagnostics(py, error).and_then(|all| exception(py, "SpecError", (text, all))),
        TaskError::Sandbox(_) => exception(py, "SandboxError", (text,)),
        TaskError::Reward(_) => exception(py, "RewardError", (text,)),
        TaskError::Prompts(error) => exception(py, "PromptsError", (text, rows(error))),
        TaskError::Batch(_) => exception(py, "BatchError", (text,)),
        TaskError::State(_) => exception(py, "SettingsError", (text,)),
        TaskError::Sample { index, message } => exception(py, "SampleError", (*index, message.clone())),
        // Of a later version of the library.
        _ => exception(py, "FullmarksError", (text,)),
    };
    made.unwrap_or_else(|error| error)
}

/// A completion, or its prompt, that is not what it should be.
pub(crate) fn sample(py: Python<'_>, index: usize, message: String) -> PyErr {
    raise(py, &TaskError::Sample { index, message })
}

/// An argument out of range.
pub(crate) fn settings(py: Python<'_>, message: String) -> PyErr {
    exception(py, "SettingsError", (message,)).unwrap_or_else(|error| error)
}

/// A list that is not as long as the completions, or none at all.
pub(crate) fn batch(py: Python<'_>, message: String) -> PyErr {
    raise(py, &TaskError::Batch(message))
}

fn exception<'py>(py: Python<'py>, name: &str, arguments: impl pyo3::call::PyCallArgs<'py>) -> PyResult<PyErr> {
    let class = py.import("fullmarks.errors")?.getattr(name)?;
    Ok(PyErr::from_value(class.call1(arguments)?))
}

/// Lines of the prompts that cannot be used, with what is wrong with each.
fn rows(error: &PromptsError) -> Vec<(u64, String)> {
    match error {
        PromptsError::Rows { bad, .. } => bad.iter().map(|row| (row.line, row.message.clone())).collect(),
        _ => Vec::new(),
    }
}

fn diagnostics<'py>(py: Python<'py>, error: &SpecError) -> PyResult<Bound<'py, PyList>> {
    let all = PyList::empty(py);
    for diagnostic in &error.diagnostics {
        let (line, column) = error.position(diagnostic);
        let Diagnostic { message, help, .. } = diagnostic;
        let shown = PyDict::new(py);
        shown.set_item("line", line)?;
        shown.set_item("column", column)?;
        shown.set_item("message", message)?;
        shown.set_item("help", help)?;
        all.append(shown)?;
    }
    Ok(all)
}
