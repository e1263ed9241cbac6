//! A small value that a JSON Schema accepts and that says nothing.

use super::pattern;
use serde_json::{Map, Value, json};

/// Deepest nesting of schemas that is followed.
const DEPTH: usize = 20;

/// A value of a schema, as far as its plain keywords go.
pub(super) fn instance(schema: &Value) -> Value {
    of(schema, schema, DEPTH)
}

fn of(schema: &Value, root: &Value, depth: usize) -> Value {
    let Value::Object(keywords) = schema else { return json!("x") };
    if depth == 0 {
        return Value::Null;
    }
    if let Some(pointer) = keywords.get("$ref").and_then(Value::as_str) {
        return match pointer.strip_prefix('#').and_then(|pointer| root.pointer(pointer)) {
            Some(found) => of(found, root, depth - 1),
            None => Value::Null,
        };
    }
    if let Some(value) = keywords.get("const") {
        return value.clone();
    }
    if let Some(value) = keywords.get("enum").and_then(|values| values.get(0)) {
        return value.clone();
    }
    for key in ["anyOf", "oneOf", "allOf"] {
        if let Some(first) = keywords.get(key).and_then(|options| options.get(0)) {
            let mut merged = keywords.clone();
            merged.remove(key);
            if let Value::Object(first) = first {
                merged.extend(first.clone());
            }
            return of(&Value::Object(merged), root, depth - 1);
        }
    }
    match kind(keywords) {
        "object" => object(keywords, root, depth),
        "array" => array(keywords, root, depth),
        "string" => json!(text(keywords)),
        "integer" | "number" => number(keywords),
        "boolean" => json!(true),
        _ => Value::Null,
    }
}

fn kind(keywords: &Map<String, Value>) -> &str {
    match keywords.get("type") {
        Some(Value::String(kind)) => kind,
        Some(Value::Array(kinds)) => kinds.first().and_then(Value::as_str).unwrap_or("string"),
        _ if keywords.contains_key("properties") || keywords.contains_key("required") => "object",
        _ if keywords.contains_key("items") => "array",
        _ => "string",
    }
}

fn object(keywords: &Map<String, Value>, root: &Value, depth: usize) -> Value {
    let required = keywords.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let schema = |name: &str| keywords.get("properties").and_then(|all| all.get(name)).cloned().unwrap_or(json!({}));
    let mut object: Map<String, Value> =
        required.map(|name| (name.to_owned(), of(&schema(name), root, depth - 1))).collect();
    let least = keywords.get("minProperties").and_then(Value::as_u64).unwrap_or(0) as usize;
    for extra in 0..least.saturating_sub(object.len()) {
        object.insert(format!("x{extra}"), json!("x"));
    }
    Value::Object(object)
}

fn array(keywords: &Map<String, Value>, root: &Value, depth: usize) -> Value {
    let least = keywords.get("minItems").and_then(Value::as_u64).unwrap_or(0).min(100);
    let schema = keywords.get("items").cloned().unwrap_or(json!({}));
    let item = |place: u64| match of(&schema, root, depth - 1) {
        // Items may have to differ.
        Value::String(text) if place > 0 && keywords.get("uniqueItems") == Some(&json!(true)) => {
            // Once more of its last letter still matches most patterns.
            let last = text.chars().last().unwrap_or('x').to_string();
            json!(format!("{text}{}", last.repeat(place as usize)))
        }
        Value::Number(_) if keywords.get("uniqueItems") == Some(&json!(true)) => json!(place),
        item => item,
    };
    Value::Array((0..least).map(item).collect())
}

fn text(keywords: &Map<String, Value>) -> String {
    if let Some(pattern) = keywords.get("pattern").and_then(Value::as_str) {
        return pattern::sample(pattern).unwrap_or_else(|| "x".into());
    }
    match keywords.get("format").and_then(Value::as_str) {
        Some("date") => return "2000-01-01".into(),
        Some("date-time") => return "2000-01-01T00:00:00Z".into(),
        Some("email") => return "x@example.com".into(),
        Some("uri") => return "https://example.com".into(),
        _ => {}
    }
    let least = keywords.get("minLength").and_then(Value::as_u64).unwrap_or(1).clamp(0, 10_000);
    "x".repeat(least.max(u64::from(keywords.get("maxLength") != Some(&json!(0)))) as usize)
}

fn number(keywords: &Map<String, Value>) -> Value {
    let bound = |key: &str| keywords.get(key).and_then(Value::as_f64);
    let least = bound("minimum").or_else(|| bound("exclusiveMinimum").map(|least| least + 1.0));
    let most = bound("maximum").or_else(|| bound("exclusiveMaximum").map(|most| most - 1.0));
    let value = least.or(most.map(|most| most.min(0.0))).unwrap_or(0.0);
    let step = bound("multipleOf").filter(|step| *step > 0.0);
    let value = step.map_or(value, |step| (value / step).ceil() * step);
    if value.fract() == 0.0 { json!(value as i64) } else { json!(value) }
}

#[cfg(test)]
mod tests {
    use super::instance;
    use serde_json::json;

    #[test]
    fn what_is_made_is_accepted() {
        for schema in [
            json!({"type": "object", "required": ["a", "b", "c"], "properties": {
                "a": {"type": "string", "minLength": 3}, "b": {"type": "array", "items": {"type": "integer"}, "minItems": 2,
                "uniqueItems": true}, "c": {"enum": ["low", "high"]}}, "additionalProperties": false}),
            json!({"$defs": {"n": {"type": "integer", "minimum": 7, "multipleOf": 5}}, "$ref": "#/$defs/n"}),
            json!({"anyOf": [{"type": "string", "pattern": "^\\d{3}$"}, {"type": "null"}]}),
            json!({"type": ["boolean", "null"]}),
            json!({"type": "array", "items": {"type": "string"}, "minItems": 3, "uniqueItems": true}),
            json!({"type": "array", "items": {"type": "string", "pattern": "^[A-Z][a-z]+$"}, "minItems": 3, "uniqueItems": true}),
        ] {
            let made = instance(&schema);
            assert!(jsonschema::is_valid(&schema, &made), "{schema}: {made}");
        }
    }
}
