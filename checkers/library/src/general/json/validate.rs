//! Holding a value against a compiled schema.

use serde_json::{Map, Value};

use super::{
    holds::{holds, wanted},
    schema::{Id, Keyword, Rule, Schema},
};

/// Most subschemas applied to values in one validation; alternatives inside alternatives can multiply.
const STEPS: u32 = 1_000_000;
/// Deepest recursion, over parts of the value and schemas inside each other: JSON goes 127 levels deep, and a recursive
/// schema spends some three on each.
const DEPTH: usize = 512;
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
        let mut walk = Walk { schema: self, steps: STEPS, depth: 0, path: Vec::new() };
        walk.node(0, value).map_err(|stop| match stop {
            Stop::Broken(keyword, value) => {
                Unmet::Rule { at: walk.at(), keyword: keyword.name, wanted: wanted(&keyword.rule, value) }
            }
            Stop::TooMuchWork => Unmet::TooMuchWork,
        })
    }
}

#[derive(Clone, Copy)]
enum Step<'v> {
    Name(&'v str),
    Item(usize),
}

/// Why the walk is over. Told in words only at the very end, for most failures are those of an alternative.
enum Stop<'s, 'v> {
    Broken(&'s Keyword, &'v Value),
    TooMuchWork,
}

struct Walk<'s, 'v> {
    schema: &'s Schema,
    steps: u32,
    depth: usize,
    /// Where the walk is, or where it stopped.
    path: Vec<Step<'v>>,
}

impl<'s, 'v> Walk<'s, 'v> {
    fn node(&mut self, id: Id, value: &'v Value) -> Result<(), Stop<'s, 'v>> {
        if self.steps == 0 || self.depth == DEPTH {
            return Err(Stop::TooMuchWork);
        }
        self.steps -= 1;
        self.depth += 1;
        let schema = self.schema;
        schema.nodes[id].iter().try_for_each(|keyword| self.keyword(keyword, value))?;
        self.depth -= 1;
        Ok(())
    }

    /// Whether the value meets a subschema, for rules that need to know rather than to fail.
    fn meets(&mut self, id: Id, value: &'v Value) -> Result<bool, Stop<'s, 'v>> {
        let (depth, here) = (self.depth, self.path.len());
        match self.node(id, value) {
            Ok(()) => Ok(true),
            Err(Stop::Broken(..)) => {
                self.depth = depth;
                self.path.truncate(here);
                Ok(false)
            }
            Err(Stop::TooMuchWork) => Err(Stop::TooMuchWork),
        }
    }

    fn part(&mut self, id: Id, step: Step<'v>, value: &'v Value) -> Result<(), Stop<'s, 'v>> {
        self.path.push(step);
        self.node(id, value)?;
        self.path.pop();
        Ok(())
    }

    fn keyword(&mut self, keyword: &'s Keyword, value: &'v Value) -> Result<(), Stop<'s, 'v>> {
        let met = match (&keyword.rule, value) {
            (
                Rule::AllOf(_) | Rule::AnyOf(_) | Rule::OneOf(_) | Rule::Not(_) | Rule::If { .. } | Rule::Ref(_),
                value,
            ) => self.applies(&keyword.rule, value)?,
            (rule, Value::Array(items)) => self.array(rule, items)? && holds(rule, value),
            (rule, Value::Object(members)) => self.object(rule, members, value)? && holds(rule, value),
            (rule, value) => holds(rule, value),
        };
        if met { Ok(()) } else { Err(Stop::Broken(keyword, value)) }
    }

    /// The rules that apply other schemas to the same value.
    fn applies(&mut self, rule: &Rule, value: &'v Value) -> Result<bool, Stop<'s, 'v>> {
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

    fn array(&mut self, rule: &Rule, items: &'v [Value]) -> Result<bool, Stop<'s, 'v>> {
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

    fn object(&mut self, rule: &Rule, members: &'v Map<String, Value>, value: &'v Value) -> Result<bool, Stop<'s, 'v>> {
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

    fn names(&mut self, id: Id, members: &Map<String, Value>) -> Result<bool, Stop<'s, 'v>> {
        for name in members.keys() {
            let name = Value::String(name.clone());
            let mut walk = Walk { schema: self.schema, steps: self.steps, depth: self.depth, path: Vec::new() };
            let met = walk.meets(id, &name).map_err(|_| Stop::TooMuchWork)?;
            self.steps = walk.steps;
            if !met {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The path as text. The names are the answer's own words, so they are escaped and cut before a log sees them.
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

    /// Found by the official JSON-Schema-Test-Suite and by comparison with Python's `jsonschema` and with V8.
    #[test]
    fn corners_of_the_standard() {
        for (schema, yes, no) in [
            (r#"{"type": "integer"}"#, vec!["1e308", "-12345678910111213141516171819202122"], vec!["1e-3"]),
            (r#"{"type": "integer", "multipleOf": 0.5}"#, vec!["1e308"], vec!["1.5"]),
            (r#"{"multipleOf": 1e-8}"#, vec!["12391239123", "1e20"], vec!["1e-9"]),
            (r#"{"multipleOf": 19.99}"#, vec!["-39.98"], vec!["1e20"]),
            (r#"{"pattern": "^\\d$"}"#, vec![r#""7""#], vec![r#""\u07c0""#]),
            (r#"{"patternProperties": {"\\wcole": false}}"#, vec![r#"{"école": 1}"#], vec![r#"{"ecole": 1}"#]),
            (r#"{"const": [0, {"a": false}]}"#, vec![r#"[0.0, {"a": false}]"#], vec![r#"[false, {"a": 0}]"#]),
            (r#"{"maximum": 9007199254740992}"#, vec!["9007199254740992.0"], vec!["9007199254740993"]),
            (r#"{"maxLength": 2}"#, vec![r#""\ud83e\udd89\u0301""#], vec![r#""e\u0301e""#]),
            (r#"{"contains": true, "minContains": 0}"#, vec!["[]", "{}"], vec![]),
            (r#"{"contains": true, "maxContains": 0}"#, vec!["{}"], vec!["[]", "[1]"]),
            (r#"{"properties": {"$ref": {"type": "string"}}}"#, vec![r#"{"$ref": "a"}"#], vec![r#"{"$ref": 2}"#]),
            (
                r##"{"prefixItems": [{"type": "null"}, {"$ref": "#/prefixItems/0"}]}"##,
                vec!["[null, null]"],
                vec!["[null, 1]"],
            ),
            (
                r##"{"properties": {"a": {}}, "propertyNames": {"$ref": "#/x-a"}, "x-a": {"maxLength": 1}}"##,
                vec!["{\"a\": 1}"],
                vec!["{\"ab\": 1}"],
            ),
        ] {
            let parsed = parse(schema).expect("JSON");
            for (texts, met) in [(yes, true), (no, false)] {
                for text in texts {
                    assert_eq!(meets(parsed.clone(), &parse(text).expect("JSON")), met, "{schema} on {text}");
                }
            }
        }
    }

    #[test]
    fn says_where_and_keeps_the_wanted_apart() {
        let schema = compile(&json!({"properties": {"a": {"items": {"const": "SECRET"}}}})).expect("usable");
        let unmet = schema.validate(&json!({"a": ["SECRET", 2]}));
        let expected = Unmet::Rule { at: "/a/1".into(), keyword: "const", wanted: "one of [\"SECRET\"]".into() };
        assert_eq!(unmet, Err(expected));
        // An alternative that was not met leaves no trace.
        let schema = json!({"anyOf": [{"properties": {"a": {"const": 1}}}, true], "properties": {"b": {"const": 1}}});
        let schema = compile(&json!({"allOf": [schema]})).expect("usable");
        let Err(Unmet::Rule { at, .. }) = schema.validate(&json!({"a": 2, "b": 2})) else { panic!("must fail") };
        assert_eq!(at, "/b");
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
        let tree = json!({"anyOf": [{"type": "integer"}, {"type": "array", "items": {"$ref": "#/$defs/tree"}}]});
        assert!(meets(json!({"$ref": "#/$defs/tree", "$defs": {"tree": tree}}), &deep));
        // Sixty schemas for each part of the value. What cannot be decided is not met the other way round either.
        let mut definitions: Map<String, Value> =
            (0..60).map(|n| (n.to_string(), json!({"$ref": format!("#/$defs/{}", n + 1)}))).collect();
        definitions.insert("60".into(), json!({"items": {"$ref": "#/$defs/0"}}));
        for mut schema in [json!({"$ref": "#/$defs/0"}), json!({"not": {"$ref": "#/$defs/0"}})] {
            schema["$defs"] = definitions.clone().into();
            assert_eq!(compile(&schema).expect("usable").validate(&deep), Err(Unmet::TooMuchWork));
        }
    }
}
