//! Arguments of a call.

use super::{EncodeError, Value, encode::encode};

/// Arguments, ready to be sent any number of times.
#[derive(Clone, Debug)]
pub struct Arguments {
    positional: Vec<u8>,
    keywords: Vec<u8>,
}

impl Arguments {
    /// Positional arguments.
    ///
    /// # Errors
    /// [`EncodeError`] when they are nested too deeply or too long.
    pub fn new(positional: Vec<Value>) -> Result<Self, EncodeError> {
        Self::with_keywords(positional, Vec::new())
    }

    /// Positional arguments and those by name.
    ///
    /// # Errors
    /// [`EncodeError`] when they are nested too deeply or too long.
    pub fn with_keywords(positional: Vec<Value>, keywords: Vec<(String, Value)>) -> Result<Self, EncodeError> {
        let bytes = |value: &Value| {
            let mut bytes = Vec::new();
            encode(value, &mut bytes).map(|()| bytes)
        };
        let keywords = keywords.into_iter().map(|(name, value)| (name.as_str().into(), value)).collect();
        Ok(Self { positional: bytes(&Value::List(positional))?, keywords: bytes(&Value::Dict(keywords))? })
    }

    /// The request to call a function with them (`serve` in `sandbox/python-guest/solution.py`).
    pub(super) fn request(&self, function: &str, give_back: bool) -> Result<Vec<u8>, EncodeError> {
        let mut request = vec![b't', 6, 0, 0, 0];
        encode(&"call".into(), &mut request)?;
        encode(&function.into(), &mut request)?;
        request.extend(&self.positional);
        request.extend(&self.keywords);
        encode(&give_back.into(), &mut request)?;
        // Objects stay where they are: the host compares plain data.
        encode(&false.into(), &mut request)?;
        Ok(request)
    }
}
