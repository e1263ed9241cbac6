//! Tables of the keys of a spec, from its schema.

use serde_json::Value;

/// What comes before the table of a definition.
pub(crate) fn mark(name: &str) -> String {
    format!("<!-- schema: {name} -->\n")
}

const END: &str = "<!-- end -->\n";

/// The page with every table between marks as the schema has it. `Spec` is the whole.
pub(crate) fn with_tables(page: &str, schema: &Value) -> String {
    let mut parts = page.split("<!-- schema: ");
    let mut written = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once(" -->\n").expect("a mark ends its line");
        let (_, after) = rest.split_once(END).expect("a table is followed by an end");
        let definition = if name == "Spec" { schema } else { &schema["$defs"][name] };
        written += &mark(name);
        written += &table(definition, schema);
        written += END;
        written += after;
    }
    written
}

/// Whether it has keys.
pub(crate) fn is_object(definition: &Value) -> bool {
    definition["properties"].is_object()
}

fn table(definition: &Value, schema: &Value) -> String {
    let required: Vec<&str> =
        definition["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let mut table = "| key | type | meaning |\n| --- | --- | --- |\n".to_owned();
    for (key, property) in definition["properties"].as_object().expect("a definition with keys") {
        let meaning = property["description"].as_str().unwrap_or_default().replace('\n', " ").replace('|', "\\|");
        let default = match &property["default"] {
            Value::String(default) if !meaning.contains("Default: ") => format!(" Default: `{default}`."),
            _ => String::new(),
        };
        let key = if required.contains(&key.as_str()) { format!("**`{key}`**") } else { format!("`{key}`") };
        table += &format!("| {key} | {} | {meaning}{default} |\n", kind(property, schema));
    }
    table
}

/// The type of a value, in words.
fn kind(property: &Value, schema: &Value) -> String {
    let words = |choices: &[Value]| {
        let words: Vec<String> = choices.iter().filter_map(Value::as_str).map(|word| format!("`{word}`")).collect();
        words.join(", ")
    };
    if let Some(name) = property["$ref"].as_str() {
        return kind(&schema["$defs"][name.trim_start_matches("#/$defs/")], schema);
    }
    if let Some(number) = property["const"].as_u64() {
        return number.to_string();
    }
    if let Some(choices) = property["enum"].as_array() {
        return words(choices);
    }
    if is_object(property) {
        return "object".to_owned();
    }
    let any = ["anyOf", "oneOf"].into_iter().find_map(|any| property[any].as_array());
    if let Some(any) = any {
        let consts: Vec<Value> = any.iter().map(|one| one["const"].clone()).collect();
        if consts.iter().all(Value::is_string) {
            return words(&consts);
        }
        let kinds: Vec<String> = any.iter().filter(|one| one["type"] != "null").map(|one| kind(one, schema)).collect();
        return kinds.join(" or ");
    }
    let types = property["type"].as_array().cloned().unwrap_or_else(|| vec![property["type"].clone()]);
    match types.iter().find(|name| *name != "null").and_then(Value::as_str) {
        Some("string") => "text".to_owned(),
        Some("integer") => "whole number".to_owned(),
        Some("array") => format!("list of {}", plural(&kind(&property["items"], schema))),
        Some(other) => other.to_owned(),
        None => "text, or from a column".to_owned(),
    }
}

fn plural(kind: &str) -> String {
    match kind {
        "text" | "object" => format!("{kind}s"),
        "text or object" => "texts or objects".to_owned(),
        other => other.to_owned(),
    }
}
