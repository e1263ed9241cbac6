//! JSON as Python's `json.loads` accepts it: `NaN`, `Infinity` and `-Infinity` are values, and integers stop at 4300
//! digits. Nothing is built and nothing recurses, so depth costs a bit a level.

use core::fmt;

/// Most digits of an integer CPython converts (`sys.int_info.default_max_str_digits`).
const MAX_DIGITS: usize = 4300;

/// Why a text is not JSON, and at which byte.
#[derive(Debug, PartialEq)]
pub struct Error {
    expected: &'static str,
    at: usize,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} expected at byte {}", self.expected, self.at)
    }
}

/// Whether the whole text is one JSON value with optional white space around it.
///
/// # Errors
/// The first thing that is wrong.
pub fn validate(text: &str) -> Result<(), Error> {
    let mut reader = Reader { bytes: text.as_bytes(), at: 0 };
    // The open containers, outermost first: whether each is an object.
    let mut open: Vec<bool> = Vec::new();
    loop {
        reader.space();
        if reader.eat(b"{") {
            reader.space();
            if !reader.eat(b"}") {
                reader.key()?;
                open.push(true);
                continue;
            }
        } else if reader.eat(b"[") {
            reader.space();
            if !reader.eat(b"]") {
                open.push(false);
                continue;
            }
        } else {
            reader.scalar()?;
        }
        // A value is complete: close what ends here, until another value must follow.
        loop {
            reader.space();
            match open.last() {
                None if reader.at == reader.bytes.len() => return Ok(()),
                None => return Err(reader.error("the end")),
                Some(true) if reader.eat(b",") => {
                    reader.space();
                    reader.key()?;
                    break;
                }
                Some(false) if reader.eat(b",") => break,
                Some(true) if !reader.eat(b"}") => return Err(reader.error("`,` or `}`")),
                Some(false) if !reader.eat(b"]") => return Err(reader.error("`,` or `]`")),
                Some(_) => {
                    open.pop();
                }
            }
        }
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn error(&self, expected: &'static str) -> Error {
        Error { expected, at: self.at }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn eat(&mut self, text: &[u8]) -> bool {
        let found = self.bytes[self.at..].starts_with(text);
        if found {
            self.at += text.len();
        }
        found
    }

    fn skip(&mut self, accepts: impl Fn(u8) -> bool) -> usize {
        let start = self.at;
        while self.peek().is_some_and(&accepts) {
            self.at += 1;
        }
        self.at - start
    }

    fn space(&mut self) {
        self.skip(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'));
    }

    fn key(&mut self) -> Result<(), Error> {
        if !self.eat(b"\"") {
            return Err(self.error("a key in double quotation marks"));
        }
        self.string()?;
        self.space();
        if self.eat(b":") { Ok(()) } else { Err(self.error("`:`")) }
    }

    fn scalar(&mut self) -> Result<(), Error> {
        if self.eat(b"\"") {
            return self.string();
        }
        let words: [&[u8]; 6] = [b"null", b"true", b"false", b"NaN", b"Infinity", b"-Infinity"];
        if words.iter().any(|word| self.eat(word)) { Ok(()) } else { self.number() }
    }

    /// The rest of a string after its opening mark.
    fn string(&mut self) -> Result<(), Error> {
        loop {
            self.skip(|byte| byte >= 0x20 && byte != b'"' && byte != b'\\');
            if self.eat(b"\"") {
                return Ok(());
            }
            if !self.eat(b"\\") {
                return Err(self.error("`\"` to end the string"));
            }
            match self.peek() {
                Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.at += 1,
                Some(b'u') => {
                    let digits = self.bytes.get(self.at + 1..self.at + 5).unwrap_or_default();
                    if digits.len() != 4 || !digits.iter().all(u8::is_ascii_hexdigit) {
                        return Err(self.error("`u` and four hexadecimal digits"));
                    }
                    self.at += 5;
                }
                _ => return Err(self.error("a known escape")),
            }
        }
    }

    fn number(&mut self) -> Result<(), Error> {
        let start = self.at;
        self.eat(b"-");
        let digits = if self.eat(b"0") { 1 } else { self.skip(|byte| byte.is_ascii_digit()) };
        if digits == 0 {
            self.at = start;
            return Err(self.error("a value"));
        }
        // A dot or an exponent without digits belongs to no number: what follows will refuse it.
        let integer = self.at;
        if !(self.eat(b".") && self.skip(|byte| byte.is_ascii_digit()) > 0) {
            self.at = integer;
        }
        let mantissa = self.at;
        let exponent = self.eat(b"e") || self.eat(b"E");
        if exponent {
            let _ = self.eat(b"+") || self.eat(b"-");
        }
        if !exponent || self.skip(|byte| byte.is_ascii_digit()) == 0 {
            self.at = mantissa;
        }
        if self.at == integer && digits > MAX_DIGITS {
            return Err(self.error("a shorter integer"));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::validate;

    // Expected values from CPython 3.11's `json.loads`.
    #[test]
    fn agrees_with_python() {
        let good = [
            "1",
            "-0",
            "0.5e-3",
            "1E5",
            "NaN",
            "-Infinity",
            "\"\\ud800\"",
            " [ ] ",
            "{\"a\" : [1, {\"b\": null}]}",
            "\"\u{7f}\u{2028}\"",
            "[[],{}]",
        ];
        let bad = [
            "",
            "01",
            "1.",
            ".5",
            "+1",
            "-",
            "1e",
            "[1,]",
            "{\"a\":1,}",
            "{a:1}",
            "'a'",
            "\"\\x41\"",
            "\"\\u12\"",
            "\"a",
            "\"\t\"",
            "[1 2]",
            "nul",
            "{} {}",
            "[",
            "]",
            "\u{a0}1",
            "\u{feff}1",
            "-NaN",
            "{\"a\"}",
            "[1}",
            "٣",
        ];
        for text in good {
            assert_eq!(validate(text), Ok(()), "{text}");
        }
        for text in bad {
            assert!(validate(text).is_err(), "{text}");
        }
        assert!(validate(&"9".repeat(4300)).is_ok() && validate(&"9".repeat(4301)).is_err());
        assert!(validate(&format!("{}.0", "9".repeat(4301))).is_ok());
        assert!(validate(&("[".repeat(100_000) + &"]".repeat(100_000))).is_ok());
    }
}
