//! The clock that protects: fuel decides, and only what misses every cache gets far enough behind its fuel to meet it.
//!
//! It counts what the thread spent on a processor, where the system says that, and so not what others took: on a machine with four
//! times the work that it can do, nothing comes nearer to it.

use crate::engine::{TICK, ticks};
use std::{
    fs,
    time::{Duration, Instant},
};
use wasmtime::{Store, Trap, UpdateDeadline};

/// Where the processor's time is unknown, everything else that runs counts as well.
const WITHOUT_PROCESSOR: u32 = 10;

/// How much time a call has, from when on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Watch {
    most: Duration,
    begun: Option<Duration>,
    wall: Instant,
}

impl Watch {
    /// Counts from now on.
    pub(crate) fn start(most: Duration) -> Self {
        Self { most, begun: on_processor(), wall: Instant::now() }
    }

    /// Counts from when it is first asked: to ask the system costs as much as a light check. A call has its time and, before that,
    /// as much time by the clock on the wall.
    pub(crate) fn lazy(most: Duration) -> Self {
        Self { most, begun: None, wall: Instant::now() }
    }

    /// What is left, nothing when it is over.
    pub(crate) fn left(&self) -> Duration {
        match (self.begun, on_processor()) {
            (Some(begun), Some(now)) => self.most.saturating_sub(now.saturating_sub(begun)),
            (None, Some(_)) => self.most,
            _ => self.most.saturating_mul(WITHOUT_PROCESSOR).saturating_sub(self.wall.elapsed()),
        }
    }

    /// Ends what runs in the store when the time is over.
    pub(crate) fn guard<T: 'static>(mut self, store: &mut Store<T>) {
        store.set_epoch_deadline(ticks(self.most));
        store.epoch_deadline_callback(move |_| {
            let left = self.left();
            self.begun = self.begun.or_else(on_processor);
            if left.is_zero() {
                return Err(Trap::Interrupt.into());
            }
            // The processor's time is no faster than the clock's.
            Ok(UpdateDeadline::Continue(ticks(left.min(Duration::from_secs(3600)).saturating_sub(TICK))))
        });
    }
}

/// Time that this thread spent on a processor.
fn on_processor() -> Option<Duration> {
    // Nanoseconds, where the kernel keeps them; else the hundredths of a second of `stat`.
    let fine = || {
        let schedstat = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        schedstat.split(' ').next()?.parse().ok().map(Duration::from_nanos)
    };
    let coarse = || {
        let stat = fs::read_to_string("/proc/thread-self/stat").ok()?;
        // The name of a thread stands in parentheses and may hold anything.
        let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
        let (user, system) = (fields.next()?.parse::<u64>().ok()?, fields.next()?.parse::<u64>().ok()?);
        Some(Duration::from_millis(10 * (user + system)))
    };
    fine().or_else(coarse)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(target_os = "linux")]
    fn waiting_is_no_work() {
        let watch = Watch::start(Duration::from_millis(30));
        std::thread::sleep(Duration::from_millis(100));
        assert!(!watch.left().is_zero());
        let mut count = 0_u64;
        while !watch.left().is_zero() {
            count = std::hint::black_box(count + 1);
        }
        assert!(count > 0);
        let lazy = Watch::lazy(Duration::from_millis(30));
        assert_eq!(lazy.left(), Duration::from_millis(30));
    }
}
