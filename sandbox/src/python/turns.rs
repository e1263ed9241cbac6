//! Drives instances on the caller's thread. Each runs on a stack of its own, and where it waits for another instance it gives
//! way to that one: no thread sleeps, so none has to be woken.

use super::Stop;
use crate::signals::in_guest;
use std::{
    future::{Future, poll_fn},
    pin::{Pin, pin},
    sync::mpsc::{Receiver, TryRecvError},
    task::{Context, Poll, Waker},
};

/// Runs two that talk to each other, in turns, until both are done. One of them has always something to do: who waits for a
/// message has sent one, or was left by the other, which it is told.
pub(super) fn in_turns<A, B>(first: impl Future<Output = A>, second: impl Future<Output = B>) -> (A, B) {
    let (mut first, mut second) = (pin!(first), pin!(second));
    let (mut ended, mut other_ended) = (None, None);
    loop {
        step(first.as_mut(), &mut ended);
        step(second.as_mut(), &mut other_ended);
        match (ended, other_ended) {
            (Some(first), Some(second)) => return (first, second),
            so_far => (ended, other_ended) = so_far,
        }
    }
}

/// Lets it run until it waits or ends, unless it has ended.
fn step<T>(future: Pin<&mut impl Future<Output = T>>, ended: &mut Option<T>) {
    if ended.is_none()
        && let Poll::Ready(result) = in_guest(|| future.poll(&mut Context::from_waker(Waker::noop())))
    {
        *ended = Some(result);
    }
}

/// Runs one that talks to nobody, and so never waits.
pub(super) fn alone<T>(future: impl Future<Output = Result<T, Stop>>) -> Result<T, Stop> {
    match in_guest(|| pin!(future).poll(&mut Context::from_waker(Waker::noop()))) {
        Poll::Ready(result) => result,
        Poll::Pending => Err(Stop::Host("it waits for what never comes".into())),
    }
}

/// What the other end sends next; `None` when it is gone. Until then, others run.
pub(super) async fn next<T>(from: &mut Receiver<T>) -> Option<T> {
    poll_fn(move |_| match from.try_recv() {
        Ok(message) => Poll::Ready(Some(message)),
        Err(TryRecvError::Disconnected) => Poll::Ready(None),
        Err(TryRecvError::Empty) => Poll::Pending,
    })
    .await
}
