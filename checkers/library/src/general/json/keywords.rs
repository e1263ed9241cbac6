//! Which keywords are understood. One that is not must not let an answer pass, so it is refused, with what to write
//! instead.

use serde_json::{Map, Value};

/// The only dialect understood.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";
/// Keywords that say something to people only.
const ANNOTATIONS: &[&str] = &[
    "$comment",
    "$defs",
    "$schema",
    "default",
    "definitions",
    "deprecated",
    "description",
    "examples",
    "readOnly",
    "title",
    "writeOnly",
];

/// Keywords that are checked.
const RULES: &[&str] = &[
    "$ref",
    "additionalProperties",
    "allOf",
    "anyOf",
    "const",
    "contains",
    "dependentRequired",
    "dependentSchemas",
    "else",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "if",
    "items",
    "maxContains",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minContains",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "not",
    "oneOf",
    "pattern",
    "patternProperties",
    "prefixItems",
    "properties",
    "propertyNames",
    "required",
    "then",
    "type",
    "uniqueItems",
];

/// Keywords that mean nothing without another one.
const DEPENDENT: &[(&str, &str)] =
    &[("then", "if"), ("else", "if"), ("minContains", "contains"), ("maxContains", "contains")];

/// Refuses a schema object with anything in it that would be passed over in silence. `$id` names the whole schema, so
/// it says something to people only `at_root`.
pub(super) fn understood(map: &Map<String, Value>, at_root: bool) -> Result<(), String> {
    let known = |key: &str| {
        RULES.contains(&key) || ANNOTATIONS.contains(&key) || key.starts_with("x-") || at_root && key == "$id"
    };
    if let Some(key) = map.keys().find(|key| !known(key)) {
        return Err(instead(key));
    }
    if let Some(dialect) = map.get("$schema")
        && dialect.as_str().map(|dialect| dialect.trim_end_matches('#')) != Some(DIALECT)
    {
        return Err(format!("`$schema` is {dialect}; only \"{DIALECT}\" is understood"));
    }
    match DEPENDENT.iter().find(|(one, other)| map.contains_key(*one) && !map.contains_key(*other)) {
        Some((one, other)) => Err(format!("`{one}` means nothing without `{other}`")),
        None => Ok(()),
    }
}

/// Why a keyword cannot be used, and what can.
fn instead(key: &str) -> String {
    match key {
        "format" | "contentEncoding" | "contentMediaType" | "contentSchema" => format!(
            "`{key}` is an annotation in this draft, which validators do not check unless told to; say it with \
             `pattern`, or remove it"
        ),
        "unevaluatedProperties" => "`unevaluatedProperties` is not supported; use `additionalProperties`".into(),
        "unevaluatedItems" => "`unevaluatedItems` is not supported; use `items`".into(),
        "dependencies" => "`dependencies` is an old draft's; use `dependentRequired` or `dependentSchemas`".into(),
        "$id" | "$anchor" | "$dynamicRef" | "$dynamicAnchor" | "$recursiveRef" => {
            format!("`{key}` is not supported; put the schema under `$defs` and use `$ref: \"#/$defs/…\"`")
        }
        _ => format!("`{key}` is not a keyword understood here; correct or remove it"),
    }
}
