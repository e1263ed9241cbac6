//! Reads a tree as a type, and goes on behind each mistake, so that one reading names them all.

use super::{
    Diagnostic,
    fault::{Fault, Kind, Place},
    node::{Node, Pair, Value},
    slip::{Given, Means, Slips, Within},
    suggest,
    typed::{EMPTY, Typed},
};
use serde::de::DeserializeOwned;
use std::collections::HashSet;

/// Most mistakes that one reading names.
const MOST: usize = 200;

/// What a tree says, with all that is wrong about its keys and types. `None` where no value could stand for what was wrong.
pub(super) fn read<T: DeserializeOwned>(tree: &mut Node, slips: Slips) -> (Option<T>, Vec<Diagnostic>) {
    let mut mender =
        Mender { mistakes: Vec::new(), next: tree.number(0), adopted: HashSet::new(), guessed: HashSet::new(), slips };
    mender.repeated(tree);
    for _ in 0..MOST {
        match T::deserialize(Typed(tree)) {
            Ok(value) => return (Some(value), mender.mistakes),
            Err(fault) => {
                if mender.mend(tree, fault).is_none() {
                    break;
                }
            }
        }
    }
    (None, mender.mistakes)
}

struct Mender {
    mistakes: Vec<Diagnostic>,
    next: usize,
    /// Values that were empty, and got what stands unindented below them.
    adopted: HashSet<usize>,
    /// Values of keys whose meaning was guessed: what does not fit there may have been meant for another key.
    guessed: HashSet<usize>,
    slips: Slips,
}

impl Mender {
    /// Takes away keys that are given twice.
    fn repeated(&mut self, node: &mut Node) {
        match &mut node.value {
            Value::List(nodes) => nodes.iter_mut().for_each(|node| self.repeated(node)),
            Value::Map(pairs) => {
                let mut seen = HashSet::new();
                pairs.retain(|pair| {
                    let new = seen.insert(pair.key.clone());
                    if !new {
                        let message = format!("`{}` is given twice", pair.key);
                        self.mistakes.push(Diagnostic::new(pair.span.clone(), message).help("keep one of the two"));
                    }
                    new
                });
                pairs.iter_mut().for_each(|pair| self.repeated(&mut pair.node));
            }
            _ => {}
        }
    }

    /// Notes a fault, and changes the tree so that reading comes further. `None` where it cannot.
    fn mend(&mut self, tree: &mut Node, fault: Fault) -> Option<()> {
        match (fault.place?, fault.kind) {
            (Place::Key { map, pair }, Kind::UnknownKey { key, known }) => {
                let Value::Map(pairs) = &mut tree.find(map)?.value else { return None };
                self.unknown(pairs, pair, &key, known)
            }
            (Place::Value(map), Kind::MissingKey(key)) => {
                let node = tree.find(map)?;
                if !matches!(node.value, Value::Map(_)) {
                    node.value = Value::Map(Vec::new());
                }
                let Value::Map(pairs) = &mut node.value else { return None };
                if !node.made {
                    let span = pairs.first().map_or(&node.span, |pair| &pair.span).clone();
                    let missing = Diagnostic::new(span, format!("the key `{key}` is missing"));
                    self.mistakes.push(missing.help(format!("add `{key}: …` beside this key")));
                }
                let made = Node::made(self.number(), node.span.clone());
                pairs.push(Pair { key: key.to_owned(), span: node.span.clone(), node: made });
                Some(())
            }
            (Place::Value(id), Kind::Wrong { message, help }) => {
                let key = tree.key_of(id).unwrap_or_default().to_owned();
                let node = tree.find(id)?;
                if node.made {
                    return None;
                }
                // What is within was looked at before.
                let wrapped = if help.is_none() { (self.slips.values)(&key, given(&node.value)) } else { None };
                if let Some(wrapped) = wrapped
                    && !self.adopted.contains(&id)
                    && !self.guessed.contains(&id)
                {
                    self.mistakes.push(Diagnostic::new(node.span.clone(), message).help(wrapped.help));
                    self.wrap(node, &wrapped.within);
                    return Some(());
                }
                if !self.adopted.contains(&id) && !self.guessed.contains(&id) {
                    self.mistakes.push(Diagnostic::new(node.span.clone(), message).maybe_help(help));
                }
                let id = self.number();
                *node = Node::made(id, node.span.clone());
                Some(())
            }
            _ => None,
        }
    }

    /// Reads a value as what it was meant for.
    fn wrap(&mut self, node: &mut Node, within: &Within) {
        let span = node.span.clone();
        let value = std::mem::replace(&mut node.value, Value::Anything);
        let number = self.number();
        match (within, value) {
            (Within::Key(key), value) => {
                let inner = Node { id: number, span: span.clone(), value, made: false };
                node.value = Value::Map(vec![Pair { key: (*key).to_owned(), span, node: inner }]);
                node.id = self.number();
            }
            (Within::Items, Value::Map(pairs)) => {
                // Pairs of pairs are items with names; others are one item.
                let items = match pairs.iter().all(|pair| matches!(pair.node.value, Value::Map(_))) {
                    true => pairs.into_iter().map(|pair| pair.node).collect(),
                    false => vec![Node { id: number, span, value: Value::Map(pairs), made: false }],
                };
                node.value = Value::List(items);
                node.id = self.number();
            }
            (Within::Nothing | Within::Items, _) => *node = Node::made(number, span),
        }
    }

    /// A key that means nothing: what it was meant for is read, where that is plain.
    fn unknown(&mut self, pairs: &mut Vec<Pair>, at: usize, key: &str, known: &'static [&'static str]) -> Option<()> {
        let span = pairs.get(at)?.span.clone();
        let near = suggest::closest(key, known.iter().copied());
        let close = near.or_else(|| known.iter().copied().find(|known| known.len() > 3 && key.contains(known)));
        let slip = (self.slips.keys)(key, known);
        if slip.is_none() && close.is_none() && self.adopt(pairs, at) {
            return Some(());
        }
        let (help, means) = match (slip, close) {
            (Some(slip), _) => (Some(slip.help), slip.means),
            (None, Some(name)) => (Some(format!("did you mean `{name}`?")), Means::Key(name)),
            (None, None) => (suggest::help(key, known), Means::Nothing),
        };
        self.mistakes.push(Diagnostic::new(span.clone(), format!("unknown key `{key}`")).maybe_help(help));
        let free = |name: &str| !pairs.iter().any(|pair| pair.key == name);
        match means {
            Means::Key(name) if free(name) => {
                name.clone_into(&mut pairs[at].key);
                if near.is_none() {
                    self.guessed.insert(pairs[at].node.id);
                }
            }
            Means::Value(name) if free(name) => {
                let node =
                    Node { id: self.number(), span: span.clone(), value: Value::Text(key.to_owned()), made: true };
                pairs[at] = Pair { key: name.to_owned(), span, node };
            }
            _ => drop(pairs.remove(at)),
        }
        Some(())
    }

    /// Where the key before has no value, an unknown key was meant to stand within it.
    fn adopt(&mut self, pairs: &mut Vec<Pair>, at: usize) -> bool {
        let Some(owner) = at.checked_sub(1).map(|before| &pairs[before]) else { return false };
        let said_empty = |mistake: &Diagnostic| mistake.message == EMPTY && mistake.span == owner.node.span;
        let empty = matches!(owner.node.value, Value::Null)
            || self.adopted.contains(&owner.node.id)
            || owner.node.made && self.mistakes.iter().any(said_empty);
        if !empty {
            return false;
        }
        self.mistakes.retain(|mistake| !said_empty(mistake));
        let name = owner.key.clone();
        let pair = pairs.remove(at);
        let message = format!("unknown key `{}`", pair.key);
        let help = format!("indent it deeper than `{name}`, to which it seems to belong");
        self.mistakes.push(Diagnostic::new(pair.span.clone(), message).help(help));
        let owner = &mut pairs[at - 1].node;
        self.adopted.insert(owner.id);
        match &mut owner.value {
            Value::Map(inner) if !owner.made => inner.push(pair),
            value => *value = Value::Map(vec![pair]),
        }
        owner.made = false;
        true
    }

    fn number(&mut self) -> usize {
        self.next += 1;
        self.next
    }
}

/// A value as it was written, for those who know what it was meant for.
fn given(value: &Value) -> Given<'_> {
    match value {
        Value::Text(text) => Given::Plain(text),
        Value::Bool(true) => Given::Plain("true"),
        Value::Bool(false) => Given::Plain("false"),
        Value::Int(_) | Value::Uint(_) | Value::Float(_) => Given::Plain("0"),
        Value::List(_) => Given::List,
        Value::Map(_) => Given::Pairs,
        Value::Null | Value::Anything => Given::Plain(""),
    }
}
