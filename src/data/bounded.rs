//! JSON values in bounded memory. A few bytes of text can make a value many times as large, so values are counted while they are made; and
//! what nobody wants is passed over, not kept. A key that is given twice is refused: which of the two is meant, nobody can tell.

use super::json::mending;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::{cell::Cell, fmt};

/// What a value takes beside its text: its place in a list, which may have room for twice as many.
const VALUE: usize = 2 * size_of::<Value>();
/// What a key takes beside its text and its value: its entry and its place in the index.
const KEY: usize = size_of::<String>() + 64;

/// What becomes of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Want {
    /// It is kept.
    Keep,
    /// It is kept, but for lists within a list: in their place stands how long they are.
    Count,
    /// It is passed over, and is null.
    Skip,
    /// Numbers and truth values are kept; of text, lists and objects it is only known that they are there: they are empty.
    Kind,
}

/// Says what becomes of the value that one name, or one name within another, leads to.
type Wants<'a> = dyn Fn(&[&str]) -> Want + 'a;

/// Reads JSON. Values that are kept draw on this memory.
///
/// # Errors
/// [`Unread`].
pub fn read_bounded(text: &str, limit: &Memory, wants: &Wants<'_>) -> Result<Value, Unread> {
    let before = limit.left.get();
    let read = mending(text, |text| {
        limit.left.set(before);
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let top = Bounded { limit, wants, path: &[], count: Nested::No };
        let value = top.deserialize(&mut deserializer)?;
        deserializer.end()?;
        Ok(value)
    });
    read.map_err(|error| if limit.spent.get() { Unread::TooLarge(error) } else { Unread::Json(error) })
}

/// Why JSON is not read.
#[derive(Debug)]
pub enum Unread {
    /// It is none, or has a key twice.
    Json(serde_json::Error),
    /// Its values would take too much memory.
    TooLarge(serde_json::Error),
}

impl Unread {
    /// What is wrong, and where.
    #[must_use]
    pub fn error(&self) -> &serde_json::Error {
        match self {
            Self::Json(error) | Self::TooLarge(error) => error,
        }
    }
}

/// Memory for values, which several texts can share.
#[derive(Debug)]
pub struct Memory {
    left: Cell<usize>,
    most: usize,
    spent: Cell<bool>,
}

impl Memory {
    /// This many bytes.
    #[must_use]
    pub fn new(most: usize) -> Self {
        Self { left: Cell::new(most), most, spent: Cell::new(false) }
    }

    fn take<E: Error>(&self, bytes: usize) -> Result<(), E> {
        let Some(left) = self.left.get().checked_sub(bytes) else {
            self.spent.set(true);
            return Err(E::custom(format_args!(
                "its values would take more than {} of memory",
                bytesize::ByteSize::b(self.most as u64)
            )));
        };
        self.left.set(left);
        Ok(())
    }
}

/// One value. Objects are looked into by name to the depth of two.
#[derive(Clone, Copy)]
struct Bounded<'a> {
    limit: &'a Memory,
    wants: &'a Wants<'a>,
    path: &'a [&'a str],
    count: Nested,
}

/// Whether lists within a list are counted, and whether this is one; or whether only the kind of the value matters.
#[derive(Clone, Copy, PartialEq)]
enum Nested {
    No,
    Outer,
    Inner,
    Empty,
}

/// How deep names matter.
const DEPTH: usize = 2;

impl<'de> DeserializeSeed<'de> for Bounded<'_> {
    type Value = Value;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.limit.take(VALUE)?;
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Bounded<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any valid JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(serde_json::Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        if self.count == Nested::Empty {
            return Ok(Value::String(String::new()));
        }
        self.limit.take(value.len())?;
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        if self.count == Nested::Empty {
            return Ok(Value::String(String::new()));
        }
        self.limit.take(value.len())?;
        Ok(Value::String(value))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        if self.count == Nested::Empty {
            while list.next_element::<IgnoredAny>()?.is_some() {}
            return Ok(Value::Array(Vec::new()));
        }
        if self.count == Nested::Inner {
            let mut count = 0_u64;
            while list.next_element::<IgnoredAny>()?.is_some() {
                count += 1;
            }
            return Ok(Value::Number(count.into()));
        }
        let count = if self.count == Nested::Outer { Nested::Inner } else { Nested::No };
        let mut values = Vec::new();
        while let Some(value) = list.next_element_seed(Self { count, ..self })? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Value, A::Error> {
        if self.count == Nested::Empty {
            while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            return Ok(Value::Object(Map::new()));
        }
        let mut values = Map::new();
        while let Some(name) = object.next_key::<String>()? {
            self.limit.take(name.len() + KEY)?;
            if values.contains_key(&name) {
                return Err(A::Error::custom(format_args!("the key `{}` is given twice", shown(&name))));
            }
            let value = if self.path.len() == DEPTH {
                object.next_value_seed(Self { count: Nested::No, ..self })?
            } else {
                let path = [self.path, &[name.as_str()]].concat();
                let keep = |count| Bounded { path: &path, count, ..self };
                match (self.wants)(&path) {
                    Want::Keep => object.next_value_seed(keep(Nested::No))?,
                    Want::Count => object.next_value_seed(keep(Nested::Outer))?,
                    Want::Skip => {
                        object.next_value::<IgnoredAny>()?;
                        Value::Null
                    }
                    Want::Kind => object.next_value_seed(keep(Nested::Empty))?,
                }
            };
            values.insert(name, value);
        }
        Ok(Value::Object(values))
    }
}

/// A name, not longer than what fits a line, without what a terminal would obey.
fn shown(name: &str) -> String {
    let shown: String = name.chars().take(40).flat_map(char::escape_debug).collect();
    if name.chars().nth(40).is_some() { shown + "…" } else { shown }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn all(text: &str, most: usize) -> Result<Value, String> {
        read_bounded(text, &Memory::new(most), &|_| Want::Keep).map_err(|error| error.error().to_string())
    }

    #[test]
    fn values_are_those_of_serde_json() {
        for text in [
            r#"{"a": [1, -2, 3.5, 1e300, 18446744073709551615, "x", null, true, {"b": {"c": [[]]}}], "é": "\u00e9\n"}"#,
            "[]",
            "7",
            "{}",
        ] {
            assert_eq!(all(text, 1 << 20), Ok(serde_json::from_str::<Value>(text).unwrap()), "{text}");
        }
        assert_eq!(all(r#"{"a": "\ud800"}"#, 1 << 20), Ok(json!({"a": "\u{fffd}"})));
    }

    #[test]
    fn a_key_that_is_given_twice_is_refused_at_any_depth() {
        for text in [
            r#"{"a": 1, "a": 1}"#,
            r#"{"a": {"b": 1, "\u0062": 2}}"#,
            r#"{"a": [[{"c": {"d": {"e": 1, "e": 2}}}]]}"#,
            r#"{"\ud800": 1, "\ud801": 2}"#,
        ] {
            assert!(all(text, 1 << 20).unwrap_err().contains("is given twice"), "{text}");
        }
    }

    #[test]
    fn what_is_not_wanted_takes_no_memory_and_keeps_its_name() {
        let many = format!(r#"{{"x": [{}0], "y": {{"z": [1,2], "w": 3}}}}"#, "{\"\":0},".repeat(10_000));
        let wants = |path: &[&str]| match path {
            ["y"] | ["y", "w"] => Want::Keep,
            _ => Want::Skip,
        };
        assert_eq!(
            read_bounded(&many, &Memory::new(2000), &wants).unwrap(),
            json!({"x": null, "y": {"z": null, "w": 3}})
        );
        assert!(all(&many, 1 << 20).unwrap_err().contains("its values would take more than 1.0 MiB of memory"));
    }

    #[test]
    fn lists_of_tokens_are_counted() {
        let text = format!(r#"{{"t": [[{}0], 3, [], null], "u": [1, 2]}}"#, "7,".repeat(10_000));
        let value = read_bounded(&text, &Memory::new(4000), &|_| Want::Count).unwrap();
        assert_eq!(value, json!({"t": [10_001, 3, 0, null], "u": [1, 2]}));
    }

    /// The estimate is no less than what is allocated.
    #[test]
    fn all_kinds_of_values_are_counted() {
        for piece in ["0,", "\"\",", "[],", "{},", "{\"\":0},", "[[]],", "null,", "\"aaaaaaaaaaaaaaaaaaaaaaaa\","] {
            let text = format!("[{}0]", piece.repeat(100_000));
            assert!(all(&text, 4_000_000).is_err(), "{piece}");
        }
    }
}
