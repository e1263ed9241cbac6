//! The way between a judge's instance and its candidate's. One works while the other waits, and the fuel that is left goes
//! back and forth with the messages: both live on one budget.

use super::{Stop, interrupt::Interrupt, report, turns::next};
use std::sync::mpsc::{Receiver, Sender, channel};

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
    /// The two ends of a link: the judge's and the candidate's.
    pub(super) fn pair() -> (Self, Self) {
        let ((to_candidate, from_judge), (to_judge, from_candidate)) = (channel(), channel());
        let judge = Self::Judge { to: to_candidate, from: from_candidate, called: false, stop: None };
        (judge, Self::Candidate { to: to_judge, from: from_judge })
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
    pub(super) async fn loaded(&mut self) -> Result<Message, Stop> {
        match self {
            Self::Judge { from, .. } => {
                let message = next(from).await.unwrap_or_else(|| Err(gone()))?;
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
    pub(super) async fn request(&mut self) -> Option<Message> {
        let Self::Candidate { from, .. } = self else { return None };
        let Message { mut bytes, fuel } = next(from).await.filter(|message| message.bytes.first() == Some(&REQUEST))?;
        bytes.remove(0);
        Some(Message { bytes, fuel })
    }

    /// Sends, waits, and gives what came back.
    pub(super) async fn exchange(&mut self, message: Message) -> Result<Message, Interrupt> {
        match self {
            Self::Nowhere => Err(Interrupt::Link),
            // The candidate asks for something, or answers what it was asked while it waited for that.
            Self::Candidate { to, from } => {
                let message = match message.bytes.split_first() {
                    Some((&CALLBACK, _)) => Ok(message),
                    Some((&ANSWER, report)) => report::stop_in(report).map_or(Ok(message), Err),
                    _ => return Err(Interrupt::Link),
                };
                let stopped = message.is_err();
                let sent = to.send(message);
                if stopped || sent.is_err() { Err(Interrupt::Link) } else { next(from).await.ok_or(Interrupt::Link) }
            }
            Self::Judge { to, from, called, stop } => {
                if !matches!(message.bytes.first(), Some(&(REQUEST | REPLY))) {
                    return Err(Interrupt::Link);
                }
                *called |= message.bytes.starts_with(CALL);
                to.send(message).map_err(|_| Interrupt::Link)?;
                next(from).await.unwrap_or_else(|| Err(gone())).map_err(|why| {
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
