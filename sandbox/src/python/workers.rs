//! Threads with large stacks that are kept from one run to the next: to make one, and to unmap its stack, costs as much as a
//! short run, and more where many cores do so at once.

use super::{Stop, stack};
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, Weak,
        mpsc::{Receiver, Sender, channel},
    },
    thread,
};

/// What a worker is given to do. It answers whether its stack is worth keeping, and how to tell that it is done.
type Job = Box<dyn FnOnce() -> (bool, Told) + Send>;
type Told = Box<dyn FnOnce()>;

/// Workers without work, at most as many as instances may be open at once. They end with this.
pub(super) struct Workers {
    idle: Mutex<Vec<Sender<Job>>>,
    most: usize,
}

impl Workers {
    /// None yet.
    pub(super) fn new(most: usize) -> Arc<Self> {
        Arc::new(Self { idle: Mutex::default(), most })
    }

    /// Starts work on a worker. What it returns, or its panic, is sent.
    pub(super) fn start<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce() -> Result<T, Stop> + Send + 'static,
    ) -> Result<Receiver<thread::Result<Result<T, Stop>>>, Stop> {
        let (result, answer) = channel();
        let job: Job = Box::new(move || {
            let done = catch_unwind(AssertUnwindSafe(work));
            // A stack that was used up would stay resident.
            let keep = !matches!(done, Err(_) | Ok(Err(Stop::Stack)));
            (keep, Box::new(move || drop(result.send(done))))
        });
        let free = self.lock().pop();
        let unsent = match free {
            Some(worker) => worker.send(job).err().map(|unsent| unsent.0),
            None => Some(job),
        };
        if let Some(job) = unsent {
            let home = Arc::downgrade(self);
            stack::spawn_kept(move || work_on(&home, job))?;
        }
        Ok(answer)
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Sender<Job>>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A worker's life: one job after another, until one spoils its stack or nobody is left to give it more.
fn work_on(home: &Weak<Workers>, first: Job) {
    let mut job = first;
    loop {
        let (keep, told) = job();
        let (sender, jobs) = channel();
        // Idle before anybody hears of it: who asks next finds it so.
        let stays = keep
            && home.upgrade().is_some_and(|home| {
                let mut idle = home.lock();
                let room = idle.len() < home.most;
                if room {
                    idle.push(sender);
                }
                room
            });
        told();
        match jobs.recv() {
            Ok(next) if stays => job = next,
            _ => return,
        }
    }
}
