//! Reading the values of a spec that derive cannot: parameters in their order, and cases in their two forms.

use super::document::{WireCase, WireParams, Written};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, de};
use serde_json::Value;
use std::{borrow::Cow, fmt};

impl<'de> Deserialize<'de> for WireParams {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = WireParams;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("parameters: `name: value` pairs")
            }
            fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<WireParams, A::Error> {
                let mut params = Vec::new();
                while let Some(name) = map.next_key()? {
                    params.push((name, map.next_value()?));
                }
                Ok(WireParams(params))
            }
        }
        deserializer.deserialize_map(Visitor)
    }
}

impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Written;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number with its unit")
            }
            fn visit_str<E>(self, text: &str) -> Result<Written, E> {
                Ok(Written(text.to_owned()))
            }
            fn visit_u64<E>(self, number: u64) -> Result<Written, E> {
                Ok(Written(number.to_string()))
            }
            fn visit_i64<E>(self, number: i64) -> Result<Written, E> {
                Ok(Written(number.to_string()))
            }
            fn visit_f64<E>(self, number: f64) -> Result<Written, E> {
                Ok(Written(number.to_string()))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

impl<'de> Deserialize<'de> for WireCase {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Full {
            completion: Value,
            #[serde(default)]
            row: serde_json::Map<String, Value>,
        }
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = WireCase;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a completion as text, or `{completion: …, row: …}`")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<WireCase, E> {
                Ok(WireCase { completion: text.into(), row: serde_json::Map::new() })
            }
            fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<WireCase, A::Error> {
                let Full { completion, row } = Full::deserialize(de::value::MapAccessDeserializer::new(map))?;
                Ok(WireCase { completion, row })
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

impl JsonSchema for WireCase {
    fn schema_name() -> Cow<'static, str> {
        "Case".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A completion as text, or with the row of the prompt it answers.",
            "oneOf": [
                {"type": "string"},
                {
                    "type": "object",
                    "properties": {
                        "completion": {"description": "Text, or a list of messages.", "type": ["string", "array"]},
                        "row": {"description": "Columns of the prompt it answers.", "type": "object"}
                    },
                    "required": ["completion"],
                    "additionalProperties": false
                }
            ]
        })
    }
}
