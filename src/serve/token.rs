//! The bearer token.

use sha2::{Digest, Sha256};
use std::fmt;
use subtle::ConstantTimeEq;

/// Fewest characters of a token.
const SHORTEST: usize = 16;

/// A secret that requests must bring. Only its digest is kept, and compared in constant time.
#[derive(Clone)]
pub struct Token([u8; 32]);

/// Why a text is no token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenError {
    /// Too easily guessed.
    Short,
    /// It has characters that a header does not carry.
    Characters,
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Short => {
                write!(f, "the token has fewer than {SHORTEST} characters: make one with `openssl rand -hex 32`")
            }
            Self::Characters => f.write_str("the token must be visible ASCII without spaces"),
        }
    }
}

impl std::error::Error for TokenError {}

impl Token {
    /// Takes a token as read from a file or a variable; white space around it does not belong to it.
    ///
    /// # Errors
    /// [`TokenError`].
    pub fn new(text: &str) -> Result<Self, TokenError> {
        let text = text.trim();
        if text.len() < SHORTEST {
            Err(TokenError::Short)
        } else if text.bytes().all(|byte| byte.is_ascii_graphic()) {
            Ok(Self(digest(text.as_bytes())))
        } else {
            Err(TokenError::Characters)
        }
    }

    pub(super) fn is(&self, given: &[u8]) -> bool {
        self.0.ct_eq(&digest(given)).into()
    }
}

fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_itself_and_nothing_else() {
        let token = Token::new(" 0123456789abcdef\n").unwrap();
        assert!(token.is(b"0123456789abcdef"));
        for other in ["0123456789abcde", "0123456789abcdef0", "0123456789abcdeF", ""] {
            assert!(!token.is(other.as_bytes()), "{other}");
        }
    }

    #[test]
    fn what_is_no_secret_is_refused() {
        assert_eq!(Token::new("").err(), Some(TokenError::Short));
        assert_eq!(Token::new("0123456789abcde").err(), Some(TokenError::Short));
        assert_eq!(Token::new("0123456789 abcdef").err(), Some(TokenError::Characters));
        assert_eq!(Token::new("0123456789abcdéf").err(), Some(TokenError::Characters));
    }
}
