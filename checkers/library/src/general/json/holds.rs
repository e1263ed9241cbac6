//! The rules that need no other schema.

use serde_json::Value;

use super::{
    number::{compare, is_multiple, is_whole},
    order::{has_duplicates, order},
    schema::Rule,
};

/// Whether the value meets the rule. A rule about another kind of value holds.
pub(super) fn holds(rule: &Rule, value: &Value) -> bool {
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
        Value::Number(number) => name == "number" || name == "integer" && is_whole(number),
        Value::String(_) => name == "string",
        Value::Array(_) => name == "array",
        Value::Object(_) => name == "object",
    }
}

/// What the rule wants, for the spec's author.
pub(super) fn wanted(rule: &Rule, value: &Value) -> String {
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
        Rule::Pattern(pattern) => pattern.as_str().to_owned(),
        Rule::Required(names) => {
            let absent = |name: &&String| value.get(name.as_str()).is_none();
            format!("missing: {:?}", names.iter().filter(absent).collect::<Vec<_>>())
        }
        _ => String::new(),
    }
}
