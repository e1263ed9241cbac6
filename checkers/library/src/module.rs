//! Which checkers this module has: those that read large tables, or the others. What no checker of a module uses is not linked.
#![cfg_attr(not(target_arch = "wasm32"), allow(dead_code, reason = "native builds have all checkers"))]

use crate::{CHECKERS as ALL, WITH_TABLES};
use fullmarks_checker_sdk::Entry;

const COUNT: usize = if cfg!(feature = "tables") { WITH_TABLES.len() } else { ALL.len() - WITH_TABLES.len() };

const HERE: [Entry; COUNT] = {
    let mut here = [ALL[0]; COUNT];
    let (mut from, mut to) = (0, 0);
    while from < ALL.len() {
        if has_tables(ALL[from].doc.id) == cfg!(feature = "tables") {
            here[to] = ALL[from];
            to += 1;
        }
        from += 1;
    }
    assert!(to == COUNT, "WITH_TABLES names a checker that there is not, or one twice");
    here
};

/// The checkers of this module.
pub(crate) static CHECKERS: &[Entry] = &HERE;

const fn has_tables(id: &str) -> bool {
    let mut at = 0;
    while at < WITH_TABLES.len() {
        if equal(WITH_TABLES[at].as_bytes(), id.as_bytes()) {
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
