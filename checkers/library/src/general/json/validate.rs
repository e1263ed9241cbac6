//! Holding a value against a compiled schema.

use regex::Regex;
use serde_json::{Map, Value};

use super::{
    number::{Numeric, compare, is_multiple, numeric},
    order::{has_duplicates, order},
    schema::{Id, Keyword, Rule, Schema},
};

/// Most subschemas applied to values in one validation; alternatives inside alternatives can multiply.
const STEPS: u32 = 1_000_000;
/// Deepest recursion, over parts of the value and schemas inside each other.
const DEPTH: usize = 256;
/// Longest location shown.
const SHOWN: usize = 100;

/// Why a value does not meet a schema.
#[derive(Debug, PartialEq)]
pub(in crate::general) enum Unmet {
    /// A rule is broken.
    Rule {
        /// Where in the value, as a JSON Pointer.
        at: String,
        /// The rule's keyword.
        keyword: &'static str,
        /// What the schema wants there.
        wanted: String,
    },
    /// Deciding takes more than is allowed.
    TooMuchWork,
}

impl Schema {
    /// Whether the value meets the schema.
    ///
    /// # Errors
    /// The first rule it breaks.
    pub(in crate::general) fn validate(&self, value: &Value) -> Result<(), Unmet> {
        Walk { schema: self, steps: STEPS, depth: 0, path: Vec::new() }.node(0, value)
    }
}

#[derive(Clone, Copy)]
enum Step<'v> {
    Name(&'v str),
    Item(usize),
}

struct Walk<'s, 'v> {
    schema: &'s Schema,
    steps: u32,
    depth: usize,
    path: Vec<Step<'v>>,
}

impl<'s, 'v> Walk<'s, 'v> {
    fn node(&mut self, id: Id, value: &'v Value) -> Result<(), Unmet> {
        if self.steps == 0 || self.depth == DEPTH {
            return Err(Unmet::TooMuchWork);
        }
        self.steps -= 1;
        self.depth += 1;
        let schema = self.schema;
        let outcome = schema.nodes[id].iter().try_for_each(|keyword| self.keyword(keyword, value));
        self.depth -= 1;
        outcome
    }

    /// Whether the value meets a subschema, for rules that need to know rather than to fail.
    fn meets(&mut self, id: Id, value: &'v Value) -> Result<bool, Unmet> {
        match self.node(id, value) {
            Ok(()) => Ok(true),
            Err(Unmet::Rule { .. }) => Ok(false),
            Err(Unmet::TooMuchWork) => Err(Unmet::TooMuchWork),
        }
    }

    fn part(&mut self, id: Id, step: Step<'v>, value: &'v Value) -> Result<(), Unmet> {
        self.path.push(step);
        let outcome = self.node(id, value);
        self.path.pop();
        outcome
    }

    fn keyword(&mut self, keyword: &'s Keyword, value: &'v Value) -> Result<(), Unmet> {
        let met = match (&keyword.rule, value) {
            (
                Rule::AllOf(_) | Rule::AnyOf(_) | Rule::OneOf(_) | Rule::Not(_) | Rule::If { .. } | Rule::Ref(_),
                value,
            ) => self.applies(&keyword.rule, value)?,
            (rule, Value::Array(items)) => self.array(rule, items)? && holds(rule, value),
            (rule, Value::Object(members)) => self.object(rule, members, value)? && holds(rule, value),
            (rule, value) => holds(rule, value),
        };
        if met {
            return Ok(());
        }
        Err(Unmet::Rule { at: self.at(), keyword: keyword.name, wanted: wanted(&keyword.rule, value) })
    }

    /// The rules that apply other schemas to the same value.
    fn applies(&mut self, rule: &Rule, value: &'v Value) -> Result<bool, Unmet> {
        match rule {
            Rule::Ref(id) => self.node(*id, value)?,
            Rule::AllOf(ids) => ids.iter().try_for_each(|id| self.node(*id, value))?,
            Rule::AnyOf(ids) => {
                for id in ids {
                    if self.meets(*id, value)? {
                        return Ok(true);
                    }
                }
                return Ok(false);
            }
            Rule::OneOf(ids) => {
                let mut met = 0;
                for id in ids {
                    met += usize::from(self.meets(*id, value)?);
                }
                return Ok(met == 1);
            }
            Rule::Not(id) => return Ok(!self.meets(*id, value)?),
            Rule::If { condition, then, otherwise } => {
                let branch = if self.meets(*condition, value)? { then } else { otherwise };
                branch.iter().try_for_each(|id| self.node(*id, value))?;
            }
            _ => {}
        }
        Ok(true)
    }

    fn array(&mut self, rule: &Rule, items: &'v [Value]) -> Result<bool, Unmet> {
        match rule {
            Rule::Items { prefix, rest } => {
                for (at, item) in items.iter().enumerate() {
                    if let Some(id) = prefix.get(at).or(rest.as_ref()) {
                        self.part(*id, Step::Item(at), item)?;
                    }
                }
            }
            Rule::Contains { item, count } => {
                let mut met = 0;
                for value in items {
                    met += usize::from(self.meets(*item, value)?);
                }
                return Ok(count.allows(met));
            }
            _ => {}
        }
        Ok(true)
    }

    fn object(&mut self, rule: &Rule, members: &'v Map<String, Value>, value: &'v Value) -> Result<bool, Unmet> {
        match rule {
            Rule::Properties { named, patterns, additional } => {
                for (name, member) in members {
                    let matching = patterns.iter().filter(|(pattern, _)| pattern.is_match(name)).map(|(_, id)| id);
                    let mut ids: Vec<&Id> = named.get(name).into_iter().chain(matching).collect();
                    if ids.is_empty() {
                        ids.extend(additional);
                    }
                    ids.into_iter().try_for_each(|id| self.part(*id, Step::Name(name), member))?;
                }
            }
            Rule::PropertyNames(id) => return self.names(*id, members),
            Rule::DependentSchemas(schemas) => {
                let present = schemas.iter().filter(|(name, _)| members.contains_key(*name));
                present.map(|(_, id)| *id).try_for_each(|id| self.node(id, value))?;
            }
            _ => {}
        }
        Ok(true)
    }

    fn names(&mut self, id: Id, members: &Map<String, Value>) -> Result<bool, Unmet> {
        for name in members.keys() {
            let name = Value::String(name.clone());
            let mut walk = Walk { schema: self.schema, steps: self.steps, depth: self.depth, path: Vec::new() };
            let met = walk.meets(id, &name)?;
            self.steps = walk.steps;
            if !met {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Where the walk is. The names are the answer's own words, so they are escaped and cut before a log sees them.
    fn at(&self) -> String {
        let mut at = String::new();
        for step in &self.path {
            at.push('/');
            match step {
                Step::Name(name) => at.extend(name.chars().take(SHOWN).flat_map(char::escape_debug)),
                Step::Item(item) => at.push_str(&item.to_string()),
            }
            if at.len() > SHOWN {
                at.truncate(at.floor_char_boundary(SHOWN));
                at.push('…');
                break;
            }
        }
        if at.is_empty() { "the top".into() } else { at }
    }
}

/// The rules that need no other schema. A rule about another kind of value holds.
fn holds(rule: &Rule, value: &Value) -> bool {
    match (rule, value) {
        (Rule::Never, _) => false,
        (Rule::Type(names), value) => names.iter().any(|name| is(name, value)),
        (Rule::OneOfValues(values), value) => values.iter().any(|allowed| order(allowed, value).is_eq()),
        (Rule::Minimum { limit, exclusive }, Value::Number(number)) => {
            let order = compare(number, limit);
            order.is_gt() || order.is_eq() && !exclusive
        }
        (Rule::Maximum { limit, exclusive }, Value::Number(number)) => {
            let order = compare(number, limit);
            order.is_lt() || order.is_eq() && !exclusive
        }
        (Rule::MultipleOf(step), Value::Number(number)) => is_multiple(number, step),
        (Rule::Length(count), Value::String(text)) => count.allows(text.chars().count()),
        (Rule::Pattern(pattern), Value::String(text)) => pattern.is_match(text),
        (Rule::ItemCount(count), Value::Array(items)) => count.allows(items.len()),
        (Rule::UniqueItems, Value::Array(items)) => !has_duplicates(items),
        (Rule::PropertyCount(count), Value::Object(members)) => count.allows(members.len()),
        (Rule::Required(names), Value::Object(members)) => names.iter().all(|name| members.contains_key(name)),
        (Rule::DependentRequired(names), Value::Object(members)) => names
            .iter()
            .filter(|(name, _)| members.contains_key(*name))
            .all(|(_, needed)| needed.iter().all(|name| members.contains_key(name))),
        _ => true,
    }
}

fn is(name: &str, value: &Value) -> bool {
    match value {
        Value::Null => name == "null",
        Value::Bool(_) => name == "boolean",
        Value::Number(number) => name == "number" || name == "integer" && matches!(numeric(number), Numeric::Whole(_)),
        Value::String(_) => name == "string",
        Value::Array(_) => name == "array",
        Value::Object(_) => name == "object",
    }
}

/// What the rule wants, for the spec's author.
fn wanted(rule: &Rule, value: &Value) -> String {
    match rule {
        Rule::Type(names) => format!("one of the types {names:?}"),
        Rule::OneOfValues(values) => format!("one of {}", Value::from(values.clone())),
        Rule::Minimum { limit, .. } | Rule::Maximum { limit, .. } | Rule::MultipleOf(limit) => limit.to_string(),
        Rule::Length(count) | Rule::ItemCount(count) | Rule::PropertyCount(count) | Rule::Contains { count, .. } => {
            match count.max {
                u64::MAX => format!("at least {}", count.min),
                max => format!("from {} to {max}", count.min),
            }
        }
        Rule::Pattern(pattern) => Regex::as_str(pattern).to_owned(),
        Rule::Required(names) => {
            let absent = |name: &&String| value.get(name.as_str()).is_none();
            format!("missing: {:?}", names.iter().filter(absent).collect::<Vec<_>>())
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::general::json::{compile, parse};

    fn meets(schema: Value, value: &Value) -> bool {
        compile(&schema).expect("a usable schema").validate(value).is_ok()
    }

    #[test]
    fn keywords_mean_what_the_standard_says() {
        for (schema, yes, no) in [
            (json!(true), vec![json!(1)], vec![]),
            (json!(false), vec![], vec![json!(1)]),
            (json!({"type": "integer"}), vec![json!(1), json!(1.0)], vec![json!(1.5), json!("1"), json!(true)]),
            (json!({"type": ["string", "null"]}), vec![json!(""), json!(null)], vec![json!(0), json!({})]),
            (json!({"enum": [1, {"a": 1}]}), vec![json!(1.0), json!({"a": 1.0})], vec![json!("1"), json!({})]),
            (json!({"const": null}), vec![json!(null)], vec![json!(0)]),
            (
                json!({"minimum": 1, "exclusiveMaximum": 2}),
                vec![json!(1), json!(1.9), json!("x")],
                vec![json!(2), json!(0)],
            ),
            (json!({"exclusiveMinimum": 1, "maximum": 2}), vec![json!(2)], vec![json!(1)]),
            (json!({"multipleOf": 0.01}), vec![json!(0.07), json!(3)], vec![json!(0.075)]),
            (json!({"minLength": 2, "maxLength": 2}), vec![json!("🦉🦉"), json!(1)], vec![json!("🦉"), json!("abc")]),
            (json!({"pattern": "^a"}), vec![json!("ab"), json!(1)], vec![json!("ba")]),
            (
                json!({"prefixItems": [{"const": 1}], "items": {"const": 2}}),
                vec![json!([]), json!([1, 2, 2])],
                vec![json!([2]), json!([1, 1])],
            ),
            (json!({"items": false}), vec![json!([]), json!({})], vec![json!([1])]),
            (json!({"contains": {"const": 1}}), vec![json!([2, 1])], vec![json!([]), json!([2])]),
            (
                json!({"contains": {"const": 1}, "minContains": 0, "maxContains": 1}),
                vec![json!([]), json!([1])],
                vec![json!([1, 1])],
            ),
            (json!({"contains": {"const": 1}, "maxContains": 2}), vec![json!([1])], vec![json!([])]),
            (json!({"minItems": 1, "uniqueItems": true}), vec![json!([1, "1"])], vec![json!([]), json!([1, 1.0])]),
            (
                json!({
                    "properties": {"a": {"type": "null"}},
                    "patternProperties": {"^x": {"type": "null"}},
                    "additionalProperties": {"const": 1},
                }),
                vec![json!({"a": null, "xy": null, "b": 1}), json!([])],
                vec![json!({"a": 1}), json!({"xy": 1}), json!({"b": null})],
            ),
            (
                json!({"propertyNames": {"maxLength": 1}, "maxProperties": 1}),
                vec![json!({"a": 1}), json!({})],
                vec![json!({"ab": 1}), json!({"a": 1, "b": 1})],
            ),
            (json!({"required": ["a"]}), vec![json!({"a": null}), json!([])], vec![json!({}), json!({"A": 1})]),
            (
                json!({"dependentRequired": {"a": ["b"]}}),
                vec![json!({}), json!({"a": 1, "b": 1})],
                vec![json!({"a": 1})],
            ),
            (json!({"dependentSchemas": {"a": {"required": ["b"]}}}), vec![json!({"b": 1})], vec![json!({"a": 1})]),
            (json!({"allOf": [{"minimum": 1}, {"maximum": 2}]}), vec![json!(1)], vec![json!(0), json!(3)]),
            (json!({"anyOf": [{"const": 1}, {"const": 2}]}), vec![json!(2)], vec![json!(3)]),
            (json!({"oneOf": [{"minimum": 1}, {"maximum": 2}]}), vec![json!(0), json!(3)], vec![json!(1)]),
            (json!({"not": {"type": "string"}}), vec![json!(1)], vec![json!("")]),
            (
                json!({"if": {"type": "string"}, "then": {"minLength": 1}, "else": {"const": 1}}),
                vec![json!("a"), json!(1)],
                vec![json!(""), json!(2)],
            ),
            (
                json!({"$ref": "#/$defs/a", "maximum": 2, "$defs": {"a": {"minimum": 1}}}),
                vec![json!(1)],
                vec![json!(0), json!(3)],
            ),
            (
                json!({"properties": {"next": {"$ref": "#"}}, "required": ["v"]}),
                vec![json!({"v": 1, "next": {"v": 2}})],
                vec![json!({"v": 1, "next": {}})],
            ),
        ] {
            for value in yes {
                assert!(meets(schema.clone(), &value), "{schema} must take {value}");
            }
            for value in no {
                assert!(!meets(schema.clone(), &value), "{schema} must not take {value}");
            }
        }
    }

    #[test]
    fn says_where_and_keeps_the_wanted_apart() {
        let schema = compile(&json!({"properties": {"a": {"items": {"const": "SECRET"}}}})).expect("usable");
        let unmet = schema.validate(&json!({"a": ["SECRET", 2]}));
        let expected = Unmet::Rule { at: "/a/1".into(), keyword: "const", wanted: "one of [\"SECRET\"]".into() };
        assert_eq!(unmet, Err(expected));
        let long = json!({"a": {"b\n".repeat(1000): 1}});
        let schema = compile(&json!({"properties": {"a": {"additionalProperties": false}}})).expect("usable");
        let Err(Unmet::Rule { at, .. }) = schema.validate(&long) else { panic!("must fail") };
        assert!(at.len() < 110 && at.starts_with("/a/b\\nb"), "{at}");
    }

    #[test]
    fn work_is_bounded() {
        // Thirty schemas, each of which applies the next one twice.
        let mut definitions: Map<String, Value> = Map::new();
        for n in 0..30 {
            let next = json!({"$ref": format!("#/$defs/{}", n + 1)});
            definitions.insert(n.to_string(), json!({"allOf": [next, next]}));
        }
        definitions.insert("30".into(), json!({"type": "integer"}));
        let schema = json!({"$ref": "#/$defs/0", "$defs": definitions});
        assert_eq!(compile(&schema).expect("usable").validate(&json!(1)), Err(Unmet::TooMuchWork));
        // As deep as JSON may be.
        let deep = parse(&format!("{}1{}", "[".repeat(127), "]".repeat(127))).expect("JSON");
        assert!(meets(json!({"items": {"$ref": "#"}}), &deep));
    }
}
