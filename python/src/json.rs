//! Python's plain data and JSON, one into the other.

use pyo3::{
    prelude::*,
    types::{PyBool, PyBytes, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple},
};
use serde_json::{Map, Number, Value};

/// Levels of containers that are followed.
const DEPTH: usize = 100;

/// A value from Python as JSON. Scalars and arrays of numpy and scalars of Arrow are taken for what they hold.
///
/// # Errors
/// A sentence saying what JSON has no form for.
pub(crate) fn from_python(value: &Bound<'_, PyAny>) -> Result<Value, String> {
    at_depth(value, 0)
}

fn at_depth(value: &Bound<'_, PyAny>, depth: usize) -> Result<Value, String> {
    if depth > DEPTH {
        return Err(format!("it is nested deeper than {DEPTH} levels"));
    }
    let inner = |value: &Bound<'_, PyAny>| at_depth(value, depth + 1);
    if value.is_none() {
        return Ok(Value::Null);
    }
    if let Ok(text) = value.cast::<PyString>() {
        return Ok(Value::String(text_of(text)));
    }
    if value.cast::<PyBool>().is_ok() {
        return value.extract().map(Value::Bool).map_err(|error| error.to_string());
    }
    if value.cast::<PyInt>().is_ok() {
        let small = value.extract::<i64>().map(Number::from).or_else(|_| value.extract::<u64>().map(Number::from));
        return small.map(Value::Number).map_err(|_| format!("the whole number {value} is too large for JSON"));
    }
    if let Ok(number) = value.cast::<PyFloat>() {
        let number = number.value();
        return Number::from_f64(number).map(Value::Number).ok_or_else(|| format!("JSON has no number {number}"));
    }
    if let Ok(items) = value.cast::<PyList>() {
        return items.iter().map(|item| inner(&item)).collect::<Result<_, _>>().map(Value::Array);
    }
    if let Ok(items) = value.cast::<PyTuple>() {
        return items.iter().map(|item| inner(&item)).collect::<Result<_, _>>().map(Value::Array);
    }
    if let Ok(object) = value.cast::<PyDict>() {
        let entry = |(key, value): (Bound<'_, PyAny>, Bound<'_, PyAny>)| {
            let key = key.cast::<PyString>().map_err(|_| format!("a key must be text, not {}", kind(&key)))?;
            Ok((text_of(key), inner(&value)?))
        };
        return object.iter().map(entry).collect::<Result<Map<_, _>, String>>().map(Value::Object);
    }
    // numpy's scalars and arrays have `tolist`, Arrow's scalars `as_py`; both give plain data.
    for method in ["tolist", "as_py"] {
        if let Ok(plain) = value.call_method0(method) {
            return inner(&plain);
        }
    }
    Err(format!("{} is no text, number, list or dict", kind(value)))
}

/// A string's text. Halves of characters that stand alone, which no encoding has a form for, become U+FFFD, one each: what a policy wrote is
/// judged, however odd it is. Two that belong together are the character, as in JSON.
pub(crate) fn text_of(text: &Bound<'_, PyString>) -> String {
    if let Ok(text) = text.to_str() {
        return text.to_owned();
    }
    let encoded = text.call_method1("encode", ("utf-16-le", "surrogatepass"));
    match encoded.as_ref().map(|bytes| bytes.cast::<PyBytes>()) {
        Ok(Ok(bytes)) => {
            let (units, _) = bytes.as_bytes().as_chunks::<2>();
            String::from_utf16_lossy(&units.iter().map(|unit| u16::from_le_bytes(*unit)).collect::<Vec<_>>())
        }
        _ => text.to_string_lossy().into_owned(),
    }
}

/// The name of a value's type.
pub(crate) fn kind(value: &Bound<'_, PyAny>) -> String {
    value.get_type().name().map_or_else(|_| "something".into(), |name| name.to_string())
}

/// JSON as Python's plain data.
pub(crate) fn to_python<'py>(py: Python<'py>, value: &Value) -> PyResult<Bound<'py, PyAny>> {
    Ok(match value {
        Value::Null => py.None().into_bound(py),
        Value::Bool(value) => value.into_pyobject(py)?.to_owned().into_any(),
        Value::Number(number) => match (number.as_i64(), number.as_u64()) {
            (Some(number), _) => number.into_pyobject(py)?.into_any(),
            (None, Some(number)) => number.into_pyobject(py)?.into_any(),
            (None, None) => number.as_f64().into_pyobject(py)?.into_any(),
        },
        Value::String(text) => text.into_pyobject(py)?.into_any(),
        Value::Array(items) => {
            let list = PyList::empty(py);
            items.iter().try_for_each(|item| list.append(to_python(py, item)?))?;
            list.into_any()
        }
        Value::Object(object) => {
            let dict = PyDict::new(py);
            object.iter().try_for_each(|(key, value)| dict.set_item(key, to_python(py, value)?))?;
            dict.into_any()
        }
    })
}
