//! Python literals as data sets hold them, written by `repr` or `str`: strings, numbers, `True`, `False`, `None`, lists,
//! tuples and dictionaries with text for keys.

use serde_json::{Map, Number, Value};

/// How deep lists and dictionaries may nest.
const DEEPEST: usize = 32;

/// Reads a literal; tuples become lists.
///
/// # Errors
/// What is no literal, with the number of the character it stands at.
pub(super) fn parse(text: &str) -> Result<Value, String> {
    let mut parser = Parser { text, rest: text };
    let value = parser.value(DEEPEST)?;
    parser.space();
    if parser.rest.is_empty() { Ok(value) } else { Err(parser.unexpected("nothing more")) }
}

struct Parser<'a> {
    text: &'a str,
    rest: &'a str,
}

impl Parser<'_> {
    fn space(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r']);
    }

    /// Whether this comes next; then it is read.
    fn takes(&mut self, wanted: &str) -> bool {
        self.space();
        let after = self.rest.strip_prefix(wanted);
        self.rest = after.unwrap_or(self.rest);
        after.is_some()
    }

    fn unexpected(&self, wanted: &str) -> String {
        let at = self.text[..self.text.len() - self.rest.len()].chars().count() + 1;
        match self.rest.chars().next() {
            Some(found) => format!("at character {at} there is `{found}`, {wanted} wanted"),
            None => format!("the text ends too early, {wanted} wanted"),
        }
    }

    fn value(&mut self, depth: usize) -> Result<Value, String> {
        self.space();
        let Some(depth) = depth.checked_sub(1) else { return Err(format!("it nests more than {DEEPEST} deep")) };
        for (word, value) in [("None", Value::Null), ("True", true.into()), ("False", false.into())] {
            if self.takes(word) {
                return Ok(value);
            }
        }
        match self.rest.chars().next() {
            Some('[') => self.items("[", "]", depth),
            Some('(') => self.items("(", ")", depth),
            Some('{') => self.dictionary(depth),
            Some('\'' | '"') => self.strings().map(Value::String),
            Some('-' | '+' | '.' | '0'..='9') => self.number(),
            _ => Err(self.unexpected("a literal")),
        }
    }

    fn items(&mut self, open: &str, close: &str, depth: usize) -> Result<Value, String> {
        self.takes(open);
        let mut items = Vec::new();
        while !self.takes(close) {
            items.push(self.value(depth)?);
            if !self.takes(",") && !self.rest.starts_with(close) {
                return Err(self.unexpected(&format!("`,` or `{close}`")));
            }
        }
        Ok(Value::Array(items))
    }

    fn dictionary(&mut self, depth: usize) -> Result<Value, String> {
        self.takes("{");
        let mut object = Map::new();
        while !self.takes("}") {
            self.space();
            if !self.rest.starts_with(['\'', '"']) {
                return Err(self.unexpected("a key in quotation marks"));
            }
            let key = self.strings()?;
            if !self.takes(":") {
                return Err(self.unexpected("`:`"));
            }
            object.insert(key, self.value(depth)?);
            if !self.takes(",") && !self.rest.starts_with('}') {
                return Err(self.unexpected("`,` or `}`"));
            }
        }
        Ok(Value::Object(object))
    }

    /// A string, or several side by side, which make up one.
    fn strings(&mut self) -> Result<String, String> {
        let mut text = self.string()?;
        while {
            self.space();
            self.rest.starts_with(['\'', '"'])
        } {
            text.push_str(&self.string()?);
        }
        Ok(text)
    }

    fn string(&mut self) -> Result<String, String> {
        let mut characters = self.rest.chars();
        let quote = characters.next();
        let mut text = String::new();
        loop {
            self.rest = characters.as_str();
            match characters.next() {
                found if found == quote && found.is_some() => {
                    self.rest = characters.as_str();
                    return Ok(text);
                }
                Some('\\') => {
                    self.rest = characters.as_str();
                    text.extend(self.escape()?);
                    characters = self.rest.chars();
                }
                Some('\n') | None => return Err(self.unexpected("a quotation mark")),
                Some(c) => text.push(c),
            }
        }
    }

    /// What follows a backslash; none for a line that goes on.
    fn escape(&mut self) -> Result<Option<char>, String> {
        let mut characters = self.rest.chars();
        let escaped = match characters.next() {
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('a') => '\u{7}',
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('v') => '\u{b}',
            Some(c @ ('\\' | '\'' | '"')) => c,
            Some('\n') => {
                self.rest = characters.as_str();
                return Ok(None);
            }
            Some('x') => return self.code(2).map(Some),
            Some('u') => return self.code(4).map(Some),
            Some('U') => return self.code(8).map(Some),
            _ => return Err(self.unexpected("an escape that Python's `repr` writes")),
        };
        self.rest = characters.as_str();
        Ok(Some(escaped))
    }

    /// A character by its code point in so many hexadecimal digits.
    fn code(&mut self, digits: usize) -> Result<char, String> {
        let after = &self.rest[1..];
        let code = after.get(..digits).filter(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let found = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        let Some(found) = found else { return Err(self.unexpected("the code of a character")) };
        self.rest = &after[digits..];
        Ok(found)
    }

    fn number(&mut self) -> Result<Value, String> {
        let end = self.rest.find(|c: char| !(c.is_ascii_alphanumeric() || "+-._".contains(c)));
        let written = &self.rest[..end.unwrap_or(self.rest.len())];
        let whole = written.parse::<i64>().ok().map(Number::from);
        let number = whole.or_else(|| written.parse::<f64>().ok().and_then(Number::from_f64));
        let Some(number) = number else { return Err(self.unexpected("a number")) };
        self.rest = &self.rest[written.len()..];
        Ok(Value::Number(number))
    }
}

#[cfg(test)]
mod tests {
    use super::parse;
    use serde_json::json;

    // Each as CPython's `ast.literal_eval` reads it.
    #[test]
    fn reads_what_python_writes() {
        for (text, value) in [
            ("[{'a': ['x:y', None], 'k': (1, -2.5, True)}]", json!([{"a": ["x:y", null], "k": [1, -2.5, true]}])),
            (
                r#"["it's", 'a "b"', 'it\'s \\ \n \x41 \u00e9 \U0001f989']"#,
                json!(["it's", "a \"b\"", "it's \\ \n A é 🦉"]),
            ),
            (" { } ", json!({})),
            ("('a' 'b',)", json!(["ab"])),
            ("1e3", json!(1000.0)),
            ("['é', False, ]", json!(["é", false])),
        ] {
            assert_eq!(parse(text), Ok(value), "{text}");
        }
    }

    #[test]
    fn refuses_the_rest_with_its_place() {
        for (text, why) in [
            ("", "the text ends too early, a literal wanted"),
            ("[1, 2", "the text ends too early, `,` or `]` wanted"),
            ("['a' 1]", "at character 6 there is `1`, `,` or `]` wanted"),
            ("{1: 2}", "at character 2 there is `1`, a key in quotation marks wanted"),
            ("print('a')", "at character 1 there is `p`, a literal wanted"),
            ("'a", "the text ends too early, a quotation mark wanted"),
            ("'\\q'", "at character 3 there is `q`, an escape that Python's `repr` writes wanted"),
            ("1 2", "at character 3 there is `2`, nothing more wanted"),
            ("nan", "at character 1 there is `n`, a literal wanted"),
            ("0x10", "at character 1 there is `0`, a number wanted"),
        ] {
            assert_eq!(parse(text), Err(why.to_owned()), "{text}");
        }
        assert!(parse(&"[".repeat(100)).is_err_and(|why| why.contains("nests more than 32 deep")));
    }
}
