//! The request the host writes: four fields, each a little-endian `u32` length and its UTF-8 bytes:
//! checker id, parameters (a JSON object), prompt, text.

use crate::Input;

/// A decoded request.
pub(crate) struct Request<'a> {
    pub(crate) id: &'a str,
    pub(crate) params: &'a str,
    pub(crate) input: Input<'a>,
}

impl<'a> Request<'a> {
    pub(crate) fn decode(mut bytes: &'a [u8]) -> Result<Self, String> {
        let id = field(&mut bytes, "checker id")?;
        let params = field(&mut bytes, "parameters")?;
        let prompt = field(&mut bytes, "prompt")?;
        let text = field(&mut bytes, "text")?;
        Ok(Self { id, params, input: Input { text, prompt } })
    }
}

fn field<'a>(bytes: &mut &'a [u8], name: &str) -> Result<&'a str, String> {
    let cut = || format!("the request ends inside its {name}");
    let (length, rest) = bytes.split_first_chunk::<4>().ok_or_else(cut)?;
    let (value, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize).ok_or_else(cut)?;
    *bytes = rest;
    core::str::from_utf8(value).map_err(|_| format!("the {name} in the request is not UTF-8"))
}
