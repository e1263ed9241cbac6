//! Work of rows on rayon's threads, that of the earliest row first.
//!
//! A queue that gives out work in the order in which it came would not do: what follows from reading a row comes when the row is read, and a
//! thread that the system stops within the first row would put its completions behind those of all rows that the others read meanwhile.

use std::{
    collections::BTreeMap,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

/// Whose work it is: the row's place, and the first completion that it is about.
pub(super) type Whose = (u64, usize);

type Work<'a> = Box<dyn FnOnce() + Send + 'a>;

/// What waits for a thread.
#[derive(Default)]
pub(super) struct ByPlace<'a> {
    waiting: Mutex<BTreeMap<Whose, Work<'a>>>,
    cancelled: AtomicBool,
}

impl<'a> ByPlace<'a> {
    /// Adds work. Have [`ByPlace::one`] called once for each.
    pub(super) fn add(&self, whose: Whose, work: impl FnOnce() + Send + 'a) {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).insert(whose, Box::new(work));
    }

    /// Does what is first now.
    pub(super) fn one(&self) {
        if self.cancelled.load(Ordering::Relaxed) {
            return;
        }
        let first = self.waiting.lock().unwrap_or_else(PoisonError::into_inner).pop_first();
        if let Some((_, work)) = first {
            work();
        }
    }

    /// Does nothing more.
    pub(super) fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_earliest_row_is_first_however_late_its_work_comes() {
        let done = Mutex::new(Vec::new());
        let (jobs, done) = (ByPlace::default(), &done);
        let add = |whose: Whose| jobs.add(whose, move || done.lock().unwrap().push(whose));
        (5..8).for_each(|place| add((place, 0)));
        jobs.one();
        // A row that took long to read.
        [4, 0].into_iter().for_each(|from| add((0, from)));
        (0..4).for_each(|_| jobs.one());
        assert_eq!(*done.lock().unwrap(), [(5, 0), (0, 0), (0, 4), (6, 0), (7, 0)]);
    }

    #[test]
    fn nothing_is_done_after_the_end() {
        let done = AtomicBool::new(false);
        let jobs = ByPlace::default();
        jobs.add((0, 0), || done.store(true, Ordering::Relaxed));
        jobs.cancel();
        jobs.one();
        assert!(!done.load(Ordering::Relaxed));
    }
}
