//! Reads a tree of YAML as a type. Each type is asked for by its own name, so that no quoted number passes for a number, and no number for
//! text.

use super::{
    at::MARK,
    fault::{Fault, Place},
    node::{Node, Pair, Value},
};
use serde::{
    Deserializer,
    de::{self, DeserializeSeed, IntoDeserializer, Visitor, value::StrDeserializer},
    forward_to_deserialize_any,
};
use std::ops::Range;

/// One value, about to be read.
#[derive(Clone, Copy)]
pub(super) struct Typed<'a>(pub &'a Node);

impl Typed<'_> {
    fn wrong<T>(self, wanted: &str) -> Result<T, Fault> {
        let found = match &self.0.value {
            Value::Null => return Err(Fault::wrong(EMPTY, Some(format!("{wanted} needed here")))),
            Value::Bool(value) => format!("`{value}`"),
            Value::Int(number) => format!("the number {number}"),
            Value::Uint(number) => format!("the number {number}"),
            Value::Float(number) => format!("the number {number:?}"),
            Value::Text(text) if text.chars().count() <= 40 => format!("the text `{text}`"),
            Value::Text(_) | Value::Anything => "text".into(),
            Value::List(_) => "a list".into(),
            Value::Map(_) => "`key: value` pairs".into(),
        };
        Err(Fault::wrong(format!("{wanted} needed here, not {found}"), self.remedy(wanted)))
    }

    /// What to write instead, where that can be known.
    fn remedy(self, wanted: &str) -> Option<String> {
        let Value::Text(text) = &self.0.value else {
            return match (&self.0.value, wanted) {
                (Value::Bool(_) | Value::Int(_) | Value::Uint(_) | Value::Float(_), TEXT) => {
                    Some("put it in quotes".into())
                }
                (Value::Int(0), BOOLEAN) => Some("write `false`".into()),
                (Value::Int(1), BOOLEAN) => Some("write `true`".into()),
                _ => None,
            };
        };
        match wanted {
            BOOLEAN => match text.to_ascii_lowercase().as_str() {
                "yes" | "on" | "y" | "true" => Some("write `true`".into()),
                "no" | "off" | "n" | "false" => Some("write `false`".into()),
                _ => None,
            },
            NUMBER | WHOLE => match text.strip_suffix('%').map_or((text.as_str(), 1.0), |share| (share, 100.0)) {
                (number, 1.0) => {
                    number.trim().parse::<f64>().ok().map(|_| format!("remove the quotes: `{}`", text.trim()))
                }
                (share, parts) => share.trim().parse::<f64>().ok().map(|share| format!("write `{}`", share / parts)),
            },
            LIST if text.chars().count() <= 40 => Some(format!("write `[{text}]`")),
            _ => None,
        }
    }

    fn located<T>(self, result: Result<T, Fault>) -> Result<T, Fault> {
        result.map_err(|fault| fault.at(Place::Value(self.0.id)))
    }

    fn number<'de, V: Visitor<'de>>(self, visitor: V, wanted: &str) -> Result<V::Value, Fault> {
        self.located(match self.0.value {
            Value::Int(number) if number < 0 && wanted == WHOLE => self.wrong("a whole number from 0 on is"),
            Value::Int(number) if wanted == WHOLE => visitor.visit_i64(number),
            Value::Uint(number) if wanted == WHOLE => visitor.visit_u64(number),
            Value::Int(number) => visitor.visit_f64(number as f64),
            Value::Uint(number) => visitor.visit_f64(number as f64),
            Value::Float(number) if wanted == NUMBER => visitor.visit_f64(number),
            Value::Anything if wanted == WHOLE => visitor.visit_i64(1),
            Value::Anything => visitor.visit_f64(0.5),
            _ => self.wrong(wanted),
        })
    }
}

/// What is said of a key without a value.
pub(super) const EMPTY: &str = "a value is missing here";

/// What is asked for, and its verb.
const TEXT: &str = "text is";
const BOOLEAN: &str = "true or false is";
const WHOLE: &str = "a whole number is";
const NUMBER: &str = "a number is";
const LIST: &str = "a list is";
const PAIRS: &str = "`key: value` pairs are";

/// What stands for any text.
const SOME_TEXT: &str = "any";

impl<'de> Deserializer<'de> for Typed<'_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.located(match &self.0.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Int(number) => match u64::try_from(*number) {
                Ok(number) => visitor.visit_u64(number),
                Err(_) => visitor.visit_i64(*number),
            },
            Value::Uint(number) => visitor.visit_u64(*number),
            Value::Float(number) if !number.is_finite() => {
                let help = "in cases of Python code write an expression: `{python: \"float('nan')\"}`";
                Err(Fault::wrong("only finite numbers can be written here", Some(help.into())))
            }
            Value::Float(number) => visitor.visit_f64(*number),
            Value::Text(text) => visitor.visit_str(text),
            Value::List(nodes) => visitor.visit_seq(Items(nodes.iter())),
            Value::Map(pairs) => {
                visitor.visit_map(Pairs { map: self.0.id, pairs: pairs.iter().enumerate(), value: None })
            }
            Value::Anything => visitor.visit_str(SOME_TEXT),
        })
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.located(match self.0.value {
            Value::Bool(value) => visitor.visit_bool(value),
            Value::Anything => visitor.visit_bool(false),
            _ => self.wrong(BOOLEAN),
        })
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.number(visitor, WHOLE)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.number(visitor, WHOLE)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.number(visitor, NUMBER)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.located(match &self.0.value {
            Value::Text(text) => visitor.visit_str(text),
            Value::Anything => visitor.visit_str(SOME_TEXT),
            _ => self.wrong(TEXT),
        })
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0.value {
            Value::Null => self.located(visitor.visit_none()),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.located(match &self.0.value {
            Value::List(nodes) => visitor.visit_seq(Items(nodes.iter())),
            Value::Anything => visitor.visit_seq(Items([].iter())),
            _ => self.wrong(LIST),
        })
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let map = self.0.id;
        self.located(match &self.0.value {
            Value::Map(pairs) => visitor.visit_map(Pairs { map, pairs: pairs.iter().enumerate(), value: None }),
            Value::Anything => visitor.visit_map(Pairs { map, pairs: [].iter().enumerate(), value: None }),
            _ => self.wrong(PAIRS),
        })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let name = match &self.0.value {
            Value::Text(text) => text.as_str(),
            Value::Anything => variants.first().copied().unwrap_or_default(),
            _ => return self.located(self.wrong(&format!("one of {} is", variants.join(", ")))),
        };
        let name: StrDeserializer<'_, Fault> = name.into_deserializer();
        self.located(visitor.visit_enum(name))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Fault> {
        match name {
            MARK => visitor.visit_seq(Placed { span: &self.0.span, node: self.0, step: 0 }),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i64 u8 u16 f32 char bytes byte_buf unit unit_struct tuple tuple_struct identifier
    }
}

/// The items of a list.
struct Items<'a>(std::slice::Iter<'a, Node>);

impl<'de> de::SeqAccess<'de> for Items<'_> {
    type Error = Fault;
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Fault> {
        self.0.next().map(|node| seed.deserialize(Typed(node))).transpose()
    }
}

/// The pairs of a map.
struct Pairs<'a> {
    map: usize,
    pairs: std::iter::Enumerate<std::slice::Iter<'a, Pair>>,
    value: Option<&'a Node>,
}

impl<'de> de::MapAccess<'de> for Pairs<'_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Fault> {
        let Some((index, pair)) = self.pairs.next() else { return Ok(None) };
        self.value = Some(&pair.node);
        let place = Place::Key { map: self.map, pair: index };
        seed.deserialize(Key(pair)).map(Some).map_err(|fault| fault.at(place))
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Fault> {
        let node = self.value.take().ok_or_else(|| Fault::wrong("a value was asked for before its key", None))?;
        seed.deserialize(Typed(node))
    }
}

/// The key of a pair, which may be asked for with its place.
struct Key<'a>(&'a Pair);

impl<'de> Deserializer<'de> for Key<'_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_str(&self.0.key)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Fault> {
        match name {
            MARK => {
                let node =
                    Node { id: 0, span: self.0.span.clone(), value: Value::Text(self.0.key.clone()), made: false };
                visitor.visit_seq(Placed { span: &node.span, node: &node, step: 0 })
            }
            _ => visitor.visit_newtype_struct(self),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct seq tuple tuple_struct map struct
        enum identifier ignored_any
    }
}

/// What [`At`](super::At) reads: the first and the last byte of the place, then the value.
struct Placed<'a> {
    span: &'a Range<usize>,
    node: &'a Node,
    step: usize,
}

impl<'de> de::SeqAccess<'de> for Placed<'_> {
    type Error = Fault;
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Fault> {
        self.step += 1;
        match self.step {
            1 => seed.deserialize(self.span.start.into_deserializer()).map(Some),
            2 => seed.deserialize(self.span.end.into_deserializer()).map(Some),
            3 => seed.deserialize(Typed(self.node)).map(Some),
            _ => Ok(None),
        }
    }
}
