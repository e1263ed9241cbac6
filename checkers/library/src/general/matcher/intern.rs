//! Lists of numbers, each kept once and known by a number of its own.

/// A slot that no list has.
const FREE: u32 = u32::MAX;

/// Lists numbered in the order of their arrival.
#[derive(Clone, Debug)]
pub(super) struct Interner {
    /// All lists, one behind the other.
    data: Vec<u32>,
    /// Where each list ends.
    ends: Vec<u32>,
    /// The numbers of the lists by hash, with linear probing. The length is a power of two, at least twice the number
    /// of lists.
    slots: Vec<u32>,
}

impl Interner {
    pub(super) fn new() -> Self {
        Self { data: Vec::with_capacity(256), ends: Vec::with_capacity(32), slots: vec![FREE; 64] }
    }

    /// How many lists there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// How many numbers all lists hold together.
    pub(super) fn total(&self) -> usize {
        self.data.len()
    }

    /// The list of that number.
    pub(super) fn get(&self, number: u32) -> &[u32] {
        let at = number as usize;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.data[start as usize..self.ends[at] as usize]
    }

    /// The number of a list, which is added where it is new.
    pub(super) fn intern(&mut self, list: &[u32]) -> u32 {
        let slot = self.slot(list);
        if self.slots[slot] != FREE {
            return self.slots[slot];
        }
        let number = self.ends.len() as u32;
        self.slots[slot] = number;
        self.data.extend_from_slice(list);
        self.ends.push(self.data.len() as u32);
        if self.ends.len() * 2 > self.slots.len() {
            self.slots = vec![FREE; self.slots.len() * 2];
            for number in 0..=number {
                let slot = self.slot(self.get(number));
                self.slots[slot] = number;
            }
        }
        number
    }

    /// Where a list is, or belongs.
    fn slot(&self, list: &[u32]) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = hash(list) & mask;
        while self.slots[slot] != FREE && self.get(self.slots[slot]) != list {
            slot = (slot + 1) & mask;
        }
        slot
    }
}

/// Multiply and rotate, as in Firefox's FxHash, two numbers at a time.
fn hash(list: &[u32]) -> usize {
    let (pairs, rest) = list.as_chunks::<2>();
    let pairs = pairs.iter().map(|[low, high]| u64::from(*low) | u64::from(*high) << 32);
    let mix = |hash: u64, number: u64| (hash.rotate_left(5) ^ number).wrapping_mul(0x517c_c1b7_2722_0a95);
    (pairs.chain(rest.iter().map(|number| u64::from(*number))).fold(0, mix) >> 32) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_each_list_one_number() {
        let mut interner = Interner::new();
        let lists: Vec<Vec<u32>> = (0..500).map(|n| (0..n % 7).chain([n]).collect()).collect();
        for _ in 0..2 {
            for (number, list) in (0..).zip(&lists) {
                assert_eq!(interner.intern(list), number);
                assert_eq!(interner.get(number), list);
            }
        }
        assert_eq!(interner.len(), lists.len());
        assert_eq!(interner.total(), lists.concat().len());
    }
}
