//! Python strings, which may hold what Unicode text may not: lone surrogates.

use std::fmt;

/// A string of Python's: UTF-8, a lone surrogate as the three bytes it would have.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Text(Vec<u8>);

impl Text {
    /// Takes the bytes if they are the one encoding of some Python string.
    #[must_use]
    pub fn from_bytes(bytes: Vec<u8>) -> Option<Self> {
        let mut rest = &bytes[..];
        while let Err(error) = std::str::from_utf8(rest) {
            rest = match &rest[error.valid_up_to()..] {
                [0xed, 0xa0..=0xbf, 0x80..=0xbf, rest @ ..] => rest,
                _ => return None,
            };
        }
        Some(Self(bytes))
    }

    /// The bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The text, if it is one: without lone surrogates.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        std::str::from_utf8(&self.0).ok()
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(text.as_bytes().to_vec())
    }
}

/// With the replacement character for what is no text.
impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&String::from_utf8_lossy(&self.0))
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", String::from_utf8_lossy(&self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surrogates_are_taken_and_other_bytes_are_not() {
        for good in [&b""[..], "é€😀".as_bytes(), b"a\xed\xa0\x80b", b"\xed\xbf\xbf", b"\xed\xa0\xbd\xed\xb8\x80"]
        {
            assert!(Text::from_bytes(good.to_vec()).is_some(), "{good:?}");
        }
        for bad in [&b"\xff"[..], b"\xed\xa0", b"\xc0\x80", b"\xf4\x90\x80\x80", b"\xed\xa0\x80\xff", b"\x80"] {
            assert!(Text::from_bytes(bad.to_vec()).is_none(), "{bad:?}");
        }
    }
}
