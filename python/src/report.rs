//! What audits, probes and comparisons give: a text, a page, and the same as data.

use crate::json;
use pyo3::{
    exceptions::{PyAttributeError, PyKeyError},
    prelude::*,
};
use serde_json::Value;

/// The largest page that a notebook shows whole.
const LARGEST: usize = 2 << 20;

#[doc = docs!("Report")]
#[pyclass(frozen, module = "fullmarks")]
pub(crate) struct Report {
    pub(crate) report: Value,
    pub(crate) text: String,
    pub(crate) html: String,
}

#[pymethods]
impl Report {
    #[doc = docs!("Report.to_dict")]
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        json::to_python(py, &self.report)
    }

    #[doc = docs!("Report.to_json")]
    fn to_json(&self) -> String {
        self.report.to_string()
    }

    #[doc = docs!("Report.to_html")]
    fn to_html(&self) -> &str {
        &self.html
    }

    #[doc = docs!("Report.keys")]
    fn keys(&self) -> Vec<&str> {
        keys(&self.report)
    }

    fn __getitem__<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
        item(py, &self.report, name)
    }

    fn __getattr__<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
        attribute(py, &self.report, name, "Report")
    }

    fn __contains__(&self, name: &str) -> bool {
        self.report.get(name).is_some()
    }

    fn _repr_html_(&self) -> String {
        frame(&self.html, &self.text)
    }

    fn __str__(&self) -> &str {
        &self.text
    }

    fn __repr__(&self) -> String {
        let kind = self.report["fullmarks"].as_str().unwrap_or_default();
        format!("Report({kind:?}, {:?})", self.text.lines().next().unwrap_or_default())
    }
}

/// The names of what stands at the top of a report.
pub(crate) fn keys(report: &Value) -> Vec<&str> {
    report.as_object().into_iter().flat_map(|report| report.keys().map(String::as_str)).collect()
}

/// A part of a report.
pub(crate) fn item<'py>(py: Python<'py>, report: &Value, name: &str) -> PyResult<Bound<'py, PyAny>> {
    let value = report
        .get(name)
        .ok_or_else(|| PyKeyError::new_err(format!("{name}: there are {}", keys(report).join(", "))))?;
    json::to_python(py, value)
}

/// The same as an attribute.
pub(crate) fn attribute<'py>(py: Python<'py>, report: &Value, name: &str, of: &str) -> PyResult<Bound<'py, PyAny>> {
    let value = report.get(name).ok_or_else(|| {
        PyAttributeError::new_err(format!("{of} has no attribute {name:?}; it has {}", keys(report).join(", ")))
    })?;
    json::to_python(py, value)
}

/// A page in a frame of its own, so that its styles stay within it; a text where the page is too large for a notebook.
pub(crate) fn frame(html: &str, text: &str) -> String {
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    if html.len() > LARGEST {
        return format!("<pre>{}</pre>", escaped(text));
    }
    let style = "width: 100%; height: 36em; border: 0";
    format!("<iframe sandbox=\"\" style=\"{style}\" srcdoc=\"{}\"></iframe>", escaped(html))
}
