//! From a schema as written to a [`Schema`].

use std::collections::BTreeMap;

use crate::general::matcher::Matcher;
use serde_json::{Map, Number, Value};

use super::{
    circle::ends,
    ecma,
    keywords::understood,
    pointer::resolve,
    schema::{Count, Id, Keyword, Rule, Schema},
};
use crate::general::pattern;

const TYPES: &[&str] = &["array", "boolean", "integer", "null", "number", "object", "string"];

/// Compiles a schema.
///
/// # Errors
/// Where the schema cannot be used, why, and what to write instead.
pub(in crate::general) fn compile(root: &Value) -> Result<Schema, String> {
    let mut places = Places { root, ids: BTreeMap::new(), found: Vec::new() };
    places.id(root, String::new());
    let mut schema = Schema { nodes: Vec::new() };
    // Compiling a subschema finds further ones; a list in place of recursion, for a schema may refer to itself.
    while let Some((value, at)) = places.found.get(schema.nodes.len()) {
        let (value, at) = (*value, at.clone());
        let rules = match value {
            Value::Bool(true) => Ok(Vec::new()),
            Value::Bool(false) => Ok(vec![Keyword { name: "false", rule: Rule::Never }]),
            Value::Object(map) => Source { map, at: &at, places: &mut places }.rules(),
            _ => Err("a schema must be an object, true or false".into()),
        };
        schema.nodes.push(rules.map_err(|why| format!("`schema` at `#{at}`: {why}"))?);
    }
    ends(&schema)?;
    Ok(schema)
}

/// The subschemas found so far, each compiled once however often it is referred to.
struct Places<'a> {
    root: &'a Value,
    /// By address, which is the identity of a part of the root.
    ids: BTreeMap<usize, Id>,
    found: Vec<(&'a Value, String)>,
}

impl<'a> Places<'a> {
    fn id(&mut self, schema: &'a Value, at: String) -> Id {
        let found = &mut self.found;
        *self.ids.entry(std::ptr::from_ref(schema).addr()).or_insert_with(|| {
            found.push((schema, at));
            found.len() - 1
        })
    }
}

/// One schema object.
struct Source<'a, 'p> {
    map: &'a Map<String, Value>,
    at: &'p str,
    places: &'p mut Places<'a>,
}

impl<'a> Source<'a, '_> {
    fn rules(mut self) -> Result<Vec<Keyword>, String> {
        understood(self.map, self.at.is_empty())?;
        for definitions in ["$defs", "definitions"] {
            self.named(definitions)?;
        }
        let mut rules = Vec::new();
        let mut add = |name, rule: Option<Rule>| rules.extend(rule.map(|rule| Keyword { name, rule }));
        add("$ref", self.reference()?);
        add("type", self.types()?);
        add("enum", self.array("enum")?.map(|values| Rule::OneOfValues(values.clone())));
        add("const", self.map.get("const").map(|value| Rule::OneOfValues(vec![value.clone()])));
        add("minimum", self.number("minimum")?.map(|limit| Rule::Minimum { limit, exclusive: false }));
        add("exclusiveMinimum", self.number("exclusiveMinimum")?.map(|limit| Rule::Minimum { limit, exclusive: true }));
        add("maximum", self.number("maximum")?.map(|limit| Rule::Maximum { limit, exclusive: false }));
        add("exclusiveMaximum", self.number("exclusiveMaximum")?.map(|limit| Rule::Maximum { limit, exclusive: true }));
        add("multipleOf", self.step()?.map(Rule::MultipleOf));
        add("minLength/maxLength", self.range("minLength", "maxLength")?.map(Rule::Length));
        add("pattern", self.pattern()?.map(Rule::Pattern));
        add("items", self.items()?);
        add("contains", self.contains()?);
        add("minItems/maxItems", self.range("minItems", "maxItems")?.map(Rule::ItemCount));
        add("uniqueItems", self.flag("uniqueItems")?.then_some(Rule::UniqueItems));
        add("properties", self.properties()?);
        add("propertyNames", self.schema("propertyNames").map(Rule::PropertyNames));
        add("minProperties/maxProperties", self.range("minProperties", "maxProperties")?.map(Rule::PropertyCount));
        add("required", self.array("required")?.map(|names| texts("required", names)).transpose()?.map(Rule::Required));
        add("dependentRequired", self.dependent_required()?);
        add("dependentSchemas", self.named("dependentSchemas")?.map(Rule::DependentSchemas));
        add("allOf", self.schemas("allOf")?.map(Rule::AllOf));
        add("anyOf", self.schemas("anyOf")?.map(Rule::AnyOf));
        add("oneOf", self.schemas("oneOf")?.map(Rule::OneOf));
        add("not", self.schema("not").map(Rule::Not));
        let (condition, then, otherwise) = (self.schema("if"), self.schema("then"), self.schema("else"));
        add("if", condition.map(|condition| Rule::If { condition, then, otherwise }));
        Ok(rules)
    }

    fn child(&mut self, value: &'a Value, steps: &[&str]) -> Id {
        let mut at = self.at.to_owned();
        for step in steps {
            at.push('/');
            at.push_str(&step.replace('~', "~0").replace('/', "~1"));
        }
        self.places.id(value, at)
    }

    fn schema(&mut self, name: &str) -> Option<Id> {
        self.map.get(name).map(|value| self.child(value, &[name]))
    }

    fn schemas(&mut self, name: &str) -> Result<Option<Vec<Id>>, String> {
        let Some(list) = self.array(name)? else { return Ok(None) };
        if list.is_empty() {
            return Err(format!("`{name}` is an empty list; give at least one schema"));
        }
        let child = |(at, value): (usize, &'a Value)| self.child(value, &[name, &at.to_string()]);
        Ok(Some(list.iter().enumerate().map(child).collect()))
    }

    fn named(&mut self, name: &str) -> Result<Option<BTreeMap<String, Id>>, String> {
        let Some(map) = self.object(name)? else { return Ok(None) };
        Ok(Some(map.iter().map(|(key, value)| (key.clone(), self.child(value, &[name, key]))).collect()))
    }

    fn object(&self, name: &str) -> Result<Option<&'a Map<String, Value>>, String> {
        self.typed(name, "an object", Value::as_object)
    }

    fn array(&self, name: &str) -> Result<Option<&'a Vec<Value>>, String> {
        self.typed(name, "a list", Value::as_array)
    }

    fn number(&self, name: &str) -> Result<Option<Number>, String> {
        self.typed(name, "a number", |value| value.as_number().cloned())
    }

    fn step(&self) -> Result<Option<Number>, String> {
        match self.number("multipleOf")? {
            Some(step) if step.as_f64().is_none_or(|step| step <= 0.0) => {
                Err(format!("`multipleOf` is {step}; it must be above 0"))
            }
            step => Ok(step),
        }
    }

    fn flag(&self, name: &str) -> Result<bool, String> {
        Ok(self.typed(name, "true or false", Value::as_bool)?.unwrap_or(false))
    }

    fn range(&self, min: &str, max: &str) -> Result<Option<Count>, String> {
        // `2.0` is a whole number to JSON Schema.
        let whole = |value: &Value| {
            value.as_u64().or_else(|| value.as_f64().filter(|v| v.fract() == 0.0 && *v >= 0.0).map(|v| v as u64))
        };
        let (low, high) = (self.typed(min, "a whole number", whole)?, self.typed(max, "a whole number", whole)?);
        let count = Count { min: low.unwrap_or(0), max: high.unwrap_or(u64::MAX) };
        if count.min > count.max {
            return Err(format!("`{min}` is {} and `{max}` is {}, which nothing can meet", count.min, count.max));
        }
        Ok((low.is_some() || high.is_some()).then_some(count))
    }

    fn typed<T>(&self, name: &str, kind: &str, read: impl Fn(&'a Value) -> Option<T>) -> Result<Option<T>, String> {
        let Some(value) = self.map.get(name) else { return Ok(None) };
        read(value).map(Some).ok_or_else(|| format!("`{name}` must be {kind}"))
    }

    fn reference(&mut self) -> Result<Option<Rule>, String> {
        let Some(reference) = self.typed("$ref", "text", Value::as_str)? else { return Ok(None) };
        let Some(pointer) = reference.strip_prefix('#') else {
            return Err(format!(
                "`$ref` is `{reference}`; only references into this schema (`#/$defs/…`) can be followed"
            ));
        };
        let Some(target) = resolve(self.places.root, reference) else {
            return Err(format!("`$ref` is `{reference}`, and the schema has nothing there"));
        };
        Ok(Some(Rule::Ref(self.places.id(target, pointer.to_owned()))))
    }

    fn types(&self) -> Result<Option<Rule>, String> {
        let names = match self.map.get("type") {
            None => return Ok(None),
            Some(Value::String(name)) => vec![name.clone()],
            Some(Value::Array(names)) if !names.is_empty() => texts("type", names)?,
            Some(other) => return Err(format!("`type` is {other}; give one of {TYPES:?} or a list of them")),
        };
        match names.iter().find(|name| !TYPES.contains(&name.as_str())) {
            Some(name) => Err(format!("`type` is `{name}`; it must be one of {TYPES:?}")),
            None => Ok(Some(Rule::Type(names))),
        }
    }

    fn pattern(&self) -> Result<Option<Matcher>, String> {
        let pattern = self.typed("pattern", "text", Value::as_str)?;
        pattern.map(|pattern| regex("pattern", pattern)).transpose()
    }

    fn items(&mut self) -> Result<Option<Rule>, String> {
        if self.map.get("items").is_some_and(Value::is_array) {
            return Err("`items` is a list, which is an old draft's; use `prefixItems`".into());
        }
        let (prefix, rest) = (self.schemas("prefixItems")?, self.schema("items"));
        Ok((prefix.is_some() || rest.is_some()).then(|| Rule::Items { prefix: prefix.unwrap_or_default(), rest }))
    }

    fn contains(&mut self) -> Result<Option<Rule>, String> {
        let count = self.range("minContains", "maxContains")?;
        let min = if self.map.contains_key("minContains") { 0 } else { 1 };
        let count = count.map_or(Count { min, max: u64::MAX }, |count| Count { min: count.min.max(min), ..count });
        Ok(self.schema("contains").map(|item| Rule::Contains { item, count }))
    }

    fn properties(&mut self) -> Result<Option<Rule>, String> {
        let (named, patterns) = (self.named("properties")?, self.named("patternProperties")?);
        let additional = self.schema("additionalProperties");
        if named.is_none() && patterns.is_none() && additional.is_none() {
            return Ok(None);
        }
        let compile = |(pattern, id): (String, Id)| Ok((regex("patternProperties", &pattern)?, id));
        let patterns = patterns.unwrap_or_default().into_iter().map(compile).collect::<Result<_, String>>()?;
        Ok(Some(Rule::Properties { named: named.unwrap_or_default(), patterns, additional }))
    }

    fn dependent_required(&self) -> Result<Option<Rule>, String> {
        let Some(map) = self.object("dependentRequired")? else { return Ok(None) };
        let entry = |(key, names): (&String, &Value)| {
            let names = names.as_array().ok_or("`dependentRequired` must hold lists of names")?;
            Ok((key.clone(), texts("dependentRequired", names)?))
        };
        Ok(Some(Rule::DependentRequired(map.iter().map(entry).collect::<Result<_, String>>()?)))
    }
}

fn regex(name: &str, pattern: &str) -> Result<Matcher, String> {
    pattern::compile_translated(name, pattern, false, ecma::translate)
}

fn texts(name: &str, values: &[Value]) -> Result<Vec<String>, String> {
    let text =
        |value: &Value| value.as_str().map(str::to_owned).ok_or_else(|| format!("`{name}` must hold texts only"));
    values.iter().map(text).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn says_what_it_does_not_understand() {
        for (schema, why) in [
            (json!([]), "must be an object"),
            (json!({"type": "strin"}), "`strin`"),
            (json!({"properties": {"a": {"tpye": "string"}}}), "at `#/properties/a`: `tpye` is not a keyword"),
            (json!({"format": "email"}), "say it with `pattern`"),
            (json!({"contentEncoding": "base64"}), "`contentEncoding` is an annotation"),
            (json!({"properties": {"a": {"$id": "b"}}}), "under `$defs`"),
            (json!({"$ref": "https://example.com/a.json"}), "only references into this schema"),
            (json!({"$ref": "#/$defs/a"}), "nothing there"),
            (json!({"$ref": "#"}), "refers to itself"),
            (json!({"$defs": {"a": {"anyOf": [{"$ref": "#/$defs/a"}]}}}), "refers to itself"),
            (json!({"$schema": "http://json-schema.org/draft-07/schema#"}), "2020-12"),
            (json!({"pattern": "a(?=b)"}), "look-around"),
            (json!({"pattern": r"\A"}), r"`pattern` (\A) cannot be used: unknown escape `\A`"),
            (json!({"patternProperties": {"(": {}}}), "unclosed group"),
            (json!({"items": [{}]}), "prefixItems"),
            (json!({"then": {}}), "nothing without `if`"),
            (json!({"minLength": -1}), "whole number"),
            (json!({"minItems": 3, "maxItems": 2}), "nothing can meet"),
            (json!({"multipleOf": 0}), "above 0"),
            (json!({"required": [1]}), "texts only"),
            (json!({"allOf": []}), "empty list"),
            (json!({"unevaluatedProperties": false}), "additionalProperties"),
        ] {
            let refusal = compile(&schema).err().unwrap_or_default();
            assert!(refusal.contains(why), "{schema}: {refusal}");
        }
    }

    #[test]
    fn takes_recursion_through_parts() {
        let tree = json!({"properties": {"children": {"items": {"$ref": "#"}}}});
        assert_eq!(compile(&tree).map(|schema| schema.nodes.len()), Ok(3));
    }
}
