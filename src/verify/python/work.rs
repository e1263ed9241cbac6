//! What the host does with a value that a completion chose: it is counted in fuel, on the completion's own budget, and ends with it.

use fullmarks_sandbox::python::Value;
use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    hash::{BuildHasher, DefaultHasher, Hasher, RandomState},
    marker::PhantomData,
    sync::LazyLock,
};

/// Fuel for a look at a value.
pub(super) const LOOK: u64 = 50;

/// Fuel for hashing a value, beside its bytes.
pub(super) const HASH: u64 = 250;

/// Fuel for two values of which each may stand for the other.
pub(super) const PAIR: u64 = 100;

/// Such pairs at once: they are kept, and memory is no matter of fuel.
const PAIRS: usize = 4 << 20;

/// The budget of one comparison, and what was hashed in it.
pub(super) struct Work<'a> {
    given: u64,
    left: Cell<u64>,
    out: Cell<bool>,
    pairs: Cell<usize>,
    /// By the address of a set that is compared: its hash, and whether nothing is in it twice.
    sets: RefCell<HashMap<usize, (u128, bool)>>,
    values: PhantomData<&'a Value>,
}

impl<'a> Work<'a> {
    pub(super) fn new(fuel: u64) -> Self {
        Self {
            given: fuel,
            left: Cell::new(fuel),
            out: Cell::new(false),
            pairs: Cell::new(PAIRS),
            sets: RefCell::default(),
            values: PhantomData,
        }
    }

    /// Takes fuel; false once there is not enough.
    pub(super) fn spend(&self, fuel: u64) -> bool {
        match self.left.get().checked_sub(fuel) {
            Some(left) if !self.out.get() => self.left.set(left),
            _ => self.end(),
        }
        !self.out.get()
    }

    /// Takes what a pair costs.
    pub(super) fn pair(&self) -> bool {
        match self.pairs.get().checked_sub(1) {
            Some(left) => self.pairs.set(left),
            None => self.end(),
        }
        self.spend(PAIR)
    }

    fn end(&self) {
        self.left.set(0);
        self.out.set(true);
    }

    pub(super) fn left(&self) -> u64 {
        self.left.get()
    }

    /// What was used; more than was given when that was not enough, and then the comparison says nothing.
    pub(super) fn spent(&self) -> u64 {
        if self.out.get() { self.given.saturating_add(1) } else { self.given - self.left.get() }
    }

    /// The hash of a set, and whether nothing is in it twice: found once for all the values it is compared with.
    pub(super) fn of_set(&self, set: &'a [Value], find: impl FnOnce() -> (u128, bool)) -> (u128, bool) {
        let at = set.as_ptr() as usize;
        // All sets without items have one address, and one hash.
        if let Some(known) = self.sets.borrow().get(&at).filter(|_| !set.is_empty()) {
            return *known;
        }
        let found = find();
        self.sets.borrow_mut().insert(at, found);
        found
    }
}

/// Keys of this process: no completion can look for values that have one hash.
static KEYS: LazyLock<[RandomState; 2]> = LazyLock::new(|| [RandomState::new(), RandomState::new()]);

/// 128 bits by the standard library's hasher, twice. Other values have the same with a chance of 2⁻¹²⁸, so that what is equal
/// does not depend on the keys.
pub(super) struct Hash([DefaultHasher; 2]);

impl Hash {
    pub(super) fn new(tag: u8) -> Self {
        let mut hash = Self([KEYS[0].build_hasher(), KEYS[1].build_hasher()]);
        hash.add(&[tag]);
        hash
    }

    pub(super) fn add(&mut self, bytes: &[u8]) {
        self.0.iter_mut().for_each(|half| half.write(bytes));
    }

    pub(super) fn of(self) -> u128 {
        let [high, low] = self.0.map(|half| u128::from(half.finish()));
        high << 64 | low
    }
}

/// Those of parts, in their order.
pub(super) fn together(tag: u8, parts: impl IntoIterator<Item = u128>) -> u128 {
    let mut hash = Hash::new(tag);
    parts.into_iter().for_each(|part| hash.add(&part.to_le_bytes()));
    hash.of()
}
