//! Rows judged on all threads, and what comes of them given on in their order, as soon as it is there: a run that is killed has lost what
//! was in work, and no more.

use super::{
    by_place::ByPlace,
    reader::{Next, Reader},
    score::{Part, ReadRow, Scorer},
};
use crate::{
    data::{BadRow, RawRow},
    verdict::Outcome,
};
use std::{
    collections::VecDeque,
    io,
    ops::Range,
    sync::{
        Arc,
        mpsc::{Sender, channel},
    },
    thread::{self, Thread},
    time::{Duration, Instant},
};

/// Most completions that one thread judges before it says what came of them.
const MOST: usize = 64;
/// How long that should take: long enough to be worth a message, and short enough that little is lost.
const SHORT: Duration = Duration::from_millis(2);
const LONG: Duration = Duration::from_millis(20);
/// How often `pause` is called while nothing comes.
const TICK: Duration = Duration::from_millis(100);

/// What is given on.
pub enum Streamed {
    /// A row that cannot be used.
    Bad(BadRow),
    /// Completions.
    Part(Part),
    /// A row has ended, which has this size.
    Ended(u64),
}

/// How rows are taken apart.
#[derive(Clone, Copy)]
pub struct Cutting {
    /// Whether the completions of a row are given on together.
    pub whole: bool,
    /// How many of the first row's are not wanted.
    pub skip: usize,
}

/// Judges rows and gives on what comes of them, in their order. Calls `pause` several times a second, which may end the run. Call it from
/// outside of rayon's pools.
///
/// # Errors
/// The first error of reading, of `take` or of `pause`. What is in work is then finished, and not given on.
pub fn stream<'s>(
    rows: impl Iterator<Item = io::Result<RawRow>> + Send + 'static,
    scorer: &'s Scorer<'_>,
    cutting: Cutting,
    mut take: impl FnMut(Streamed) -> io::Result<()>,
    mut pause: impl FnMut() -> io::Result<()>,
) -> io::Result<()> {
    let mut rows = Reader::start(rows)?;
    let jobs = ByPlace::default();
    let (send, receive) = channel::<Message<'s>>();
    let waiting = thread::current();
    rayon::in_place_scope(|scope| {
        let add = |place: u64, from: usize, work: Box<dyn FnOnce() -> Done<'s> + Send + 's>| {
            let reply = Reply { send: send.clone(), place, done: None, waiting: waiting.clone() };
            jobs.add((place, from), move || reply.with(work));
            scope.spawn(|_| jobs.one());
        };
        let mut run = || {
            let mut queue = Queue { rows: VecDeque::new(), first: 0, at_once: 1, cutting };
            loop {
                let ended = loop {
                    match rows.next()? {
                        Next::Row(row) => {
                            let place = queue.push(row.size());
                            add(place, 0, Box::new(move || Done::Read(Box::new(scorer.read_row(row)))));
                        }
                        Next::Nothing => break false,
                        Next::Ended => break true,
                    }
                };
                for (place, done) in receive.try_iter() {
                    for (row, range) in queue.settle(place, done)? {
                        let from = range.start;
                        let judge = move || {
                            let begun = Instant::now();
                            let outcomes = scorer.judge(&row, range);
                            Done::Judged { from, outcomes, took: begun.elapsed() }
                        };
                        add(place, from, Box::new(judge));
                    }
                }
                queue.give_on(&mut take, |size| rows.is_done(size))?;
                pause()?;
                if ended && queue.rows.is_empty() {
                    return Ok(());
                }
                // Until something was read or done: whatever came meanwhile makes this return at once.
                thread::park_timeout(TICK);
            }
        };
        let ended = run();
        jobs.cancel();
        ended
    })
}

type Message<'a> = (u64, Done<'a>);

/// What a thread has done.
enum Done<'a> {
    Read(Box<Result<ReadRow<'a>, BadRow>>),
    Judged {
        from: usize,
        outcomes: Vec<Outcome>,
        took: Duration,
    },
    /// It failed, by a mistake of ours.
    Lost,
}

/// Answers in any case: nobody shall wait for a thread that panicked.
struct Reply<'a> {
    send: Sender<Message<'a>>,
    place: u64,
    done: Option<Done<'a>>,
    waiting: Thread,
}

impl<'a> Reply<'a> {
    fn with(mut self, work: impl FnOnce() -> Done<'a>) {
        self.done = Some(work());
    }
}

impl Drop for Reply<'_> {
    fn drop(&mut self) {
        let _ = self.send.send((self.place, self.done.take().unwrap_or(Done::Lost)));
        self.waiting.unpark();
    }
}

/// Rows in work, in their order.
struct Queue<'a> {
    rows: VecDeque<Waiting<'a>>,
    /// Place of the first.
    first: u64,
    /// Completions that a thread judges at once.
    at_once: usize,
    cutting: Cutting,
}

struct Waiting<'a> {
    size: usize,
    row: Option<Result<Arc<ReadRow<'a>>, BadRow>>,
    /// Number of the next completion to be given on.
    next: usize,
    /// What was judged, by the number of its first completion.
    judged: VecDeque<(usize, Option<Vec<Outcome>>)>,
    begun: bool,
}

impl<'a> Queue<'a> {
    fn push(&mut self, size: usize) -> u64 {
        let place = self.first + self.rows.len() as u64;
        let next = if place == 0 && !self.cutting.whole { self.cutting.skip } else { 0 };
        self.rows.push_back(Waiting { size, row: None, next, judged: VecDeque::new(), begun: false });
        place
    }

    /// Takes in what was done; the work that follows from it.
    fn settle(&mut self, place: u64, done: Done<'a>) -> io::Result<Vec<(Arc<ReadRow<'a>>, Range<usize>)>> {
        let at_once = self.at_once;
        let Some(waiting) = self.rows.get_mut((place - self.first) as usize) else { return Ok(Vec::new()) };
        match done {
            Done::Lost => return Err(io::Error::other("a thread failed (a bug, please report it)")),
            Done::Read(read) => {
                let row = match *read {
                    Ok(row) => Arc::new(row),
                    Err(bad) => {
                        waiting.row = Some(Err(bad));
                        return Ok(Vec::new());
                    }
                };
                let all = row.row.completions.len();
                let starts = (waiting.next..all).step_by(at_once);
                waiting.judged = starts.clone().map(|from| (from, None)).collect();
                waiting.row = Some(Ok(row.clone()));
                return Ok(starts.map(|from| (row.clone(), from..all.min(from + at_once))).collect());
            }
            Done::Judged { from, outcomes, took } => {
                let full = outcomes.len() == at_once;
                if let Some((_, slot)) = waiting.judged.iter_mut().find(|(start, _)| *start == from) {
                    *slot = Some(outcomes);
                }
                self.at_once = match took {
                    took if took < SHORT && full => (at_once * 2).min(MOST),
                    took if took > LONG => (at_once / 2).max(1),
                    _ => at_once,
                };
            }
        }
        Ok(Vec::new())
    }

    /// Gives on what is done, up to the first that is not.
    fn give_on(
        &mut self,
        take: &mut impl FnMut(Streamed) -> io::Result<()>,
        mut ended: impl FnMut(usize),
    ) -> io::Result<()> {
        while let Some(waiting) = self.rows.front_mut() {
            match &waiting.row {
                None => return Ok(()),
                Some(Err(bad)) => take(Streamed::Bad(bad.clone()))?,
                Some(Ok(row)) => {
                    let row = row.clone();
                    if self.cutting.whole && waiting.judged.iter().any(|(_, judged)| judged.is_none()) {
                        return Ok(());
                    }
                    let mut outcomes = Vec::new();
                    let from = waiting.next;
                    while let Some((_, Some(judged))) = waiting.judged.front_mut() {
                        outcomes.append(judged);
                        waiting.judged.pop_front();
                    }
                    waiting.next += outcomes.len();
                    if !outcomes.is_empty() {
                        let skipped = self.first == 0 && self.cutting.skip > 0;
                        let thinking = (!waiting.begun && !skipped).then_some(row.thinking);
                        waiting.begun = true;
                        take(Streamed::Part(row.part(from, outcomes, thinking)))?;
                    }
                    if !waiting.judged.is_empty() {
                        return Ok(());
                    }
                }
            }
            take(Streamed::Ended(waiting.size as u64))?;
            ended(waiting.size);
            self.first += 1;
            self.rows.pop_front();
        }
        Ok(())
    }
}
