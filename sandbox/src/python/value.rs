//! Plain data of Python: all that crosses between an instance and the host.

use super::{int::Int, text::Text};

/// A value rebuilt from its bytes. It has no code of its own, so nothing a program defines takes part in comparing it.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `None`.
    None,
    /// `True` and `False`, which are no integers here.
    Bool(bool),
    /// An integer of any size.
    Int(Int),
    /// A float; NaN and infinities included.
    Float(f64),
    /// A complex number: real and imaginary part.
    Complex(f64, f64),
    /// A string, which may hold lone surrogates.
    Str(Text),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A list.
    List(Vec<Value>),
    /// A tuple.
    Tuple(Vec<Value>),
    /// A dict, in its own order. Keys may repeat in a value that a program forged.
    Dict(Vec<(Value, Value)>),
    /// A set, in the order it came.
    Set(Vec<Value>),
    /// A frozenset, in the order it came.
    Frozenset(Vec<Value>),
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(value.into())
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Self::Float(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Str(value.into())
    }
}

impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(values: Vec<T>) -> Self {
        Self::List(values.into_iter().map(Into::into).collect())
    }
}
