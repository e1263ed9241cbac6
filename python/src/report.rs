//! What audits and probes give: a text, a page, and the same as data.

use crate::json;
use pyo3::prelude::*;
use serde_json::Value;

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

    fn __str__(&self) -> &str {
        &self.text
    }

    fn __repr__(&self) -> String {
        format!("Report({:?})", self.text.lines().next().unwrap_or_default())
    }
}
