//! Values to bytes, for the guest to read. `sandbox/python-guest/plain.py` describes the format.

use super::{DEPTH, Value};

/// Why a value cannot be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EncodeError {
    /// Nested too deeply.
    #[error("nested more than {DEPTH} deep")]
    Depth,
    /// Something in it is longer than 32 bits can say.
    #[error("it holds something longer than 4 GiB")]
    Length,
}

/// Appends the value's bytes.
pub(super) fn encode(value: &Value, into: &mut Vec<u8>) -> Result<(), EncodeError> {
    append(value, DEPTH, into)
}

fn append(value: &Value, depth: usize, into: &mut Vec<u8>) -> Result<(), EncodeError> {
    match value {
        Value::None => into.push(b'N'),
        Value::Bool(true) => into.push(b'T'),
        Value::Bool(false) => into.push(b'F'),
        Value::Int(int) => {
            let bytes = int.as_le_bytes();
            match u8::try_from(bytes.len()) {
                Ok(length) => into.extend([b'i', length]),
                Err(_) => head(b'I', bytes.len(), into)?,
            }
            into.extend(bytes);
        }
        Value::Float(float) => {
            into.push(b'f');
            into.extend(float.to_le_bytes());
        }
        Value::Complex(real, imaginary) => {
            into.push(b'c');
            into.extend(real.to_le_bytes());
            into.extend(imaginary.to_le_bytes());
        }
        Value::Str(text) => {
            head(b's', text.as_bytes().len(), into)?;
            into.extend(text.as_bytes());
        }
        Value::Bytes(bytes) => {
            head(b'b', bytes.len(), into)?;
            into.extend(bytes);
        }
        Value::List(items) => all(b'l', items, depth, into)?,
        Value::Tuple(items) => all(b't', items, depth, into)?,
        Value::Set(items) => all(b'S', items, depth, into)?,
        Value::Frozenset(items) => all(b'Z', items, depth, into)?,
        Value::Dict(pairs) => {
            head(b'd', pairs.len(), into)?;
            let depth = depth.checked_sub(1).ok_or(EncodeError::Depth)?;
            for (key, value) in pairs {
                append(key, depth, into)?;
                append(value, depth, into)?;
            }
        }
    }
    Ok(())
}

fn all(tag: u8, items: &[Value], depth: usize, into: &mut Vec<u8>) -> Result<(), EncodeError> {
    head(tag, items.len(), into)?;
    let depth = depth.checked_sub(1).ok_or(EncodeError::Depth)?;
    items.iter().try_for_each(|item| append(item, depth, into))
}

fn head(tag: u8, length: usize, into: &mut Vec<u8>) -> Result<(), EncodeError> {
    let length = u32::try_from(length).map_err(|_| EncodeError::Length)?;
    into.push(tag);
    into.extend(length.to_le_bytes());
    Ok(())
}
