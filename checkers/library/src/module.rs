//! Which checkers this module has: those that tell languages apart, those that read other large tables, or the others. What no checker of
//! a module uses is not linked.
#![cfg_attr(not(target_arch = "wasm32"), allow(dead_code, reason = "native builds have all checkers"))]

use crate::{CHECKERS as ALL, WITH_LANGUAGES, WITH_TABLES};
use fullmarks_checker_sdk::Entry;

/// The kinds of modules.
#[derive(Clone, Copy)]
enum Kind {
    Light,
    Tables,
    Languages,
}

const KIND: Kind = if cfg!(feature = "languages") {
    Kind::Languages
} else if cfg!(feature = "tables") {
    Kind::Tables
} else {
    Kind::Light
};

const COUNT: usize = match KIND {
    Kind::Light => ALL.len() - WITH_TABLES.len() - WITH_LANGUAGES.len(),
    Kind::Tables => WITH_TABLES.len(),
    Kind::Languages => WITH_LANGUAGES.len(),
};

const HERE: [Entry; COUNT] = {
    let mut here = [ALL[0]; COUNT];
    let (mut from, mut to) = (0, 0);
    while from < ALL.len() {
        if is_here(ALL[from].doc.id) {
            here[to] = ALL[from];
            to += 1;
        }
        from += 1;
    }
    assert!(to == COUNT, "a list names a checker that there is not, or one twice");
    here
};

/// The checkers of this module.
pub(crate) static CHECKERS: &[Entry] = &HERE;

const fn is_here(id: &str) -> bool {
    match KIND {
        Kind::Light => !names(WITH_TABLES, id) && !names(WITH_LANGUAGES, id),
        Kind::Tables => names(WITH_TABLES, id),
        Kind::Languages => names(WITH_LANGUAGES, id),
    }
}

const fn names(list: &[&str], id: &str) -> bool {
    let mut at = 0;
    while at < list.len() {
        if equal(list[at].as_bytes(), id.as_bytes()) {
            return true;
        }
        at += 1;
    }
    false
}

/// `==`, which constants cannot call.
const fn equal(a: &[u8], b: &[u8]) -> bool {
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    at == a.len() && at == b.len()
}
