//! Rows read on a thread of their own: where the next one has not come yet, as from a pipe, what is known of earlier ones is not kept back.

use crate::data::RawRow;
use std::{
    io,
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        mpsc::{Receiver, TryRecvError, channel},
    },
    thread::{self, Thread},
};

/// Most rows in work or waiting for earlier ones.
const ROWS: usize = 1024;
/// Most bytes of these, roughly.
const BYTES: usize = 4 << 20;

/// What has been read.
pub(super) enum Next {
    Row(RawRow),
    /// No further row yet.
    Nothing,
    Ended,
}

/// The thread that reads, seen from the one that wants the rows.
pub(super) struct Reader {
    rows: Receiver<Option<io::Result<RawRow>>>,
    room: Arc<Room>,
    ended: bool,
}

impl Reader {
    /// Begins to read, and wakes the caller's thread whenever there is something. A thread that waits for its input when the caller has seen enough
    /// ends with that input.
    ///
    /// # Errors
    /// When the system has no more threads.
    pub(super) fn start(rows: impl Iterator<Item = io::Result<RawRow>> + Send + 'static) -> io::Result<Self> {
        let (send, receive) = channel();
        let (room, waiting) = (Arc::new(Room::default()), Wakes(thread::current()));
        let within = room.clone();
        let read = move || {
            // Whatever ends this, even a panic: the channel is closed, and then the caller is woken.
            let waiting = waiting;
            let send = send;
            for row in rows {
                let failed = row.is_err();
                within.count(row.as_ref().map_or(0, RawRow::size));
                if send.send(Some(row)).is_err() || failed {
                    return;
                }
                waiting.0.unpark();
                if !within.wait() {
                    return;
                }
            }
            let _ = send.send(None);
        };
        thread::Builder::new().name("rows".into()).spawn(read)?;
        Ok(Self { rows: receive, room, ended: false })
    }

    /// What is there by now.
    ///
    /// # Errors
    /// The first error of reading.
    pub(super) fn next(&mut self) -> io::Result<Next> {
        if self.ended {
            return Ok(Next::Ended);
        }
        match self.rows.try_recv() {
            Ok(Some(row)) => Ok(Next::Row(row?)),
            Ok(None) => {
                self.ended = true;
                Ok(Next::Ended)
            }
            Err(TryRecvError::Empty) => Ok(Next::Nothing),
            Err(TryRecvError::Disconnected) => {
                Err(io::Error::other("the thread that reads failed (a bug, please report it)"))
            }
        }
    }

    /// A row has ended, and makes room for others.
    pub(super) fn is_done(&self, size: usize) {
        let mut taken = self.room.taken();
        taken.rows -= 1;
        taken.bytes -= size;
        self.room.changed.notify_one();
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.room.taken().closed = true;
        self.room.changed.notify_one();
    }
}

/// Wakes a thread when it is dropped.
struct Wakes(Thread);

impl Drop for Wakes {
    fn drop(&mut self) {
        self.0.unpark();
    }
}

/// How much is read and not yet done.
#[derive(Default)]
struct Room {
    taken: Mutex<Taken>,
    changed: Condvar,
}

#[derive(Default)]
struct Taken {
    rows: usize,
    bytes: usize,
    closed: bool,
}

impl Room {
    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn count(&self, size: usize) {
        let mut taken = self.taken();
        taken.rows += 1;
        taken.bytes += size;
    }

    /// Waits until there is room for another row. Whether one is still wanted.
    fn wait(&self) -> bool {
        let taken = self.taken();
        let full = |taken: &mut Taken| !taken.closed && (taken.rows >= ROWS || taken.bytes >= BYTES);
        let taken = self.changed.wait_while(taken, full).unwrap_or_else(PoisonError::into_inner);
        !taken.closed
    }
}
