//! YAML as a tree in which every value has its place: what the typed reader reads, and what is mended where it stumbles.

use super::at::byte_range;
use serde::{
    Deserialize, Deserializer,
    de::{self, MapAccess, SeqAccess},
};
use serde_yaml::Spanned;
use std::{fmt, ops::Range};

/// A value and where it stands. `made` ones were put there in the place of what could not be read.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub id: usize,
    pub span: Range<usize>,
    pub value: Value,
    pub made: bool,
}

#[derive(Clone, Debug)]
pub(super) enum Value {
    Null,
    Bool(bool),
    Int(i64),
    Uint(u64),
    Float(f64),
    Text(String),
    List(Vec<Node>),
    Map(Vec<Pair>),
    /// Stands for a value of whatever type is asked for.
    Anything,
}

/// A key and its value.
#[derive(Clone, Debug)]
pub(super) struct Pair {
    pub key: String,
    pub span: Range<usize>,
    pub node: Node,
}

impl Node {
    /// A value that fits wherever it is put.
    pub(super) fn made(id: usize, span: Range<usize>) -> Self {
        Self { id, span, value: Value::Anything, made: true }
    }

    /// Numbers all values from `next` on; the number after the last.
    pub(super) fn number(&mut self, next: usize) -> usize {
        self.id = next;
        match &mut self.value {
            Value::List(nodes) => nodes.iter_mut().fold(next + 1, |next, node| node.number(next)),
            Value::Map(pairs) => pairs.iter_mut().fold(next + 1, |next, pair| pair.node.number(next)),
            _ => next + 1,
        }
    }

    /// The value of that number.
    pub(super) fn find(&mut self, id: usize) -> Option<&mut Self> {
        if self.id == id {
            return Some(self);
        }
        match &mut self.value {
            Value::List(nodes) => nodes.iter_mut().find_map(|node| node.find(id)),
            Value::Map(pairs) => pairs.iter_mut().find_map(|pair| pair.node.find(id)),
            _ => None,
        }
    }

    /// The key of the value of that number, or of the list that it is an item of.
    pub(super) fn key_of(&self, id: usize) -> Option<&str> {
        match &self.value {
            Value::List(nodes) => nodes.iter().find_map(|node| node.key_of(id)),
            Value::Map(pairs) => pairs.iter().find_map(|pair| {
                let items = if let Value::List(items) = &pair.node.value { &items[..] } else { &[] };
                let this = pair.node.id == id || items.iter().any(|item| item.id == id);
                if this { Some(pair.key.as_str()) } else { pair.node.key_of(id) }
            }),
            _ => None,
        }
    }

    /// Where what stands there has a part, by keys and places in lists; as deep as it is there.
    pub(super) fn part(&self, span: &Range<usize>, path: &[&str]) -> Option<Range<usize>> {
        if self.span == *span {
            let mut at = self;
            for step in path {
                let next = match &at.value {
                    Value::List(nodes) => step.parse().ok().and_then(|place: usize| nodes.get(place)),
                    Value::Map(pairs) => pairs.iter().find(|pair| pair.key == *step).map(|pair| &pair.node),
                    _ => None,
                };
                let Some(next) = next else { break };
                at = next;
            }
            return Some(at.span.clone());
        }
        match &self.value {
            Value::List(nodes) => nodes.iter().find_map(|node| node.part(span, path)),
            Value::Map(pairs) => pairs.iter().find_map(|pair| pair.node.part(span, path)),
            _ => None,
        }
    }

    /// Calls `visit` with every value.
    pub(super) fn each(&self, visit: &mut impl FnMut(&Self)) {
        visit(self);
        match &self.value {
            Value::List(nodes) => nodes.iter().for_each(|node| node.each(visit)),
            Value::Map(pairs) => pairs.iter().for_each(|pair| pair.node.each(visit)),
            _ => {}
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let found = Spanned::<Value>::deserialize(deserializer)?;
        Ok(Self { id: 0, span: byte_range(&found.referenced), value: found.value, made: false })
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Value;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }
            fn visit_unit<E>(self) -> Result<Value, E> {
                Ok(Value::Null)
            }
            fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
                Ok(Value::Bool(value))
            }
            fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
                Ok(Value::Int(value))
            }
            fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
                Ok(i64::try_from(value).map_or(Value::Uint(value), Value::Int))
            }
            fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
                Ok(Value::Float(value))
            }
            fn visit_str<E>(self, value: &str) -> Result<Value, E> {
                Ok(Value::Text(value.to_owned()))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
                let mut nodes = Vec::new();
                while let Some(node) = list.next_element()? {
                    nodes.push(node);
                }
                Ok(Value::List(nodes))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
                let mut pairs = Vec::new();
                while let Some(key) = map.next_key::<Spanned<String>>()? {
                    let span = byte_range(&key.referenced);
                    pairs.push(Pair { key: key.value, span, node: map.next_value()? });
                }
                Ok(Value::Map(pairs))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}
