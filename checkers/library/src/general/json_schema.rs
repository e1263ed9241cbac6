//! `json.schema`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;
use serde_json::Value;

use super::{
    blank::{empty, is_blank},
    json::{Fence, Schema, Unmet, compile, fences, parse},
    json_valid::FENCE,
};

/// Parameters of `json.schema`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    schema: Value,
    #[serde(default)]
    fence: Fence,
}

/// `json.schema`
pub struct JsonSchema {
    schema: Schema,
    fence: Fence,
}

impl Checker for JsonSchema {
    type Params = Params;
    const DOC: Doc = Doc {
        id: "json.schema",
        summary: "The text is one JSON value that meets a JSON Schema.",
        details: concat!(
            fences!(),
            "The text must be JSON as `json.valid` understands it. The schema is JSON Schema, draft 2020-12: `$ref` \
             into the schema itself (`#`, `#/$defs/…`), `$defs`, type, enum, const, the limits on numbers, texts, \
             lists and objects, pattern, prefixItems, items, contains, uniqueItems, properties, patternProperties, \
             additionalProperties, propertyNames, required, dependentRequired, dependentSchemas, allOf, anyOf, oneOf, \
             not, if/then/else. Titles, descriptions and the like, and keys that start with `x-`, are skipped. Any \
             other keyword (`format`, `unevaluatedProperties`, anchors, references to elsewhere, misspelt ones) is \
             refused, since it would not be checked. Patterns are those of ECMA-262 with its flag `u` (\\w and \\d are \
             ASCII), and (?i) in front ignores case; look-around and backreferences are refused. A pattern may match \
             anywhere in a text. Lengths are in code points; 1 equals 1.0; fractions, and whole numbers beyond 64 \
             bits, are doubles; multiples are decimal (0.3 is a multiple of 0.1). An answer fails if deciding it \
             takes more than a million steps or more than 512 schemas inside each other. Empty text \
             fails."
        ),
        params: &[Param::required("schema", Kind::Any, "the schema, as an object that asks for something"), FENCE],
        example: Example {
            params: r#"{"schema": {"type": "object", "properties": {"owls": {"type": "integer", "minimum": 1}},
                "required": ["owls"], "additionalProperties": false}}"#,
            passes: &[r#"{"owls": 3}"#, "```json\n{\"owls\": 3.0}\n```"],
            fails: &["", "{}", r#"{"owls": "3"}"#, r#"{"owls": 0}"#, r#"{"owls": 3, "hawks": 1}"#, r#"{"owls": 3"#],
            prompt: "",
        },
        source: "JSON Schema draft 2020-12 (json-schema.org), RFC 8259",
    };

    fn new(params: Params) -> Result<Self, String> {
        if let Value::Bool(all) = params.schema {
            let what = if all { "allows every value" } else { "allows no value" };
            return Err(format!("`schema` is {all}, which {what}; give an object that asks for something"));
        }
        let schema = compile(&params.schema)?;
        if schema.says_nothing() {
            return Err(
                "`schema` asks for nothing, so that every value meets it; give it a `type`, say, or use `json.valid`"
                    .into(),
            );
        }
        Ok(Self { schema, fence: params.fence })
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        if is_blank(input.text) {
            return empty();
        }
        let value = match self.fence.open(input.text).and_then(parse) {
            Ok(value) => value,
            Err(why) => return Verdict::fail(why),
        };
        match self.schema.validate(&value) {
            Ok(()) => Verdict::Passed,
            Err(Unmet::TooMuchWork) => {
                Verdict::fail("the value is too deep or too large to be held against the schema")
            }
            Err(Unmet::Rule { at, keyword: "false", .. }) => {
                Verdict::fail(format!("at {at}: nothing is allowed there"))
            }
            Err(Unmet::Rule { at, keyword, wanted }) => Verdict::Failed {
                score: 0.0,
                public: format!("at {at}: `{keyword}` of the schema is not met"),
                private: wanted,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemas_that_say_nothing_are_refused() {
        for schema in ["true", "false", "{}", r#"{"title": "t"}"#, r#"{"$defs": {"a": {"type": "null"}}}"#] {
            let schema = serde_json::from_str(schema).expect("JSON");
            assert!(JsonSchema::new(Params { schema, fence: Fence::default() }).is_err());
        }
    }
}
