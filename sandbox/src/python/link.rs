//! The way between a judge's instance and its candidate's. Each has a thread of its own; one works while the other waits,
//! and the fuel that is left goes back and forth with the messages: both live on one budget.

use super::{
    Stop,
    host::{Caller, Host, Interrupt, charge},
    report,
};
use std::sync::mpsc::{Receiver, Sender};

/// A request to the candidate, or the judge's answer to one of its own.
const REQUEST: u8 = b'?';
const REPLY: u8 = b'=';
/// The candidate's answer, or a request for an object of the judge's.
pub(super) const ANSWER: u8 = b'.';
const CALLBACK: u8 = b'!';

/// How a request to call begins: a tuple of six, the first of which is the text `call`.
const CALL: &[u8] = b"?t\x06\0\0\0s\x04\0\0\0call";

/// Bytes, and the fuel that is left.
pub(super) struct Message {
    pub(super) bytes: Vec<u8>,
    pub(super) fuel: u64,
}

/// Where an instance's messages go.
pub(super) enum Link {
    /// It has no other end: reaching out ends the instance.
    Nowhere,
    /// The judge's end.
    Judge {
        /// To the candidate.
        to: Sender<Message>,
        /// From it; an error is how its instance stopped.
        from: Receiver<Result<Message, Stop>>,
        /// Whether the candidate was called.
        called: bool,
        /// How the candidate's instance stopped.
        stop: Option<Stop>,
    },
    /// The candidate's end.
    Candidate {
        /// To the judge.
        to: Sender<Result<Message, Stop>>,
        /// From it.
        from: Receiver<Message>,
    },
}

impl Link {
    /// The judge's end.
    pub(super) fn judge(to: Sender<Message>, from: Receiver<Result<Message, Stop>>) -> Self {
        Self::Judge { to, from, called: false, stop: None }
    }

    /// What a broken link means for the instance that used it.
    pub(super) fn stop(&self) -> Stop {
        match self {
            Self::Judge { stop: Some(stop), .. } => stop.clone(),
            _ => Stop::Protocol("it reached out of its instance".into()),
        }
    }

    /// Whether the candidate was called, as far as this end knows.
    pub(super) fn called(&self) -> bool {
        matches!(self, Self::Judge { called: true, .. })
    }

    /// Whether the other end stopped.
    pub(super) fn stopped(&self) -> bool {
        matches!(self, Self::Judge { stop: Some(_), .. })
    }

    /// At the judge's end: what the candidate says after loading its source.
    pub(super) fn loaded(&self) -> Result<Message, Stop> {
        match self {
            Self::Judge { from, .. } => {
                let message = from.recv().unwrap_or_else(|_| Err(gone()))?;
                let answer = message.bytes.first() == Some(&ANSWER);
                answer.then_some(message).ok_or_else(|| Stop::Protocol("it reached out while it was loaded".into()))
            }
            _ => Err(gone()),
        }
    }

    /// At the candidate's end: answers. A judge that is gone hears nothing.
    pub(super) fn answer(&self, message: Result<Message, Stop>) {
        if let Self::Candidate { to, .. } = self {
            let _ = to.send(message);
        }
    }

    /// At the candidate's end, when it is idle: the next request, without its first byte; `None` when the judge is gone.
    pub(super) fn request(&self) -> Option<Message> {
        let Message { mut bytes, fuel } = self.next().filter(|message| message.bytes.first() == Some(&REQUEST))?;
        bytes.remove(0);
        Some(Message { bytes, fuel })
    }

    /// At the candidate's end: what the judge says next.
    fn next(&self) -> Option<Message> {
        let Self::Candidate { from, .. } = self else { return None };
        from.recv().ok()
    }

    /// Sends, waits, and gives what came back.
    fn exchange(&mut self, message: Message) -> Result<Message, Interrupt> {
        match self {
            Self::Nowhere => Err(Interrupt::Link),
            // The candidate asks for something, or answers what it was asked while it waited for that.
            Self::Candidate { .. } => {
                let message = match message.bytes.split_first() {
                    Some((&CALLBACK, _)) => Ok(message),
                    Some((&ANSWER, report)) => report::stop_in(report).map_or(Ok(message), Err),
                    _ => return Err(Interrupt::Link),
                };
                let stopped = message.is_err();
                self.answer(message);
                if stopped { Err(Interrupt::Link) } else { self.next().ok_or(Interrupt::Link) }
            }
            Self::Judge { to, from, called, stop } => {
                if !matches!(message.bytes.first(), Some(&(REQUEST | REPLY))) {
                    return Err(Interrupt::Link);
                }
                *called |= message.bytes.starts_with(CALL);
                to.send(message).map_err(|_| Interrupt::Link)?;
                from.recv().unwrap_or_else(|_| Err(gone())).map_err(|why| {
                    *stop = Some(why);
                    Interrupt::Link
                })
            }
        }
    }
}

fn gone() -> Stop {
    Stop::Protocol("it left the conversation".into())
}

/// The import `reach`.
pub(super) fn reach(mut caller: Caller<'_>, bytes: Vec<u8>) -> wasmtime::Result<(Vec<u8>,)> {
    charge(&mut caller, bytes.len())?;
    let fuel = caller.get_fuel()?;
    let host: &mut Host = caller.data_mut();
    let answer = host.link.exchange(Message { bytes, fuel })?;
    caller.set_fuel(answer.fuel)?;
    Ok((answer.bytes,))
}
