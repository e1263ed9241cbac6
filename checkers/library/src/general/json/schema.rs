//! A compiled schema: a list of subschemas, each a list of rules, which name other subschemas by their place.

use std::collections::BTreeMap;

use crate::general::matcher::Matcher;
use serde_json::{Number, Value};

/// Place of a subschema in [`Schema::nodes`].
pub(super) type Id = usize;

/// A schema ready to validate; the first node is its root.
pub(in crate::general) struct Schema {
    pub(super) nodes: Vec<Vec<Keyword>>,
}

impl Schema {
    /// Whether the root has no rule, so that every value meets the schema.
    pub(in crate::general) fn says_nothing(&self) -> bool {
        self.nodes.first().is_none_or(Vec::is_empty)
    }
}

/// A rule and the keyword it came from.
pub(super) struct Keyword {
    pub(super) name: &'static str,
    pub(super) rule: Rule,
}

/// How many of something.
pub(super) struct Count {
    pub(super) min: u64,
    pub(super) max: u64,
}

impl Count {
    pub(super) fn allows(&self, count: usize) -> bool {
        (self.min..=self.max).contains(&(count as u64))
    }
}

/// The rules of JSON Schema. A rule about one kind of value says nothing about the others.
pub(super) enum Rule {
    /// The schema `false`.
    Never,
    /// Names of the types allowed.
    Type(Vec<String>),
    /// The values allowed: `enum`, and `const` with one of them.
    OneOfValues(Vec<Value>),
    Minimum {
        limit: Number,
        exclusive: bool,
    },
    Maximum {
        limit: Number,
        exclusive: bool,
    },
    MultipleOf(Number),
    Length(Count),
    Pattern(Matcher),
    /// `prefixItems`, and `items` for the rest.
    Items {
        prefix: Vec<Id>,
        rest: Option<Id>,
    },
    Contains {
        item: Id,
        count: Count,
    },
    ItemCount(Count),
    UniqueItems,
    /// `properties`, `patternProperties`, and `additionalProperties` for the rest.
    Properties {
        named: BTreeMap<String, Id>,
        patterns: Vec<(Matcher, Id)>,
        additional: Option<Id>,
    },
    PropertyNames(Id),
    PropertyCount(Count),
    Required(Vec<String>),
    DependentRequired(BTreeMap<String, Vec<String>>),
    DependentSchemas(BTreeMap<String, Id>),
    AllOf(Vec<Id>),
    AnyOf(Vec<Id>),
    OneOf(Vec<Id>),
    Not(Id),
    If {
        condition: Id,
        then: Option<Id>,
        otherwise: Option<Id>,
    },
    Ref(Id),
}

impl Rule {
    /// The subschemas that look at the same value as this rule, not at a part of it.
    pub(super) fn in_place(&self) -> Vec<Id> {
        match self {
            Self::AllOf(ids) | Self::AnyOf(ids) | Self::OneOf(ids) => ids.clone(),
            Self::Not(id) | Self::Ref(id) => vec![*id],
            Self::If { condition, then, otherwise } => {
                [Some(*condition), *then, *otherwise].into_iter().flatten().collect()
            }
            Self::DependentSchemas(schemas) => schemas.values().copied().collect(),
            _ => Vec::new(),
        }
    }
}
