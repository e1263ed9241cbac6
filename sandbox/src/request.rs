//! The request a checker reads (ABI version 1): four fields, each a little-endian `u32` length and its UTF-8 bytes.

/// One question to a checker.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// Which of the module's checkers.
    pub checker: &'a str,
    /// Its parameters, a JSON object.
    pub params: &'a str,
    /// The prompt; empty when there is none.
    pub prompt: &'a str,
    /// The text to judge.
    pub text: &'a str,
}

impl Request<'_> {
    fn fields(&self) -> [&str; 4] {
        [self.checker, self.params, self.prompt, self.text]
    }

    /// Length of the encoding; `None` when it does not fit the module's 32-bit address space.
    pub(crate) fn encoded_len(&self) -> Option<u32> {
        let length: usize = self.fields().iter().map(|field| 4 + field.len()).sum();
        i32::try_from(length).ok().map(i32::cast_unsigned)
    }

    /// Writes the encoding straight into the module's memory: `into` is exactly [`Request::encoded_len`] long.
    pub(crate) fn encode(&self, into: &mut [u8]) {
        let mut rest = into;
        for field in self.fields() {
            let (length, after) = rest.split_at_mut(4);
            length.copy_from_slice(&(field.len() as u32).to_le_bytes());
            let (bytes, after) = after.split_at_mut(field.len());
            bytes.copy_from_slice(field.as_bytes());
            rest = after;
        }
    }
}
